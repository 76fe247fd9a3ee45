"""The next steps of the report of 27.05.2021 (section 6; it has no e), and exemplary ones of today.

Termin and responsibility are the report's, „offen“ where it names none. What became of them afterwards is not
handed down: their later states are examples and marked so, and f stays open. What is there already is left as it is.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person
from sessions_app.models import Event, Report

from . import workflow
from .models import ActionItem

Due, By, Status = ActionItem.DueKind, ActionItem.ResponsibleKind, ActionItem.Status
AGREED_ON = date(2021, 5, 27)


def load() -> None:
    """Load what is missing; safe to run again."""
    report = Report.objects.get(slug="workshop-2021-05-27")
    for letter, (fields, days, done_on, note) in items_of_the_report().items():
        if not report.action_items.filter(letter=letter).exists():
            load_item_of_the_report(fields | {"report": report, "letter": letter}, days, done_on, note)
    for fields, person, status in exemplary_items(timezone.localdate()):
        if not ActionItem.objects.filter(title=fields["title"], is_example=True).exists():
            load_exemplary_item(fields, person, status)


def items_of_the_report() -> dict:
    """By letter: the item, its days, when it was done in our example, and the note about that."""
    meeting = Event.objects.get(slug="ag-sitzung-2021-11-04")
    sessions = {"due_kind": Due.DAYS, "due_from": date(2021, 6, 3), "due_until": date(2021, 6, 17),
                "time_from": time(17), "time_until": time(18, 30)}  # fmt: skip
    months = {"due_kind": Due.MONTHS, "due_from": date(2021, 7, 1), "due_until": date(2021, 8, 31)}
    return {
        "a": (
            {"title": "Die Session-Serie fortsetzen", **sessions},
            [date(2021, 6, 3), date(2021, 6, 17)], date(2021, 6, 18), "Beide Sessions liegen hinter uns.",
        ),
        "b": (
            {"title": "Best-Practice-Beispiele, Erfahrungen aus Digitalisierungsprojekten und geplante Vorhaben "
                      "mit dem Fragebogen (Anlage 1) zusammentragen",
             "due_kind": Due.DAY, "due_until": date(2021, 7, 12), "responsible_kind": By.EVERYONE},
            [], date(2021, 7, 13), "Der Fragebogen ist geschlossen, die Rückmeldungen liegen vor.",
        ),
        "c": (
            {"title": "Aus den Rückmeldungen ableiten, was die Zielgruppen brauchen",
             "due_kind": Due.DAY, "due_until": date(2021, 7, 30), "responsible_kind": By.LEAD},
            [], date(2021, 7, 29), "Die Bedarfe sind zusammengestellt.",
        ),
        "d": (
            {"title": "Die „Wissensdatenbank“ auf der nächsten AG-Sitzung besprechen",
             "due_kind": Due.EVENT, "due_event": meeting},
            [], date(2021, 11, 5), "Das Thema stand auf der Tagesordnung.",
        ),
        "f": (
            {"title": "Design-Thinking-Workshop zu ausgewählten Fragen der Arbeitsgruppe",
             "responsible_kind": By.PERSONS, **months},
            [], None, "Was daraus wurde, ist nicht überliefert. Deshalb bleibt der Schritt hier offen.",
        ),
    }  # fmt: skip


@transaction.atomic
def load_item_of_the_report(fields: dict, days: list[date], done_on: date | None, note: str) -> None:
    item = ActionItem.objects.create(**fields)
    if days:
        workflow.write_days(item=item, days=days)
    if item.responsible_kind == By.PERSONS:
        item.responsible_persons.set(Person.objects.filter(family_name="Reichel", is_example=False))
    workflow.record_creation(item=item, at=noon(AGREED_ON), note="" if done_on else note)
    if done_on:
        workflow.change_status(item=item, to=Status.DONE, at=noon(done_on), note=note, is_example=True)


def exemplary_items(today: date) -> list[tuple[dict, str, str]]:
    """Items of today, made up: the item, the e-mail of who is responsible, its state."""
    next_month = today.replace(day=1) + timedelta(days=32)
    chamber = Organisation.objects.get(slug="beispiel-kammer")
    return [
        (
            {"title": "Ein eigenes Beispiel in den offenen Fragebogen eintragen",
             "due_kind": Due.DAY, "due_until": today + timedelta(days=14), "responsible_kind": By.EVERYONE},
            "", Status.OPEN,
        ),
        (
            {"title": "Eine kurze Anleitung zur E-Rechnung für kleine Betriebe entwerfen",
             "description": "Zwei Seiten genügen: Was ist zu tun, in welcher Reihenfolge, wer hilft weiter?",
             "due_kind": Due.MONTHS, "due_from": today, "due_until": next_month, "responsible_kind": By.PERSONS},
            "mitglied1@example.org", Status.IN_PROGRESS,
        ),
        (
            {"title": "Ansprechpersonen für digitale Prüfungsanmeldungen zusammenstellen",
             "due_kind": Due.DAY, "due_until": today - timedelta(days=3),
             "responsible_kind": By.ORGANISATION, "responsible_organisation": chamber},
            "", Status.OPEN,
        ),
        ({"title": "Einen Ort für die nächste Sitzung vor Ort finden"}, "", Status.OPEN),
    ]  # fmt: skip


@transaction.atomic
def load_exemplary_item(fields: dict, email: str, status: str) -> None:
    item = ActionItem.objects.create(is_example=True, **fields)
    if email:
        item.responsible_persons.set(Person.objects.filter(email=email))
    workflow.record_creation(item=item)
    if status != item.status:
        workflow.change_status(item=item, to=status, note="Ein erster Entwurf entsteht.", is_example=True)


def noon(day: date) -> datetime:
    """Return 12.00 of the day in Berlin, for what is known by its day only."""
    return timezone.make_aware(datetime.combine(day, time(12)))
