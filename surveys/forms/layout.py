"""What stands between and around the fields of an entry's form, and the fields themselves."""

from functools import lru_cache

from crispy_forms.layout import Fieldset, LayoutObject
from django.template.loader import render_to_string
from django.utils.html import format_html

from .. import conditions
from ..definition import Question
from ..sheet import Card
from .drawing import field_html

MOST_NOTICES = 500


class Asked(LayoutObject):
    """A field of a question."""

    def __init__(self, question: Question, name: str, is_new: bool) -> None:
        self.fields, self.question, self.is_new = [name], question, is_new

    def render(self, form, context, template_pack=None, **kwargs):
        field = form[self.fields[0]]
        if field.errors:
            return self.get_rendered_fields(form, context, template_pack, **kwargs)
        return field_html(self.question, field, is_new=self.is_new)


class Contact(Fieldset):
    """The fields of a contact, with the question above them: a text, where crispy-forms takes it for a template."""

    def render(self, form, context, template_pack=None, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        facts = {"fieldset": self, "legend": self.legend, "fields": fields}
        return render_to_string("kern/layout/fieldset.html", facts)


class Notice(LayoutObject):
    """A paragraph before a question."""

    def __init__(self, text: str) -> None:
        self.fields, self.text = [], text

    def render(self, form, context, template_pack=None, **kwargs):
        return notice_html(self.text)


@lru_cache(MOST_NOTICES)
def notice_html(text: str):
    return render_to_string("surveys/_notice.html", {"text": text})


class Uploaded(LayoutObject):
    """The files that are there already, each with a button to remove it."""

    def __init__(self, card: Card, question: Question, slug: str) -> None:
        self.fields, self.slug, self.key = [], slug, question.key
        self.uploads = [upload for upload in card.uploads if upload.question_key == question.key]

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("surveys/_uploads.html", {"uploads": self.uploads, "slug": self.slug, "key": self.key})


class Opened(LayoutObject):
    """The short text that „Sonstiges“ opens; what was typed stays in it while something else is chosen."""

    def __init__(self, field: Asked) -> None:
        self.fields = [field]

    def render(self, form, context, template_pack=None, **kwargs):
        field = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return format_html('<div class="ogl-conditional ogl-opened">{}</div>\n', field)


class Conditional(LayoutObject):
    """A question that is only asked after a certain answer; the page says so in words, and hides it where it can."""

    HTML = (
        '<div class="ogl-fields ogl-conditional" data-question="{}"><p class="ogl-conditional__words">{}</p>{}</div>\n'
    )

    def __init__(self, card: Card, question: Question, items: list) -> None:
        self.fields, self.key = items, question.key
        self.words = conditions.in_words(question, card.part.sheet.definition)

    def render(self, form, context, template_pack=None, **kwargs):
        return format_html(
            self.HTML, self.key, self.words, self.get_rendered_fields(form, context, template_pack, **kwargs)
        )
