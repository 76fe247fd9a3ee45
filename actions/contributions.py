"""What the action items contribute to the questions of the floors below."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils.html import escape

from ogl_portal.lib import dates, markdown
from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import (
    DataSet,
    DayEntry,
    DeskBox,
    Gap,
    Milestone,
    data_sets,
    desk_boxes,
    due_mails,
    event_annotations,
    forgotten_names,
    milestones,
    personal_days,
    release_checks,
    report_inlines,
    withdrawn_names,
)
from sessions_app.named_texts import Texts, names_listed
from sessions_app.workflow.spellings import taking_out_private_names

from . import matches, needs, personal_data, workflow  # noqa: F401 - they register themselves
from .corrections import working_items
from .digests import send_digests
from .models import ActionItem, StatusChange
from .report_inline import ItemInline

NUMBERS = UUID("0c7d9a52-6f1e-4b38-9d2a-51e8f7c3b604")
"""Names the numbers of the items for good: an item has no other name, and none is given twice."""


@milestones.register
def due_moments(*, user) -> Iterator[Milestone]:
    """Deadlines of public items.

    An item that is due at an event, or takes place on several days, is not one of its own: the events stand
    in the Fahrplan already.
    """
    kinds = [ActionItem.DueKind.DAY, ActionItem.DueKind.MONTHS]
    for item in ActionItem.objects.public().filter(due_kind__in=kinds).order_by("dated_due_at"):
        yield Milestone(
            moment=dates.start_of_day(item.due_from) if item.due_from else item.due_at,
            until=item.due_at,
            label=item.title,
            kind="Schritt",
            url=item.get_absolute_url(),
            is_deadline=True,
            is_done=item.is_settled,
            is_example=item.is_example or item.status_is_example,
        )


@event_annotations.register
def items_of_events():
    """Whether anything is due at an event, or was agreed there."""
    due = ActionItem.objects.filter(due_event=OuterRef("pk"))
    agreed = ActionItem.objects.filter(report__event=OuterRef("pk"))
    yield "has_action_items", Exists(due) | Exists(agreed)


@personal_days.register
def own_due_days(*, user) -> Iterator[DayEntry]:
    """The days on which what this user has to do is due; what is due at an event has no day of its own."""
    mine = ActionItem.objects.visible_to(user).of(user).open().filter(due_kind__in=ActionItem.DATED)
    mine = mine.not_ticked_off_by(user.person_id)
    for item in mine.annotate(noted_at=Max("history__at")).prefetch_related("days").order_by("pk"):
        for day in due_days(item):
            yield DayEntry(
                uid=uuid5(NUMBERS, f"{item.pk}/{day}" if item.due_kind == ActionItem.DueKind.DAYS else str(item.pk)),
                title=f"Fällig: {item.title}",
                kind="Nächster Schritt",
                first=day,
                last=day,
                url=item.get_absolute_url(),
                changed_at=max(filter(None, [item.noted_at, item.changed_at]), default=dates.start_of_day(day)),
                sequence=item.revision,
                text=f"Termin (T): {item.due_text}",
            )


def due_days(item: ActionItem) -> list[date]:
    """Each of several days, or the last day on which the item is in time."""
    days = [row.day for row in item.days.all()] if item.due_kind == ActionItem.DueKind.DAYS else []
    return days or [item.due_until]


@release_checks.register
def items_left_vague(*, report) -> Iterator[Gap]:
    """Items that name neither a Termin nor a responsibility: „offen“ is one, but must be said."""
    items = working_items(report).filter(is_struck=False).prefetch_related("responsible_persons")
    letters = Counter(item.letter for item in items if item.letter)
    for item in items:
        page = reverse("admin:actions_actionitem_change", args=[item.pk])
        if item.due_kind == ActionItem.DueKind.UNSET:
            yield Gap(f"Termin (T) von „{item}“ (oder ausdrücklich „offen“)", f"{page}#id_due_kind")
        if item.responsible_kind == ActionItem.ResponsibleKind.UNSET:
            yield Gap(f"Verantwortung (V) von „{item}“ (oder ausdrücklich „offen“)", f"{page}#id_responsible_kind")
        if item.responsible_kind == ActionItem.ResponsibleKind.PERSONS and not item.responsible_persons.all():
            yield Gap(f"mindestens eine Person bei „{item}“", f"{page}#id_responsible_persons")
        if letters[item.letter] > 1:
            yield Gap(f"ein eigener Buchstabe für „{item}“", f"{page}#id_letter")


@release_checks.register
def items_that_name_somebody(*, report) -> Iterator[Gap]:
    """The text of a version names nobody without their consent; public items, which stay live beside it, neither."""
    clean = taking_out_private_names()
    for item in working_items(report).filter(is_struck=False, is_public=True):
        shown = {"title": escape(item.title), "description": markdown.to_html(item.description)}
        page = reverse("admin:actions_actionitem_change", args=[item.pk])
        field = next((field for field, html in shown.items() if clean(html) != html), "")
        if field:
            yield Gap(f"„{item}“ ohne den Namen einer Person, die nicht öffentlich genannt wird", f"{page}#id_{field}")


@withdrawn_names.register
def names_in_items(person) -> Iterator[str]:
    """The wording of public items is the lead's to change: it says what the AG agreed. Notes nobody can change."""
    if items := workflow.take_name_out_of_notes(person=person):
        yield f"In Notizen zu nächsten Schritten steht der Name nicht mehr: {', '.join(f'„{item}“' for item in items)}."
    wordings = Texts(ActionItem.objects.public(), ("title", "description"))
    yield from names_listed([wordings], person, "nächsten Schritten")


@forgotten_names.register
def names_in_wordings(person) -> Iterator:
    """Items, the corrections of their wording, and what is noted of them name nobody who was deleted."""
    workflow.forget_name(person=person)
    yield from ()


due_mails.register(send_digests)


@report_inlines.register
def items_on_the_page_of_a_report() -> Iterator[type]:
    """The items are written where the report is."""
    yield ItemInline


@desk_boxes.register
def items_that_wait(user) -> Iterator[DeskBox]:
    """Items that are overdue, and those that nobody is responsible for."""
    overdue = ActionItem.objects.overdue().in_full().order_by("-due", "pk")
    yield box("Überfällige Schritte", overdue, 40, "?faellig=ueberfaellig", note=lambda item: item.due_text_for_lead)
    kinds = ActionItem.ResponsibleKind
    ownerless = ActionItem.objects.open().filter(responsible_kind__in=[kinds.OPEN, kinds.UNSET])
    yield box("Schritte ohne Verantwortung", ownerless, 50, f"?responsible_kind__in={kinds.OPEN},{kinds.UNSET}")


@data_sets.register
def items_as_open_data() -> Iterator[DataSet]:
    """The public items as one file."""
    shown = ActionItem.objects.public()
    yield DataSet(
        key="massnahmen",
        title="Nächste Schritte der Arbeitsgruppe",
        description="Was die Arbeitsgruppe vereinbart hat: bis wann, durch wen und wie weit es ist. Personen stehen "
        "nur mit ihrem Einverständnis darin.",
        keywords=("Arbeitsgruppe", "Maßnahmen", "Open Government"),
        path=reverse("actions:items-csv"),
        changed_at=StatusChange.objects.filter(item__in=shown).aggregate(last=Max("at"))["last"],
    )
