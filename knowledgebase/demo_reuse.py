"""Exemplary reuses in every state, and suggestions that wait; all of it is made up and says so."""

from datetime import timedelta

from django.utils import timezone

from ogl_portal.directory.models import Organisation, User

from .models import Reuse, Solution, Suggestion
from .workflow import decline_suggestion

AZUBI = "digitale-anmeldung-eines-ausbildungsvertrages"
SUGGESTIONS = [
    ("Beispiel: Terminbuchung fürs Bürgerbüro",
     "Bei uns bucht man Termine im Netz, und die Warteschlange ist weg. Das ist ein Beispiel zum Ausprobieren.",
     "https://www.example.org/termine", "Berta Beispiel", "berta@example.org"),
    ("Beispiel: Werkzeugausgabe mit QR-Code",
     "Jedes Werkzeug hat einen Aufkleber, und wer es mitnimmt, hält das Telefon davor. Ein Beispiel zum Ausprobieren.",
     "", "", ""),
    ("Beispiel: Reich werden mit Digitalisierung", "Rufen Sie an! Ein Beispiel für etwas, das nicht hierher gehört.",
     "", "", ""),
]  # fmt: skip

# Solution, organisation, place, status, years ago, days ago confirmed (None: waits), reporter, and what they say.
REUSES = [
    (AZUBI, "beispiel-handwerk", "Musterstadt", "productive", 2, 40, "mitglied1@example.org",
     {"effort_days": 3, "cost": 900, "version": "1.2", "adapted": "Das Anschreiben an die Eltern.",
      "verdict": "Beispiel: Nach dem zweiten Vertrag ging es von allein. Die Berufsschule früh einbeziehen!"}),
    (AZUBI, "beispiel-maschinenbau", "Beispielhausen", "productive", 3, 200, "mitglied4@example.org",
     {"effort_days": 6, "verdict": "Beispiel: Lohnt sich ab drei Ausbildungsverträgen im Jahr."}),
    (AZUBI, "landkreis-musterland", "Musterland", "introducing", 0, 15, "mitglied8@example.org", {}),
    (AZUBI, "gemeinde-musterdorf", "Musterdorf", "productive", 4, 380, "mitglied6@example.org",
     {"verdict": "Beispiel: Diese Meldung ist über ein Jahr alt und zählt erst wieder, wenn jemand sie bestätigt."}),
    (AZUBI, "beispiel-berufsschule", "Beispielhausen", "interested", 0, None, None, {"contact_released": True}),
    ("e-rechnung-schritt-fuer-schritt", "gemeinde-musterdorf", "Musterdorf", "productive", 1, 90,
     "mitglied6@example.org", {"effort_days": 4, "cost": 0}),
    ("e-rechnung-schritt-fuer-schritt", "beispiel-software", "Musterstadt", "productive", 1, None, None, {}),
    ("sitzungsunterlagen-fuer-alle", "landkreis-musterland", "Musterland", "ended", 3, 100, "mitglied8@example.org",
     {"verdict": "Beispiel: Wir sind auf ein anderes Verfahren umgestiegen."}),
]  # fmt: skip


def load() -> None:
    """Load what is missing, after the solutions; safe to run again."""
    lead = User.objects.filter(email="leitung@example.org").first()
    for title, text, url, name, email in SUGGESTIONS:
        Suggestion.objects.get_or_create(title=title, defaults={"text": text, "url": url, "name": name, "email": email})
    for suggestion in Suggestion.objects.waiting().filter(title=SUGGESTIONS[-1][0]):
        decline_suggestion(suggestion=suggestion, by=lead)
    for row in REUSES:
        load_reuse(lead, *row)


def load_reuse(lead, slug, organisation, place, status, years_ago, confirmed_days_ago, reporter, said) -> None:
    """Load one reuse by an exemplary organisation; one that waits comes from somebody who is not signed in."""
    solution = Solution.objects.filter(slug=slug).first()
    organisation = Organisation.objects.get(slug=organisation)
    if not solution or Reuse.objects.filter(solution=solution, organisation_name=organisation.name).exists():
        return
    now = timezone.now()
    values = {"organisation_name": organisation.name, "place": place, "status": status, "is_example": True, **said}
    if confirmed_days_ago is None:
        values |= {"reporter_name": "Berta Beispiel", "reporter_email": "berta@example.org"}
    else:
        day = timezone.localdate() - timedelta(days=confirmed_days_ago)
        values |= {"reported_by": User.objects.get(email=reporter)}
        values |= {"confirmed_by": lead, "confirmed_at": now - timedelta(days=confirmed_days_ago)}
        values |= {"confirm_again_on": day + timedelta(days=365), "reported_at": values["confirmed_at"]}
    Reuse.objects.create(solution=solution, since_year=now.year - years_ago, **values)
