"""What people answer: a response with its entries, and what was submitted."""

import uuid
from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, User
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.prepared import Given, prepared_rows

from ..definition import Definition
from .frozen import FrozenModel
from .questionnaires import QuestionnaireVersion
from .rounds import Round


class ResponseQuerySet(models.QuerySet):
    def of(self, user):
        """The responses of a signed-in user; nobody else's."""
        return self.of_person(user.person_id if user.is_authenticated else None)

    def of_person(self, person_id: int | None):
        """The responses of a person, by the key; none for nobody."""
        return self.filter(respondent=person_id) if person_id else self.none()

    def submitted(self):
        """Responses that were submitted at least once."""
        return self.exclude(status=Response.Status.DRAFT)

    def answered(self):
        """Those of people who have done their part: submitted, or the lead is typing in what came on paper."""
        return self.exclude(status=Response.Status.DRAFT, is_paper=False)

    def without_answers(self):
        """Responses whose raw answers were deleted when their time was over."""
        return self.filter(answers_deleted_at__isnull=False)

    def partly_writable(self, now: datetime):
        """Responses in which there is anything left to change, as ``Response.is_partly_writable`` says of one."""
        running = Q(round__opens_at__lte=now, round__closes_at__gt=now) | Q(reopened_until__gt=now)
        published = self.filter(round__opened_at__isnull=False)
        open_entries = models.Exists(Entry.objects.open_by_themselves(now).filter(response=models.OuterRef("pk")))
        return published.filter(running & Q(answers_deleted_at=None) | Q(open_entries))

    def overdue(self, now: datetime):
        """Responses whose raw answers are still there although the day has come to delete them.

        What the lead has opened again, all of it or one entry, is not overdue before it is closed.
        """
        rounds = Round.objects.filter(closes_at__lte=now, delete_raw_on__lte=timezone.localdate(now))
        found = self.filter(round__in=rounds, answers_deleted_at=None)
        return found.exclude(pk__in=Response.objects.partly_writable(now))


class Response(models.Model):
    """Rückmeldung: one person's answers in one round."""

    class Status(models.TextChoices):
        DRAFT = "draft", "begonnen"
        SUBMITTED = "submitted", "abgesendet"
        CHANGED = "changed", "nach dem Absenden geändert"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, verbose_name="Runde", related_name="responses")
    respondent = models.ForeignKey(Person, models.PROTECT, verbose_name="Person", related_name="responses")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="responses", null=True, blank=True
    )
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField("Fassung", default=1, editable=False)
    created_at = models.DateTimeField("begonnen", default=timezone.now, editable=False)
    submitted_at = models.DateTimeField("zuletzt abgesendet", null=True, blank=True, editable=False)
    reopened_until = models.DateTimeField("wieder geöffnet bis", null=True, blank=True, editable=False)
    answers_deleted_at = models.DateTimeField("Rohdaten gelöscht", null=True, blank=True, editable=False)
    mails = models.ManyToManyField(OutgoingMail, related_name="+", editable=False)  # to the respondent, about it
    new_questions = models.JSONField("neue Fragen", default=list, editable=False)  # keys, since it was begun
    is_paper = models.BooleanField("auf Papier", default=False, editable=False)
    entered_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="erfasst von", null=True, blank=True, editable=False, related_name="+"
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückmeldung"
        verbose_name_plural = "Rückmeldungen"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "respondent"], name="one_response_per_person_and_round"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(submitted_at__isnull=False), name="a_submitted_response_has_its_moment"
            ),
        ]

    def __str__(self):
        return f"Rückmeldung von {self.respondent}"

    @property
    def present_entries(self) -> list["Entry"]:
        """The entries that were not removed, each knowing this response."""
        found = present_entries(response=self.pk)
        for entry in found:
            entry.response = self
        return found

    @property
    def is_reachable(self) -> bool:
        """Whether a mail can go to the respondent: who answered on paper may have no address."""
        return bool(self.respondent.email)

    @cached_property
    def moment(self) -> datetime:
        """Now: one page or one submission judges by one moment whether something is open, however long it takes."""
        return timezone.now()

    @property
    def is_reopened(self) -> bool:
        """Whether the lead has opened the whole response again, and the new end is still to come."""
        return bool(self.round.opened_at and self.reopened_until and self.moment < self.reopened_until)

    @property
    def is_writable(self) -> bool:
        """Whether the respondent may still change all of it; single entries may be open beyond that."""
        return not self.answers_deleted_at and (self.round.is_running_at(self.moment) or self.is_reopened)

    @property
    def closes_at(self) -> datetime:
        """When the whole response closes, or closed: the end of the round, or a later one of its own."""
        return max(self.round.closes_at, self.reopened_until or self.round.closes_at)

    @cached_property
    def open_entries(self) -> list["Entry"]:
        """The entries that are open by themselves although the response is closed."""
        if self.is_writable or not self.round.opened_at:
            return []
        return list(self.entries.open_by_themselves(self.moment))

    @property
    def is_partly_writable(self) -> bool:
        """Whether there is anything left that the respondent may change."""
        return self.is_writable or bool(self.open_entries)

    @cached_property
    def refusals(self) -> dict[str, datetime]:
        """Since when those consents are refused that are refused now, by the form field that asks for each."""
        refused = self.consents.current().refused().values_list("question_key", "entry__uuid", "given_at")
        return {f"{key}-{entry}" if entry else key: given_at for key, entry, given_at in refused}


class SkippedSection(models.Model):
    """„Dazu haben wir derzeit nichts“: a repeatable section that the respondent passes over."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="skipped_sections")
    section_key = models.CharField(max_length=1)

    class Meta:
        verbose_name = "Abschnitt ohne Angaben"
        verbose_name_plural = "Abschnitte ohne Angaben"
        constraints = [models.UniqueConstraint(fields=["response", "section_key"], name="a_section_is_skipped_once")]

    def __str__(self):
        return f"{self.section_key}: derzeit nichts"


class EntryQuerySet(models.QuerySet):
    def present(self):
        """Entries that were not removed, in the order of their making."""
        return self.filter(removed_at=None)

    def open_by_themselves(self, now: datetime):
        """Entries that the lead has opened again, alone or not."""
        return self.present().filter(reopened_until__gt=now)

    def submitted(self):
        """Entries of which something was submitted and still counts, also where their removal is not submitted yet."""
        return self.filter(models.Exists(Answer.objects.filter(entry=models.OuterRef("pk"))))

    def writable(self, response: Response):
        """Those that a submission of the response writes: all, or only the ones that are open again by themselves."""
        return self if response.is_writable else self.filter(pk__in=[entry.pk for entry in response.open_entries])

    def removed_since(self, moment: datetime | None):
        """Entries that can come back: removed after the moment (the last submission), or still counting."""
        removed = self.filter(removed_at__isnull=False)
        return (removed.filter(removed_at__gt=moment) | removed.submitted()) if moment else removed


class Entry(models.Model):
    """One reported example, experience, project or need, or the one form of a section that does not repeat.

    ``draft`` holds what was typed, complete or not, valid or not: text, or a list of choices, by field name. Answers
    come into being when the response is submitted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, verbose_name="Rückmeldung", related_name="entries")
    section_key = models.CharField("Abschnitt", max_length=1)
    is_single = models.BooleanField(default=False, editable=False)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    draft = models.JSONField("Entwurf", default=dict, editable=False)
    revision = models.PositiveIntegerField("Fassung", default=1, editable=False)
    page = models.UUIDField(null=True, editable=False)  # the open form that saved last, with how often it had by then:
    page_step = models.PositiveIntegerField(default=0, editable=False)  # what it sends again is no conflict with itself
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("gespeichert", null=True, blank=True, editable=False)
    removed_at = models.DateTimeField("entfernt", null=True, blank=True, editable=False)
    reopened_until = models.DateTimeField("wieder geöffnet bis", null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag"
        verbose_name_plural = "Einträge"
        ordering = ["section_key", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "section_key"],
                condition=Q(is_single=True),
                name="one_entry_in_a_section_that_does_not_repeat",
            )
        ]
        indexes = [models.Index(fields=["response", "section_key", "position"], name="entry_of_response")]

    def __str__(self):
        return f"Eintrag {self.section_key}{self.position}"

    @property
    def is_reopened(self) -> bool:
        """Whether the lead has opened this entry again, and its own end is still to come."""
        is_published = bool(self.response.round.opened_at)
        return is_published and bool(self.reopened_until) and self.response.moment < self.reopened_until

    @property
    def is_writable(self) -> bool:
        """Whether the respondent may change it, with the whole response or by itself."""
        return self.response.is_writable or self.is_reopened


@prepared_rows
def present_entries():
    """The present entries of a response, in their order."""
    return Entry.objects.present().filter(response=Given("response", models.BigIntegerField()))


class Submission(FrozenModel):
    """What was submitted, numbered and never changed again."""

    response = models.ForeignKey(Response, models.CASCADE, verbose_name="Rückmeldung", related_name="submissions")
    number = models.PositiveIntegerField("Nummer", editable=False)
    submitted_at = models.DateTimeField("abgesendet", editable=False)
    idempotency_key = models.UUIDField(editable=False)

    class Meta:
        verbose_name = "Absendung"
        verbose_name_plural = "Absendungen"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="one_submission_per_number"),
            models.UniqueConstraint(fields=["response", "idempotency_key"], name="a_repeated_submit_counts_once"),
        ]

    def __str__(self):
        return f"{self.number}. Absendung"

    @property
    def file_uuids(self) -> list[str]:
        """The files that were submitted."""
        return [file["uuid"] for entry in self.document["entries"] for file in entry["files"]]

    @cached_property
    def definition(self) -> Definition:
        """The questionnaire that was answered; the round may have moved to a newer version since."""
        round, answered = self.response.round, self.document["questionnaire"]
        if answered["sha256"] == round.version.sha256:
            return round.definition
        version = QuestionnaireVersion.objects.get(
            questionnaire=round.version.questionnaire_id, number=answered["version"]
        )
        return Definition.from_document(version.document, self.document["words"])


class Answer(models.Model):
    """One submitted value of one question in one entry; a question with several choices has several."""

    entry = models.ForeignKey(Entry, models.CASCADE, verbose_name="Eintrag", related_name="answers")
    question_key = models.CharField("Frage", max_length=3, db_index=True)
    part = models.CharField("Teil", max_length=20, blank=True)
    value = models.TextField("Antwort")
    text = models.TextField("dazu geschrieben", blank=True)

    class Meta:
        verbose_name = "Antwort"
        verbose_name_plural = "Antworten"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.question_key}: {self.value[:60]}"
