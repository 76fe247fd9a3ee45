"""What members do with their own proposals: begin, go on, hand in, delete."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import dates, search
from ogl_portal.lib.files import delete_files, put_file
from ogl_portal.lib.history import record

from ..models import TITLE_IS_TAKEN, Attachment, Contact, Link, Solution, Step
from .addresses import free_slug
from .consents import note_consent
from .history import ChangedMeanwhile, ask_for_second_look, keep_snapshot
from .mails import tell_leads
from .solutions import lock, submit_solution

CHANGED_MEANWHILE = (
    "Inzwischen hat jemand anderes Ihren Entwurf geändert. Bitte sehen Sie ihn noch einmal durch und reichen Sie ihn "
    "dann ein."
)
ALREADY_BEGUN = "Einen Entwurf mit diesem Titel haben Sie schon begonnen."
TRY_AGAIN = "Jemand anderes war in diesem Augenblick schneller. Bitte senden Sie es noch einmal ab."
NEEDED = "Bitte schreiben Sie vor dem Einreichen mindestens einen Satz, was die Lösung ist, und eine Beschreibung."
WAS_PUBLISHED = "„{}“ war schon veröffentlicht. Löschen kann den Eintrag nur die OGL-Leitung."
CONSENT_YEARS = 2


class AlreadyBegun(ValidationError):
    """The person has a draft with this title: ``draft``."""

    def __init__(self, draft: Solution):
        super().__init__(ALREADY_BEGUN)
        self.draft = draft


@transaction.atomic
def begin_proposal(*, title: str, summary: str, by) -> Solution:
    """Make a draft that belongs to the user ``by``.

    Raises AlreadyBegun for a second one of theirs with the same title, and ValidationError where a published solution
    has it; of the drafts of others nobody learns anything.
    """
    User.objects.select_for_update().get(pk=by.pk)  # a double click waits for the first
    if own := Solution.objects.of(by).filter(title=title, status=Solution.Status.DRAFT).first():
        raise AlreadyBegun(own)
    if Solution.objects.named(title).exists():
        raise ValidationError(TITLE_IS_TAKEN)
    try:
        with transaction.atomic():
            solution = Solution.objects.create(title=title, slug=free_slug(title), summary=summary, proposed_by=by)
    except IntegrityError:  # the address
        raise ValidationError(TRY_AGAIN) from None
    note_change(solution=solution, by=by, message="Vorschlag begonnen.")
    return solution


def note_change(*, solution: Solution, by, message: str) -> None:
    """Keep in history and snapshots what a form has just written, in its transaction."""
    record(by, solution, message)
    keep_snapshot(solution=solution, by=by, message=message)
    ask_for_second_look(solution=solution, by=by)


@transaction.atomic
def submit_proposal(*, solution: Solution, by, revision: int | None) -> None:
    """Hand a member's draft to the OGL-Leitung and tell the leads.

    ``revision`` is that of the draft which the person saw. Raises ChangedMeanwhile where it is another by now, and
    ValidationError where it is no draft, or holds next to nothing; what else is missing the lead may add or ask for.
    """
    lock(solution, {Solution.Status.DRAFT})
    if solution.revision != revision:
        raise ChangedMeanwhile(CHANGED_MEANWHILE)
    if not (solution.summary and solution.description):
        raise ValidationError(NEEDED)
    submit_solution(solution=solution, by=by)
    tell_leads("solution_submitted", solution, except_for=by)


@transaction.atomic
def delete_proposal(*, solution: Solution) -> None:
    """Delete a draft that was never published, with all that belongs to it; ValidationError for anything else."""
    lock(solution, {Solution.Status.DRAFT})
    if solution.version:
        raise ValidationError(WAS_PUBLISHED.format(solution))
    delete_files(solution.attachments.all())
    with search.removal(solution):
        solution.delete()


def write_steps(*, solution: Solution, rows: list[dict]) -> None:
    """Make the rows of a form, in their order, the steps; without ``attachment`` a step keeps the file it names."""
    attachments = {step.pk: step.attachment for step in solution.steps.select_related("attachment")}
    solution.steps.all().delete()
    for position, row in enumerate(rows, start=1):
        stored = attachments.get(row.pop("row"))
        Step.objects.create(solution=solution, position=position, **{"attachment": stored} | row)


def write_links(*, solution: Solution, rows: list[dict]) -> None:
    """Make the rows of a form the links."""
    solution.links.all().delete()
    for row in rows:
        row.pop("row")
        Link.objects.create(solution=solution, **row)


def write_attachments(*, solution: Solution, rows: list[dict]) -> None:
    """Make the rows of a form the attachments; ``file`` of a row is a CheckedFile, None where the stored one stays.

    A stored attachment stays itself, so that steps that name it still do; a row without any file is none.
    """
    known = {attachment.pk: attachment for attachment in solution.attachments.all()}
    for row in rows:
        attachment = known.pop(row.pop("row"), None) or Attachment(solution=solution)
        checked = row.pop("file")
        for name, value in row.items():
            setattr(attachment, name, value)
        if checked:
            delete_files([attachment] if attachment.pk else [])
            put_file(attachment, checked)
        if attachment.file:
            attachment.save()
    delete_files(known.values())
    solution.attachments.filter(pk__in=known).delete()


def write_contacts(*, solution: Solution, rows: list[dict], wording: str) -> None:
    """Make the rows of a form the contacts; ``consents`` of a row says whether the person agrees to ``wording``.

    A consent that holds stays as it was given; another name or address needs a new one, which holds for two years.
    What ends is kept in the trail, as what begins is.
    """
    before = {contact.pk: contact for contact in solution.contacts.all()}
    ending = {pk: contact for pk, contact in before.items() if contact.consented_on}
    solution.contacts.all().delete()
    for row in rows:
        contact = Contact(solution=solution, **{name: row[name] for name in ["name", "role", "email", "scope"]})
        known = before.get(row["row"])
        if row["consents"] and known and is_same_consent(known, contact):
            for name in ["consented_on", "valid_until", "consent_wording", "consent_noted_at", "told_at"]:
                setattr(contact, name, getattr(known, name))
            ending.pop(known.pk, None)
        elif row["consents"]:
            note_consent(contact, wording)
            contact.consented_on = timezone.localdate()
            contact.valid_until = dates.years_later(contact.consented_on, CONSENT_YEARS)
        contact.save()
    for contact in ending.values():
        note_consent(contact, "")


def is_same_consent(known: Contact, contact: Contact) -> bool:
    """Whether the consent that holds was given for just this person and address."""
    return known.is_public and (known.name, known.email) == (contact.name, contact.email)
