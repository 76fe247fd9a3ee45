"""Vernetzung in the demo: the pair that the report of 27.05.2021 names, and two out of the exemplary round."""

from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, User
from ogl_portal.lib import mail

from . import workflow
from .models import Match, Round
from .workflow.matches import WORDING

SOURCE = "Report vom 27.05.2021, Abschnitt 5, Punkt 3"
REASON = (
    "beide: Ausbildungsmarketing, junge Leute für die Berufe der neuen Arbeitswelt gewinnen; die eine Seite hat "
    "Erfahrungen aus einem Projekt, die andere plant neue Kommunikationsmittel. "
    "Der Report schlägt vor, beides zu bündeln."
)
SIDES = [("Azubi 4ID", None, "Ozimek"), ("Neue Kommunikationsmittel für MINT", "hochschule-merseburg", "Mrech")]
INTRODUCED = ["Messwerte aus der Werkhalle verstehen", "Werkstatt für Prototypen"]
APPROVED = ["Schnuppertage am Bildschirm", "MINT-Nachmittag mit Betrieben"]
REJECTED = ["Messwerte aus der Werkhalle verstehen", "Möbel am Bildschirm zusammenstellen"]


def load(round: Round) -> None:
    """Load what is missing; nothing is sent to anybody."""
    if Match.objects.exists():
        return
    lead = User.objects.get(email="leitung@example.org")
    workflow.find_matches(round=round)
    workflow.reject_match(match=pair(*REJECTED), by=lead)
    workflow.approve_match(match=pair(*APPROVED), by=lead)
    introduce(pair(*INTRODUCED), lead)
    workflow.approve_match(match=load_pair_of_the_report(), by=lead)


def pair(first: str, second: str) -> Match:
    return Match.objects.filter(sides__title=first).get(sides__title=second)


def introduce(match: Match, lead: User) -> None:
    """With a consent of both sides to this introduction: the exemplary people are no members."""
    words = f"Erfundenes Beispiel: {WORDING}"
    match.sides.update(consented_on=timezone.localdate(), consent_wording=words)
    workflow.approve_match(match=match, by=lead)
    workflow.introduce_match(match=match, by=lead)
    mail.withdraw(match.mails.all())  # nobody reads it
    Match.objects.filter(pk=match.pk).update(result=Match.Result.TALKED)


def load_pair_of_the_report() -> Match:
    """As the report tells it, and no more; the two persons have no address here, so nobody is written to."""
    match = Match.objects.create(reason=REASON)
    for position, (title, slug, family_name) in enumerate(SIDES, start=1):
        match.sides.create(
            position=position, title=title, source=SOURCE, person=Person.objects.get(family_name=family_name),
            organisation=Organisation.objects.get(slug=slug) if slug else None,
        )  # fmt: skip
    return match
