"""Action items on the pages of others."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from actions import workflow
from ogl_portal.lib.registry import milestones
from ogl_portal.lib.roadmap import Roadmap
from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.sessions_app import make_event, make_report

pytestmark = pytest.mark.django_db


def draw(tag, user=None, **context):
    context["user"] = user or AnonymousUser()
    return Template("{% load action_tags %}{% " + tag + " %}").render(Context(context))


def test_report_items_are_a_table_in_the_order_of_letters():
    report = make_report()
    for letter in ["f", "a", "c"]:
        make_item(report=report, letter=letter, title=f"Schritt {letter}")
    html = draw("report_action_items report", report=report)
    assert html.index("a)") < html.index("c)") < html.index("f)")
    for text in [
        "<caption>",
        "<thead",
        'scope="col"',
        'scope="row"',
        "Termin (T)",
        "verantwortlich (V)",
    ]:
        assert text in html
    today = draw("report_items_today report", report=report)
    assert "Stand heute" in today
    assert today.index("a)") < today.index("c)") < today.index("f)")


def test_report_items_in_a_pdf_say_what_was_agreed_without_links_or_state():
    report = make_report()
    item = make_item(report=report, letter="a")
    workflow.change_status(item=item, to="done")
    html = draw("report_action_items report True", report=report)
    assert item.title in html
    assert not {"<a ", "Stand heute", "erledigt"} & {
        word for word in ["<a ", "Stand heute", "erledigt"] if word in html
    }


def test_report_items_keep_names_and_internal_items_from_the_public(member):
    report = make_report()
    make_item_of(member.person, report=report, letter="a")
    make_item(report=report, letter="b", is_public=False, title="Internes")
    public, internal = (draw("report_action_items report", report=report, user=user) for user in [None, member.user])
    assert "Mia Mitglied" not in public
    assert "Internes" not in public
    assert "Mia Mitglied" in internal
    assert "Internes" in internal


def test_report_without_items_says_so():
    assert "gibt es hier nicht" in draw("report_action_items report", report=make_report())


def test_draft_says_what_is_not_said_yet_and_not_offen():
    report = make_report()
    make_item(report=report, letter="a", due_kind="unset", responsible_kind="unset")
    draft, frozen = (draw("report_action_items report", report=report, draft=draft) for draft in [True, False])
    assert draft.count("noch nicht angegeben") == 2 and ">offen<" not in draft
    assert "noch nicht angegeben" not in frozen and frozen.count(">offen<") == 2


def test_draft_without_items_says_so_where_the_section_is_omitted_only():
    tags = ["report_action_items report", "report_action_items report False True"]
    pending, omitted = (draw(tag, report=make_report(), draft=True) for tag in tags)
    assert "gibt es hier nicht" in omitted and "gibt es hier nicht" not in pending


def test_event_items_show_what_is_due_and_what_was_agreed():
    event = make_event()
    make_item(due_kind="event", due_event=event, title="Vorbereiten")
    make_item(report=make_report(event=event), title="Nachbereiten")
    html = draw("event_action_items event", event=event)
    assert html.index("Bis zu diesem Termin") < html.index("Vorbereiten") < html.index("Hier vereinbarte")
    assert draw("event_action_items event", event=make_event()).strip() == ""


def test_event_items_stand_in_the_order_of_their_letters():
    report = make_report()
    make_item(report=report, letter="b", title="Zweites")
    make_item(report=report, letter="a", title="Erstes", status="done")
    html = draw("event_action_items event", event=report.event)
    assert html.index("a) Erstes") < html.index("b) Zweites")


def test_overview_counts_what_the_reader_may_see(member):
    for days, status in [(-400, "open"), (-2, "open"), (3, "in-progress"), (-9, "done")]:
        make_item_due_in(days, status=status)
    make_item(is_public=False)
    html = draw("action_overview user")
    for number, word in [(3, "noch zu tun"), (2, "davon überfällig"), (1, "erledigt")]:
        assert f"{number}</span> {word}" in html
    assert "liegt über ein Jahr zurück" in html
    assert "4</span> noch zu tun" in draw("action_overview user", user=member.user)


def test_overview_needs_the_same_queries_for_1_and_30_items(member):
    def count():
        with CaptureQueriesContext(connection) as captured:
            draw("action_overview user")
        return len(captured)

    make_item_of(member.person, due_kind="day", due_until=date(2100, 1, 1))
    few = count()
    for _ in range(29):
        make_item_of(member.person, due_kind="day", due_until=date(2100, 1, 1))
    assert few == count() <= 4


def test_my_items_are_the_open_ones_of_the_user(member):
    make_item_of(member.person, title="Meins")
    make_item_of(member.person, title="Fertig", status="done")
    make_item(title="Anderes")
    html = draw("my_action_items user", user=member.user)
    assert "Meins" in html
    assert "Fertig" not in html
    assert "Anderes" not in html


def test_my_items_without_any_are_friendly(guest):
    assert "Sie haben gerade nichts zu erledigen" in draw("my_action_items user", user=guest.user)


def test_milestones_are_deadlines_of_public_items_that_no_event_shows_already():
    make_item(due_kind="day", due_until=date(2021, 7, 12), title="Bis Juli", status="done")
    make_item(due_kind="event", due_event=make_event(), title="Am Termin")
    make_item(title="Offen")
    make_item_due_in(3, is_public=False, title="Intern")
    mine = [row for row in milestones.ask(user=AnonymousUser()) if row.url.startswith("/massnahmen/")]
    assert [(row.label, row.moment, row.is_deadline, row.is_done) for row in mine] == [
        ("Bis Juli", datetime(2021, 7, 12, 22, tzinfo=UTC), True, True)
    ]


def test_milestone_of_months_is_written_as_months():
    make_item(due_kind="months", due_from=date(2021, 7, 1), due_until=date(2021, 8, 31))
    assert [step.when for step in Roadmap(milestones.ask(user=AnonymousUser())).steps] == ["Juli–August 2021"]
