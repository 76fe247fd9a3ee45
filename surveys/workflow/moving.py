"""Moving a running round to another version of its questionnaire without losing an answer.

Drafts go by the keys of the questions, so they stay where they are: what is no longer asked is kept in them, and what
was submitted is frozen with the version that it answered.
"""

from django.db import transaction
from django.db.models import Count, F

from ..changes import new_questions
from ..definition import Definition
from ..models import Entry, QuestionnaireVersion, Response, Round
from .errors import CannotMove


@transaction.atomic
def move_round(*, round: Round, version: QuestionnaireVersion) -> int:
    """Ask the questions of this version from now on; returns how many responses had begun.

    Every form that is open meanwhile is answered with both texts. New questions are marked for those who had begun.
    Raises CannotMove for a round that is over, a foreign questionnaire, or entries that would have no place.
    """
    locked = Round.objects.select_for_update(no_key=True, of=["self"]).select_related("version").get(pk=round.pk)
    old, new = locked.version.definition, version.definition
    refuse_what_cannot_move(locked, version, new)
    Round.objects.filter(pk=locked.pk).update(version=version, revision=F("revision") + 1)
    responses = list(Response.objects.select_for_update().filter(round=locked))
    for response in responses:
        mark_new_questions(response, old, new)
    fit_sections(responses, new)
    Entry.objects.filter(response__round=locked).update(revision=F("revision") + 1, page=None)
    Response.objects.filter(round=locked).update(revision=F("revision") + 1)
    return len(responses)


def refuse_what_cannot_move(round: Round, version: QuestionnaireVersion, new: Definition) -> None:
    if round.is_over:
        raise CannotMove("Die Runde ist beendet. Was dort gefragt wurde, bleibt, wie es war.")
    if version.questionnaire_id != round.version.questionnaire_id:
        raise CannotMove("Diese Version gehört zu einem anderen Fragebogen.")
    single = [section.key for section in new if not section.is_repeatable]
    entries = Entry.objects.present().filter(response__round=round, section_key__in=single)
    counted = entries.order_by("section_key").values("response", "section_key").annotate(number=Count("pk"))
    for key in counted.filter(number__gt=1).values_list("section_key", flat=True)[:1]:
        raise CannotMove(f"Abschnitt {key} muss wiederholbar bleiben: Es gibt Rückmeldungen mit mehreren Einträgen.")


def mark_new_questions(response: Response, old: Definition, new: Definition) -> None:
    """Remember which questions have come since the response was begun."""
    marked = [key for key in response.new_questions if key in new.questions]
    marked += [key for key in new_questions(old, new) if key not in marked]
    if marked != response.new_questions:
        Response.objects.filter(pk=response.pk).update(new_questions=marked)


def fit_sections(responses: list[Response], new: Definition) -> None:
    """Every section that does not repeat has its one entry, and no other section has one of these."""
    single = {section.key for section in new if not section.is_repeatable}
    repeatable = {section.key for section in new if section.is_repeatable}
    entries = Entry.objects.filter(response__in=responses)
    entries.filter(section_key__in=repeatable).update(is_single=False)
    # What was removed while the section repeated can no longer come back, but it is not deleted either.
    entries.present().filter(section_key__in=single).update(is_single=True)
    there = set(entries.filter(is_single=True).values_list("response", "section_key"))
    Entry.objects.bulk_create(
        Entry(response=response, section_key=key, is_single=True)
        for response in responses
        for key in sorted(single)
        if (response.pk, key) not in there
    )
