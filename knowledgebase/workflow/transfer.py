"""From a checked example of the questionnaire to exactly one draft, and what follows when the example changes.

What feeds what stands in questionnaire.md, beside each question.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.files import delete_files, put_file
from ogl_portal.lib.history import record
from ogl_portal.lib.uploads import CheckedFile
from surveys.checks import links_in
from surveys.models import Consent, Entry, EntryReview, Response, Round, Submission, Upload
from surveys.sheet import Card, Sheet
from surveys.workflow import review_of

from ..models import Attachment, Link, Solution, Transfer
from ..models.transfer import WITHOUT_NAME
from .addresses import free_slug, free_title
from .erasing import erase
from .history import keep_snapshot
from .mails import tell_leads
from .release import NAMED, QUESTION, UNNAMED, decision_on, field_naming
from .unnamed import add_mailbox, take_name_off_snapshots, working_group

STAGES = {"trial": Solution.Stage.PILOT, "in-use": Solution.Stage.PRODUCTIVE, "proven": Solution.Stage.PRODUCTIVE,
          "retired": Solution.Stage.SUPERSEDED}  # fmt: skip
TAKEN = [f"B{number}" for number in range(1, 10)]
"""The questions whose answers are taken over."""
NOT_CHECKED = "Das Beispiel ist noch nicht als geprüft gekennzeichnet."
NOT_RELEASED = "Die Organisation hat das Beispiel nicht für die Wissensdatenbank freigegeben (G1)."
DELETED = "Die Rückmeldung wurde gelöscht."
REMOVED = "Das Beispiel wurde aus der Rückmeldung genommen."
WITHDRAWN = "Die Freigabe für die Wissensdatenbank (G1) wurde zurückgenommen."
SOURCE_GONE = "Die Antworten dazu gibt es nicht mehr, oder die Freigabe ist zurückgezogen."
SOURCE_NEWER = (
    "Inzwischen sind neue Antworten gekommen. Bitte lesen Sie, was sich geändert hat; als eingearbeitet ist noch "
    "nichts vermerkt."
)
NOT_UNNAMED = "Umstellen lässt sich, was mit Namen übernommen und jetzt ohne Namensnennung freigegeben ist (G1)."
NAME_GONE = "Auf „ohne Namensnennung“ umgestellt."
MADE = "Aus einem Beispiel des Fragebogens angelegt."


def examples_to_transfer(round: Round) -> QuerySet:
    """The checked examples of a round that may be taken over and have not been: what ``reason_to_refuse`` lets pass."""
    decided = Consent.objects.current().filter(response=OuterRef("response"), question_key=QUESTION)
    own, general = decided.filter(entry=OuterRef("pk")), decided.filter(entry=None)
    allowed = Coalesce(Subquery(own.values("value")[:1]), Subquery(general.values("value")[:1]))
    checked = Entry.objects.submitted().filter(review__state=EntryReview.State.REVIEWED, section_key="B")
    examples = checked.filter(response__round=round, solutions=None).annotate(allowed=allowed)
    return examples.filter(allowed__in=[NAMED, UNNAMED]).order_by("response__submitted_at", "position", "pk")


def reason_to_refuse(entry: Entry) -> str:
    """Why an example may not be taken over, in German; nothing where it may."""
    if entry.section_key != "B" or submitted_card(entry) is None:
        return "Übernehmen lassen sich abgesendete Beispiele (Abschnitt B)."
    if review_of(entry).state != EntryReview.State.REVIEWED:
        return NOT_CHECKED
    return "" if decision_on(entry, entry.response) in {NAMED, UNNAMED} else NOT_RELEASED


@transaction.atomic
def transfer_entry(*, entry: Entry, by) -> Solution:
    """Make the draft of a checked and released example, once: later calls return the solution that came of it.

    Raises ValidationError with the reason where it may not be taken over.
    """
    Response.objects.select_for_update(no_key=True).get(pk=entry.response_id)
    if existing := Solution.objects.filter(origin=entry).first():
        return existing
    if reason := reason_to_refuse(entry):
        raise ValidationError(reason)
    card, is_named = submitted_card(entry), decision_on(entry, entry.response) == NAMED
    answers = taken_answers(entry, card)
    solution = make_draft(entry, answers, is_named)
    add_rows(solution, card, answers, is_named)
    Transfer.objects.create(
        solution=solution, response=entry.response, is_named=is_named, digests=digests(answers, card), transferred_by=by
    )
    record(by, solution, MADE)
    audit.record(AuditRecord.Kind.CHANGED, f"{entry} als Musterlösung übernommen", by=by, thing=entry.response)
    keep_snapshot(solution=solution, by=by, message=MADE)
    return solution


def submitted_card(entry: Entry) -> Card | None:
    """The example as it was submitted last; None where it is no longer part of that."""
    submissions = Submission.objects.select_related("response__round__version")
    submission = submissions.filter(response=entry.response_id).first()
    return Sheet.of_submission(submission, submission.definition).card(entry.uuid) if submission else None


def taken_answers(entry: Entry, card: Card) -> dict:
    """The answers as they may leave the house: redacted where the lead has done so."""
    return review_of(entry).redact(card.answers)


def digests(answers: Mapping, card: Card) -> dict[str, str]:
    """A hash for each question: of its fields and files, nothing of which can be read from it."""
    found = {}
    for key in TAKEN:
        fields = sorted((name, value) for name, value in answers.items() if name.partition("-")[0] == key)
        files = sorted(str(upload.uuid) for upload in card.uploads if upload.question_key == key)
        found[key] = sha256(repr((fields, files)).encode()).hexdigest()
    return found


def make_draft(entry: Entry, answers: Mapping, is_named: bool) -> Solution:
    """Field by field what the answers hold; what they do not hold stays empty for the lead."""
    text = answers.get("B2", "")
    title = free_title(answers.get("B1", "").strip()[:120] or "Beispiel ohne Titel")
    solution = Solution.objects.create(
        title=title, slug=free_slug(title), summary=first_sentence(text), problem=text,
        benefit=answers.get("B6", ""), organisational_requirements=answers.get("B7", ""),
        stage=STAGES.get(answers.get("B5"), ""),
        reuse_model=Solution.ReuseModel.TEMPLATE if answers.get("B8") == "freely" else "",
        publisher=entry.response.organisation if is_named else working_group(), origin=entry,
        is_example=entry.response.round.is_example or entry.response.respondent.is_example,
    )  # fmt: skip
    solution.topics.set(Topic.objects.filter(slug__in=answers.get("B3", [])))
    solution.target_groups.set(TargetGroup.objects.filter(slug__in=answers.get("B4", [])))
    return solution


def first_sentence(text: str) -> str:
    """The first sentence where it is short enough to stand for all."""
    sentence = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    return sentence if len(sentence) <= Solution._meta.get_field("summary").max_length else ""


def add_rows(solution: Solution, card: Card, answers: Mapping, is_named: bool) -> None:
    """Links and files of who may be named; else the lead's mailbox, as they would give the name away."""
    if not is_named:
        add_mailbox(solution)
        return
    for address in links_in(answers, "B9"):
        Link.objects.get_or_create(solution=solution, kind=Link.Kind.LANDING, url=address)
    for upload in Upload.objects.present().filter(uuid__in=[upload.uuid for upload in card.uploads]):
        with upload.file.open("rb") as file:
            checked = CheckedFile(upload.name, upload.content_type, file.read())
        attachment = Attachment(solution=solution, title=upload.name[:150], kind=Attachment.Kind.OTHER)
        put_file(attachment, checked)
        attachment.save()


def follow_response(*, response: Response, is_deleted: bool) -> Iterator[str]:
    """Hide at once what the response no longer allows, and mark what it says differently now.

    What can never be allowed again, as the answers are gone, goes with them.
    """
    for transfer in Transfer.objects.filter(response=response).select_related("solution__origin__review", "response"):
        reason = DELETED if is_deleted else reason_to_hide(transfer)
        if is_deleted or (transfer.response.answers_deleted_at and reason not in {"", WITHOUT_NAME}):
            erase(transfer, reason)
            yield f"„{transfer.solution}“ ist gelöscht. {reason}"
        elif reason and not transfer.withdrawn_at:
            hide(transfer, reason)
            yield f"„{transfer.solution}“ darf nicht öffentlich sein. {reason}"
        elif reason:
            Transfer.objects.filter(pk=transfer.pk).update(withdrawn_reason=reason)
        else:
            mark(transfer)


def reason_to_hide(transfer: Transfer) -> str:
    """Why the solution may not be public any more; nothing where it may."""
    entry, response = transfer.solution.origin, transfer.response
    if response is None:
        return DELETED
    if is_removed(transfer):
        return REMOVED
    decision = decision_on(entry, response)
    if decision == UNNAMED and (transfer.is_named or field_naming(transfer.solution, response)):
        return WITHOUT_NAME
    return "" if decision in {NAMED, UNNAMED} else WITHDRAWN


def is_removed(transfer: Transfer) -> bool:
    """Whether the example was taken out of the response; when its answers are gone, whether it had been before."""
    if transfer.response.answers_deleted_at:
        return transfer.withdrawn_reason == REMOVED
    entry = transfer.solution.origin
    return entry is not None and submitted_card(entry) is None


def hide(transfer: Transfer, reason: str) -> None:
    """Take the solution off all public pages, and tell the leads; a draft is not what was public."""
    Status, solution = Solution.Status, transfer.solution
    stored = Solution.objects.select_for_update().get(pk=solution.pk)
    transfer.withdrawn_at, transfer.withdrawn_reason = timezone.now(), reason
    transfer.changed_at, transfer.changed_keys = None, []
    transfer.save(update_fields=["withdrawn_at", "withdrawn_reason", "changed_at", "changed_keys"])
    was_public = stored.is_published
    offered = Solution.objects.filter(pk=solution.pk, status__in=[Status.PUBLISHED, Status.SUBMITTED])
    offered.update(status=Status.ARCHIVED, revision=F("revision") + 1)
    solution.refresh_from_db()
    what = "Nicht mehr öffentlich" if was_public else "Nicht zu veröffentlichen"
    keep_snapshot(solution=solution, by=None, message=f"{what}: {reason}")
    tell_leads("solution_hidden" if was_public else "solution_refused", solution)


def mark(transfer: Transfer) -> None:
    """Note which answers differ from what was taken over; a consent that is back makes publishing possible again."""
    entry = transfer.solution.origin
    if entry is None or transfer.response.answers_deleted_at:
        return
    transfer.refresh_from_db(fields=["digests", "changed_at"], from_queryset=Transfer.objects.select_for_update())
    card = submitted_card(entry)
    now = digests(taken_answers(entry, card), card)
    transfer.changed_keys = [key for key in TAKEN if now[key] != transfer.digests.get(key)]
    transfer.changed_at = (transfer.changed_at or timezone.now()) if transfer.changed_keys else None
    transfer.withdrawn_at, transfer.withdrawn_reason = None, ""
    transfer.save(update_fields=["withdrawn_at", "withdrawn_reason", "changed_at", "changed_keys"])


@transaction.atomic
def accept_source(*, solution: Solution, submission: int, by) -> None:
    """Keep that the lead has looked at what changed, as ``submission`` (its number) has it, and brought it in.

    Raises ValidationError where there is nothing any more that it could be compared with, or something newer. The
    lead's page holds the solution, and whoever answers holds the response before it takes hold of the solution: so not
    the response is locked here but the transfer, on which what is submitted meanwhile is marked afterwards.
    """
    entry = Entry.objects.select_related("review", "response").filter(solutions=solution).first()
    card = submitted_card(entry) if entry else None
    if card is None:
        raise ValidationError(SOURCE_GONE)
    transfer = Transfer.objects.select_for_update().filter(solution=solution, withdrawn_at=None).first()
    if transfer is None:
        raise ValidationError(SOURCE_GONE)
    if entry.response.submissions.values_list("number", flat=True).first() != submission:
        raise ValidationError(SOURCE_NEWER)
    transfer.digests, transfer.changed_at, transfer.changed_keys = digests(taken_answers(entry, card), card), None, []
    transfer.save(update_fields=["digests", "changed_at", "changed_keys"])
    record(by, solution, "Änderung der Quelle durchgesehen.")


@transaction.atomic
def take_name_off(*, solution: Solution, by) -> None:
    """Take out what names the organisation, where G1 allows the solution without the name from now on.

    The group publishes it and the lead's mailbox is the contact; links and files go, from its earlier states too. It
    can be published again once the lead has read whether its texts tell the name. Raises ValidationError where that is
    not what G1 says.
    """
    Solution.objects.select_for_update().get(pk=solution.pk)
    transfer = Transfer.objects.select_related("solution__origin", "response").filter(solution=solution).first()
    if transfer is None or reason_to_hide(transfer) != WITHOUT_NAME:
        raise ValidationError(NOT_UNNAMED)
    delete_files(solution.attachments.all())
    for rows in [solution.attachments, solution.links, solution.contacts]:
        rows.all().delete()
    add_mailbox(solution)
    values = {"publisher": working_group(), "operator": None, "revision": F("revision") + 1}
    Solution.objects.filter(pk=solution.pk).update(**values)
    take_name_off_snapshots(solution)
    Transfer.objects.filter(pk=transfer.pk).update(is_named=False, withdrawn_at=None, withdrawn_reason="")
    solution.refresh_from_db()
    record(by, solution, NAME_GONE)
    keep_snapshot(solution=solution, by=by, message=NAME_GONE)


def note_name_taken_off(*, solution: Solution) -> None:
    """Allow publishing again what was hidden only for naming the organisation, once the lead has mended that by hand.

    What was taken over with the name needs ``take_name_off``: only that clears its links and files.
    """
    hidden = Transfer.objects.filter(solution=solution, withdrawn_reason=WITHOUT_NAME)
    transfer = hidden.select_related("solution__origin", "response").first()
    if transfer and not reason_to_hide(transfer):
        hidden.update(withdrawn_at=None, withdrawn_reason="")
