"""What respondents may do with what is stored of them at any time, and what goes when its time is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.lib import audit, files, mail
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import response_changes

from ..definition import Question
from ..models import (
    Answer,
    CodedEntry,
    Consent,
    Entry,
    EntryReview,
    Invitation,
    KeptDraft,
    PersonalLink,
    Response,
    Round,
    Upload,
)
from ..models.codings import QUOTING
from .coding import forget_response, forget_unpublished_quotes
from .match_consents import end_match_consents
from .matches import forget_matches
from .responses import lock

REFUSED = Consent.REFUSED
RESPONDENT = "wer geantwortet hat"
COLLEAGUE = "wer mitarbeitet"
HELD = [Answer, CodedEntry, EntryReview, KeptDraft, Upload]
"""What an entry holds, consents and sides of the Vernetzung aside."""


@transaction.atomic
def withdraw_consent(*, consent: Consent) -> bool:
    """Turn a consent into a refusal from now on, also after the deadline; returns whether there was one to withdraw.

    The draft and the typed answer follow, so that a later submission does not bring it back unasked. What was
    submitted stays as it is: from now on the refusal counts.
    """
    lock(consent.response)
    now = timezone.now()
    if not Consent.objects.current().given().filter(pk=consent.pk).update(ended_at=now):
        return False
    question = question_of(consent)
    refusal_of(consent, question, now).save()
    refuse_in_answers(consent, question)
    Response.objects.filter(pk=consent.response_id).update(revision=F("revision") + 1)
    end_match_consents(response=consent.response, question_key=consent.question_key)
    if consent.question_key == QUOTING and Response.objects.without_answers().filter(pk=consent.response_id).exists():
        forget_unpublished_quotes(consent.response)
    list(response_changes.ask(response=consent.response, is_deleted=False))
    what = f"Freigabe {consent.question_key} widerrufen"
    audit.record(AuditRecord.Kind.CONSENT, what, actor=RESPONDENT, thing=consent.response)
    return True


def question_of(consent: Consent) -> Question | None:
    """The question as the round asks it, else as it was answered before the round moved to another version."""
    response, key = consent.response, consent.question_key
    question = response.round.definition.questions.get(key)
    submission = None if question else response.submissions.first()
    return submission.definition.questions.get(key) if submission else question


def refusal_of(consent: Consent, question: Question | None, now: datetime) -> Consent:
    """The opposite of a consent, on the same words."""
    return Consent(
        response=consent.response,
        entry=consent.entry,
        about=consent.about,
        question_key=consent.question_key,
        wording=consent.wording,
        value=REFUSED,
        value_label=question.choice_label(REFUSED) if question and REFUSED in question.choice_keys else "Widerrufen",
        given_at=now,
    )


def refuse_in_answers(consent: Consent, question: Question | None) -> None:
    """Write the refusal where the form has the decision; a form that is still open counts as outdated."""
    answers = Answer.objects.filter(entry__in=consent.response.entries.all(), question_key=consent.question_key)
    if consent.entry is None:
        answers.update(value=REFUSED, text="")
    if question is None:
        return
    entries = consent.response.entries.present().filter(section_key=question.key[0], is_single=True)
    field = question.variation_name(consent.entry.uuid) if consent.entry else question.key
    for entry in entries.select_for_update():
        draft = {name: value for name, value in entry.draft.items() if name != field}
        draft |= {field: REFUSED} if REFUSED in question.choice_keys else {}
        Entry.objects.filter(pk=entry.pk).update(draft=draft, revision=F("revision") + 1, page=None)


@transaction.atomic
def delete_response(*, response: Response) -> None:
    """Delete a response with answers, files, submissions and consents; what stays are numbers: at its round, at needs.

    Links of colleagues who helped end too, and so do mails about it that have not left; the respondent's own link
    stays, to begin anew.
    """
    lock(response)
    list(response_changes.ask(response=response, is_deleted=True))
    forget_matches(response=response)
    delete_files(response)
    forget_response(response)
    audit.record(AuditRecord.Kind.DELETED, "Rückmeldung gelöscht", actor=RESPONDENT, thing=response)
    invitations = Invitation.objects.filter(round=response.round_id, person=response.respondent_id)
    shared = PersonalLink.objects.shared().filter(invitation__in=invitations)
    mail.withdraw(OutgoingMail.objects.filter(pk__in=shared.values("mail")))
    mail.withdraw(OutgoingMail.objects.filter(pk__in=response.mails.values("pk")))
    shared.delete()
    submitted = Response.objects.submitted().filter(pk=response.pk).exists()
    if Response.objects.filter(pk=response.pk).delete()[0] and submitted:
        Round.objects.filter(pk=response.round_id).update(deleted_responses=F("deleted_responses") + 1)


@transaction.atomic
def delete_raw_answers(*, response: Response, now: datetime) -> None:
    """Delete what was answered once its time is over.

    Who submitted when, and the consents, stay: they are the ground on which something may have been published, and can
    still be withdrawn. Of an entry with a decision of its own the bare row stays, for that to be about. Of what was
    never submitted nothing stays. What was made of an example goes where it is not allowed at this moment.
    """
    lock(response)
    forget_matches(response=response)
    delete_files(response)
    if response.status == Response.Status.DRAFT:
        Response.objects.filter(pk=response.pk).delete()
        return
    forget_unpublished_quotes(response)
    response.entries.filter(consents=None).delete()
    empty_entries(response)
    response.submissions.all().delete()
    response.skipped_sections.all().delete()
    Response.objects.filter(pk=response.pk).update(answers_deleted_at=now, reopened_until=None)
    list(response_changes.ask(response=response, is_deleted=False))


def empty_entries(response: Response) -> None:
    """Delete all that the entries of a response hold, but for the decisions about them."""
    for model in HELD:
        model.objects.filter(entry__response=response).delete()
    response.codings.update(entry=None)
    response.entries.update(draft={}, page=None, saved_at=None, reopened_until=None, revision=F("revision") + 1)


def delete_files(response: Response) -> None:
    """Delete a response's files from the storage with the commit."""
    files.delete_files(Upload.objects.filter(entry__response=response))
