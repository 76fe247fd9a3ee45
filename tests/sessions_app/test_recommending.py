"""The way of a recommendation, step by step, and what each step asks for."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from ogl_portal.lib import search
from ogl_portal.lib.registry import desk_boxes
from sessions_app import workflow
from sessions_app.models import Recommendation
from tests.factories.recommendations import make_recommendation, make_session

pytestmark = pytest.mark.django_db
Status = Recommendation.Status


def make_draft(**overrides):
    return make_recommendation(status=Status.DRAFT, **overrides)


def test_recommendation_goes_from_draft_to_answer(lead):
    recommendation = make_draft()
    workflow.agree_recommendation(recommendation=recommendation, by=lead.user)
    assert (recommendation.status, recommendation.is_public) == (Status.AGREED, True)
    assert recommendation.agreed_on is not None
    recommendation.handed_over_to, recommendation.handed_over_on = "Landtag", date(2026, 5, 4)
    recommendation.save()
    workflow.hand_over_recommendation(recommendation=recommendation, by=lead.user)
    recommendation.answer, recommendation.answered_on = "Ja.", date(2026, 6, 1)
    recommendation.save()
    workflow.answer_recommendation(recommendation=recommendation, by=lead.user)
    assert (recommendation.status, recommendation.revision) == (Status.ANSWERED, 3)
    assert LogEntry.objects.filter(object_id=recommendation.pk).count() == 3


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"text": "  "}, "der Text"),
        ({"reasoning": ""}, "die Begründung"),
        ({"text": "", "reasoning": ""}, "der Text; die Begründung"),
    ],
)
def test_agreeing_without_all_of_it_names_what_is_missing(lead, missing, words):
    recommendation = make_draft(**missing)
    with pytest.raises(ValidationError, match=words):
        workflow.agree_recommendation(recommendation=recommendation, by=lead.user)
    recommendation.refresh_from_db()
    assert recommendation.status == Status.DRAFT


def test_agreeing_needs_a_session_that_everybody_can_read(lead):
    hidden = make_draft(event=make_session(title="Geheim", is_published=False))
    with pytest.raises(ValidationError, match="Veröffentlichung der Session „Geheim“"):
        workflow.agree_recommendation(recommendation=hidden, by=lead.user)
    without = make_draft(event=None, series=hidden.series)
    with pytest.raises(ValidationError, match="die Session, auf die sie sich stützt"):
        workflow.agree_recommendation(recommendation=without, by=lead.user)


def test_handing_over_says_to_whom_and_when(lead):
    with pytest.raises(ValidationError, match=r"an wen .*; wann"):
        workflow.hand_over_recommendation(recommendation=make_recommendation(), by=lead.user)


def test_answer_has_a_text_and_a_day(lead):
    recommendation = make_recommendation(status=Status.HANDED_OVER)
    with pytest.raises(ValidationError, match="der Text der Antwort; ihr Tag"):
        workflow.answer_recommendation(recommendation=recommendation, by=lead.user)


def test_step_that_somebody_took_meanwhile_is_refused(lead, second_lead):
    recommendation = make_draft()
    same = Recommendation.objects.get(pk=recommendation.pk)
    workflow.agree_recommendation(recommendation=recommendation, by=lead.user)
    with pytest.raises(ValidationError, match="hat den Stand „abgestimmt“"):
        workflow.agree_recommendation(recommendation=same, by=second_lead.user)


def test_withdrawing_hides_an_agreed_one_and_nothing_later(lead):
    recommendation = make_recommendation()
    workflow.withdraw_recommendation(recommendation=recommendation, by=lead.user)
    assert (recommendation.status, recommendation.agreed_on) == (Status.DRAFT, None)
    with pytest.raises(ValidationError, match="Das geht nicht"):
        workflow.withdraw_recommendation(recommendation=make_recommendation(status=Status.HANDED_OVER), by=lead.user)


def test_recommendation_is_found_from_its_agreement_on(visitor, lead):
    recommendation = make_draft(title="Werkstattgespräche fördern")
    search.rebuild()

    def is_found() -> bool:
        return recommendation.get_absolute_url() in visitor.client.get("/suche/?q=Werkstattgespräch").content.decode()

    assert not is_found()
    workflow.agree_recommendation(recommendation=recommendation, by=lead.user)
    assert is_found()


def test_what_politics_is_to_hear_lies_on_the_desk_until_it_is_handed_over(lead):
    for status in [Status.DRAFT, Status.HANDED_OVER]:
        make_recommendation(status=status, addressee="politics")
    make_recommendation(addressee="companies")
    waiting = make_recommendation(addressee="politics")
    [box] = [box for box in desk_boxes.ask(user=lead.user) if box.title == "Empfehlungen an die Politik zu übergeben"]
    assert [link.text for link in box.links] == [waiting.title]
    assert lead.client.get(box.url).context["cl"].result_count == 1
