"""What happens when somebody reports a barrier."""

import calendar
from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import mail, spam

from .models import BarrierReport


def report_barrier(*, key: UUID, where: str, what: str, name: str, email: str, client: str) -> BarrierReport:
    """Make a ticket that is due in one month and tell the leads by mail.

    ``key`` names the form that was sent: the same sent twice makes one ticket and one mail, another text a ticket of
    its own. ``client`` is the client's IP address, used for the limit only and not stored. Raises spam.TooMany.
    """
    spam.admit("barrier", client=client)
    with transaction.atomic():
        values = {"where": where, "what": what, "name": name, "email": email}
        due_on = one_month_after(timezone.localdate())
        for own_key in [key, uuid5(key, repr(values))]:
            report, is_new = BarrierReport.objects.get_or_create(key=own_key, defaults={**values, "due_on": due_on})
            if all(getattr(report, field) == value for field, value in values.items()):
                break
        if is_new:
            tell_leads(report)
    return report


def tell_leads(report: BarrierReport) -> None:
    """Put a mail about the report into the outbox for everybody in charge."""
    url = settings.SITE_URL + reverse("admin:pages_barrierreport_change", args=[report.pk])
    for user in User.objects.in_charge():
        mail.send("barrier_report", to=user.email, context={"report": report, "url": url})


def one_month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day where it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
