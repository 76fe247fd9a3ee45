"""People, their organisations, and who is a member of the AG from when to when."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.fields import RevisedModel


class OrganisationQuerySet(models.QuerySet):
    def with_logo(self):
        """With the logo in the same query."""
        return self.select_related("logo_row")


class Organisation(models.Model):
    """A company, municipality, university, chamber or initiative."""

    class Kind(models.TextChoices):
        """The groups of question A2."""

        SMALL_COMPANY = "small-company", "Unternehmen bis 49 Beschäftigte"
        LARGE_COMPANY = "large-company", "Unternehmen ab 50 Beschäftigte"
        MUNICIPALITY = "municipality", "Stadt/Gemeinde/Landkreis"
        UNIVERSITY = "university", "Hochschule/Forschung"
        CHAMBER = "chamber", "Kammer/Verband"
        SCHOOL = "school", "Schule/Bildungsträger"
        NETWORK = "network", "Wirtschaftsförderung/Netzwerk"
        OTHER = "other", "Sonstiges"

    name = models.CharField("Name", max_length=200, unique=True)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    kind = models.CharField("Art", max_length=20, choices=Kind, default=Kind.OTHER)
    place = models.CharField("Ort", max_length=120, blank=True)
    website = models.URLField("Internetseite", blank=True)
    municipality_key = models.CharField(
        "Gemeindeschlüssel (AGS)",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", "Der Gemeindeschlüssel hat genau 8 Ziffern.")],
    )
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfundene Organisation zum Ausprobieren.")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def logo(self):
        """Its Logo, None where it has none; after ``with_logo`` without a query."""
        return getattr(self, "logo_row", None)


class PersonQuerySet(models.QuerySet):
    def members(self, on: date | None = None):
        """Persons who are members of the AG on a day (default: today in Berlin)."""
        return self.filter(pk__in=Membership.objects.on(on or timezone.localdate()).values("person"))

    def with_membership_today(self):
        """Adds ``is_member_today`` to each person."""
        today = Membership.objects.on(timezone.localdate()).filter(person=OuterRef("pk"))
        return self.annotate(is_member_today=Exists(today))


class Person(RevisedModel):
    """Somebody the portal knows, with or without e-mail and sign-in."""

    NAME = ("salutation", "title", "given_name", "family_name")
    """The parts of a name, as ``former_names`` has them too."""

    class Salutation(models.TextChoices):
        WOMAN = "Frau", "Frau"
        MAN = "Herr", "Herr"

    salutation = models.CharField("Anrede", max_length=10, choices=Salutation, blank=True)
    title = models.CharField("Titel", max_length=40, blank=True)
    given_name = models.CharField("Vorname", max_length=80, blank=True)
    family_name = models.CharField("Nachname", max_length=80)
    role = models.CharField("Funktion", max_length=120, blank=True)
    email = models.EmailField("dienstliche E-Mail", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="people", null=True, blank=True
    )
    name_is_public = models.BooleanField("Name darf öffentlich genannt werden", default=False)
    name_public_basis = models.CharField(
        "Grundlage dafür", max_length=200, blank=True, help_text="Einwilligung mit Datum oder veröffentlichte Quelle."
    )
    former_names = models.JSONField("frühere Schreibweisen", default=list, blank=True, editable=False)
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfundene Person zum Ausprobieren.")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["family_name", "given_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="one_person_per_email",
                violation_error_message="Eine Person mit dieser E-Mail-Adresse gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(name_is_public=False) | ~Q(name_public_basis=""),
                name="a_public_name_has_a_basis",
                violation_error_message="Bitte nennen Sie die Grundlage, auf der der Name öffentlich stehen darf.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="person_emails_are_lower_case",
                violation_error_message="E-Mail-Adressen bitte klein schreiben.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    def save(self, *args, **kwargs):
        self.keep_former_name()
        super().save(*args, **kwargs)

    def keep_former_name(self) -> None:
        """Texts go on naming somebody as before: by that name, too, a withdrawal must find them."""
        stored = Person.objects.filter(pk=self.pk).values_list(*self.NAME).first() if self.pk else None
        if stored and list(stored) not in [self.name_parts, *self.former_names]:
            self.former_names = [*self.former_names, list(stored)]

    @property
    def former_full_names(self) -> list[str]:
        return [" ".join(filter(None, parts)) for parts in self.former_names]

    @property
    def name_parts(self) -> list[str]:
        return [getattr(self, part) for part in self.NAME]

    @property
    def full_name(self) -> str:
        """Frau Prof. Mrech where no given name is known, else Prof. Erika Beispiel."""
        first = self.given_name or self.salutation
        parts = [self.title, first] if self.given_name else [first, self.title]
        return " ".join(part for part in [*parts, self.family_name] if part)

    @property
    def public_name(self) -> str:
        """What public pages say: the name where that is allowed, else the organisation."""
        if self.name_is_public:
            return self.full_name
        return self.organisation.name if self.organisation else "ein Mitglied der Arbeitsgruppe"


class MembershipQuerySet(models.QuerySet):
    def on(self, day: date):
        """Memberships that hold on the day: „Verteiler AG, Stand“."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), begins_on__lte=day)

    def overlapping(self, begins_on: date, ends_on: date | None):
        """Memberships that share a day with the span; an ``ends_on`` of None is open."""
        begun = self.filter(begins_on__lte=ends_on) if ends_on else self
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=begins_on))


class Membership(models.Model):
    """A person's membership in the AG, from its first day to its last.

    The organisation is the one the person stands for in this time, so that the Verteiler of an earlier day
    stays right when somebody changes the organisation: that ends one membership and begins another.
    """

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="memberships")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="für die Organisation",
        related_name="memberships",
        null=True,
        blank=True,
        help_text="Bleibt das Feld leer, gilt die Organisation der Person.",
    )
    begins_on = models.DateField("von", default=timezone.localdate)
    ends_on = models.DateField("bis (letzter Tag)", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        ordering = ["-begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_membership_ends_after_it_begins",
                violation_error_message="Die Mitgliedschaft kann nicht enden, bevor sie beginnt.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on=None),
                name="one_open_membership_per_person",
                violation_error_message="Die Person ist bereits Mitglied.",
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="membership_span")]

    def __str__(self):
        end = f" bis {dates.day(self.ends_on)}" if self.ends_on else ""
        return f"{self.person}: Mitglied seit {dates.day(self.begins_on)}{end}"

    def save(self, **kwargs):
        if self._state.adding and self.organisation_id is None:
            self.organisation_id = self.person.organisation_id
        super().save(**kwargs)

    def validate_constraints(self, exclude=None):
        """Two memberships of a person share no day; no database constraint says that on SQLite."""
        super().validate_constraints(exclude)
        if not {"person", "begins_on", "ends_on"} & set(exclude or ()):
            self.refuse_overlap()

    def refuse_overlap(self) -> None:
        others = Membership.objects.filter(person=self.person_id).exclude(pk=self.pk)
        if others.overlapping(self.begins_on, self.ends_on).exists():
            raise ValidationError("In dieser Zeit ist die Person schon Mitglied.", code="overlap")
