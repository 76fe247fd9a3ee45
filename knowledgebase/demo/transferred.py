"""Two solutions that came from examples of the exemplary round: one with the organisation's name, one without."""

from ogl_portal.directory.models import User
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail
from surveys.models import Entry, EntryReview
from surveys.workflow import judge_entry, review_of

from .. import workflow
from ..models import Solution, Step
from .life import lead, publish
from .making import EXAMPLE, dates_of, load_contact

FACTS = {"reviewed_days_ago": 20, "published_days_ago": 18}
COMMON = {"duration_weeks": 8, "cost_basis": "flat", "licence": "CC-BY-4.0"}
ADDED = {
    "Prüfungstermine ohne Briefe": {
        "summary": "Betriebe sehen ihre Prüfungstermine selbst und bestätigen sie dort.", "kind": "process",
        "reuse_model": "template", "effort_days_from": 20, "effort_days_to": 40,
        "once_kind": "range", "once_from": 4000, "once_to": 9000, "yearly_kind": "range", "yearly_from": 500,
        "yearly_to": 900,
        "description": (
            "Alle Prüfungstermine stehen in einem gemeinsamen Kalender. Ein Betrieb meldet sich mit seiner "
            "Mitgliedsnummer an, sieht die Termine seiner Auszubildenden und bestätigt sie mit einem Klick. "
            "Verschiebt sich etwas, bekommen alle Beteiligten am selben Tag eine Mail. Wer lieber anruft, kann "
            "das weiter tun; die Geschäftsstelle trägt die Zusage dann selbst ein."
        ),
        "steps": [
            ("Termine an einer Stelle sammeln", "Die Prüfungsausschüsse tragen ihre Tage in einen Kalender ein."),
            ("Mit einem Beruf beginnen", "Zehn Betriebe bestätigen ein halbes Jahr lang digital und auf Papier."),
            ("Rückmeldungen einarbeiten", "Fragen der Betriebe werden zu einer kurzen Anleitung auf einer Seite."),
            ("Briefe einstellen", "Alle Berufe kommen dazu; Briefe gehen nur noch an Betriebe ohne Mailadresse."),
        ],
    },
    "Mängel melden mit Foto": {
        "summary": "Ein Foto mit Ort genügt, und der Mangel liegt beim richtigen Amt.", "kind": "online-service",
        "reuse_model": "decentral", "effort_days_from": 5, "effort_days_to": 10,
        "once_kind": "range", "once_from": 1500, "once_to": 3000, "yearly_kind": "none",
        "description": (
            "Wer eine kaputte Laterne oder ein Schlagloch sieht, fotografiert es und setzt auf der Karte einen "
            "Punkt. Die Meldung landet ohne Umweg beim Bauhof, der sie annimmt oder an das richtige Amt weitergibt. "
            "Auf einer öffentlichen Karte steht, was offen und was erledigt ist. Name und Mailadresse sind "
            "freiwillig und stehen nie auf der Karte."
        ),
        "steps": [
            ("Zuständigkeiten festlegen", "Für jede Art von Mangel steht fest, wer antwortet und wer vertritt."),
            ("Freie Software einrichten", "Karte, Arten der Mängel und Postfächer sind an drei Tagen eingestellt."),
            ("Im eigenen Haus erproben", "Vier Wochen lang melden nur Beschäftigte; dann sind die Wege geübt."),
            ("Öffentlich einladen", "Die Adresse steht im Amtsblatt, am Rathaus und an den Fahrzeugen des Bauhofs."),
        ],
    },
}  # fmt: skip
"""What an answer does not hold, as the lead adds it."""


def load() -> None:
    """Take the examples over that are there and were not yet."""
    for title, added in ADDED.items():
        found = Entry.objects.submitted().filter(response__round__is_example=True)
        entry = found.filter(answers__question_key="B1", answers__value=title).first()
        if entry and not Solution.objects.filter(origin=entry).exists():
            complete(take_over(entry, lead()), added)


def take_over(entry: Entry, by: User) -> Solution:
    """Check the example as the lead does, and make the draft."""
    review = review_of(entry)
    if review.state != EntryReview.State.REVIEWED:
        state = EntryReview.State.REVIEWED
        judge_entry(entry=entry, state=state, note=review.note, revision=review.revision, by=by)
        entry = Entry.objects.get(pk=entry.pk)
    return workflow.transfer_entry(entry=entry, by=by)


def complete(solution: Solution, added: dict) -> None:
    """Add what publication needs, and publish some days ago."""
    facts = {name: value for name, value in added.items() if name not in {"description", "steps"}}
    text = EXAMPLE + added["description"]
    benefit = solution.benefit or "Weniger Wege für alle."
    Solution.objects.filter(pk=solution.pk).update(
        **COMMON, **facts, **dates_of(FACTS), description=text, benefit=benefit, revision=solution.revision + 1
    )
    for position, (title, words) in enumerate(added["steps"], start=1):
        Step.objects.create(solution=solution, position=position, title=title, text=words)
    solution = Solution.objects.get(pk=solution.pk)
    if not solution.contacts.exists():
        load_contact(solution, email="mitglied6@example.org", role="subject")
    workflow.keep_snapshot(solution=solution, by=lead("2"), message="Ergänzt.")
    workflow.ask_for_second_look(solution=solution, by=lead("2"))
    workflow.submit_solution(solution=solution, by=lead("2"))
    solution.refresh_from_db()
    publish(solution, FACTS)
    told = solution.contacts.values("email")
    mail.withdraw(OutgoingMail.objects.filter(recipient__in=told, text__contains=solution.title))  # nobody reads it
