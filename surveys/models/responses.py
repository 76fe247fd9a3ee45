"""What people answer: a response with its entries, what was submitted, and what was consented to."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person

from .frozen import FrozenModel
from .rounds import Round


class ResponseQuerySet(models.QuerySet):
    def of(self, user):
        """The responses of a signed-in user; nobody else's."""
        return self.filter(respondent=user.person_id) if user.is_authenticated and user.person_id else self.none()

    def submitted(self):
        """Responses that were submitted at least once."""
        return self.exclude(status=Response.Status.DRAFT)


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
    def is_writable(self) -> bool:
        """Whether the respondent may still change it."""
        return self.round.is_running


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

    def removed_since(self, moment: datetime | None):
        """Entries that were removed after the moment (the last submission) and can come back."""
        removed = self.filter(removed_at__isnull=False)
        return removed.filter(removed_at__gt=moment) if moment else removed


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
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("gespeichert", null=True, blank=True, editable=False)
    removed_at = models.DateTimeField("entfernt", null=True, blank=True, editable=False)

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


class ConsentQuerySet(models.QuerySet):
    def current(self):
        """Decisions that neither a later submission nor a withdrawal has ended."""
        return self.filter(ended_at=None)


class Consent(models.Model):
    """A decision about what may be done with the answers, with the wording it was made on and its time."""

    response = models.ForeignKey(Response, models.CASCADE, verbose_name="Rückmeldung", related_name="consents")
    entry = models.ForeignKey(
        Entry, models.CASCADE, verbose_name="nur für", related_name="consents", null=True, blank=True
    )
    question_key = models.CharField("Frage", max_length=3)
    wording = models.TextField("Wortlaut")
    value = models.CharField("Entscheidung", max_length=60)
    value_label = models.CharField("Entscheidung im Wortlaut", max_length=200)
    given_at = models.DateTimeField("am")
    ended_at = models.DateTimeField("beendet", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"
        ordering = ["question_key", "entry", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question_key"],
                condition=Q(ended_at=None, entry=None),
                name="one_current_consent_per_question",
            ),
            models.UniqueConstraint(
                fields=["response", "question_key", "entry"],
                condition=Q(ended_at=None),
                name="one_current_consent_per_question_and_entry",
            ),
        ]

    def __str__(self):
        return f"{self.question_key}: {self.value_label}"
