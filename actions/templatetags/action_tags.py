"""Action items on the pages of others: the report, an event, the start page, one's own area."""

from django import template
from django.db.models import Count, Q
from django.utils import timezone

from actions.corrections import working_items
from actions.models import ActionItem
from ogl_portal.directory.models import belongs_to_group

register = template.Library()


@register.filter
def responsible(item: ActionItem, with_names: bool) -> str:
    """Who is responsible; with names only where the reader may see them."""
    return item.responsible_text_for_members if with_names else item.responsible_text


@register.inclusion_tag("actions/_report_items.html", takes_context=True)
def report_action_items(context, report, for_pdf: bool = False, is_omitted: bool = False):
    """The items as the report agreed them, in the order of their letters, and what is still open of earlier meetings.

    A draft says what is missing; that nothing was agreed it says only where the section is said to be omitted.
    Names and internal items appear only where the context's ``user`` belongs to the AG.
    """
    user = context.get("user")
    with_names = belongs_to_group(user)
    return {
        "items": items_of_report(working_items(report).filter(is_struck=False), with_names),
        "carried_over": carried_over(report, with_names),
        "for_pdf": for_pdf,
        "with_names": with_names,
        "draft": context.get("draft", False),
        "is_omitted": is_omitted,
    }


@register.inclusion_tag("actions/_report_items_today.html", takes_context=True)
def report_items_today(context, report):
    """What became of the items of a released report: beside its frozen text, never in it."""
    with_names = belongs_to_group(context["user"])
    items = items_of_report(report.action_items.of_released_reports(), with_names)
    return {"items": items, "with_names": with_names, "today": timezone.localdate()}


def items_of_report(items, with_internal: bool) -> list[ActionItem]:
    return in_order_of_the_report(items.in_full() if with_internal else items.filter(is_public=True).in_full())


def carried_over(report, with_internal: bool) -> list[ActionItem]:
    """Items agreed at earlier meetings that were open when this report was made, the oldest meeting first."""
    items = ActionItem.objects.carried_over_to(report.event).in_full()
    return list(items.of_released_reports() if with_internal else items.public())


def in_order_of_the_report(items) -> list[ActionItem]:
    """By letter; what has none comes last."""
    return sorted(items, key=lambda item: (not item.letter, item.letter, item.pk))


@register.inclusion_tag("actions/_event_items.html", takes_context=True)
def event_action_items(context, event):
    """What is due at the event, and what was agreed there; not asked for where its query says: nothing."""
    user = context["user"]
    if not getattr(event, "has_action_items", True):
        return {"due_items": [], "agreed_items": []}
    concerned = ActionItem.objects.visible_to(user).filter(Q(due_event=event) | Q(report__event=event))
    items = list(concerned.in_full().most_urgent_first())
    return {
        "due_items": [item for item in items if item.due_event_id == event.pk],
        "agreed_items": in_order_of_the_report([item for item in items if item.report and item.report.event == event]),
        "with_names": belongs_to_group(user),
    }


@register.inclusion_tag("actions/_overview.html")
def action_overview(user):
    """How many items are open, overdue and done, and what is due next."""
    visible = ActionItem.objects.visible_to(user)
    return {
        "counts": counts(visible),
        "next_items": visible.upcoming().in_full()[:3],
        "with_names": belongs_to_group(user),
    }


def counts(items) -> dict[str, int]:
    """Numbers of items to do, overdue, overdue for more than a year, and done, in one query."""
    numbers = {"open": items.open(), "overdue": items.overdue(), "without_news": items.without_news()}
    numbers["done"] = items.done()
    return items.aggregate(
        **{name: Count("pk", filter=Q(pk__in=found.values("pk")), distinct=True) for name, found in numbers.items()}
    )


@register.inclusion_tag("actions/_my_item_figures.html")
def my_item_figures(user):
    """How much this user still has to do and what of it is overdue, for the start page."""
    items = ActionItem.objects.visible_to(user).of(user).open().not_ticked_off_by(user.person_id)
    return {"open": items.count(), "overdue": items.overdue().count(), "show_none": not user.is_lead}


@register.inclusion_tag("actions/_my_items.html", takes_context=True)
def my_action_items(context, user):
    """What this user still has to do, the most urgent first, and the own shares of what others still have to do."""
    items = ActionItem.objects.visible_to(user).of(user).open()
    return {
        "items": items.not_ticked_off_by(user.person_id).in_full().most_urgent_first(),
        "ticked": items.ticked_off_by(user.person_id).order_by("pk"),
        "with_names": belongs_to_group(user),
    }


@register.simple_tag
def open_items_of(person) -> list[ActionItem]:
    """What a person still has to do, for the mail before a meeting; the most urgent first, ten at most."""
    return list(ActionItem.objects.still_to_do_by(person).in_full().most_urgent_first()[:10])
