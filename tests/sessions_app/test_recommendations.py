"""Recommendations: what the database holds, their pages, and the lead's form."""

import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from sessions_app.models import Recommendation
from tests.factories.recommendations import make_recommendation, make_session
from tests.factories.sessions_app import make_series

pytestmark = pytest.mark.django_db
Status, Addressee = Recommendation.Status, Recommendation.Addressee
ADMIN = "/admin/sessions_app/recommendation/"


def text_of(response) -> str:
    return response.content.decode()


def queries_of(actor, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert actor.client.get(path).status_code == 200
    return len(captured)


# What the database holds


@pytest.mark.parametrize(
    ("status", "lacking"),
    [
        (Status.AGREED, {"agreed_on": None}),
        (Status.AGREED, {"event": None}),
        (Status.HANDED_OVER, {"handed_over_to": ""}),
        (Status.HANDED_OVER, {"handed_over_on": None}),
        (Status.ANSWERED, {"answer": ""}),
        (Status.ANSWERED, {"answered_on": None}),
        (Status.ANSWERED, {"answered_on": date(2026, 3, 7)}),
    ],
)
def test_recommendation_without_what_its_state_says_is_refused(status, lacking):
    with pytest.raises(IntegrityError):
        make_recommendation(status=status, **{"series": make_series(), **lacking})


def test_recommendation_from_a_session_of_another_series_is_refused():
    with pytest.raises(ValidationError, match="gehört nicht zur gewählten Serie"):
        make_recommendation(series=make_series(), event=make_session()).full_clean()


# Pages


def test_list_shows_agreed_ones_and_drafts_to_the_lead_only(visitor, member, lead):
    make_recommendation(title="Öffentliches")
    make_recommendation(title="Unfertiges", status=Status.DRAFT)
    for actor in [visitor, member]:
        text = text_of(actor.client.get("/empfehlungen/"))
        assert "Öffentliches" in text
        assert "Unfertiges" not in text
    assert "Unfertiges" in text_of(lead.client.get("/empfehlungen/"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("an=kmu", {"A", "B"}),
        ("an=politik", {"C"}),
        ("stand=beantwortet", {"B"}),
        ("an=politik&stand=beantwortet", set()),
        ("serie=erste", {"A", "C"}),
        ("an=unfug&serie=gibt-es-nicht", {"A", "B", "C"}),
    ],
)
def test_list_keeps_what_the_filter_asks_for(visitor, query, shown):
    first, second = make_session(series=make_series(slug="erste")), make_session()
    make_recommendation(title="A", event=first)
    make_recommendation(title="B", event=second, status=Status.ANSWERED)
    make_recommendation(title="C", event=first, addressee=Addressee.POLITICS)
    page = visitor.client.get(f"/empfehlungen/?{query}").context["page_obj"]
    assert {recommendation.title for recommendation in page} == shown


def test_list_without_hits_offers_a_way_on(visitor):
    assert "Noch keine Empfehlungen" in text_of(visitor.client.get("/empfehlungen/"))
    assert "Keine Empfehlung passt dazu" in text_of(visitor.client.get("/empfehlungen/?an=kmu"))


def test_list_and_pages_cost_the_same_queries_with_1_and_with_30_rows(visitor):
    first = make_recommendation()
    paths = ["/empfehlungen/", first.series.get_absolute_url(), first.event.get_absolute_url()]
    paths.append(first.series.get_paper_url())
    counts = []
    for _ in range(2):
        for cache in caches.all():
            cache.clear()
        counts.append([[queries_of(visitor, path) for path in paths] for _ in "12"])  # as drawn, and as kept
        for _ in range(29):
            make_recommendation(event=first.event)
            make_recommendation()
    assert counts[0] == counts[1]
    assert counts[0][1] == [4, 4, 4, 4]


def test_list_has_pages(visitor):
    session = make_session()
    for _ in range(21):
        make_recommendation(event=session)
    assert "Seite 1 von 2" in text_of(visitor.client.get("/empfehlungen/?an=kmu"))
    assert visitor.client.get("/empfehlungen/?an=kmu&page=2").status_code == 200


def test_page_shows_text_reasoning_session_and_answer(visitor):
    recommendation = make_recommendation(
        status=Status.ANSWERED, text="**Beraten**", addressee=Addressee.POLITICS, handed_over_to="Wirtschaftsausschuss"
    )
    text = text_of(visitor.client.get(recommendation.get_absolute_url()))
    for expected in [
        "<strong>Beraten</strong>", "Weil es hilft.", recommendation.event.get_absolute_url(), "Wir prüfen das.",
        "Wirtschaftsausschuss", "08.03.2026", "Antwort vom 02.04.2026", "Politik (Rahmenbedingungen)",
    ]:  # fmt: skip
        assert expected in text


def test_page_says_nothing_of_an_answer_before_it_is_noted(visitor):
    recommendation = make_recommendation(answer="Nur vorgemerkt")
    assert "Nur vorgemerkt" not in text_of(visitor.client.get(recommendation.get_absolute_url()))


def test_draft_is_not_found_but_by_the_lead(visitor, member, lead):
    path = make_recommendation(status=Status.DRAFT).get_absolute_url()
    assert [actor.client.get(path).status_code for actor in [visitor, member, lead]] == [404, 404, 200]


def test_event_and_series_show_what_came_of_them(visitor, lead):
    recommendation = make_recommendation(title="Klein beginnen")
    draft = make_recommendation(title="Noch im Gespräch", event=recommendation.event, status=Status.DRAFT)
    for path in [recommendation.event.get_absolute_url(), recommendation.series.get_absolute_url()]:
        text = text_of(visitor.client.get(path))
        assert recommendation.title in text
        assert draft.title not in text
        assert draft.title in text_of(lead.client.get(path))


def test_series_without_an_agreed_recommendation_links_no_paper(lead):
    series = make_recommendation(status=Status.DRAFT).series
    assert "Empfehlungspapier" not in text_of(lead.client.get(series.get_absolute_url()))


# The lead's form


def form_data(response, **changes) -> dict:
    """What the browser would send, with some fields typed anew."""
    form = response.context["adminform"].form
    data = {field.html_name: field.value() for field in form}
    return {name: value for name, value in (data | changes).items() if value is not None and value is not False}


def test_lead_takes_a_recommendation_all_the_way(lead):
    session = make_session()
    fields = {"series": session.series_id, "event": session.pk, "addressee": "politics", "position": 1}
    texts = {"title": "Weniger Formulare", "text": "Ein Formular.", "reasoning": "Zeit."}
    lead.client.post(f"{ADMIN}add/", fields | texts | {"_save": "1"})
    path = f"{ADMIN}{Recommendation.objects.get().pk}/change/"
    for typed in [
        {"_agree": "1"},
        {"_hand_over": "1", "handed_over_to": "Landtag", "handed_over_on": "04.05.2026"},
        {"_answer": "1", "answer": "Ja.", "answered_on": "01.06.2026"},
    ]:
        lead.client.post(path, form_data(lead.client.get(path), **typed))
    recommendation = Recommendation.objects.get()
    assert (recommendation.status, recommendation.answer) == (Status.ANSWERED, "Ja.")


def test_lead_reads_what_is_missing_and_keeps_what_was_typed(lead):
    path = f"{ADMIN}{make_recommendation().pk}/change/"
    typed = {"_hand_over": "1", "handed_over_to": "Landtag"}
    text = text_of(lead.client.post(path, form_data(lead.client.get(path), **typed), follow=True))
    assert re.search("noch nicht übergeben. Es fehlt: wann", text)
    assert Recommendation.objects.get().handed_over_to == "Landtag"


def test_lead_with_an_outdated_form_gets_409(lead, second_lead):
    path = f"{ADMIN}{make_recommendation(status=Status.DRAFT).pk}/change/"
    outdated = form_data(lead.client.get(path), text="Meins")
    second_lead.client.post(path, form_data(second_lead.client.get(path), text="Ihres"))
    response = lead.client.post(path, outdated)
    assert response.status_code == 409
    assert "Gespeichert ist: Ihres" in text_of(response)


def test_content_of_a_public_recommendation_cannot_be_changed_or_deleted(lead):
    recommendation = make_recommendation()
    path = f"{ADMIN}{recommendation.pk}/change/"
    lead.client.post(path, form_data(lead.client.get(path), text="Heimlich anders"))
    recommendation.refresh_from_db()
    assert recommendation.text == "Das empfehlen wir."
    assert lead.client.get(f"{ADMIN}{recommendation.pk}/delete/").status_code == 403


def test_lead_corrects_what_was_noted_by_mistake_step_by_step(lead, visitor):
    noted = {"handed_over_to": "Landrätin Adler", "answer": "Herr Birke sagt Ja.", "answered_on": date(2026, 6, 1)}
    recommendation = make_recommendation(status=Status.ANSWERED, **noted)
    path = f"{ADMIN}{recommendation.pk}/change/"
    for hidden, state in [("Birke", Status.HANDED_OVER), ("Adler", Status.AGREED)]:
        opened = lead.client.get(path)
        assert 'name="_back"' in text_of(opened)
        lead.client.post(path, form_data(opened, _back="1"))
        recommendation.refresh_from_db()
        assert recommendation.status == state
        assert hidden not in text_of(visitor.client.get(recommendation.get_absolute_url()))
    assert recommendation.get_absolute_url() not in text_of(visitor.client.get("/suche/?q=Birke"))
    opened = lead.client.get(path)
    assert 'name="_back"' not in text_of(opened)
    lead.client.post(path, form_data(opened, _hand_over="1", handed_over_to="Landratsamt"))
    assert "Landratsamt" in text_of(visitor.client.get(recommendation.get_absolute_url()))
    notes = LogEntry.objects.filter(object_id=recommendation.pk).values_list("change_message", flat=True)
    assert {"Zurück zu „übergeben“.", "Zurück zu „abgestimmt“."} <= set(notes)


def test_several_are_agreed_from_the_list_at_once(lead):
    drafts = [make_recommendation(status=Status.DRAFT), make_recommendation(status=Status.DRAFT, text="")]
    data = {"action": "agree", "_selected_action": [draft.pk for draft in drafts]}
    text = text_of(lead.client.post(ADMIN, data, follow=True))
    assert "Es fehlt: der Text." in text
    assert set(Recommendation.objects.values_list("status", flat=True)) == {Status.AGREED, Status.DRAFT}


def test_several_are_handed_over_and_answered_from_the_list_at_once(lead):
    given = {"handed_over_to": "Landtag", "handed_over_on": "2026-05-04", "answer": "Ja.", "answered_on": "2026-06-01"}
    chosen = [make_recommendation(**given).pk, make_recommendation().pk]
    for action, reached in [("hand_over", Status.HANDED_OVER), ("note_answers", Status.ANSWERED)]:
        lead.client.post(ADMIN, {"action": action, "_selected_action": chosen})
        statuses = dict(Recommendation.objects.values_list("pk", "status"))
        assert statuses == dict(zip(chosen, [reached, Status.AGREED], strict=True))
