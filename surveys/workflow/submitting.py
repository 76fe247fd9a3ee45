"""Submitting: everything is checked first, then written in one short transaction."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from ogl_portal.directory.models import User
from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.registry import response_changes

from .. import checks
from ..definition import Question, digest
from ..models import Answer, Consent, Response, Submission
from ..reopened import sheet_to_submit, submission_to_complete
from ..sheet import Card, Sheet
from .errors import ChangedMeanwhile, NotReady, RoundClosed
from .invitations import note_submission
from .letters import write_to_respondent
from .match_consents import end_refused
from .own_data import RESPONDENT
from .reviewing import renew_reviews
from .uploads import delete_removed_files

CONFIRMED = {Consent.REFUSED: "Widerrufen"}


def submit_response(
    *,
    response: Response,
    revision: int,
    key: UUID,
    whole: bool | None = None,
    confirm: bool = True,
    at: datetime | None = None,
    by: User | str = RESPONDENT,
) -> Submission:
    """Submit what the respondent has just reviewed, and confirm it by mail unless ``confirm`` is off.

    ``revision`` is the response's revision that was reviewed; ``key`` makes a repeated submit count once; ``at`` dates
    it back, for exemplary data alone. ``whole`` says whether all of the response was open in the review, where that
    is known: the deadline may have passed since. Raises RoundClosed, NotReady, and ChangedMeanwhile when something was
    changed after the review. ``by`` is whom the trail names: a lead who types in a paper form, or in words who it was.
    Everything is judged and dated by the one moment that ``response.moment`` holds.
    """
    if repeated := submitted_before(response, key):
        return repeated
    sheet = reviewed_sheet(response, whole)
    document = describe(response, sheet, at or response.moment)
    try:
        with transaction.atomic():
            submission = write(response, sheet, document, revision, key, by)
            if confirm and not response.is_paper:
                write_to_respondent("survey_submitted", response=response, context={"submission": submission})
            return submission
    except ChangedMeanwhile:
        if repeated := submitted_before(response, key):  # sent twice at once: the other one has just come through
            return repeated
        raise


def submitted_before(response: Response, key: UUID) -> Submission | None:
    """What came through with this key already."""
    return response.submissions.filter(idempotency_key=key).first()


def reviewed_sheet(response: Response, whole: bool | None) -> Sheet:
    """What is to be submitted. Raises RoundClosed, ChangedMeanwhile, NotReady."""
    if not response.is_partly_writable:
        raise RoundClosed
    if whole not in {None, response.is_writable}:
        raise ChangedMeanwhile
    sheet = sheet_to_submit(response)
    if sheet.problems:
        raise NotReady
    return sheet


def write(response: Response, sheet: Sheet, document: dict, revision: int, key: UUID, by: User | str) -> Submission:
    """Write everything that a submission is; called within a transaction. Raises ChangedMeanwhile."""
    now = datetime.fromisoformat(document["submitted_at"])
    claim(response, revision, now, status_after(response, sheet))
    submission = record(response, document, now, key)
    store_answers(response, sheet)
    store_consents(response, sheet, now, by)
    delete_removed_files(response=response, until=now)
    note_submission(round=response.round, person=response.respondent)
    renew_reviews(response, submission)
    if submission.number > 1:  # before that, nothing can have been made of the response
        end_refused(response=response, since=now)
        list(response_changes.ask(response=response, is_deleted=False))
    return submission


def status_after(response: Response, sheet: Sheet) -> Response.Status:
    """Submitted; changed where the rest, closed now, says something that this leaves out and may be opened again."""
    if response.is_writable:
        return Response.Status.SUBMITTED
    present = Sheet.of(response)
    written = Sheet(present.definition, sheet.entries, sheet.skipped, sheet.all_uploads)
    return Response.Status.SUBMITTED if written.content == present.content else Response.Status.CHANGED


def claim(response: Response, revision: int, now: datetime, status: Response.Status) -> None:
    """Mark the response as submitted if it is still as it was reviewed."""
    reviewed = Response.objects.filter(pk=response.pk, revision=revision)
    values = {"status": status, "submitted_at": now, "new_questions": []}
    if not reviewed.update(**values, revision=F("revision") + 1):
        raise ChangedMeanwhile


def describe(response: Response, sheet: Sheet, now: datetime) -> dict:
    """The submission as a document: what was answered, by whom, to which version of the questions."""
    return {
        "round": response.round.slug,
        "questionnaire": answered_version(response),
        "words": response.round.words,
        "organisation": response.organisation.name if response.organisation else "",
        "submitted_at": now.isoformat(),
        **sheet.content,
    }


def answered_version(response: Response) -> dict:
    """The version that is answered: the round's, or where single entries are open again that of the last submission."""
    submission = submission_to_complete(response)
    if submission:
        return submission.document["questionnaire"]
    version = response.round.version
    return {"slug": version.document["slug"], "version": version.number, "sha256": version.sha256}


def record(response: Response, document: dict, now: datetime, key: UUID) -> Submission:
    """Write the next numbered submission."""
    last = response.submissions.aggregate(last=Max("number"))["last"] or 0
    return Submission.objects.create(
        response=response,
        number=last + 1,
        document=document,
        sha256=digest(document),
        submitted_at=now,
        idempotency_key=key,
    )


def store_answers(response: Response, sheet: Sheet) -> None:
    """Replace the typed answers by those submitted now; what was removed before keeps nothing of its text."""
    # Not entry__response: PostgreSQL without fresh statistics plans that join badly (over 30 seconds were measured).
    Answer.objects.filter(entry__in=response.entries.all()).delete()
    Answer.objects.bulk_create(
        Answer(entry=card.entry, question_key=question.key, part=value.part, value=value.value, text=value.text)
        for card in sheet.cards
        for question in card.questions
        for value in checks.values(question, card.draft)
    )
    response.entries.writable(response).filter(removed_at__isnull=False).update(draft={})


def store_consents(response: Response, sheet: Sheet, now: datetime, by: User | str) -> None:
    """Keep decisions that stay the same with their time, end those that changed, and add the new ones."""
    current = {decision_of(consent): consent for consent in response.consents.current()}
    wanted = {decision_of(consent): consent for consent in decisions(response, sheet, now)}
    ended = [consent.pk for decision, consent in current.items() if decision not in wanted]
    Consent.objects.filter(pk__in=ended).update(ended_at=now)
    keep_numbers(current, wanted)
    Consent.objects.bulk_create(consent for decision, consent in wanted.items() if decision not in current)
    if keys := sorted({current[decision].question_key for decision in current if decision not in wanted}):
        what = f"Freigaben mit einer neuen Absendung geändert: {', '.join(keys)}"
        audit.record(AuditRecord.Kind.CONSENT, what, by=by, thing=response)


def keep_numbers(current: dict[tuple, Consent], wanted: dict[tuple, Consent]) -> None:
    """An entry may have another number since the one before it went."""
    moved = [consent for made, consent in current.items() if made in wanted and wanted[made].about != consent.about]
    for consent in moved:
        consent.about = wanted[decision_of(consent)].about
    Consent.objects.bulk_update(moved, ["about"])


def decision_of(consent: Consent) -> tuple:
    """What makes two decisions the same: question, entry, wording and value."""
    return (consent.question_key, consent.entry_id, consent.wording, consent.value, consent.value_label)


def decisions(response: Response, sheet: Sheet, now: datetime) -> Iterator[Consent]:
    """Every decision in the response, with the wording it was made on."""
    for card in sheet.cards:
        for question in card.questions:
            for value in checks.values(question, card.draft) if question.is_consent else []:
                yield decision(response, question, value.value, now)
        for variation in card.variations:
            for value in checks.chosen_in(card.draft, variation.field):
                yield decision(response, variation.question, value, now, variation.card)


def decision(response: Response, question: Question, value: str, now: datetime, card: Card | None = None) -> Consent:
    """A decision for all of the response, or for the entry of one card."""
    wording = "\n\n".join(text for text in [question.notice, question.text] if text)
    label = question.choice_label(value) if question.options else CONFIRMED.get(value, "Bestätigt")
    return Consent(
        response=response,
        entry=card.entry if card else None,
        about=card.label if card else "",
        question_key=question.key,
        wording=wording,
        value=value,
        value_label=label,
        given_at=now,
    )
