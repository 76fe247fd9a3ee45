"""A round: one questionnaire, asked of certain people until a certain moment."""

import datetime
from functools import cached_property

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.fields import RevisedModel
from sessions_app.models import Report

from ..definition import Definition
from .questionnaires import QuestionnaireVersion

NOT_RESERVED = RegexValidator(r"^e\Z", "Die Adresse „e“ ist für persönliche Links reserviert.", inverse_match=True)

STAGES = RegexValidator(r"^\d{1,3}(,\d{1,3})*\Z", "Bitte ganze Tage mit Komma trennen, z. B. 7,2.")

READ: dict[tuple, Definition] = {}
"""Definitions by the hash of their document and what the words in their texts hang on: reading one takes its time."""
MOST_READ = 50


def last_day_before(end: datetime.datetime) -> datetime.date:
    """The day, in Berlin, of the last moment before the end."""
    return timezone.localtime(end - datetime.timedelta(microseconds=1)).date()


def words_of(
    closes_at: datetime.datetime,
    evaluation_until: datetime.date,
    delete_raw_on: datetime.date | None,
    controller: str,
) -> dict[str, str]:
    """What the placeholders in a questionnaire's texts say, which hangs on these facts of a round and no others."""
    last_day = last_day_before(closes_at)
    return {
        "{deadline}": dates.deadline(closes_at),
        "{last_day}": dates.day(last_day),
        "{evaluation_until}": dates.day(evaluation_until),
        "{delete_on}": f"am {dates.day(delete_raw_on)}" if delete_raw_on else "an einem Tag, der noch festgelegt wird",
        "{controller}": controller,
        "{year}": str(last_day.year),
        "{next_year}": str(last_day.year + 1),
    }


class RoundQuerySet(models.QuerySet):
    def published(self):
        """Rounds that everybody may know of, the latest deadline first."""
        return self.filter(opened_at__isnull=False).order_by("-closes_at")

    def running(self, now: datetime.datetime | None = None):
        """Published rounds that take answers now, the next deadline first."""
        now = now or timezone.now()
        return self.published().filter(opens_at__lte=now, closes_at__gt=now).order_by("closes_at")

    def with_counts(self):
        """Adds ``invited``, of these ``exemplary``, ``begun``, ``submitted``, ``unfinished`` and ``declined``."""
        begun = Q(invitations__person__responses__round=F("pk"))
        draft = Q(invitations__person__responses__status="draft")
        declined = Q(invitations__declined_at__isnull=False)
        return self.annotate(
            invited=invitations_in(Q()),
            exemplary=invitations_in(Q(invitations__person__is_example=True)),
            begun=invitations_in(begun),
            submitted=invitations_in(begun & ~draft),
            unfinished=invitations_in(begun & draft & ~declined),
            declined=invitations_in(declined),
        )


def invitations_in(state: Q) -> models.Count:
    """How many invitations are in a state, each once."""
    return models.Count("invitations", filter=state, distinct=True)


class Round(RevisedModel):
    """A version of a questionnaire, open for answers between two moments."""

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, verbose_name="Fragebogen", related_name="rounds")
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=80, unique=True, validators=[NOT_RESERVED])
    label = models.CharField("Bezeichnung", max_length=60, blank=True, help_text="z. B. Anlage 1")
    opens_at = models.DateTimeField("Beginn")
    closes_at = models.DateTimeField(
        "Ende", help_text="13.07.2021, 00.00 Uhr heißt auf allen Seiten „12.07.2021, 24 Uhr“."
    )
    evaluation_until = models.DateField("Auswertung bis")
    delete_raw_on = models.DateField(
        "Rohdaten löschen am", null=True, blank=True, help_text="Legt die oder der Datenschutzbeauftragte fest."
    )
    reminder_days = models.CharField(
        "Erinnern, Tage vor dem Ende", max_length=40, default="7,2", blank=True,
        validators=[STAGES],
        help_text="Mit Komma getrennt, z. B. 7,2. Nur wer noch nicht abgesendet hat, wird erinnert. Leer: niemand.",
    )  # fmt: skip
    controller = models.CharField(
        "Verantwortliche Stelle", max_length=200, default="der Träger des Open Government Labors"
    )
    report = models.ForeignKey(
        Report, models.PROTECT, verbose_name="Anlage zum Report", related_name="rounds", null=True, blank=True,
        help_text="Der Fragebogen hängt diesem Report als leere Vorlage an.",
    )  # fmt: skip
    note = models.CharField(
        "Hinweis zur Herkunft", max_length=300, blank=True,
        help_text="Steht unter dem Titel, auf dem leeren Bogen und in der Anlage des Reports.",
    )  # fmt: skip
    opened_at = models.DateTimeField("geöffnet", null=True, blank=True, editable=False)
    deleted_responses = models.PositiveIntegerField("gelöschte Rückmeldungen", default=0, editable=False)
    is_example = models.BooleanField("Beispiel", default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "Runde"
        verbose_name_plural = "Runden"
        ordering = ["-closes_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="a_round_ends_after_it_begins",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("surveys:round-detail", args=[self.slug])

    def get_pdf_url(self):
        return reverse("surveys:blank-pdf", args=[self.slug])

    @property
    def is_running(self) -> bool:
        """Whether answers are taken now."""
        return self.is_running_at(timezone.now())

    def is_running_at(self, moment: datetime.datetime) -> bool:
        """Whether answers are taken at the moment; the end itself is already too late."""
        return bool(self.opened_at) and self.opens_at <= moment < self.closes_at

    @property
    def is_over(self) -> bool:
        return self.closes_at <= timezone.now()

    @property
    def reminder_stages(self) -> list[int]:
        """How many days before the end reminders go out, the most urgent first."""
        return sorted({int(days) for days in self.reminder_days.split(",") if days})

    @property
    def last_day(self) -> datetime.date:
        """The day, in Berlin, of the last moment before the end."""
        return last_day_before(self.closes_at)

    @property
    def facts_in_texts(self) -> tuple:
        """What ``words_of`` takes; definitions are kept by it."""
        return self.closes_at, self.evaluation_until, self.delete_raw_on, self.controller

    @property
    def words(self) -> dict[str, str]:
        """What the placeholders in the questionnaire's texts say in this round."""
        return words_of(*self.facts_in_texts)

    @cached_property
    def definition(self) -> Definition:
        """The frozen questionnaire with this round's dates in its texts; read once in a process."""
        key = (self.version.sha256, *self.facts_in_texts)
        definition = READ.get(key)
        if definition is None:
            if len(READ) >= MOST_READ:
                READ.clear()
            definition = READ[key] = Definition.from_document(self.version.document, self.words)
        return definition
