"""How long the tools keep their own traces, and what of theirs waits for the lead."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from . import throttle
from .desk import box
from .models import OutgoingMail
from .registry import Removal, desk_boxes, retention_rules
from .retention import remove
from .search.models import MissedSearch

MISSES = timedelta(days=180)


@retention_rules.register
def old_counters(*, now, dry_run):
    """Counters of the throttle serve for an hour."""
    yield Removal("Zähler gegen zu viele Versuche", throttle.forget_old_counters(dry_run=dry_run))


@retention_rules.register
def old_mails(*, now, dry_run):
    """Who was written to is kept for a while, so that the lead can look it up; texts go when a mail has left."""
    old = OutgoingMail.objects.filter(created_at__lt=now - timedelta(days=settings.MAIL_RECORD_DAYS))
    yield remove("Einträge im Postausgang", old, dry_run=dry_run)


@retention_rules.register
def old_misses(*, now, dry_run):
    """What nobody searches for any more needs no synonym."""
    old = MissedSearch.objects.filter(last_on__lt=timezone.localdate(now) - MISSES)
    yield remove("Suchen ohne Treffer", old, dry_run=dry_run)


@desk_boxes.register
def uncertain_mails(user):
    """Mails that may have left or not: nobody but a person can decide whether to send them again."""
    uncertain = OutgoingMail.objects.uncertain().order_by("created_at", "pk")
    yield box("Mails, deren Ankunft ungewiss ist", uncertain, 120, "?ankunft=ungewiss")
