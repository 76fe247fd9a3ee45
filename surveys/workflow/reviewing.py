"""The lead's work on what was submitted: states and notes, asking back, a redacted version, and returns on paper."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.dates import end_of_day, start_of_day

from ..definition import digest
from ..matching import OF_SIDES
from ..models import Entry, EntryReview, Response, Round, Submission
from ..reopened import sheet_to_fill
from .coding import forget_progress
from .errors import AlreadyBegun, ChangedMeanwhile, NothingKept
from .invitations import withdraw_reminders
from .letters import write_to_respondent
from .matches import rename_sides
from .reopening import reopen_entry
from .responses import get_or_create_response, lock
from .rounds import invite

State = EntryReview.State
PAPER_TIME = timedelta(days=14)


def review_of(entry: Entry) -> EntryReview:
    """The review of an entry; not stored yet while the entry is new."""
    try:
        return entry.review
    except ObjectDoesNotExist:
        return EntryReview(entry=entry)


@transaction.atomic
def change_review(*, entry: Entry, revision: int, by: User, what: str, **values) -> None:
    """Write over the revision of the review that the lead has read. Raises ChangedMeanwhile for an older one.

    A new submission of the entry raises the revision too (``renew_reviews``): on the page of an entry nobody judges
    what they have not read. The list marks entries as they are.
    """
    EntryReview.objects.get_or_create(entry=entry)
    values |= {"changed_by": by, "changed_at": timezone.now(), "revision": revision + 1}
    if not EntryReview.objects.filter(entry=entry, revision=revision).update(**values):
        raise ChangedMeanwhile
    if "redacted" in values and entry.section_key in OF_SIDES:
        rename_sides(Entry.objects.filter(pk=entry.pk))
    audit.record(AuditRecord.Kind.CHANGED, f"{entry}: {what}", by=by, thing=entry.response)


def judge_entry(*, entry: Entry, state: str, note: str, revision: int, by: User) -> None:
    """Say how far an entry is looked through. Raises ChangedMeanwhile."""
    what = f"Stand der Prüfung „{State(state).label}“"
    change_review(entry=entry, revision=revision, by=by, what=what, state=state, note=note)


def redact_entry(*, entry: Entry, texts: dict[str, str], submission: Submission, revision: int, by: User) -> None:
    """Keep a redacted version of the submission's texts beside them. Raises ChangedMeanwhile."""
    number = submission.number if texts else None
    values = {"redacted": texts, "redacted_from": number}
    change_review(entry=entry, revision=revision, by=by, what="redigierte Fassung", **values)


@transaction.atomic
def ask_back(*, entry: Entry, question: str, until: date, revision: int, by: User) -> None:
    """Ask the respondent about one entry, by mail, and reopen just that entry to the end of the day ``until``.

    Raises ChangedMeanwhile, and what ``reopen_entry`` raises.
    """
    lock(entry.response)
    values = {"state": State.QUERY, "question": question, "asked_at": timezone.now()}
    change_review(entry=entry, revision=revision, by=by, what="Rückfrage", **values)
    reopen_entry(entry=entry, until=end_of_day(until), by=by)
    mail_query(entry, question, end_of_day(until))


def mail_query(entry: Entry, question: str, until: datetime) -> None:
    """Send the question to the respondent, with the way in; what they answered stays in the portal."""
    context = {"question": question, "until": until, "entry_name": name_of(entry)}
    write_to_respondent("survey_query", response=entry.response, context=context, valid_until=until, has_way_in=True)


def name_of(entry: Entry) -> str:
    """Beispiel 2, or the heading of a section that does not repeat; no title, for mails."""
    card = sheet_to_fill(entry.response).card(entry.uuid)
    return card.label if card else str(entry)


def renew_reviews(response: Response, submission: Submission) -> None:
    """What differs from the submission before has to be looked through anew; called where a submission is written."""
    before = response.submissions.filter(number=submission.number - 1).first()
    if before is None:  # nobody could read any of it yet
        return
    documents = differing(submission, before)
    changed = response.entries.filter(uuid__in=[entry["uuid"] for entry in documents])
    forget_progress(changed)
    outdate_reviews(response.entries.filter(uuid__in=[entry["uuid"] for entry in differing(before, submission)]))
    EntryReview.objects.filter(entry__in=changed).exclude(state=State.NEW).update(state=State.NEW)
    if any(entry["section"] in OF_SIDES for entry in documents):
        rename_sides(changed)


def differing(submission: Submission, other: Submission) -> list[dict]:
    """The entries of a submission that another one has in other words, or not at all."""
    known = set(map(digest, other.document["entries"]))
    return [entry for entry in submission.document["entries"] if digest(entry) not in known]


def outdate_reviews(entries: QuerySet) -> None:
    """Raise the revision of reviews, stored or not: a lead may have any of the entries open as they were before."""
    EntryReview.objects.bulk_create([EntryReview(entry=entry) for entry in entries], ignore_conflicts=True)
    reviews = EntryReview.objects.filter(entry__in=entries)
    reviews.update(revision=F("revision") + 1, changed_at=timezone.now())


@transaction.atomic
def begin_paper_return(*, round: Round, person: Person, by: User) -> Response:
    """Begin the response of somebody who answered on paper; the lead has some days to type it in, deadline or not.

    They count among the invited from now on, and are mailed nothing. Raises AlreadyBegun, and NothingKept where the
    day has come on which raw answers are deleted; nothing is open for longer than until then. The round is locked
    first: nobody begins online between the question whether they have and the answer.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if Response.objects.filter(round=round, respondent=person).exists():
        raise AlreadyBegun(person)
    now = timezone.now()
    end = start_of_day(round.delete_raw_on) if round.delete_raw_on else now + PAPER_TIME
    if end <= now:
        raise NothingKept(round.delete_raw_on)
    facts = {"is_paper": True, "entered_by": by, "reopened_until": min(end, now + PAPER_TIME)}
    response = get_or_create_response(round=round, person=person, **facts)
    invite(round=round, person=person)
    withdraw_reminders(round=round, person=person)
    audit.record(AuditRecord.Kind.CHANGED, "Papierbogen angelegt", by=by, thing=response)
    return response
