"""How the questions of an entry's form stand on the page, one below the other."""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from .. import conditions
from ..definition import Kind, Question
from .drawing import field_html

MOST_NOTICES = 500
CONDITIONAL = (
    '<div class="ogl-fields ogl-conditional" data-question="{}"><p class="ogl-conditional__words">{}</p>{}</div>\n'
)
OPENED = '<div class="ogl-conditional ogl-opened">{}</div>\n'
CONTACT = (
    '<fieldset class="kern-fieldset ogl-fieldset"><legend class="kern-title">{}</legend>'
    '<div class="ogl-fields">{}</div></fieldset>\n'
)


def questions_html(form) -> SafeString:
    """All questions of a form."""
    return joined(question_html(form, question) for question in form.card.part.questions)


def question_html(form, question: Question) -> SafeString:
    """A question; one that hangs on an answer says so in words, and the page hides it where it can."""
    notice = notice_html(question.notice) if question.notice else ""
    html = joined([notice, LAYOUTS.get(question.kind, fields_html)(form, question)])
    if not question.show_if_question:
        return html
    return format_html(CONDITIONAL, question.key, conditions.in_words(question, form.card.part.sheet.definition), html)


@lru_cache(MOST_NOTICES)
def notice_html(text: str) -> SafeString:
    """A paragraph before a question."""
    return render_to_string("surveys/_notice.html", {"text": text})


def fields_html(form, question: Question) -> SafeString:
    """The fields of a question, and the decisions for single entries below them."""
    asked = {name: asked_html(form, question, name) for name in question.field_names}
    if question.opens_text:  # what was typed stays in it while something else is chosen
        asked[question.text_name] = format_html(OPENED, asked[question.text_name])
    varying = [variation.field for variation in form.variations if variation.question is question]
    return joined([*asked.values(), *(render_to_string("kern/field.html", {"field": form[name]}) for name in varying)])


def contact_html(form, question: Question) -> SafeString:
    """The fields of a contact below the question."""
    asked = joined(asked_html(form, question, name) for name in question.field_names)
    return format_html(CONTACT, question.label, asked)


def attachments_html(form, question: Question) -> SafeString:
    """The links, the files that are there already, each with a button to remove it, and new files."""
    uploads = [upload for upload in form.card.uploads if upload.question_key == question.key]
    facts = {"uploads": uploads, "slug": form.slug, "key": question.key}
    there = render_to_string("surveys/_uploads.html", facts) if uploads else ""
    return joined(
        [asked_html(form, question, question.key), there, asked_html(form, question, f"{question.key}-files")]
    )


def asked_html(form, question: Question, name: str) -> SafeString:
    return field_html(question, form[name], is_new=question.key in form.new_keys)


def joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(map(conditional_escape, filter(None, parts))))


LAYOUTS = {Kind.CONTACT: contact_html, Kind.ATTACHMENTS: attachments_html}
