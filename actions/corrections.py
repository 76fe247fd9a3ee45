"""While a released report is corrected, its items have a second row each, with the wording of the next version.

Everybody reads the items; the draft of the report, its gate and its release read the corrections. So nothing that a
correction changes, hides or strikes is public before it is released, whichever page, feed or mail shows the item.
State, comments and shares belong to the item and stay live.
"""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils import timezone

from ogl_portal.lib import search
from ogl_portal.lib.registry import begun_corrections, report_releases
from sessions_app.models import Report

from .models import WORDING, ActionItem, StruckItem


def working_items(report: Report):
    """The items of a report as its working text has them: corrected and new ones while a correction runs."""
    if not report.is_being_corrected:
        return report.action_items.all()
    of_report = ActionItem.with_corrections.filter(report=report)
    return of_report.filter(Q(corrects__isnull=False) | Q(since_version__gt=report.current_version.number))


@begun_corrections.register
def begin_corrections(*, report: Report) -> Iterator:
    """Give every item of the report the row that is worked on from now on; a page of the item itself is outdated."""
    for item in report.action_items.in_full():
        wording = {name: getattr(item, name) for name in WORDING}
        correction = ActionItem(corrects=item, report=report, is_example=item.is_example, **wording)
        correction.save()
        correction.responsible_persons.set(item.responsible_persons.all())
        correction.days.bulk_create(type(day)(item=correction, day=day.day) for day in item.days.all())
    report.action_items.update(revision=F("revision") + 1)
    yield from ()


@report_releases.register
def release_corrections(*, report: Report) -> Iterator:
    """Make what the corrections say the wording of the items."""
    corrections = ActionItem.with_corrections.filter(report=report).exclude(corrects=None)
    ActionItem.objects.filter(correction__in=corrections).update(letter="")  # two may have changed places
    for correction in corrections.select_related("corrects").prefetch_related("responsible_persons"):
        take_over(correction.corrects, correction)
    yield from ()


def take_over(item: ActionItem, correction: ActionItem) -> None:
    """Give an item the wording of its correction, which then goes; or delete the item that it strikes."""
    if correction.is_struck:
        StruckItem.objects.create(number=item.pk, report=item.report, is_public=item.is_public)
        with search.removal(item):
            item.delete()
        return
    wording = {name: getattr(correction, name) for name in WORDING}
    now = {"revision": F("revision") + 1, "changed_at": timezone.now()}
    ActionItem.objects.filter(pk=item.pk).update(**wording, **now)
    item.responsible_persons.set(correction.responsible_persons.all())
    item.days.all().delete()
    correction.days.update(item=item)
    correction.delete()
