"""The responsibility (V) for an action item: persons, everyone, the lead, an organisation, or open."""

from django.db import models
from django.db.models import Q

from actions.wording import enumerate_words
from ogl_portal.directory.models import Organisation, Person


class ResponsibleModel(models.Model):
    """What somebody is responsible for."""

    class ResponsibleKind(models.TextChoices):
        """The kinds of responsibility (V)."""

        PERSONS = "persons", "Personen"
        EVERYONE = "everyone", "alle AG-Mitglieder"
        LEAD = "lead", "OGL-Leitung"
        ORGANISATION = "organisation", "eine Organisation"
        OPEN = "open", "offen"
        UNSET = "unset", "noch nicht angegeben"

    responsible_kind = models.CharField(
        "Art der Verantwortung (V)", max_length=15, choices=ResponsibleKind, default=ResponsibleKind.UNSET
    )
    responsible_persons = models.ManyToManyField(
        Person, verbose_name="Personen", related_name="action_items", blank=True
    )
    responsible_organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="action_items", null=True, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(responsible_kind="organisation") | Q(responsible_organisation__isnull=False),
                name="an_item_of_an_organisation_names_it",
                violation_error_message="Bitte wählen Sie die verantwortliche Organisation aus.",
            ),
        ]

    @classmethod
    def responsible_pks(cls, person_id):
        """The numbers of the items that name the person, as a subquery."""
        return cls.responsible_persons.through.objects.filter(person=person_id).values("actionitem")

    def settle_responsibility(self) -> None:
        """Drop what the chosen kind does not need."""
        if self.responsible_kind != self.ResponsibleKind.ORGANISATION:
            self.responsible_organisation = None

    def responsible(self, name) -> str:
        """Who is responsible; ``name`` turns a person into text."""
        kinds = self.ResponsibleKind
        if self.responsible_kind == kinds.ORGANISATION:
            return self.responsible_organisation.name
        if self.responsible_kind == kinds.PERSONS:
            names = dict.fromkeys(name(person) for person in self.responsible_persons.all())
            return enumerate_words(list(names)) or kinds.OPEN.label
        if self.responsible_kind == kinds.UNSET:
            return kinds.OPEN.label
        return self.get_responsible_kind_display()

    @property
    def lacks_responsible(self) -> bool:
        """Whether nothing is said of the responsibility, or no person is named yet: not the same as „offen“."""
        kinds = self.ResponsibleKind
        is_empty = self.responsible_kind == kinds.PERSONS and not self.responsible_persons.all()
        return is_empty or self.responsible_kind == kinds.UNSET

    @property
    def responsible_text(self) -> str:
        """Who is responsible, as public pages say it: names only where they may be public."""
        return self.responsible(lambda person: person.public_name)

    @property
    def responsible_text_for_members(self) -> str:
        """Who is responsible, with names."""
        return self.responsible(lambda person: person.full_name)
