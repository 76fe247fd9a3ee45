"""What is stored of somebody: to read, to take along, to delete; each app declares it (lib/personal_data.py)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from ogl_portal.lib import audit, mail
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.personal_data import Area, Deletion, PersonalData, Refused, declarations, noted
from ogl_portal.lib.registry import Removal, forgotten_names, withdrawn_names

from . import leads
from .models import Person, User

SHOWN = 10
"""So many rows of a table stand on the page; all of them are in the file."""
LAST_LEAD = (
    "Sie sind die letzte Person der OGL-Leitung. Ohne Leitung könnte niemand mehr Anfragen beantworten oder Daten "
    "löschen. Bitte geben Sie die Leitung zuerst weiter: Nehmen Sie in der Verwaltung unter „Zugänge zum Portal“ eine "
    "weitere Person in die OGL-Leitung auf."
)
LAST_SUPERUSER = (
    "Sie sind die letzte Person mit allen Rechten. Bitte lassen Sie zuerst die IT eine weitere einrichten "
    "(manage.py createsuperuser)."
)
BY_THEMSELVES = "die Person selbst"
ABOUT = (
    "Alles, was dieses Portal zu Ihrer Anmeldung, Ihrer Person und Ihrer E-Mail-Adresse gespeichert hat (Auskunft und "
    "Datenübertragbarkeit, Art. 15 und 20 DSGVO). Je Tabelle: wozu, auf welcher Grundlage und wie lange, wer es "
    "sieht, was beim Löschen geschieht, die Namen der Felder und die Einträge. Zeiten nach ISO 8601; „vermerke“ zählt "
    "die Einträge auf, an denen nur steht, dass Sie etwas bearbeitet haben."
)


@dataclass(frozen=True)
class Stored:
    """What one table holds of the user, as the page shows it."""

    declaration: PersonalData
    rows: list[dict[str, str]]
    count: int
    notes: list[tuple[str, int]]

    @property
    def is_empty(self) -> bool:
        return not (self.count or self.notes)

    @property
    def more(self) -> int:
        """How many rows only the file has."""
        return self.count - len(self.rows)


def stored_of(user: User) -> list[Stored]:
    """What every table holds of the user: a query for each, and one more where there is much."""
    return [stored_in(declaration, user) for declaration in declarations()]


def stored_in(declaration: PersonalData, user: User) -> Stored:
    rows = list(declaration.rows_of(user)[: SHOWN + 1])
    count = declaration.rows_of(user).count() if len(rows) > SHOWN else len(rows)
    notes = [(label, len(keys)) for label, keys in noted(declaration, user)]
    return Stored(declaration, [declaration.texts(row) for row in rows[:SHOWN]], count, notes)


def by_area(stored: list[Stored]) -> list[tuple[Area, list[Stored]]]:
    """What is there, under its headings."""

    found = sorted((each for each in stored if not each.is_empty), key=lambda each: place_of(each.declaration))
    return [(area, list(group)) for area, group in groupby(found, key=lambda each: each.declaration.area)]


def place_of(declaration: PersonalData) -> tuple:
    """The order of the page: by area, and first of all who the person is."""
    return list(Area).index(declaration.area), declaration.model is not Person


def by_deletion(stored: list[Stored]) -> dict[str, list[Stored]]:
    """What would go, stay without the name, and stay, for the page before the click."""
    found = [each for each in stored if not each.is_empty]
    return {each.name.lower(): [one for one in found if one.declaration.deletion == each] for each in Deletion}


def as_json(user: User) -> Iterator[str]:
    """Everything as one document, piece by piece, however much it is."""
    head = {"titel": f"{settings.SITE_NAME}: gespeicherte Daten", "beschreibung": ABOUT, "adresse": settings.SITE_URL}
    head |= {"stand": timezone.localtime().isoformat(), "anmeldung": user.email}
    yield dumped(head)[:-1] + ', "tabellen": ['
    for number, declaration in enumerate(declarations()):
        yield (",\n" if number else "\n") + dumped(described(declaration, user))[:-1] + ', "eintraege": ['
        for index, row in enumerate(declaration.rows_of(user).iterator(chunk_size=500)):
            yield (",\n" if index else "\n") + dumped(declaration.values(row))
        yield "]}"
    yield "]}\n"


def described(declaration: PersonalData, user: User) -> dict:
    """What a table is about, and where it only notes that the user did something."""
    return {
        "bereich": declaration.area,
        "titel": declaration.title,
        "tabelle": declaration.model._meta.label_lower,
        "zweck": declaration.purpose,
        "rechtsgrundlage": declaration.basis,
        "aufbewahrung": declaration.kept,
        "sichtbar_fuer": declaration.seen_by,
        "beim_loeschen": " ".join(filter(None, [f"{declaration.deletion}.", declaration.why])),
        "felder": declaration.labels,
        "vermerke": dict(noted(declaration, user)),
    }


def dumped(thing) -> str:
    return json.dumps(thing, ensure_ascii=False, cls=DjangoJSONEncoder)


def delete_own_data(*, user: User) -> list[Removal]:
    """Delete what is stored of the user, in one transaction, and confirm it by mail; returns what went.

    Before that the name is taken out of what is public, which draws PDFs anew and so takes its time. Raises Refused
    for the last lead, and where a name cannot be taken out: then nothing was deleted.
    """
    reason = reason_to_refuse(user)
    if reason:
        raise Refused(reason)
    withdraw_name(user.person)
    return delete_all(user=user)


def reason_to_refuse(user: User) -> str:
    """Why the user cannot be deleted, in German; nothing where they can."""
    leads, everybody = User.objects.leads(), User.objects.filter(is_active=True, is_superuser=True)
    if leads.filter(pk=user.pk).exists() and not leads.exclude(pk=user.pk).exists():
        return LAST_LEAD
    if user.is_superuser and not everybody.exclude(pk=user.pk).exists():
        return LAST_SUPERUSER
    return ""


def withdraw_name(person: Person | None) -> list[str]:
    """Public pages and released documents name the person no more; returns what there is to say about it, in German.

    Not within a transaction: what is released at the same moment must see that the consent is gone.
    """
    if not person:
        return []
    Person.objects.filter(pk=person.pk, name_is_public=True).update(name_is_public=False, name_public_basis="")
    return list(withdrawn_names.ask(person=person))


def forget_name(person: Person | None) -> None:
    """Nothing brings the name back once the person is gone; in the transaction of the deletion, raises Refused."""
    if person:
        list(forgotten_names.ask(person=person))


@transaction.atomic
def delete_all(*, user: User) -> list[Removal]:
    """Delete table by table, from the top floor down, the sign-in and the person last: what goes with them is counted.

    The OGL-Leitung hears of it where it loses somebody. Raises Refused.
    """
    leads.lock()
    if reason := reason_to_refuse(user):
        raise Refused(reason)
    leads_no_more = leads.LEADS_NO_MORE.format(user, BY_THEMSELVES) if leads.is_lead(user) else ""
    forget_name(user.person)
    in_order = sorted(declarations(), key=lambda each: each.model in {User, Person})
    removals = [declaration.delete(user) for declaration in in_order]
    removals = [removal for removal in removals if removal.count]
    what = "Auf eigenen Wunsch alle Daten einer Person gelöscht"
    audit.record(AuditRecord.Kind.DELETED, what, actor=BY_THEMSELVES, thing=user)
    for each in User.objects.leads().select_related("person") if leads_no_more else []:
        leads.tell(to=each.email, person=each.person, what=leads_no_more)
    mail.send("own_data_deleted", to=user.email, context={"removals": removals, "days": settings.MAIL_RECORD_DAYS})
    return removals
