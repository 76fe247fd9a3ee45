"""A released report goes to the Verteiler by mail."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import mail
from ogl_portal.lib.history import record
from ogl_portal.lib.models import OutgoingMail

from ..models import Report, ReportVersion


@transaction.atomic
def send_report(*, report: Report, by: User) -> int:
    """Mail the current version to everybody who is a member today, each address once; return to how many.

    Raises ValidationError where nothing is released, or where this version was sent already.
    """
    version = report.current_version
    if not version:
        raise ValidationError("Versenden lässt sich nur ein freigegebener Report.")
    if not type(version).objects.filter(pk=version.pk, mailed_at=None).update(mailed_at=timezone.now()):
        raise ValidationError(f"Fassung {version.number} ist schon an den Verteiler gegangen.")
    addresses = Person.objects.members().exclude(email="").values_list("email", flat=True).distinct()
    url = settings.SITE_URL + report.get_absolute_url()
    pdf_url = settings.SITE_URL + report.get_pdf_url()
    context = {"report": report, "version": version, "url": url, "pdf_url": pdf_url}
    sent = [mail.send("report_released", to=address, context=context, at_once=False) for address in addresses]
    version.mails.add(*sent)
    record(by, report, f"Fassung {version.number} an {len(addresses)} Adressen gesendet.")
    return len(addresses)


def withdraw_mails_about(report: Report) -> None:
    """Take what has not left out of the outbox: what it leads to is withdrawn."""
    mails = ReportVersion.mails.through.objects.filter(reportversion__report=report)
    mail.withdraw(OutgoingMail.objects.filter(pk__in=mails.values("outgoingmail")))
