"""How long the tools keep their own traces, and what of theirs waits for the lead."""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from . import dates, own_traces, throttle  # noqa: F401 - own_traces registers itself
from .audit import guards  # noqa: F401 - registers itself
from .audit.models import AuditRecord
from .desk import box
from .files import let_go
from .models import OutgoingMail, ThrottleCounter, UnwantedFile
from .registry import DeskBox, DeskLink, desk_boxes, retention_rules
from .retention import remove, rule
from .search.models import MissedSearch

MISSES = 180
OVERDUE = timedelta(days=2)
"""``prune`` is to run every day."""


@retention_rules.register
def old_counters(*, now, dry_run):
    """Counters of the throttle serve for an hour."""
    count = throttle.forget_old_counters(dry_run=dry_run)
    yield rule("Zähler gegen zu viele Versuche", count, ThrottleCounter.objects.all(), 1)


@retention_rules.register
def old_mails(*, now, dry_run):
    """Who was written to is kept for a while, so that the lead can look it up; texts go when a mail has left.

    What waits for its attempt stays. About an uncertain mail the lead has as long to decide.
    """
    old = OutgoingMail.objects.filter(created_at__lt=now - timedelta(days=settings.MAIL_RECORD_DAYS))
    old = old.exclude(pk__in=OutgoingMail.objects.waiting())
    facts = {"after": settings.MAIL_RECORD_DAYS, "setting": "MAIL_RECORD_DAYS"}
    yield remove("Einträge im Postausgang", old, dry_run=dry_run, **facts)


@retention_rules.register
def unwanted_files(*, now, dry_run):
    """Files whose rows are gone: the storage was away when they were to be deleted."""
    unwanted = UnwantedFile.objects.order_by("pk")
    count = unwanted.count() if dry_run else sum(map(let_go, unwanted))
    yield rule("Dateien, die die Ablage noch nicht gelöscht hat", count, unwanted, "beim nächsten Lauf")


@retention_rules.register
def old_misses(*, now, dry_run):
    """What nobody searches for any more needs no synonym."""
    old = MissedSearch.objects.filter(last_on__lt=timezone.localdate(now) - timedelta(days=MISSES))
    yield remove("Suchen ohne Treffer", old, dry_run=dry_run, after=MISSES)


@retention_rules.register
def old_traces(*, now, dry_run):
    """Who did what is kept for a while: the audit trail until the day in each row, the history of the admin as long."""
    facts = {"after": settings.AUDIT_RECORD_DAYS, "setting": "AUDIT_RECORD_DAYS", "dry_run": dry_run}
    yield remove("Einträge im Prüfpfad", AuditRecord.objects.over(now), **facts)
    before = now - timedelta(days=settings.AUDIT_RECORD_DAYS)
    yield remove("Einträge im Verlauf der Verwaltung", LogEntry.objects.filter(action_time__lt=before), **facts)


@desk_boxes.register
def pruning_that_is_overdue(user):
    """What is not cleared up is kept longer than promised; the lead tells whoever runs the machine."""
    last = AuditRecord.objects.filter(kind=AuditRecord.Kind.PRUNED).values_list("at", flat=True).first()
    is_overdue = last is None or last < timezone.now() - OVERDUE
    url = f"{reverse('admin:lib_auditrecord_changelist')}?kind__exact={AuditRecord.Kind.PRUNED}"
    note = f"zuletzt am {dates.moment(last)}" if last else "noch nie gelaufen"
    link = DeskLink("„manage.py prune“ soll täglich laufen: bitte der IT Bescheid geben", url, note)
    yield DeskBox("Löschen nach Fristen", int(is_overdue), url, (link,) if is_overdue else (), 130)


@desk_boxes.register
def uncertain_mails(user):
    """Mails that may have left or not: nobody but a person can decide whether to send them again."""
    uncertain = OutgoingMail.objects.uncertain().order_by("created_at", "pk")
    yield box("Mails, deren Ankunft ungewiss ist", uncertain, 120, "?ankunft=ungewiss")
