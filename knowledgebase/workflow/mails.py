"""Who is told what: the leads of what came in, the others of what became of theirs."""

from django.conf import settings
from django.urls import reverse

from ogl_portal.directory.models import User
from ogl_portal.lib import mail, throttle
from ogl_portal.lib.models import OutgoingMail

from ..models import Contact, Reuse, Solution, Suggestion

HOUR = 3600
MAILS_AN_HOUR = 20


def tell_leads(template: str, thing, *, except_for=None, path: str = "") -> None:
    """Put a mail about a thing that came in into the outbox for everybody in charge, but not for who sent it.

    ``path`` is where they look at it, unless that is its own page in the Verwaltung.

    When very much comes in, no more mails: what waits is in the Verwaltung all the same.
    """
    if not throttle.allow(f"mails:{template}", limit=MAILS_AN_HOUR, seconds=HOUR):
        return
    page = path or reverse(f"admin:knowledgebase_{thing._meta.model_name}_change", args=[thing.pk])
    url = settings.SITE_URL + page
    for user in User.objects.in_charge().exclude(pk=except_for.pk if except_for else None):
        mail.send(template, to=user.email, context={thing._meta.model_name: thing, "url": url, "by": except_for})


def thank_for_suggestion(suggestion: Suggestion) -> None:
    """Tell an address that somebody typed that something arrived; it gets none of the text."""
    mail.send("suggestion_thanks", to=suggestion.email, context={})


def thank_for_reuse(reuse: Reuse) -> None:
    """Tell an address that somebody typed that something arrived; it gets none of the text but the entry's title."""
    url = settings.SITE_URL + reuse.solution.get_absolute_url()
    mail.send("reuse_thanks", to=reuse.reporter_email, context={"solution": reuse.solution, "url": url})


def tell_proposer(*, solution: Solution) -> None:
    """Tell the member who proposed a solution that it is published."""
    proposer = solution.proposed_by
    if proposer and proposer.is_active:
        url = settings.SITE_URL + solution.get_absolute_url()
        mail.send("solution_published", to=proposer.email, context={"solution": solution, "by": proposer, "url": url})


def tell_returned(*, solution: Solution, submitter) -> None:
    """Tell who proposed a solution, else who submitted it, what the OGL-Leitung asks for (``return_note``)."""
    to = solution.proposed_by or submitter
    if to and to.is_active:
        own = reverse("knowledgebase:proposal", args=[solution.uuid])
        in_admin = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
        url = settings.SITE_URL + (own if solution.proposed_by else in_admin)
        mail.send("solution_returned", to=to.email, context={"solution": solution, "proposer": to, "url": url})


def tell_contact(*, contact: Contact, withdraw_path: str) -> None:
    """Tell somebody that they are named in public, and how to end that at once."""
    solution = contact.solution
    context = {"contact": contact, "solution": solution, "url": settings.SITE_URL + solution.get_absolute_url()}
    mail.send("contact_published", to=contact.email, context=context | {"withdraw": settings.SITE_URL + withdraw_path})


def tell_withdrawn(*, solution: Solution) -> None:
    """Tell the leads that somebody withdrew the consent; not who, as that is forgotten by now."""
    tell_leads("contact_withdrawn", solution)


def tell_erased(*, solution: Solution) -> None:
    """Tell the leads what is about to be deleted, and why: its ``transfer`` says."""
    tell_leads("solution_erased", solution, path=reverse("admin:knowledgebase_solution_changelist"))


def ask_lead_for_review(*, lead: User, solution: Solution) -> OutgoingMail:
    """Ask a lead whether the entry still holds, where no contact may be asked."""
    url = settings.SITE_URL + reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    context = {"solution": solution, "lead": lead, "url": url}
    return mail.send("solution_review_lead", to=lead.email, context=context, at_once=False)


def ask_for_review(*, contact: Contact, solution: Solution) -> OutgoingMail:
    """Ask a contact whether the entry still holds."""
    context = {"contact": contact, "solution": solution, "url": settings.SITE_URL + solution.get_absolute_url()}
    return mail.send("solution_review", to=contact.email, context=context, at_once=False)
