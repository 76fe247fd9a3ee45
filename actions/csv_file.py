"""The public action items as one CSV file for spreadsheets: UTF-8 with byte order mark, semicolons, no formula."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from knowledgebase.open_data.csv_file import line

from .models import ActionItem

COLUMNS = {
    "number": lambda item: item.pk,
    "url": lambda item: settings.SITE_URL + item.get_absolute_url(),
    "title": lambda item: item.title,
    "description": lambda item: item.description,
    "report_title": lambda item: item.report.public_title if item.report else "",
    "report_url": lambda item: settings.SITE_URL + item.report.get_absolute_url() if item.report else "",
    "letter": lambda item: item.letter,
    "due_kind": lambda item: item.due_kind,
    "due_text": lambda item: item.due_text,
    "due_at": lambda item: moment(public_due(item)),
    "responsible_kind": lambda item: item.responsible_kind,
    "responsible": lambda item: item.responsible_text,
    "status": lambda item: item.current_status,
    "is_overdue": lambda item: truth(item.is_overdue),
    "is_example": lambda item: truth(item.is_example),
    "status_is_example": lambda item: truth(item.status_is_example),
}
"""What stands in the columns, by their names: the same that everybody reads on the page of an item."""


def write() -> str:
    """The text of the whole file, in the order of the numbers."""
    items = ActionItem.objects.public().in_full().order_by("pk")
    return "\ufeff" + line(list(COLUMNS)) + "".join(rows(items))


def rows(items) -> Iterator[str]:
    """One line for each item."""
    for item in items:
        yield line([str(column(item)) for column in COLUMNS.values()])


def public_due(item: ActionItem):
    """The due moment, but not that of an event that is not announced yet."""
    return None if item.due_event and not item.due_event.is_published else item.due_at


def moment(value) -> str:
    """A moment in Berlin as ISO 8601, or nothing."""
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""


def truth(value: bool) -> str:
    return "true" if value else "false"
