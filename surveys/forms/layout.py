"""What stands between and around the fields of an entry's form."""

from crispy_forms.layout import LayoutObject
from django.template.loader import render_to_string

from .. import conditions
from ..definition import Question
from ..sheet import Card


class Notice(LayoutObject):
    """A paragraph before a question."""

    def __init__(self, text: str) -> None:
        self.fields, self.text = [], text

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("surveys/_notice.html", {"text": self.text})


class Uploaded(LayoutObject):
    """The files that are there already, each with a button to remove it."""

    def __init__(self, card: Card, question: Question, slug: str) -> None:
        self.fields, self.slug, self.key = [], slug, question.key
        self.uploads = [upload for upload in card.uploads if upload.question_key == question.key]

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("surveys/_uploads.html", {"uploads": self.uploads, "slug": self.slug, "key": self.key})


class Opened(LayoutObject):
    """The short text that „Sonstiges“ opens; what was typed stays in it while something else is chosen."""

    def __init__(self, field: str) -> None:
        self.fields = [field]

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string(
            "surveys/_opened.html", {"field": self.get_rendered_fields(form, context, template_pack, **kwargs)}
        )


class Conditional(LayoutObject):
    """A question that is only asked after a certain answer; the page says so in words, and hides it where it can."""

    def __init__(self, card: Card, question: Question, items: list) -> None:
        self.fields, self.key = items, question.key
        self.words = conditions.in_words(question, card.part.sheet.definition)

    def render(self, form, context, template_pack=None, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string("surveys/_conditional.html", {"key": self.key, "words": self.words, "fields": fields})
