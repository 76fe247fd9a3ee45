"""What can be found of the action items."""

from django.db.models import Q

from ogl_portal.directory.models import Organisation
from ogl_portal.lib.registry import search_sources
from ogl_portal.lib.search import Audience, Entry, Source
from sessions_app.models import Report

from .models import ActionItem
from .models.querysets import LONG


def items():
    return ActionItem.objects.select_related("report__current_version", "responsible_organisation").defer(*LONG)


def entry(item: ActionItem) -> Entry:
    """An item with who is responsible, as far as that is an organisation: persons are not searched for."""
    organisation = item.responsible_organisation
    return Entry(
        title=item.title,
        url=item.get_absolute_url(),
        kind="Nächster Schritt",
        audience=audience(item),
        texts=(item.description, organisation.name if organisation else ""),
        date=item.due_until,
        is_example=item.is_example,
    )


def audience(item: ActionItem) -> Audience:
    """As ``ActionItem.objects.visible_to`` has it."""
    if item.stands:
        return Audience.ALL if item.is_public else Audience.MEMBERS
    return Audience.MEMBERS if item.report.status == Report.Status.IN_REVIEW else Audience.LEAD


def items_naming(thing) -> Q | None:
    """The items of an organisation, and those whose audience follows the state of a report."""
    if isinstance(thing, Organisation):
        return Q(responsible_organisation=thing)
    return Q(report=thing) if isinstance(thing, Report) else None


@search_sources.register
def sources():
    yield Source("items", "schritte", "Nächste Schritte", ActionItem, items, entry, items_naming)
