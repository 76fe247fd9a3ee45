"""What a respondent is about to submit, also where the deadline has passed and only single entries are open again."""

from django.db.models import F, Q

from .models import Consent, Response, Submission, Upload
from .sheet import Sheet


class ReopenedSheet(Sheet):
    """The last submission with the present text of the entries that are open again; only those can have problems."""

    @property
    def problems(self):
        return [(card, problem) for card, problem in super().problems if card.entry.is_writable]


def sheet_to_submit(response: Response) -> Sheet:
    """The response as submitting would write it now.

    What was changed before the deadline but not submitted stays a draft when one entry is opened again.
    """
    submission = None if response.is_writable else response.submissions.first()
    if submission is None:
        return Sheet.of(response)
    return ReopenedSheet(
        submission.definition, entries_of(response, submission), submission.document["skipped"],
        uploads_of(response, submission),
    )  # fmt: skip


def entries_of(response: Response, submission: Submission) -> list:
    """The submitted entries: open ones as they stand, the others as they were submitted."""
    submitted = {entry["uuid"]: entry["answers"] for entry in submission.document["entries"]}
    open_keys, refused = {entry.pk for entry in response.open_entries}, refused_fields(response)
    entries = response.entries.filter(Q(uuid__in=submitted) | Q(pk__in=open_keys))
    found = list(entries)
    for entry in found:
        if entry.pk not in open_keys:
            entry.draft = without_withdrawn(submitted[str(entry.uuid)], refused)
    return found


def refused_fields(response: Response) -> set[str]:
    """The fields of consents that are refused now: an earlier yes does not come back with the text around it."""
    refused = response.consents.current().filter(value=Consent.REFUSED)
    pairs = refused.values_list("question_key", "entry__uuid")
    return {f"{question}-{entry}" if entry else question for question, entry in pairs}


def without_withdrawn(answers: dict, refused: set[str]) -> dict:
    """Submitted answers as they hold after what was withdrawn since."""
    return {name: Consent.REFUSED if name in refused else value for name, value in answers.items()}


def uploads_of(response: Response, submission: Submission):
    """The files likewise."""
    entries = submission.document["entries"]
    submitted = [file["uuid"] for entry in entries for file in entry["files"]]
    still_there = Q(entry__in=response.open_entries, removed_at=None)
    closed = ~Q(entry__in=response.open_entries) & Q(uuid__in=submitted)
    return Upload.objects.filter(still_there | closed).annotate(entry_uuid=F("entry__uuid"))
