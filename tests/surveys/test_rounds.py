"""The rounds' pages, the blank form, and the tags that other pages load."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.models import ActionItem
from ogl_portal.lib import pdf
from ogl_portal.lib.dates import end_of_day
from ogl_portal.lib.registry import milestones
from surveys import workflow
from surveys.definition import Definition
from surveys.models import Round
from tests.factories.sessions_app import make_report
from tests.factories.surveys import make_complete_response, make_response, make_round, make_version, submit
from tests.pdfs import findings

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


def render(source: str, **context) -> str:
    return Template("{% load surveys_tags %}" + source).render(Context(context))


def make_round_of_2021(**overrides):
    days = {
        "opens_at": end_of_day(date(2021, 5, 26)),
        "closes_at": end_of_day(date(2021, 7, 12)),
        "evaluation_until": date(2021, 7, 30),
    }
    return make_round(title="Anlage von damals", slug="damals", label="Anlage 1", **days, **overrides)


def test_list_parts_running_from_past_and_hides_unpublished(visitor):
    make_round_of_2021()
    make_round(title="Heute")
    make_round(title="Noch geheim", opened_at=None)
    text = text_of(visitor.client.get("/fragebogen/"))
    assert (
        text.index("Läuft gerade") < text.index("Heute") < text.index("Abgeschlossen") < text.index("Anlage von damals")
    )
    assert "Noch geheim" not in text and "Frist war der 12.07.2021, 24 Uhr" in text


def test_list_without_rounds_says_so(visitor):
    assert "Zurzeit läuft keine Fragebogenaktion" in text_of(visitor.client.get("/fragebogen/"))


def test_list_costs_the_same_with_1_and_with_30_rounds(visitor):
    version = make_version()

    def count():
        with CaptureQueriesContext(connection) as captured:
            visitor.client.get("/fragebogen/")
        return len(captured)

    make_round(version=version)
    with_one = count()
    for _ in range(29):
        make_round(version=version)
    assert count() == with_one


def test_start_page_says_what_it_is_about_and_offers_the_sign_in(visitor):
    round = make_round()
    text = text_of(visitor.client.get(round.get_absolute_url()))
    assert f"/anmelden/?next={round.get_absolute_url()}" in text and "Wer antworten kann" in text
    assert "Jetzt beginnen" not in text


def test_start_page_of_who_is_not_invited_offers_no_beginning(member):
    round = make_round()
    assert "haben Sie keine Einladung" in text_of(member.client.get(round.get_absolute_url()))
    assert member.client.post(round.get_absolute_url() + "beginnen/").status_code == 404


def test_guest_with_an_invitation_can_begin(guest):
    round = make_round(guest.person)
    guest.client.post(round.get_absolute_url() + "beginnen/")
    assert "0 von 7 Abschnitten" in text_of(guest.client.get(round.get_absolute_url()))


def test_unpublished_round_is_not_found(lead):
    round = make_round(opened_at=None)
    for path in ["", "leer.pdf", "abschnitt/A/", "pruefen/"]:
        assert lead.client.get(round.get_absolute_url() + path).status_code == 404


def test_round_before_its_beginning_takes_nothing(member):
    round = make_round(member.person, opens_at=timezone.now() + timedelta(days=1))
    assert "Der Bogen öffnet am" in text_of(member.client.get(round.get_absolute_url()))
    member.client.post(round.get_absolute_url() + "beginnen/")
    assert not round.responses.exists()


def test_sections_before_beginning_lead_to_the_start_page(member):
    round = make_round(member.person)
    assert member.client.get(round.get_absolute_url() + "abschnitt/A/")["Location"] == round.get_absolute_url()


def test_blank_pdf_passes_all_checks_and_has_every_question(visitor):
    round = make_round_of_2021()
    answer = visitor.client.get(round.get_pdf_url())
    assert answer["Content-Type"] == "application/pdf"
    assert findings(answer.content) == []


@pytest.mark.logs_errors
def test_blank_pdf_that_cannot_be_made_now_says_so(visitor, monkeypatch):
    def refuse(*args, **kwargs):
        raise pdf.RenderError("Gerade geht es nicht.")

    monkeypatch.setattr(pdf, "render", refuse)
    answer = visitor.client.get(make_round_of_2021().get_pdf_url())
    assert answer.status_code == 503 and "Gerade geht es nicht." in text_of(answer)


def test_blank_form_says_where_to_return_it_while_somebody_takes_it(settings):
    round = make_round()
    for url, count in [(settings.SITE_URL + round.get_absolute_url(), 1), ("", 0)]:
        text = render('{% include "surveys/blank_pdf.html" %}', round=round, definition=round.definition, url=url)
        assert text.count("an die OGL-Leitung. Lieber am Bildschirm?") == count


def test_blank_form_repeats_three_times_on_its_own_and_once_in_the_report():
    round = make_round_of_2021(report=make_report())
    alone = render(
        '{% include "surveys/_blank_form.html" with heading="h2" subheading="h3" copies=3 %}',
        definition=round.definition,
    )
    annex = render("{% report_questionnaires report %}", report=round.report, for_pdf=True)
    for key, copies in {"A1": 1, "B1": 3, "E4": 3, "G5": 1}.items():
        assert alone.count(f"<strong>{key}</strong>") == copies
        assert annex.count(f"<strong>{key}</strong>") == 1
    assert "Anlage 1: Fragebogen „Digitalisierung: Best-Practice-Beispiele, Erfahrungen, geplante Projekte“" in annex
    assert "12.07.2021, 24 Uhr" in annex and "href" not in annex


def test_report_page_folds_the_questions_and_the_pdf_does_not():
    round = make_round_of_2021(report=make_report())
    page, paper = (render("{% report_questionnaires report %}", report=round.report, for_pdf=each) for each in (0, 1))
    assert "<details" in page and page.index(round.get_pdf_url()) < page.index("Alle Fragen lesen")
    assert "<details" not in paper and "<strong>G5</strong>" in paper


def test_note_of_a_round_stands_on_its_page_its_blank_form_and_in_the_annex(visitor):
    note = "Der Wortlaut ist nicht überliefert."
    round = make_round_of_2021(report=make_report(), note=note)
    assert note in text_of(visitor.client.get(round.get_absolute_url()))
    assert note in render('{% include "surveys/blank_pdf.html" %}', round=round, definition=round.definition)
    for for_pdf in (False, True):
        assert note in render("{% report_questionnaires report %}", report=round.report, for_pdf=for_pdf)


def test_report_questionnaires_of_a_report_without_rounds_is_empty():
    assert render("{% report_questionnaires report %}", report=make_report()).strip() == ""


def test_open_rounds_shows_running_ones_only(visitor, member):
    past, running = make_round_of_2021(), make_round(title="Heute")
    make_round(title="Noch nicht offen", opens_at=timezone.now() + timedelta(days=1))
    make_round(title="Noch geheim", opened_at=None)
    text = render("{% open_rounds user %}", user=member.user)
    assert running.get_absolute_url() in text
    assert not any(title in text for title in ["Anlage von damals", "Noch nicht offen", "Noch geheim"])
    assert list(Round.objects.running(end_of_day(date(2021, 7, 1)))) == [past]


def test_my_rounds_shows_the_state_of_the_own_response(member, other_member):
    round = make_round(member.person, other_member.person)
    assert "noch nicht begonnen" in render("{% my_rounds user %}", user=member.user)
    make_response(member.person, round)
    assert "begonnen" in render("{% my_rounds user %}", user=member.user)
    assert "noch nicht begonnen" in render("{% my_rounds user %}", user=other_member.user)


def test_round_progress_counts_people_once(member, other_member):
    report = make_report()
    round = make_round(member.person, other_member.person, report=report)
    submit(make_complete_response(member.person, round))
    assert "1 von 2 abgesendet" in render("{% round_progress report %}", report=report)


def test_progress_stands_at_the_step_that_ends_with_the_round(visitor, member, other_member):
    report = make_report()
    round = make_round(member.person, other_member.person, report=report, closes_at=end_of_day(date(2031, 7, 12)))
    submit(make_complete_response(member.person, round))
    workflow.decline_invitation(invitation=round.invitations.get(person=other_member.person), reason="Nein")
    step = {"report": report, "due_kind": "day", "responsible_kind": "everyone"}
    item = ActionItem(title="Alle melden zurück", letter="b", due_until=date(2031, 7, 12), **step)
    other = ActionItem(title="Etwas anderes", letter="c", due_until=date(2031, 7, 13), **step)
    for each in [item, other]:
        each.save()
    words = "1 von 2 abgesendet, 1 nicht zuständig"
    assert words in text_of(visitor.client.get(item.get_absolute_url()))
    assert words not in text_of(visitor.client.get(other.get_absolute_url()))
    assert text_of(visitor.client.get(report.get_absolute_url())).count("1 von 2 Rückmeldungen") == 1


def test_milestones_hold_the_deadline_of_published_rounds(visitor):
    make_round_of_2021()
    make_round(opened_at=None)
    found = [milestone for milestone in milestones.ask(user=None) if milestone.kind == "Frist"]
    assert [(milestone.moment, milestone.is_deadline, milestone.is_done) for milestone in found] == [
        (end_of_day(date(2021, 7, 12)), True, True)
    ]


def test_over_shows_what_was_submitted_not_what_was_changed_later(member):
    response = make_complete_response(member.person)
    submit(response)
    entry = response.entries.get(section_key="B")
    url = f"{response.round.get_absolute_url()}eintrag/{entry.uuid}/"
    member.client.post(url, {"revision": entry.revision, "B1": "Nie abgesendet", "B2": "Text"})
    assert "noch nicht abgesendet" in text_of(member.client.get(response.round.get_absolute_url()))
    type(response.round).objects.update(closes_at=timezone.now())
    text = text_of(member.client.get(response.round.get_absolute_url()))
    assert "Bauantrag digital begleiten" in text and "Nie abgesendet" not in text and "zählt nicht" in text


@pytest.mark.parametrize(
    "change",
    [
        {"closes_at": datetime(2031, 7, 13, tzinfo=UTC)},
        {"evaluation_until": date(2031, 8, 1)},
        {"delete_raw_on": date(2031, 9, 1)},
        {"controller": "die Stadt Beispielstadt"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_definition_that_a_process_keeps_follows_each_fact_in_its_texts(change):
    round = make_round()
    before = (round.words, round.definition)
    Round.objects.filter(pk=round.pk).update(**change)
    round = Round.objects.select_related("version").get(pk=round.pk)
    assert round.words != before[0] and round.definition is not before[1]
    assert round.definition == Definition.from_document(round.version.document, round.words)
