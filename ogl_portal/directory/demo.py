"""The people of the demo: what the report of 27.05.2021 names, and plainly exemplary members beside it."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group

from ogl_portal.lib.files import put_file

from . import pictures
from .models import LEAD_GROUP, Logo, Membership, Organisation, Person, User
from .workflow import create_sign_in_link

PUBLIC_SOURCE = "Report vom 27.05.2021"
FIRST_MEETING = date(2021, 1, 28)
Kind = Organisation.Kind

CENTRE, INITIATIVE = "regionales-digitalisierungszentrum-merseburg", "unternehmerinitiative-familienfreundliches-halle"
ORGANISATIONS_OF_THE_REPORT = [
    (CENTRE, "Regionales Digitalisierungszentrum Merseburg [Saalekreis]", Kind.NETWORK),
    (INITIATIVE, "Unternehmerinitiative Familienfreundliches Halle", Kind.NETWORK),
    ("hochschule-merseburg", "Hochschule Merseburg", Kind.UNIVERSITY),
    ("gemeinde-schkopau", "Gemeinde Schkopau", Kind.MUNICIPALITY),
]

# Salutation, title, family name, organisation: nothing that the report does not say.
PERSONS_OF_THE_REPORT = [
    ("Herr", "", "Ozimek", None),
    ("Frau", "Prof.", "Mrech", "hochschule-merseburg"),
    ("Frau", "", "Reichel", None),
]

EXEMPLARY_ORGANISATIONS = [
    ("beispiel-handwerk", "Beispiel-Handwerk GmbH", Kind.SMALL_COMPANY),
    ("beispiel-software", "Beispiel-Software GmbH", Kind.SMALL_COMPANY),
    ("beispiel-maschinenbau", "Beispiel-Maschinenbau AG", Kind.LARGE_COMPANY),
    ("gemeinde-musterdorf", "Beispielgemeinde Musterdorf", Kind.MUNICIPALITY),
    ("landkreis-musterland", "Beispiellandkreis Musterland", Kind.MUNICIPALITY),
    ("beispiel-hochschule", "Beispiel-Hochschule", Kind.UNIVERSITY),
    ("beispiel-kammer", "Beispiel-Kammer", Kind.CHAMBER),
    ("beispiel-berufsschule", "Beispiel-Berufsschule", Kind.SCHOOL),
]

EXEMPLARY_LOGOS = {
    "beispiel-kammer": ("#2b5797", 3),
    "beispiel-hochschule": ("#00695c", 4),
    "beispiel-software": ("#8a2be2", 6),
}
"""The colour and the corners of an invented sign."""

# Given name, role, organisation; the family name is „Beispiel“ and the number.
EXEMPLARY_MEMBERS = [
    ("Erika", "Geschäftsführung", "beispiel-handwerk"),
    ("Max", "Ausbildungsleitung", "beispiel-handwerk"),
    ("Anna", "Produktmanagement", "beispiel-software"),
    ("Jonas", "Personalentwicklung", "beispiel-maschinenbau"),
    ("Lea", "IT-Leitung", "beispiel-maschinenbau"),
    ("Karim", "Hauptamt", "gemeinde-musterdorf"),
    ("Sophie", "Digitalisierungsbeauftragte", "gemeinde-musterdorf"),
    ("Paul", "Wirtschaftsförderung", "landkreis-musterland"),
    ("Mina", "Transfer und Praxiskontakte", "beispiel-hochschule"),
    ("Tim", "Studienberatung", "beispiel-hochschule"),
    ("Olga", "Bildungsberatung", "beispiel-kammer"),
    ("Ben", "Schulleitung", "beispiel-berufsschule"),
]


def load() -> None:
    """Load organisations, people and sign-ins; run again, it changes nothing that is there."""
    for rows, is_example in [(ORGANISATIONS_OF_THE_REPORT, False), (EXEMPLARY_ORGANISATIONS, True)]:
        for slug, name, kind in rows:
            values = {"name": name, "kind": kind, "is_example": is_example}
            Organisation.objects.get_or_create(slug=slug, defaults=values)
    load_logos()
    load_persons_of_the_report()
    for number, (given_name, role, organisation) in enumerate(EXEMPLARY_MEMBERS, start=1):
        person = exemplary_person(f"mitglied{number}@example.org", given_name, f"Beispiel {number}", role, organisation)
        if not person.memberships.exists():
            Membership.objects.create(person=person, begins_on=FIRST_MEETING)
    exemplary_person("gast@example.org", "Gabi", "Beispiel (Gast)", "Projektkoordination", "beispiel-kammer")
    load_leads()


def load_logos() -> None:
    """Draw the signs of some invented organisations; the real ones decide on theirs."""
    for organisation in Organisation.objects.filter(slug__in=EXEMPLARY_LOGOS, logo_row=None):
        logo = Logo(organisation=organisation)
        put_file(logo, pictures.exemplary(*EXEMPLARY_LOGOS[organisation.slug]))
        logo.save()


def load_persons_of_the_report() -> None:
    """Three people without e-mail, sign-in or membership; their names are public because the report names them."""
    for salutation, title, family_name, slug in PERSONS_OF_THE_REPORT:
        organisation = Organisation.objects.get(slug=slug) if slug else None
        values = {"salutation": salutation, "title": title, "organisation": organisation}
        public = {"name_is_public": True, "name_public_basis": PUBLIC_SOURCE}
        Person.objects.get_or_create(family_name=family_name, email="", is_example=False, defaults={**values, **public})


def exemplary_person(email: str, given_name: str, family_name: str, role: str, organisation: str = "") -> Person:
    """Return the person with this e-mail, made with a sign-in where it is missing."""
    values = {"given_name": given_name, "family_name": family_name, "role": role, "is_example": True}
    values["organisation"] = Organisation.objects.get(slug=organisation) if organisation else None
    person, _ = Person.objects.get_or_create(email=email, defaults=values)
    if not User.objects.filter(person=person).exists():
        User.objects.create_user(email, person=person)
    return person


def load_leads() -> None:
    """Two leads, so that one can stand in for the other."""
    group, _ = Group.objects.get_or_create(name=LEAD_GROUP)
    for email, given_name, number in [("leitung@example.org", "Petra", 1), ("leitung2@example.org", "Peter", 2)]:
        person = exemplary_person(email, given_name, f"Beispiel (Leitung {number})", "OGL-Leitung")
        User.objects.filter(person=person).update(is_staff=True)
        person.user.groups.add(group)


def welcome() -> list[str]:
    """Fresh sign-in links for a demo member and the demo lead, valid for a day, each for one sign-in."""
    rows = [("Mitglied", "mitglied1@example.org", ""), ("OGL-Leitung", "leitung@example.org", "/admin/")]
    links = [
        (who, create_sign_in_link(user=User.objects.get(email=email), minutes=24 * 60, next_path=path))
        for who, email, path in rows
    ]
    return ["Anmelden zum Ausprobieren:", *(f"  {who}: {settings.SITE_URL}{path}" for who, path in links)]
