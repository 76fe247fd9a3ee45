"""The solution with its core fields (knowledgebase.md)."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Organisation, TargetGroup, Topic
from ogl_portal.lib.fields import MarkdownField, RevisedModel
from surveys.models import Entry

from .classification import LifeSituation, OzgField, PublicService
from .figures import FiguresMixin
from .reading import SolutionQuerySet

# SQLite takes any number, PostgreSQL does not: the limits are ours, and the same on both.
AT_MOST_DAYS = MaxValueValidator(5_000)
AT_MOST_WEEKS = MaxValueValidator(520)
AT_MOST_EURO = MaxValueValidator(100_000_000)
MUNICIPALITIES = "kommunalverwaltungen"
"""Slug of the target group that the OZG note is for (report of 27.05.2021, section 5, point 5)."""
TITLE_IS_TAKEN = "Eine Lösung mit diesem Titel gibt es schon."
PLATFORMS = {"web": "Web", "linux": "Linux", "windows": "Windows", "mac": "macOS", "macos": "macOS",
             "android": "Android", "ios": "iOS"}  # fmt: skip
"""The codes of publiccode.yml, as people write them."""
RESERVED_SLUGS = {"eignung", "nachnutzung", "vorschlagen"}
"""Addresses of our own below /wissensdatenbank/, which no entry may have."""


def cost_constraint(cost: str, label: str) -> models.CheckConstraint:
    """A range has two amounts, everything else has none."""
    low, high = f"{cost}_from", f"{cost}_to"
    amounts = Q(**{f"{low}__lte": F(high), f"{low}__isnull": False, f"{high}__isnull": False})
    return models.CheckConstraint(
        condition=Q(**{f"{cost}_kind": "range"}) & amounts
        | ~Q(**{f"{cost}_kind": "range"}) & Q(**{low: None, high: None}),
        name=f"{cost}_cost_has_amounts_where_it_is_a_range",
        violation_error_message=f"Bitte geben Sie die {label} Kosten von–bis an, den größeren Betrag bei „bis“.",
    )


class Solution(FiguresMixin, RevisedModel):
    """Musterlösung: something digital that works somewhere and that others may reuse."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Entwurf"
        SUBMITTED = "submitted", "eingereicht"
        PUBLISHED = "published", "veröffentlicht"
        ARCHIVED = "archived", "archiviert"

    class Kind(models.TextChoices):
        ONLINE_SERVICE = "online-service", "Onlinedienst"
        SOFTWARE = "software", "Software/Fachmodul"
        PROCESS = "process", "Prozess/Vorlage"
        GUIDE = "guide", "Leitfaden"
        DATA = "data", "Datensatz/Schnittstelle"
        ORGANISATION = "organisation", "Organisationslösung"

    class ReuseModel(models.TextChoices):
        """leitfaden.ozg-umsetzung.de, and two of our own for what is not an online service."""

        ONE_FOR_ALL = "one-for-all", "Einer für Alle (EfA)"
        DECENTRAL = "decentral", "nachnutzbare Software, dezentral betrieben"
        FIM = "fim", "Eigenentwicklung auf FIM-Grundlage"
        PURCHASE = "purchase", "Kauf oder Miete (SaaS)"
        TEMPLATE = "template", "frei übernehmbare Vorlage"

    class Stage(models.TextChoices):
        CONCEPT = "concept", "Konzept"
        DEVELOPMENT = "development", "in Entwicklung"
        PILOT = "pilot", "Pilotbetrieb"
        PRODUCTIVE = "productive", "im Alltag eingesetzt"
        SUPERSEDED = "superseded", "abgelöst"

    class CostKind(models.TextChoices):
        NONE = "none", "keine"
        ON_REQUEST = "on-request", "auf Anfrage"
        RANGE = "range", "Betrag von–bis"

    class CostBasis(models.TextChoices):
        FLAT = "flat", "pauschal"
        PER_INHABITANT = "per-inhabitant", "je Einwohnerin und Einwohner"
        PER_CASE = "per-case", "je Vorgang"
        PER_WORKPLACE = "per-workplace", "je Arbeitsplatz"

    class MaturityModel(models.TextChoices):
        """ozg.sachsen-anhalt.de/grundlagen/reifegradmodell: levels 0–7 since July 2025, 0–4 before."""

        CURRENT = "2.0", "Reifegradmodell 2.0 (0–7)"
        FORMER = "1.1", "Reifegradmodell 1.1 (0–4)"

    class SoftwareType(models.TextChoices):
        """Values of softwareType in publiccode.yml."""

        WEB = "standalone/web", "Webanwendung"
        DESKTOP = "standalone/desktop", "Programm für den Arbeitsplatz"
        MOBILE = "standalone/mobile", "App"
        BACKEND = "standalone/backend", "Dienst im Hintergrund"
        LIBRARY = "library", "Programmbibliothek"
        ADDON = "addon", "Erweiterung eines anderen Programms"
        CONFIGURATION = "configurationFiles", "Konfiguration"

    class Maintenance(models.TextChoices):
        """Values of maintenance/type in publiccode.yml."""

        INTERNAL = "internal", "durch die herausgebende Stelle"
        CONTRACT = "contract", "durch ein beauftragtes Unternehmen"
        COMMUNITY = "community", "durch eine Gemeinschaft"
        NONE = "none", "wird nicht gepflegt"

    class Licence(models.TextChoices):
        """SPDX identifiers; what SPDX does not list is a LicenseRef."""

        EUPL = "EUPL-1.2", "EUPL 1.2"
        AGPL = "AGPL-3.0-or-later", "GNU AGPL 3 oder neuer"
        GPL = "GPL-3.0-or-later", "GNU GPL 3 oder neuer"
        APACHE = "Apache-2.0", "Apache 2.0"
        MIT = "MIT", "MIT"
        CC_BY = "CC-BY-4.0", "CC BY 4.0 (Namensnennung)"
        CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0 (Namensnennung, gleiche Bedingungen)"
        CC0 = "CC0-1.0", "CC0 1.0 (ohne Bedingungen)"
        OFFICIAL_WORK = "LicenseRef-amtliches-Werk", "amtliches Werk (§ 5 UrhG)"
        PROPRIETARY = "LicenseRef-proprietaer", "proprietär"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("Titel", max_length=120)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    summary = models.CharField("in einem Satz", max_length=150, blank=True)
    description = MarkdownField("Beschreibung", help_text="150 bis 10.000 Zeichen.")
    problem = MarkdownField("Ausgangslage", help_text="Welches Problem gab es?")
    benefit = MarkdownField("Nutzen", help_text="Was wurde besser, wenn möglich mit einer Zahl?")
    features = models.TextField("Funktionen", blank=True, max_length=4000, help_text="Eine je Zeile, höchstens 20.")
    kind = models.CharField("Art", max_length=20, choices=Kind, blank=True)
    reuse_model = models.CharField("Nachnutzung als", max_length=20, choices=ReuseModel, blank=True)
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="Zielgruppen", related_name="solutions", blank=True
    )
    topics = models.ManyToManyField(
        Topic, verbose_name="Themen", related_name="solutions", blank=True, help_text="Ein bis drei."
    )
    stage = models.CharField("Entwicklungsstand", max_length=20, choices=Stage, blank=True)
    effort_days_from = models.PositiveSmallIntegerField(
        "Personentage von", null=True, blank=True, validators=[AT_MOST_DAYS]
    )
    effort_days_to = models.PositiveSmallIntegerField(
        "Personentage bis", null=True, blank=True, validators=[AT_MOST_DAYS]
    )
    duration_weeks = models.PositiveSmallIntegerField(
        "Dauer in Wochen", null=True, blank=True, validators=[AT_MOST_WEEKS]
    )
    once_kind = models.CharField("einmalige Kosten", max_length=12, choices=CostKind, blank=True)
    once_from = models.PositiveIntegerField("einmalig von (Euro)", null=True, blank=True, validators=[AT_MOST_EURO])
    once_to = models.PositiveIntegerField("einmalig bis (Euro)", null=True, blank=True, validators=[AT_MOST_EURO])
    yearly_kind = models.CharField("laufende Kosten", max_length=12, choices=CostKind, blank=True)
    yearly_from = models.PositiveIntegerField("im Jahr von (Euro)", null=True, blank=True, validators=[AT_MOST_EURO])
    yearly_to = models.PositiveIntegerField("im Jahr bis (Euro)", null=True, blank=True, validators=[AT_MOST_EURO])
    roles = models.TextField("beteiligte Rollen", blank=True, max_length=1000, help_text="Eine je Zeile.")
    cost_basis = models.CharField("Kosten berechnet", max_length=15, choices=CostBasis, blank=True)
    costs_as_of = models.DateField("Kosten Stand", null=True, blank=True)
    funding = models.CharField("Finanzierung und Förderung", max_length=300, blank=True)
    technical_requirements = MarkdownField("Voraussetzungen: Technik")
    legal_requirements = MarkdownField("Voraussetzungen: Recht")
    organisational_requirements = MarkdownField("Voraussetzungen: Organisation")
    interfaces = models.TextField("Schnittstellen", blank=True, max_length=2000, help_text="Eine je Zeile.")
    needs_impact_assessment = models.BooleanField("Datenschutz-Folgenabschätzung nötig", null=True, blank=True)
    has_processing_agreement = models.BooleanField(
        "Muster für die Auftragsverarbeitung vorhanden", null=True, blank=True
    )
    accessibility_statement = models.URLField("Erklärung zur Barrierefreiheit", max_length=500, blank=True)
    maturity_model = models.CharField(
        "Reifegradmodell", max_length=5, choices=MaturityModel, blank=True,
        help_text="Für Onlinedienste der Verwaltung; bei Lösungen für Unternehmen bleibt es leer.",
    )  # fmt: skip
    maturity_level = models.PositiveSmallIntegerField("Reifegrad", null=True, blank=True)
    maturity_on = models.DateField("Reifegrad Stand", null=True, blank=True)
    ozg_field = models.CharField("OZG-Themenfeld", max_length=40, choices=OzgField, blank=True)
    life_situations = models.ManyToManyField(
        LifeSituation, verbose_name="Lebens- und Geschäftslagen", related_name="solutions", blank=True
    )
    services = models.ManyToManyField(
        PublicService, verbose_name="Verwaltungsleistungen", related_name="solutions", blank=True
    )
    software_type = models.CharField("Art der Software", max_length=25, choices=SoftwareType, blank=True)
    platforms = models.TextField("läuft auf", blank=True, max_length=500, help_text="Eine Angabe je Zeile.")
    languages = models.TextField(
        "Sprachen der Oberfläche", blank=True, max_length=200, help_text="Ein Kürzel je Zeile, zum Beispiel de."
    )
    maintenance = models.CharField("Pflege der Software", max_length=12, choices=Maintenance, blank=True)
    maintained_until = models.DateField("Pflege vereinbart bis", null=True, blank=True)
    software_version = models.CharField("Version der Software", max_length=40, blank=True)
    released_on = models.DateField("Version erschienen am", null=True, blank=True)
    licence = models.CharField("Lizenz", max_length=40, choices=Licence, blank=True)
    publisher = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="herausgegeben von", related_name="solutions", null=True, blank=True
    )
    operator = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="betrieben von", related_name="operated_solutions",
        null=True, blank=True,
    )  # fmt: skip
    origin = models.ForeignKey(
        Entry, models.SET_NULL, verbose_name="aus dem Fragebogen", related_name="solutions", null=True, blank=True,
        editable=False,
    )  # fmt: skip
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="vorgeschlagen von", related_name="proposed_solutions",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    reviewed_on = models.DateField("geprüft am", null=True, blank=True)
    next_review_on = models.DateField("nächste Prüfung am", null=True, blank=True)
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    submitted_at = models.DateTimeField("eingereicht am", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="eingereicht von", related_name="+",
        null=True, editable=False,
    )  # fmt: skip
    return_note = models.TextField("Bitte um Ergänzung", blank=True, max_length=2000, editable=False)
    review_mailed_for = models.DateField("an die Prüfung erinnert für", null=True, editable=False)
    version = models.PositiveSmallIntegerField("Ausgabe", default=0, editable=False)  # counts publications
    changed_at = models.DateTimeField("zuletzt geändert", default=timezone.now, editable=False)
    published_at = models.DateTimeField("veröffentlicht am", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="veröffentlicht von", related_name="+",
        null=True, editable=False,
    )  # fmt: skip
    changed_alone_at = models.DateTimeField("seit der Veröffentlichung geändert am", null=True, editable=False)
    changed_alone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="seit der Veröffentlichung geändert von",
        related_name="+", null=True, editable=False,
    )  # fmt: skip
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="seit der letzten Freigabe geändert von", related_name="+",
        editable=False,
    )  # fmt: skip
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, zum Ausprobieren.")

    objects = SolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "Musterlösung"
        verbose_name_plural = "Musterlösungen"
        ordering = ["title"]
        indexes = [
            models.Index(fields=["status", "-published_at"], name="solution_newest_published"),
            models.Index(fields=["revision", "id"], name="solution_catalogue_stamp"),
            models.Index(fields=["status", "-changed_at", "-id"], name="solution_last_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(status="published"),
                name="one_published_solution_per_title",
                violation_error_message=TITLE_IS_TAKEN,
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="a_published_solution_has_its_moment",
                violation_error_message="Eine veröffentlichte Lösung braucht den Zeitpunkt der Veröffentlichung.",
            ),
            models.CheckConstraint(
                condition=Q(effort_days_from=None, effort_days_to=None)
                | Q(effort_days_from__lte=F("effort_days_to"))
                & Q(effort_days_from__isnull=False, effort_days_to__isnull=False),
                name="effort_runs_from_less_to_more",
                violation_error_message="Bitte geben Sie die Personentage von–bis an, den größeren Wert bei „bis“.",
            ),
            models.UniqueConstraint(
                fields=["origin"],
                name="one_solution_per_example",
                violation_error_message="Aus diesem Beispiel gibt es schon eine Lösung.",
            ),
            cost_constraint("once", "einmaligen"),
            cost_constraint("yearly", "laufenden"),
            models.CheckConstraint(
                condition=Q(next_review_on=None) | Q(next_review_on__gt=F("reviewed_on"), reviewed_on__isnull=False),
                name="a_next_review_follows_a_review",
                violation_error_message="Die nächste Prüfung muss nach der letzten liegen („geprüft am“).",
            ),
            models.CheckConstraint(
                condition=Q(maturity_model="", maturity_level=None)
                | Q(maturity_model="2.0", maturity_level__isnull=False, maturity_level__lte=7)
                | Q(maturity_model="1.1", maturity_level__isnull=False, maturity_level__lte=4),
                name="a_maturity_level_belongs_to_its_model",
                violation_error_message="Der Reifegrad geht im Modell 2.0 von 0 bis 7, im Modell 1.1 von 0 bis 4.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def platform_names(self) -> list[str]:
        """What it runs on, for people; publiccode.yml keeps its codes."""
        return [PLATFORMS.get(each.strip().lower(), each) for each in self.platforms.splitlines()]

    def get_absolute_url(self):
        return reverse("knowledgebase:solution-detail", args=[self.slug])

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Diese Adresse braucht das Portal selbst. Bitte wählen Sie eine andere."})
        self.drop_amounts_without_range()

    def save(self, *args, **kwargs):
        self.drop_amounts_without_range()
        super().save(*args, **kwargs)

    def drop_amounts_without_range(self) -> None:
        """Only a range has amounts."""
        for cost in ["once", "yearly"]:
            if getattr(self, f"{cost}_kind") != self.CostKind.RANGE:
                setattr(self, f"{cost}_from", None)
                setattr(self, f"{cost}_to", None)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def review_is_due(self) -> bool:
        """Whether the day of the next review has come."""
        return self.next_review_on is not None and self.next_review_on <= timezone.localdate()

    @property
    def is_for_municipalities(self) -> bool:
        """Whether the note about the OZG belongs to this entry."""
        return any(group.slug == MUNICIPALITIES for group in self.target_groups.all())

    @property
    def public_contacts(self) -> list:
        """Contacts who consented to be shown and whose consent still holds."""
        return [contact for contact in self.contacts.all() if contact.is_public]
