"""Contacts of published entries: they are told that they are named, and can end it at once, whoever entered them."""

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord

from ..models import Contact, Solution
from .history import keep_snapshot
from .mails import tell_contact, tell_withdrawn
from .refusals import LinkGone

WITHDRAWN = "Eine Ansprechperson hat ihre Einwilligung widerrufen."


def note_consent(contact: Contact, wording: str) -> None:
    """Keep with a contact that is about to be saved to what it agrees, and when that was written down here.

    An empty wording means that there is no consent any more. Either way the person is to be told anew.
    """
    contact.consent_wording, contact.told_at = wording, None
    contact.consent_noted_at = timezone.now() if wording else None
    what = f"Einwilligung einer Ansprechperson {'festgehalten' if wording else 'beendet'}"
    audit.record(AuditRecord.Kind.CONSENT, what, thing=contact.solution)


def tell_contacts(*, solution: Solution) -> None:
    """Tell everybody whom a published entry names, and who was not told yet; call it in the transaction of a change."""
    if not solution.is_published:
        return
    untold = solution.contacts.consenting().untold()
    for contact in {contact.email: contact for contact in untold.select_related("solution")}.values():
        path = reverse("knowledgebase:contact-withdraw", args=[token_of(contact)])
        tell_contact(contact=contact, withdraw_path=path)
    untold.update(told_at=timezone.now())


def token_of(contact: Contact) -> str:
    """The signed word in the mailed address: it is about one entry and whom it names with this e-mail address."""
    return signing.dumps([contact.solution_id, contact.email], salt=__name__)


def contact_of(token: str) -> Contact:
    """Return whom a mailed link is about, with the solution. Raises LinkGone where they are named no more."""
    try:
        solution, email = signing.loads(token, salt=__name__)
    except signing.BadSignature:
        raise LinkGone from None
    contact = Contact.objects.filter(solution=solution, email=email).select_related("solution").first()
    if contact is None:
        raise LinkGone
    return contact


@transaction.atomic
def withdraw_consent(*, token: str) -> None:
    """Forget a contact at once, on the page, in the files and in the portal, and tell the leads. Raises LinkGone."""
    contact = contact_of(token)
    solution = Solution.objects.select_for_update().get(pk=contact.solution_id)
    if not solution.contacts.filter(email=contact.email).delete()[0]:
        raise LinkGone
    Solution.objects.filter(pk=solution.pk).update(revision=F("revision") + 1)
    keep_snapshot(solution=solution, by=None, message=WITHDRAWN)
    audit.record(AuditRecord.Kind.CONSENT, WITHDRAWN, actor="eine Ansprechperson", thing=solution)
    tell_withdrawn(solution=solution)
