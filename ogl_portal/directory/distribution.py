"""„Verteiler AG, Stand“: who was a member of the AG on a day, and how much of it a reader may see."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .models import Membership, Organisation, Person, belongs_to_group


@dataclass(frozen=True)
class Entry:
    """One line of the list as members and lead see it."""

    person: Person
    organisation: Organisation | None


@dataclass
class OrganisationEntry:
    """One line of the list as the public sees it: names only where they may be named."""

    organisation: Organisation | None
    count: int = 0
    public_names: list[str] = field(default_factory=list)


class DistributionList:
    """The Verteiler of ``day`` for ``user``; one query however long it is."""

    def __init__(self, day: date, user=None) -> None:
        self.day = day
        self.shows_names = belongs_to_group(user)

    @cached_property
    def entries(self) -> list[Entry]:
        """Everybody who was a member on the day, by family name."""
        memberships = Membership.objects.on(self.day).select_related("person__organisation", "organisation")
        people = {row.person_id: Entry(row.person, row.organisation or row.person.organisation) for row in memberships}
        return sorted(people.values(), key=lambda entry: by_name(entry.person))

    def organisations(self) -> list[OrganisationEntry]:
        """The organisations of the list by name, with the number of their people; people without one come last."""
        rows: dict[int | None, OrganisationEntry] = {}
        for entry in self.entries:
            row = rows.setdefault(entry.organisation and entry.organisation.pk, OrganisationEntry(entry.organisation))
            row.count += 1
            row.public_names += [entry.person.full_name] if entry.person.name_is_public else []
        return sorted(rows.values(), key=lambda row: (row.organisation is None, str(row.organisation).casefold()))

    @property
    def has_public_names(self) -> bool:
        return any(entry.person.name_is_public for entry in self.entries)

    @property
    def has_examples(self) -> bool:
        return any(entry.person.is_example for entry in self.entries)


def by_name(person: Person) -> list[str]:
    """Sort key of a person: family name, then given name; the 10 of „Beispiel 10“ comes after its 9."""
    words = f"{person.family_name} {person.given_name}".casefold().split()
    return [word.zfill(6) if word.isdecimal() else word for word in words]
