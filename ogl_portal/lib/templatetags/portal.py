"""Filters and tags that every template has, without loading them."""

import re
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html

from .. import dates, files, markdown
from ..addresses import address_of
from ..forms import error_list, widget_html, widget_kind
from ..registry import desk_boxes, milestones
from ..roadmap import Roadmap

SETTING_OF_DAYS = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*_DAYS\b")

register = template.Library()
register.filter("day", dates.day)
register.filter("moment", dates.moment)
register.filter("deadline", dates.deadline)
register.filter("file_size", files.size_text)
register.filter("file_format", files.format_text)
register.filter("widget_kind", widget_kind)
register.simple_tag(widget_html, name="widget")
register.simple_tag(address_of, name="address")


@register.filter("markdown")
def markdown_filter(text: str, heading_level: int = 3):
    """Markdown as safe HTML; the argument is the level of its highest heading."""
    return markdown.to_html(text, heading_level)


@register.simple_tag
def time_span(start, end) -> str:
    """27.05.2021, 17.00–18.30 Uhr."""
    return dates.time_span(start, end)


@register.filter
def in_days(text: str) -> str:
    """How long something is kept, with the days that the settings say in the place of their names."""
    return SETTING_OF_DAYS.sub(lambda name: str(getattr(settings, name[0])), text)


@register.inclusion_tag("lib/_roadmap.html")
def roadmap(user):
    """The AG's Fahrplan: a picture drawn from what every app knows, and the same as a list."""
    return {"roadmap": Roadmap(milestones.ask(user=user))}


@register.inclusion_tag("lib/_lead_desk.html")
def lead_desk(user):
    """What waits for the lead, as every app sees it; the empty boxes are named in one line."""
    boxes = sorted(desk_boxes.ask(user=user), key=lambda box: box.position)
    return {"waiting": [box for box in boxes if box.count], "clear": [box.title for box in boxes if not box.count]}


@register.inclusion_tag("lib/_desk_figures.html")
def desk_figures(user):
    """The boxes of the lead's desk in which something waits, for the start page."""
    boxes = sorted(desk_boxes.ask(user=user), key=lambda box: box.position)
    return {"waiting": [box for box in boxes if box.count]}


@register.simple_tag
def crumb(label: str, url_name: str = "", *args):
    """One step of the breadcrumb; without a URL name it is the page itself."""
    if not url_name:
        return format_html('<li><span aria-current="page">{}</span></li>', label)
    if not args:
        return menu_item(label, address_of(url_name), "")
    return format_html('<li><a href="{}">{}</a></li>', address_of(url_name, *args), label)


@register.simple_tag(takes_context=True)
def nav_link(context, label: str, url_name: str):
    """A link of a menu, marked when the page asked for is its target or lies below it."""
    url = address_of(url_name)
    path = path_of(context)
    return menu_item(label, url, "page" if path == url else "true" if path.startswith(url) else "")


@register.simple_tag(takes_context=True)
def drawn_once(context, template_name: str):
    """A part of every page that knows nothing but where one is: drawn once in a process for each part of the portal.

    For a menu a part of the portal is the first step of the path and all below it.
    """
    first, slash, rest = path_of(context)[1:].partition("/")
    return drawn_at(template_name, f"/{first}{slash}{'…' if rest else ''}")


@lru_cache(200)
def drawn_at(template_name: str, place: str):
    return render_to_string(template_name, {"place": place})


def path_of(context) -> str:
    """Where one is: what is drawn without a request is told by ``place``."""
    if "place" in context:
        return context["place"]
    return context["request"].path if "request" in context else ""


@lru_cache(200, typed=True)  # a SafeString equals a str
def menu_item(label: str, url: str, current: str):
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, mark, label)


@register.simple_tag
def badge(label: str, kind: str = "neutral"):
    """A small label; ``kind`` is neutral, info, success, warning or danger."""
    html = '<span class="kern-badge kern-badge--small kern-badge--{}"><span class="kern-label">{}</span></span>'
    return format_html(html, kind, label)


@register.simple_tag(takes_context=True)
def error_prefix(context) -> str:
    """„Fehler: “ for the title of a page whose form came back with errors, else nothing."""
    form = context.get("form")
    return "Fehler: " if form is not None and getattr(form, "is_bound", False) and error_list(form) else ""


@register.inclusion_tag("lib/_error_summary.html")
def error_summary(*forms, title="Bitte prüfen Sie Ihre Eingaben"):
    """What is to be mended, with links to the fields; nothing when the forms (or formsets) are in order."""
    errors = [error for form in forms if form and form.is_bound for error in error_list(form)]
    return {"errors": errors, "title": title}


@register.simple_tag(takes_context=True)
def query_with(context, name: str, value) -> str:
    """The query of this page with one value changed; any other change than the page leads back to page 1."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query[name] = value
    return f"?{query.urlencode()}"
