"""Opening again what the deadline has closed: a whole response, or one entry; each with a deadline of its own."""

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import audit, dates
from ogl_portal.lib.audit.models import AuditRecord

from ..models import Entry, Response
from .errors import AfterDeletion, AnswersDeleted, EntryRemoved, NoTimeLeft, NotSubmitted
from .letters import write_to_respondent


@transaction.atomic
def reopen_response(*, response: Response, until: datetime, by: User) -> None:
    """Let the respondent change and submit the whole response until a moment of its own, and say so by mail.

    ``until`` (aware) is exclusive like every deadline. Raises NoTimeLeft when it is not in the future,
    AfterDeletion when the raw data are to be deleted before it, and AnswersDeleted when nothing is left to change.
    """
    require_reopenable(until, response)
    outdate_review_pages(response, reopened_until=until)
    response.reopened_until = until
    write_down(response, by, f"Wieder geöffnet bis {dates.deadline(until)}.")
    write_to_respondent(
        "survey_reopened", response=response, context={"until": until}, valid_until=until, has_way_in=True
    )


@transaction.atomic
def reopen_entry(*, entry: Entry, until: datetime, by: User) -> None:
    """Let the respondent change just this entry until ``until`` (aware, exclusive), and submit it again.

    One whose removal was never submitted still counts, so it comes back. No mail: who asks back has a question to send
    with it. Raises NoTimeLeft, AfterDeletion, AnswersDeleted, NotSubmitted, and EntryRemoved for an entry that is no
    longer there.
    """
    require_reopenable(until, entry.response)
    if not entry.response.submitted_at:
        raise NotSubmitted
    outdate_review_pages(entry.response)
    there = Entry.objects.present() | Entry.objects.submitted()
    if not there.filter(pk=entry.pk).update(reopened_until=until, removed_at=None):
        raise EntryRemoved
    entry.response.skipped_sections.filter(section_key=entry.section_key).delete()
    entry.reopened_until, entry.removed_at = until, None
    write_down(entry.response, by, f"{entry} wieder geöffnet bis {dates.deadline(until)}.")


@transaction.atomic
def close_again(*, response: Response, by: User) -> None:
    """End what was opened again, the whole response and its entries, at once."""
    outdate_review_pages(response, reopened_until=None)
    response.entries.update(reopened_until=None)
    response.reopened_until = None
    write_down(response, by, "Wieder geschlossen.")


def outdate_review_pages(response: Response, **values) -> None:
    """Change the response so that a page that shows what would be submitted is outdated: more or less is open now."""
    Response.objects.filter(pk=response.pk).update(**values, revision=F("revision") + 1)


def require_reopenable(until: datetime, response: Response) -> None:
    """Raise NoTimeLeft unless the moment is still to come, and AfterDeletion unless it comes before the raw data go.

    The day of their deletion is what people have been promised (G5). Raises AnswersDeleted where they are gone.
    """
    if response.answers_deleted_at:
        raise AnswersDeleted
    if until <= timezone.now():
        raise NoTimeLeft
    deleted_on = response.round.delete_raw_on
    if deleted_on and until > dates.start_of_day(deleted_on):
        raise AfterDeletion(deleted_on)


def write_down(response: Response, by: User, words: str) -> None:
    """Keep who did it, in the history that the admin shows of the response and in the audit trail."""
    LogEntry.objects.log_actions(by.pk, [response], CHANGE, change_message=words, single_object=True)
    audit.record(AuditRecord.Kind.CHANGED, words, by=by, thing=response)
