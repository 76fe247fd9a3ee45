"""What a respondent fills in and is about to submit, also where only single entries are open again after the deadline.

What is asked is what is submitted: both follow the same version of the questionnaire.
"""

from collections.abc import Container, Iterable

from django.db.models import F, Q

from .models import Consent, Response, Submission, Upload
from .sheet import Card, Sheet


class ReopenedSheet(Sheet):
    """The last submission with the present text of the entries that are open again; only those can have problems."""

    @property
    def problems(self):
        return [(card, problem) for card, problem in super().problems if card.entry.is_writable]


def submission_to_complete(response: Response) -> Submission | None:
    """The submission of which only single entries can still be changed; None while all of the response is open."""
    return None if response.is_writable else response.submissions.first()


def sheet_to_fill(response: Response) -> Sheet:
    """The response as its forms show it.

    An entry that is open again by itself is asked what it was asked when it was submitted, although the round may
    have moved to another version since.
    """
    submission = submission_to_complete(response)
    if submission is None:
        return Sheet.of(response)
    uploads = Upload.objects.of_response(response)
    return Sheet(submission.definition, response.entries.present(), submission.document["skipped"], uploads)


def sheet_to_submit(response: Response) -> Sheet:
    """The response as submitting would write it now.

    What was changed before the deadline but not submitted stays a draft when one entry is opened again.
    """
    submission = submission_to_complete(response)
    return sheet_to_complete(response, submission) if submission else Sheet.of(response)


def sheet_to_complete(response: Response, submission: Submission) -> ReopenedSheet:
    """The submission with what is open again of the response."""
    return ReopenedSheet(
        submission.definition, entries_of(response, submission), submission.document["skipped"],
        uploads_of(response, submission),
    )  # fmt: skip


def stand_of(response: Response, cards: Iterable[Card], submission: Submission | None = None) -> str:
    """The status of a response as far as its respondent can do something about it now.

    Where only single entries are open, what differs in the others cannot be submitted and does not count.
    ``submission`` is the last one, for those who have it at hand.
    """
    if response.status != Response.Status.CHANGED or response.is_writable:
        return response.status
    submission = submission or response.submissions.first()
    submitted = {entry["uuid"]: entry for entry in submission.document["entries"]} if submission else {}
    open_cards = [card for card in cards if card.entry.is_writable]
    is_sent = all(submitted.get(str(card.entry.uuid)) == card.content for card in open_cards)
    return Response.Status.SUBMITTED if is_sent else Response.Status.CHANGED


def entries_of(response: Response, submission: Submission) -> list:
    """The submitted entries: open ones as they stand, the others as they were submitted."""
    submitted = {entry["uuid"]: entry["answers"] for entry in submission.document["entries"]}
    open_keys = {entry.pk for entry in response.open_entries}
    entries = response.entries.filter(Q(uuid__in=submitted) | Q(pk__in=open_keys))
    found = list(entries)
    for entry in found:
        if entry.pk not in open_keys:
            entry.draft = without_withdrawn(submitted[str(entry.uuid)], response.refusals)
    return found


def without_withdrawn(answers: dict, refused: Container[str]) -> dict:
    """Submitted answers as they hold after what was withdrawn since."""
    return {name: Consent.REFUSED if name in refused else value for name, value in answers.items()}


def uploads_of(response: Response, submission: Submission):
    """The files likewise."""
    still_there = Q(entry__in=response.open_entries, removed_at=None)
    closed = ~Q(entry__in=response.open_entries) & Q(uuid__in=submission.file_uuids)
    return Upload.objects.filter(still_there | closed).annotate(entry_uuid=F("entry__uuid"))
