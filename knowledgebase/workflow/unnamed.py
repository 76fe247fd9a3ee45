"""What stands in a solution in the place of an organisation that does not want to be named."""

from django.conf import settings
from django.utils import timezone

from ogl_portal.directory.models import Organisation
from ogl_portal.lib import dates

from ..models import Contact, Solution
from .consents import note_consent

GROUP = {"slug": "ag-digitalisierung", "name": "AG „Digitalisierung in der Arbeitswelt“", "kind": "network"}
"""Publishes what is released „ohne Namensnennung“ (knowledgebase.md)."""
MAILBOX = "Postfach der OGL-Leitung: Auskunft für eine Organisation, die nicht genannt werden möchte."


def working_group() -> Organisation:
    return Organisation.objects.get_or_create(slug=GROUP["slug"], defaults=GROUP)[0]


def add_mailbox(solution: Solution) -> None:
    """The lead's common mailbox as contact, where another would give the name away; nobody where there is none."""
    if not settings.LEAD_MAILBOX:
        return
    today = timezone.localdate()
    span = {"consented_on": today, "valid_until": dates.years_later(today, 2)}
    contact = Contact(solution=solution, name="OGL-Leitung", email=settings.LEAD_MAILBOX, **span)
    note_consent(contact, MAILBOX)
    contact.save()


def take_name_off_snapshots(solution: Solution) -> None:
    """What is brought back from an earlier state names nobody either."""
    unnamed = {"publisher": working_group().slug, "operator": None, "links": [], "attachments": []}
    for snapshot in solution.snapshots.all():
        snapshot.content |= unnamed
        snapshot.save(update_fields=["content"])
