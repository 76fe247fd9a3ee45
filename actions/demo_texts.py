"""What the demo of the action items says: the report's own items, and exemplary ones."""

from datetime import date, time

from surveys.demo import DAYS_OPEN

from .models import ActionItem

Due, By, Status = ActionItem.DueKind, ActionItem.ResponsibleKind, ActionItem.Status
SESSIONS = {"due_kind": Due.DAYS, "due_from": date(2021, 6, 3), "due_until": date(2021, 6, 17),
            "time_from": time(17), "time_until": time(18, 30)}  # fmt: skip
MONTHS = {"due_kind": Due.MONTHS, "due_from": date(2021, 7, 1), "due_until": date(2021, 8, 31)}

ITEMS_OF_THE_REPORT = {
    "a": (
        {"title": "Die Session-Serie fortsetzen", **SESSIONS},
        [date(2021, 6, 3), date(2021, 6, 17)], date(2021, 6, 18), "Beide Sessions liegen hinter uns.",
    ),
    "b": (
        {"title": "Best-Practice-Beispiele, Erfahrungen und geplante Vorhaben mit dem Fragebogen "
                  "(Anlage 1) sammeln",
         "due_kind": Due.DAY, "due_until": date(2021, 7, 12), "responsible_kind": By.EVERYONE,
         "round": "anlage-1-2021"},
        [], date(2021, 7, 13), "Die Frist ist um, der Fragebogen ist geschlossen.",
    ),
    "c": (
        {"title": "Aus den Rückmeldungen ableiten, was die Zielgruppen brauchen",
         "due_kind": Due.DAY, "due_until": date(2021, 7, 30), "responsible_kind": By.LEAD},
        [], date(2021, 7, 29), "Die Bedarfe sind zusammengestellt.",
    ),
    "d": (
        {"title": "Die „Wissensdatenbank“ auf der nächsten AG-Sitzung besprechen",
         "due_kind": Due.EVENT, "is_done_by_event": True},
        [], None, "Mit der Sitzung ist der Schritt erledigt.",
    ),
    "f": (
        {"title": "Ausgewählte Fragen der AG in einem Design-Thinking-Workshop bearbeiten",
         "responsible_kind": By.PERSONS, **MONTHS},
        [], None, "Was daraus wurde, ist nicht bekannt. Deshalb bleibt der Schritt hier offen.",
    ),
}  # fmt: skip
"""By letter: the item, its days, when it was done in our example, and the note about that."""

EXEMPLARY_ITEMS = [
    (
        {"title": "Ein eigenes Beispiel in den offenen Fragebogen eintragen",
         "due_kind": Due.DAY, "due_in": DAYS_OPEN, "responsible_kind": By.EVERYONE, "round": "beispiele-und-vorhaben"},
        "", Status.OPEN,
    ),
    (
        {"title": "Eine kurze Anleitung zur E-Rechnung für kleine Betriebe entwerfen",
         "description": "Zwei Seiten genügen: Was ist zu tun, in welcher Reihenfolge, wer hilft weiter?",
         "due_kind": Due.MONTHS, "due_in": 31, "responsible_kind": By.PERSONS},
        "mitglied1@example.org", Status.IN_PROGRESS,
    ),
    (
        {"title": "Ansprechpersonen für digitale Prüfungsanmeldungen zusammenstellen",
         "due_kind": Due.DAY, "due_in": -3,
         "responsible_kind": By.ORGANISATION, "organisation": "beispiel-kammer"},
        "", Status.OPEN,
    ),
    ({"title": "Einen Ort für die nächste Sitzung vor Ort finden"}, "", Status.OPEN),
]  # fmt: skip
"""Made up: the item, due in so many days from the first loading, the e-mail of who is responsible, its state."""
