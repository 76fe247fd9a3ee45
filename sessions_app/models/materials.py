"""What belongs to an event beside its texts: files to take along, and who speaks."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ogl_portal.directory.models import Organisation, Person, belongs_to_group

from .events import Event


def random_path(instance, filename: str) -> str:
    """A name that nobody can guess and that says nothing."""
    return f"termine/{uuid.uuid4().hex}"


class EventMaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of the events that a user may see: to the AG all of them, to others the public ones."""
        found = self.filter(event__in=Event.objects.visible_to(user))
        return found if belongs_to_group(user) else found.filter(is_public=True)


class EventMaterial(models.Model):
    """A file of an event: public once the event is, or for members only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="materials")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    title = models.CharField("Titel", max_length=150)
    file = models.FileField("Datei", upload_to=random_path, max_length=200)
    name = models.CharField("Dateiname", max_length=130, editable=False)
    content_type = models.CharField("Dateiart", max_length=100, editable=False)
    size = models.PositiveIntegerField("Größe (Byte)", editable=False)
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)
    is_public = models.BooleanField("öffentlich", default=False, help_text="Sonst nur für Mitglieder.")

    objects = EventMaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        ordering = ["position", "title", "pk"]

    def __str__(self):
        return self.title

    @property
    def format(self) -> str:
        """What kind of file it is, as people say it: PDF."""
        return self.name.rpartition(".")[2].upper()

    def get_absolute_url(self):
        return reverse("sessions_app:event-material", args=[self.event.slug, self.uuid])


class EventSpeaker(models.Model):
    """Somebody who speaks at an event: a person, for whom the rule about public names holds, or an organisation."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="speakers")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name="Person", related_name="talks", null=True, blank=True,
        help_text="Öffentlich steht der Name nur mit Einwilligung, sonst die Organisation.",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="talks", null=True, blank=True,
        help_text="Leer lassen, wenn es die der Person ist.",
    )  # fmt: skip
    role = models.CharField("Aufgabe", max_length=120, blank=True, help_text="Etwa Vortrag oder Moderation.")

    class Meta:
        verbose_name = "mitwirkende Person oder Organisation"
        verbose_name_plural = "Mitwirkende"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False),
                name="a_speaker_is_a_person_or_an_organisation",
                violation_error_message="Bitte wählen Sie eine Person oder eine Organisation aus.",
            )
        ]

    def __str__(self):
        return self.name(in_group=True)

    @property
    def house(self) -> Organisation | None:
        """The organisation that is said with the name, or in its place."""
        return self.organisation or (self.person.organisation if self.person else None)

    def person_name(self, *, in_group: bool) -> str:
        """The person's name where the reader may see it, else nothing."""
        may_be_named = self.person and (in_group or self.person.name_is_public)
        return self.person.full_name if may_be_named else ""

    def name(self, *, in_group: bool) -> str:
        """Name and organisation; without consent the public reads the organisation alone."""
        parts = [self.person_name(in_group=in_group), self.house.name if self.house else ""]
        return ", ".join(filter(None, parts)) or "ohne Namensnennung"
