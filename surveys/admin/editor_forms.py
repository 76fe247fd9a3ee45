"""The forms of the questionnaire editor: keys that stay, and conditions that are picked from a list."""

from collections.abc import Iterable, Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from ogl_portal.lib.forms import PlainTextModelForm, RevisedModelForm

from .. import definition, workflow
from ..definition import Definition
from ..models import Choice, Question, Section

Options = list[tuple[str, str]]

ALWAYS = ("", "immer")
LONGEST_LABEL = 100


class StableKeyMixin:
    """A key that was published once stays: answers are kept under it."""

    def clean_key(self):
        before, key = self.initial.get("key"), self.cleaned_data["key"]
        if before and key != before and was_published(self.instance, before):
            raise ValidationError(
                f"Der Schlüssel „{before}“ ist veröffentlicht und bleibt: Antworten hängen daran. "
                "Legen Sie für etwas Neues einen neuen Eintrag an."
            )
        return key


class StableKeyForm(StableKeyMixin, PlainTextModelForm):
    """A row with an answer to choose, on the page of its question."""


class PartRowForm(StableKeyForm):
    """A row with a section or question that has a page of its own, where a form opened before is then outdated."""

    def save(self, commit=True):
        self.instance.revision += 1
        return super().save(commit)


class PartForm(StableKeyMixin, RevisedModelForm):
    """A section or question on its own page."""


def was_published(thing, key: str) -> bool:
    """Whether a version has a section, question or answer with this key in the same place."""
    if isinstance(thing, Section):
        return any(key in version.definition.by_key for version in thing.questionnaire.versions.all())
    question = thing.question if isinstance(thing, Choice) else thing
    place = question.key if isinstance(thing, Choice) else key
    versions = question.section.questionnaire.versions.all()
    published = [version.definition.questions[place] for version in versions if place in version.definition.questions]
    return bool(published) and (
        thing is question or any(key == choice.key for each in published for choice in each.choices)
    )


class QuestionForm(PartForm):
    """A question with what it hangs on in the words of the questionnaire.

    ``condition`` is the key of a question before, with that of an answer behind a colon: „D4“ or „D4:running“.
    """

    condition = forms.ChoiceField(
        label="Wird gefragt", required=False, help_text="Zur Wahl stehen die Fragen davor, mit ihren Antworten."
    )
    needs_section = forms.ChoiceField(
        label="Nur mit Einträgen in", required=False, help_text="Wer dort nichts einträgt, wird dann nicht gefragt."
    )

    class Meta:
        model = Question
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        section = self.instance.section if self.instance.section_id else self.chosen_section()
        asked = Definition.from_document(workflow.freeze(section.questionnaire)) if section else ()
        before = questions_before(asked, section.key, self.instance.key) if section else ()
        self.initial["condition"] = self.instance.condition
        self.offer("condition", [ALWAYS], map(answers_to_hang_on, before))
        self.offer("needs_section", [ALWAYS, *((each.key, each.heading) for each in asked if each.is_repeatable)])

    def chosen_section(self) -> Section | None:
        """Where a new question is to stand."""
        name = self.add_prefix("section")
        try:
            return self.fields["section"].clean(self.data.get(name) if self.is_bound else self.initial.get("section"))
        except (KeyError, OverflowError, ValidationError):
            return None

    def offer(self, name: str, options: Options, groups: Iterable[tuple[str, Options]] = ()) -> None:
        """Let these be chosen; what is stored stays so even if the questionnaire no longer has it."""
        groups, stored = list(groups), self.initial.get(name) or ""
        if stored not in dict([*options, *(option for _, group in groups for option in group)]):
            groups.append(("Gibt es nicht mehr", [(stored, stored)]))
        self.fields[name].choices = [*options, *groups]

    def clean_condition(self) -> str:
        condition = self.cleaned_data["condition"]
        self.instance.show_if_question, _, self.instance.show_if_choice = condition.partition(":")
        return condition


def questions_before(asked: Definition, section_key: str, key: str) -> Iterator[definition.Question]:
    """The questions up to this one; a new one comes at the end of its section."""
    for section in asked:
        for question in section.questions:
            if question.key == key:
                return
            yield question
        if section.key == section_key:
            return


def answers_to_hang_on(question: definition.Question) -> tuple[str, Options]:
    """A group of options: any answer to the question, and each of those to choose from."""
    named = [(f"{question.key}:{choice.key}", f"{question.key}: {choice.label}") for choice in question.options]
    return Truncator(question.label).chars(LONGEST_LABEL), [
        (question.key, f"{question.key}: irgendeine Antwort"),
        *named,
    ]
