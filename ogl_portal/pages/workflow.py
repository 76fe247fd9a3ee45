"""What happens when somebody reports a barrier or asks something, and when the lead answers."""

import calendar
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import mail, spam

from .models import BarrierReport, ContactRequest, Ticket

TWO_WEEKS = timedelta(days=14)
MAILS = {"barrierreport": "barrier_report", "contactrequest": "contact_request"}
"""The mail to the leads for each kind of ticket."""


def report_barrier(*, key: UUID, where: str, what: str, name: str, email: str, client: str) -> BarrierReport:
    """Make a ticket that is due in one month and tell the leads by mail; see ``open_ticket``."""
    spam.admit("barrier", client=client)
    values = {"where": where, "what": what, "name": name, "email": email}
    return open_ticket(BarrierReport, key=key, values=values, due_on=one_month_after(timezone.localdate()))


def ask_leads(*, key: UUID, subject: str, message: str, name: str, email: str, client: str) -> ContactRequest:
    """Make a ticket that is due in two weeks and tell the leads by mail; see ``open_ticket``."""
    spam.admit("contact", client=client)
    values = {"subject": subject, "message": message, "name": name, "email": email}
    return open_ticket(ContactRequest, key=key, values=values, due_on=timezone.localdate() + TWO_WEEKS)


@transaction.atomic
def open_ticket(model: type[Ticket], *, key: UUID, values: dict, due_on: date) -> Ticket:
    """Keep what somebody wrote, once, and put a mail about it into the outbox for everybody in charge.

    ``key`` names the form that was sent: the same sent twice makes one ticket and one mail, another text a ticket of
    its own. The client's IP address serves the limit only and is not stored. The callers raise spam.TooMany.
    """
    for own_key in [key, uuid5(key, repr(values))]:
        ticket, is_new = model.objects.get_or_create(key=own_key, defaults={**values, "due_on": due_on})
        if all(getattr(ticket, field) == value for field, value in values.items()):
            break
    if is_new:
        tell_leads(ticket)
    return ticket


def tell_leads(ticket: Ticket) -> None:
    """Put a mail about the ticket into the outbox for everybody in charge."""
    name = ticket._meta.model_name
    url = settings.SITE_URL + reverse(f"admin:pages_{name}_change", args=[ticket.pk])
    for user in User.objects.in_charge():
        mail.send(MAILS[name], to=user.email, context={"report": ticket, "url": url})


def send_answer(*, ticket: Ticket) -> bool:
    """Put the answer into the outbox for whoever left an address; return whether somebody did."""
    if ticket.email:
        mail.send("ticket_answered", to=ticket.email, context={"ticket": ticket})
    return bool(ticket.email)


def one_month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day where it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
