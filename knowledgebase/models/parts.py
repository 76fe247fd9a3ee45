"""What belongs to one solution: attachments, steps, links, contacts, for whom it is, what it is related to."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.fields import MarkdownField

from .solutions import Solution

CONSENT_ENDS_SOON = timedelta(days=30)
"""How long before its end the OGL-Leitung is told that a consent ends."""


def random_path(attachment, filename: str) -> str:
    """A name that nobody can guess and that says nothing."""
    return f"wissensdatenbank/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """A file to take over; as private as the solution until that is published."""

    class Kind(models.TextChoices):
        TEMPLATE = "template", "Muster"
        CONTRACT = "contract", "Vertrag"
        CHECKLIST = "checklist", "Checkliste"
        SCREENSHOT = "screenshot", "Bildschirmfoto"
        OTHER = "other", "Sonstiges"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    solution = models.ForeignKey(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="attachments")
    title = models.CharField("Titel", max_length=150)
    kind = models.CharField("Art", max_length=12, choices=Kind, default=Kind.TEMPLATE)
    file = models.FileField("Datei", upload_to=random_path, max_length=200)
    name = models.CharField("Dateiname", max_length=130, editable=False)
    content_type = models.CharField("Dateiart", max_length=100, editable=False)
    size = models.PositiveIntegerField("Größe (Byte)", editable=False)
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)
    version = models.CharField("Version", max_length=40, blank=True)
    language = models.CharField("Sprache", max_length=5, default="de", help_text="Kürzel wie de oder en.")
    licence = models.CharField("Lizenz", max_length=40, choices=Solution.Licence, blank=True)
    is_accessible = models.BooleanField("barrierefrei", default=False)
    uploaded_at = models.DateTimeField("hochgeladen", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("knowledgebase:attachment", args=[self.solution.slug, self.uuid])


class Audience(models.Model):
    """One kind and size of organisation that the solution is made for; a solution without any is for all."""

    class Kind(models.TextChoices):
        """The zielgruppe list of knowledgebase.md: kind and size of the organisation that reuses."""

        SMALL_MUNICIPALITY = "municipality-small", "Gemeinde unter 5.000 Einwohnern"
        MEDIUM_MUNICIPALITY = "municipality-medium", "Gemeinde mit 5.000 bis 20.000 Einwohnern"
        LARGE_MUNICIPALITY = "municipality-large", "Stadt über 20.000 Einwohner"
        DISTRICT = "district", "Landkreis"
        IT_PROVIDER = "it-provider", "IT-Dienstleister der Verwaltung"
        MICRO_COMPANY = "company-micro", "Unternehmen bis 9 Beschäftigte"
        SMALL_COMPANY = "company-small", "Unternehmen mit 10 bis 49 Beschäftigten"
        MEDIUM_COMPANY = "company-medium", "Unternehmen mit 50 bis 249 Beschäftigten"
        TRAINING_COMPANY = "training-company", "Ausbildungsbetrieb"
        CHAMBER = "chamber", "Kammer"
        ASSOCIATION = "association", "Verein"

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="audiences",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    kind = models.CharField("geeignet für", max_length=20, choices=Kind)

    class Meta:
        verbose_name = "Eignung"
        verbose_name_plural = "Eignung"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "kind"],
                name="one_audience_per_kind",
                violation_error_message="Diese Angabe steht schon da.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class EfaCheck(models.Model):
    """How far one of the eight areas of the EfA criteria is met."""

    class Area(models.TextChoices):
        DESIGN = "design", "Gestaltung"
        LOGIC = "logic", "Fachlogik"
        ACCOUNT = "account", "Nutzerkonto"
        PAYMENT = "payment", "Bezahlen"
        EXCHANGE = "exchange", "Datenaustausch"
        ROUTING = "routing", "Zuständigkeit und Transport"
        LEGAL = "legal", "rechtliche Nachnutzung"
        ORGANISATION = "organisation", "Organisation"

    class Result(models.TextChoices):
        MET = "met", "erfüllt"
        PARTLY = "partly", "teilweise erfüllt"
        NOT_MET = "not-met", "nicht erfüllt"
        NOT_APPLICABLE = "not-applicable", "trifft nicht zu"

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="efa_checks",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    area = models.CharField("Bereich", max_length=12, choices=Area)
    result = models.CharField("Ergebnis", max_length=15, choices=Result)

    class Meta:
        verbose_name = "EfA-Prüfung"
        verbose_name_plural = "EfA-Prüfung"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "area"],
                name="one_efa_result_per_area",
                violation_error_message="Für diesen Bereich gibt es schon ein Ergebnis.",
            )
        ]

    def __str__(self):
        return f"{self.get_area_display()}: {self.get_result_display()}"


class Relation(models.Model):
    """How a solution relates to another."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", "ersetzt"
        NEEDS = "needs", "braucht"
        ALTERNATIVE = "alternative", "ist eine Alternative zu"
        VARIANT = "variant", "ist eine Variante von"

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="relations",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    kind = models.CharField("Beziehung", max_length=12, choices=Kind)
    other = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="andere Lösung", related_name="relations_from_others"
    )

    class Meta:
        verbose_name = "verwandte Lösung"
        verbose_name_plural = "verwandte Lösungen"
        ordering = ["kind", "other__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "kind", "other"],
                name="one_relation_per_kind_and_solution",
                violation_error_message="Diese Beziehung steht schon da.",
            ),
            models.CheckConstraint(
                condition=~Q(solution=F("other")),
                name="a_solution_is_not_related_to_itself",
                violation_error_message="Eine Lösung kann nicht mit sich selbst verwandt sein.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} „{self.other}“"


class Step(models.Model):
    """One step of the way to use the solution in one's own house."""

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="steps",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("Nr.")
    title = models.CharField("Schritt", max_length=120)
    text = MarkdownField("Was ist zu tun?")
    role = models.CharField("Wer?", max_length=120, blank=True)
    duration = models.CharField("Wie lange?", max_length=60, blank=True, help_text="Zum Beispiel „2 Stunden“.")
    done_when = models.CharField("Erledigt, wenn …", max_length=200, blank=True)
    attachment = models.ForeignKey(
        Attachment, models.SET_NULL, verbose_name="Anlage dazu", related_name="steps", null=True, blank=True
    )

    class Meta:
        verbose_name = "Schritt"
        verbose_name_plural = "Schritte"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "position"],
                name="one_step_per_position",
                violation_error_message="Diese Nummer gibt es schon.",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"


class Link(models.Model):
    """Where more is to be found."""

    class Kind(models.TextChoices):
        LANDING = "landing", "Internetseite"
        DEMO = "demo", "Vorführung"
        DOCUMENTATION = "documentation", "Dokumentation"
        REPOSITORY = "repository", "Quelltext"
        API = "api", "Schnittstelle"

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="links",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    kind = models.CharField("Art", max_length=15, choices=Kind)
    url = models.URLField("Adresse", max_length=500)

    class Meta:
        verbose_name = "Link"
        verbose_name_plural = "Links"
        ordering = ["kind", "url"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "kind", "url"],
                name="one_link_per_kind_and_address",
                violation_error_message="Diesen Link gibt es schon.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.url}"


class ContactQuerySet(models.QuerySet):
    def consenting(self, on: date | None = None):
        """Those whose consent was given and holds on the day (default: today in Berlin)."""
        day = on or timezone.localdate()
        return self.filter(consented_on__lte=day, valid_until__gte=day)

    def untold(self):
        """Those who were not yet told that they are named in public."""
        return self.filter(told_at=None)


class Contact(models.Model):
    """Whom to ask; public only with consent, and only as long as that holds."""

    class Role(models.TextChoices):
        SUBJECT = "subject", "fachlich"
        TECHNICAL = "technical", "technisch"
        LEGAL = "legal", "rechtlich"

    solution = models.ForeignKey(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="contacts")
    name = models.CharField("Name", max_length=120)
    role = models.CharField("Rolle", max_length=12, choices=Role, default=Role.SUBJECT)
    email = models.EmailField("E-Mail")
    scope = models.CharField("Umfang", max_length=120, blank=True, help_text="Zum Beispiel „Auskunft, ein Telefonat“.")
    consented_on = models.DateField("eingewilligt am", null=True, blank=True)
    valid_until = models.DateField("gilt bis (letzter Tag)", null=True, blank=True)
    consent_wording = models.TextField("Wortlaut der Einwilligung", blank=True, max_length=1000, editable=False)
    consent_noted_at = models.DateTimeField("Einwilligung festgehalten", null=True, blank=True, editable=False)
    told_at = models.DateTimeField("über die Veröffentlichung unterrichtet", null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        ordering = ["role", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_on=None) | Q(valid_until__gte=F("consented_on"), valid_until__isnull=False),
                name="a_consent_has_an_end",
                violation_error_message="Bitte geben Sie an, bis wann die Einwilligung gilt.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    @property
    def is_public(self) -> bool:
        """Whether the consent was given and holds today."""
        today = timezone.localdate()
        return self.consented_on is not None and self.consented_on <= today <= self.valid_until

    @property
    def consent_ends_soon(self) -> bool:
        """Whether the consent was given and has ended, or will within 30 days."""
        return self.consented_on is not None and self.valid_until <= timezone.localdate() + CONSENT_ENDS_SOON
