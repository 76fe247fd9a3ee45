"""The three forms of an entry's review."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ogl_portal.lib.forms import PlainTextFormMixin

from ..definition import Kind
from ..models import EntryReview
from ..sheet import Card

State = EntryReview.State
TIME_TO_ANSWER = timedelta(days=7)


class ReviewForm(PlainTextFormMixin, forms.Form):
    """Base: every form carries the revision of the review that the lead has read."""

    use_required_attribute = False


class JudgeForm(ReviewForm):
    """How far the entry is looked through; „Rückfrage“ comes with a question, and can be kept here while it waits."""

    state = forms.ChoiceField(
        label="Stand", widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Dieser Stand passt nicht mehr. Bitte wählen Sie einen der angebotenen."},
    )  # fmt: skip
    note = forms.CharField(
        label="Interne Notiz", help_text="Wer geantwortet hat, liest sie unter „Meine Daten“.",
        max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )  # fmt: skip

    def __init__(self, review: EntryReview, data=None) -> None:
        super().__init__(data, initial={"state": review.state, "note": review.note}, prefix="judge")
        offered = [state for state in State if state != State.QUERY or review.state == State.QUERY]
        self.fields["state"].choices = [(state.value, state.label) for state in offered]


class AskForm(ReviewForm):
    question = forms.CharField(
        label="Was möchten Sie wissen?", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Steht über dem Formular der Person, die geantwortet hat.",
    )  # fmt: skip
    until = forms.DateField(
        label="Der Eintrag ist dafür offen bis", help_text="Der Tag zählt ganz mit.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip

    @classmethod
    def empty(cls) -> "AskForm":
        return cls(initial={"until": timezone.localdate() + TIME_TO_ANSWER}, prefix="ask")

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not timezone.localdate() <= until <= timezone.localdate() + timedelta(days=366):
            raise ValidationError("Bitte nennen Sie einen Tag von heute an, höchstens ein Jahr voraus.")
        return until


class RedactForm(ReviewForm):
    """Every text of the entry, to be changed beside the original; empty means left out."""

    def __init__(self, card: Card, review: EntryReview, data=None) -> None:
        self.card = card
        self.originals = texts_of(card)
        super().__init__(data, initial=review.redact(self.originals), prefix="redact")
        for question in card.questions:
            rows = 2 if question.kind == Kind.CONTACT else 5
            for name in filter(self.originals.get, question.field_names):
                self.fields[name] = forms.CharField(
                    label=question.field_label(name), required=False, max_length=20_000,
                    widget=forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"}),
                )  # fmt: skip


def texts_of(card: Card) -> dict[str, str]:
    """What was written in words of one's own in an entry: texts, who answers, and what stands beside a choice."""
    texts = {Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.CONTACT}
    names = [
        name
        for question in card.questions
        for name in question.field_names
        if question.kind in texts or name == question.text_name
    ]
    return {name: card.draft[name] for name in names if card.draft.get(name)}
