"""How the field of a question stands on the page: drawn once in a process, for everybody who answers.

What is kept depends on the frozen question and its own choices alone; what somebody typed is put in for each page.
"""

from functools import lru_cache

from django import forms
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from ogl_portal.lib.forms import PortalForm

from ..definition import Question
from .fields import form_fields

TYPED = "\0"
"""Stands in a drawing where somebody's text comes: no text of the portal holds this character."""
MOST_DRAWN = 5_000


def field_html(question: Question, field: forms.BoundField, *, is_new: bool) -> SafeString:
    """A field of a question as ``kern/field.html`` draws it: anew only where something is wrong with it."""
    if field.errors:
        return render_to_string("kern/field.html", {"field": field})
    answer, typed = answer_and_text(question, field)
    return SafeString((typed and conditional_escape(typed)).join(drawn(question, field.name, is_new, answer)))


def answer_and_text(question: Question, field: forms.BoundField) -> tuple[tuple[str, ...] | bool | str, str]:
    """What the drawing of a field depends on, and the text that comes into it."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, forms.CheckboxInput):
        return bool(value), ""
    shown = widget.format_value(value) or ""
    if isinstance(widget, forms.RadioSelect):  # the boxes of several answers, too
        return tuple(choice.key for choice in question.options if choice.key in shown), ""
    return TYPED if shown else "", shown


@lru_cache(MOST_DRAWN)
def drawn(question: Question, name: str, is_new: bool, answer) -> tuple[SafeString, ...]:
    """A field with an answer, cut where a text comes into it."""
    form = PortalForm(initial={name: answer})
    form.fields[name] = form_fields(question, is_new)[name]
    html = render_to_string("kern/field.html", {"field": form[name]})
    return tuple(SafeString(part) for part in html.split(TYPED))
