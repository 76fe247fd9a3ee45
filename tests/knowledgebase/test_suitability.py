"""„Für uns geeignet?“: what fits, and in words why the rest does not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase.models import Audience
from knowledgebase.suitability import Wishes, judge, listing
from tests.factories.knowledgebase import make_draft, make_many, make_published, make_reuse

pytestmark = pytest.mark.django_db
PAGE = reverse("knowledgebase:suitability")
RANGE = {"once_kind": "range", "once_from": 0, "once_to": 6000, "yearly_kind": "range", "yearly_from": 0,
         "yearly_to": 900}  # fmt: skip


def reasons(wishes: Wishes) -> list[str]:
    _, left_out = judge(wishes)
    return [reason for each in left_out for reason in each.reasons]


@pytest.mark.parametrize(
    ("fields", "wishes", "expected"),
    [
        ({}, Wishes(), []),
        ({"effort_days_to": 15}, Wishes(days=15), []),
        ({"effort_days_to": 15}, Wishes(days=14), ["braucht bis zu 15 Personentage"]),
        ({"effort_days_from": 1, "effort_days_to": 1}, Wishes(days=0), ["braucht bis zu 1 Personentag"]),
        (RANGE, Wishes(once=6000, yearly=900), []),
        (RANGE, Wishes(once=5999), ["kostet einmalig bis zu 6.000 Euro"]),
        (RANGE, Wishes(yearly=0), ["kostet im Jahr bis zu 900 Euro"]),
        (RANGE | {"cost_basis": "per-case"}, Wishes(once=9000), ["was es einmalig kostet, ist je Vorgang berechnet"]),
        ({"once_kind": "none"}, Wishes(once=0), []),
        ({"yearly_kind": "on-request"}, Wishes(yearly=10), ["was es im Jahr kostet, erfahren Sie nur auf Anfrage"]),
        ({"stage": "superseded"}, Wishes(), ["ist von etwas Neuerem abgelöst"]),
        ({}, Wishes(only_reused=True), ["noch hat niemand eine Nachnutzung bestätigt"]),
        ({"effort_days_to": 9} | RANGE, Wishes(days=5, once=1),
         ["braucht bis zu 9 Personentage", "kostet einmalig bis zu 6.000 Euro"]),
    ],
)  # fmt: skip
def test_solution_is_left_out_for_every_reason_that_holds(fields, wishes, expected):
    make_published(**fields)
    assert reasons(wishes) == expected


def test_solution_fits_the_kinds_it_names_and_all_where_it_names_none():
    for_all, for_chambers = make_published(), make_published()
    for kind in ["chamber", "district"]:
        Audience.objects.create(solution=for_chambers, kind=kind)
    fitting, left_out = judge(Wishes(kind="association"))
    assert (fitting, [each.solution for each in left_out]) == ([for_all], [for_chambers])
    assert left_out[0].reasons == ["ist gedacht für „Kammer“ und „Landkreis“"]
    assert len(judge(Wishes(kind="chamber"))[0]) == 2


def test_solution_in_use_fits_who_wants_what_others_use():
    make_reuse(make_published())
    assert reasons(Wishes(only_reused=True)) == []


def test_judge_puts_those_due_for_review_last_and_knows_no_draft():
    make_draft()
    today = timezone.localdate()
    due = make_published(reviewed_on=today - timedelta(days=400), next_review_on=today)
    old, new = make_published(), make_published()
    assert judge(Wishes()) == ([new, old, due], [])


@pytest.mark.parametrize(
    ("names", "text"),
    [("A", "„A“"), ("AB", "„A“ und „B“"), ("ABC", "„A“, „B“ und „C“"), ("ABCD", "„A“, „B“, „C“ und andere")],
)
def test_listing_reads_like_a_sentence(names, text):
    assert listing(list(names)) == text


def test_page_without_answers_only_asks(visitor):
    make_published(title="Noch nicht")
    html = visitor.client.get(PAGE).content.decode()
    assert "Wer sind Sie?" in html
    assert "Noch nicht" not in html


def test_page_shows_what_fits_and_what_does_not(visitor):
    make_published(title="Passt"), make_published(title="Zu viel", effort_days_to=40)
    html = visitor.client.get(PAGE, {"organisation": "", "tage": "10"}).content.decode()
    for text in ["1 Lösung passt", "Passt", "1 Lösung passt nicht", "Zu viel", "braucht bis zu 40 Personentage"]:
        assert text in html


def test_page_where_nothing_fits_says_so_kindly(visitor):
    make_published()
    assert "Nichts passt ganz" in visitor.client.get(PAGE, {"tage": "0"}).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("tage", "-1", "ab 0"), ("tage", "viele", "ganze Zahl"), ("tage", "9" * 40, "höchstens 5000"),
     ("einmalig", "9" * 40, "höchstens 100000000"), ("jahr", "1,5", "ganze Zahl"),
     ("organisation", "quatsch", "Diese Auswahl gibt es nicht")],
)  # fmt: skip
def test_page_with_a_wrong_answer_keeps_it_and_says_what_is_wrong(visitor, field, value, message):
    make_published(title="Ergebnis")
    response = visitor.client.get(PAGE, {field: value, "tage" if field != "tage" else "jahr": "17"})
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert 'value="17"' in html
    assert "Ergebnis" not in html
    assert html.index("<title>Fehler: ") > 0


def test_page_needs_the_same_queries_for_2_and_73_and_turns_pages(visitor):
    counts = []
    for many in [1, 20, 51]:
        make_many(many, effort_days_to=5), make_many(many, effort_days_to=50)
        with CaptureQueriesContext(connection) as captured:
            html = visitor.client.get(PAGE, {"tage": "10"}).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[-1] <= 8
    assert "Seite 1 von 4" in html
    assert "?tage=10&amp;ausgelassen=2#ausgelassen" in html
    again = visitor.client.get(PAGE, {"tage": "10", "ausgelassen": "2"}).context["others"]
    assert (again.number, len(again.object_list)) == (2, 22)
