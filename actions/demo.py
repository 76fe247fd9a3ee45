"""The next steps of the report of 27.05.2021 (section 6; it has no e), and exemplary ones of today.

Termin and responsibility are the report's, „offen“ where it names none. What became of them afterwards is not
handed down: their later states are examples and marked so, and f stays open. What is there already is left as it is.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, User
from sessions_app import demo as sessions_demo
from sessions_app.models import Event, Report
from surveys import demo_needs
from surveys.models import Need, Round

from . import workflow
from .demo_texts import EXEMPLARY_ITEMS, ITEMS_OF_THE_REPORT
from .models import ActionItem, ItemForNeed

AGREED_ON = date(2021, 5, 27)
OPEN_UNLESS_NAMED = {"due_kind": ActionItem.DueKind.OPEN, "responsible_kind": ActionItem.ResponsibleKind.OPEN}


def load() -> None:
    """Load what is missing; safe to run again."""
    report = Report.objects.get(slug="workshop-2021-05-27")
    for letter, (fields, days, done_on, note) in ITEMS_OF_THE_REPORT.items():
        if not report.action_items.filter(letter=letter).exists():
            load_item_of_the_report(fields | {"report": report, "letter": letter}, days, done_on, note)
    sessions_demo.release(by=User.objects.get(email="leitung@example.org"))
    for fields, person, status in EXEMPLARY_ITEMS:
        if not ActionItem.objects.filter(title=fields["title"], is_example=True).exists():
            load_exemplary_item(dated_from(timezone.localdate(), fields), person, status)
    link_needs()


def link_needs() -> None:
    """Say which exemplary needs of the questionnaire are answered by which exemplary items."""
    for document in demo_needs.documents():
        need = Need.objects.filter(title=document["title"], is_example=True).first()
        for item in ActionItem.objects.filter(title__in=document.get("items", []), is_example=True) if need else []:
            ItemForNeed.objects.get_or_create(need=need, item=item)


@transaction.atomic
def load_item_of_the_report(fields: dict, days: list[date], done_on: date | None, note: str) -> None:
    if fields.get("due_kind") == ActionItem.DueKind.EVENT:
        fields["due_event"] = Event.objects.get(slug="ag-sitzung-2021-11-04")
    item = ActionItem.objects.create(**OPEN_UNLESS_NAMED | with_round(fields))
    if days:
        workflow.write_days(item=item, days=days)
    if item.responsible_kind == ActionItem.ResponsibleKind.PERSONS:
        item.responsible_persons.set(Person.objects.filter(family_name="Reichel", is_example=False))
    workflow.record_creation(item=item, at=noon(AGREED_ON), note="" if done_on else note)
    if done_on:
        workflow.change_status(item=item, to=ActionItem.Status.DONE, at=noon(done_on), note=note, is_example=True)


def with_round(fields: dict) -> dict:
    """Fill in the round of the questionnaire that an item names, as far as it is loaded."""
    return fields | {"round": Round.objects.filter(slug=fields["round"]).first()} if "round" in fields else fields


def dated_from(today: date, fields: dict) -> dict:
    """Fill in the days, the round and the organisation that an exemplary item names."""
    fields = with_round(dict(fields))
    if "due_in" in fields:
        fields["due_until"] = today + timedelta(days=fields.pop("due_in"))
    if fields.get("due_kind") == ActionItem.DueKind.MONTHS:
        fields["due_from"] = today
    if "organisation" in fields:
        fields["responsible_organisation"] = Organisation.objects.get(slug=fields.pop("organisation"))
    return fields


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
