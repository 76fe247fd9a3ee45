"""The forms with which passages are coded, and needs merged and split."""

from django import forms
from django.core.exceptions import ValidationError

from ogl_portal.directory.models import TargetGroup
from ogl_portal.lib.forms import PlainTextFormMixin
from ogl_portal.lib.numbers import KeysField

from ..models import Coding, Need
from ..passages import CodableText, Passage

NOTHING_MARKED = "Bitte haken Sie Sätze an oder tragen Sie die Worte ein, um die es geht."
NOT_THERE = "Diese Worte stehen so in keiner Antwort dieses Eintrags. Bitte übernehmen Sie sie buchstabengetreu."


class CodingForm(PlainTextFormMixin, forms.Form):
    """Which words say which need, for whom: sentences are ticked, or the words are marked, typed or pasted."""

    sentences = forms.MultipleChoiceField(
        label="Sätze", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Die Antwort wurde inzwischen geändert. Bitte wählen Sie noch einmal."},
    )  # fmt: skip
    words = forms.CharField(
        label="Oder nur diese Worte", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Markieren Sie sie oben mit der Maus, oder tippen Sie sie ein. Die Häkchen gelten dann nicht.",
    )  # fmt: skip
    need = forms.CharField(
        label="Bedarf", max_length=Need._meta.get_field("title").max_length,
        widget=forms.TextInput(attrs={"list": "bedarfe", "autocomplete": "off"}),
        help_text="Beginnen Sie zu tippen und wählen Sie aus; was es noch nicht gibt, wird als Entwurf angelegt.",
        error_messages={"required": "Bitte nennen Sie den Bedarf."},
    )  # fmt: skip
    target_group = forms.ModelChoiceField(
        TargetGroup.objects.all(), label="Zielgruppe", empty_label="Bitte wählen",
        error_messages={"required": "Bitte wählen Sie die Zielgruppe."},
    )  # fmt: skip

    def __init__(self, texts: list[CodableText], data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.texts = texts
        self.by_key = {each.key: (text, each) for text in texts for each in text.sentences}
        self.fields["sentences"].choices = [(key, each.quote) for key, (_, each) in self.by_key.items()]

    def clean_need(self) -> str:
        return " ".join(self.cleaned_data["need"].split())

    def clean(self):
        super().clean()
        words, chosen = self.cleaned_data.get("words", "").strip(), self.cleaned_data.get("sentences", [])
        self.cleaned_data["passages"] = self.in_words(words) if words else self.ticked(chosen)
        if not (self.cleaned_data["passages"] or self.errors):
            raise ValidationError(NOTHING_MARKED)
        return self.cleaned_data

    def in_words(self, words: str) -> list[Passage]:
        """The passage with the words that were marked or typed."""
        found = next(filter(None, (text.find(words) for text in self.texts)), None)
        if found is None:
            self.add_error("words", NOT_THERE)
        return [found] if found else []

    def ticked(self, keys: list[str]) -> list[Passage]:
        """The sentences that were ticked, those in a row as one passage."""
        chosen = {text.question.key: [] for text in self.texts}
        for key in keys:
            chosen[self.by_key[key][0].question.key].append(self.by_key[key][1])
        return [passage for text in self.texts for passage in text.joined(chosen[text.question.key])]


class MergeForm(PlainTextFormMixin, forms.Form):
    """Into which need another one goes up; what everybody may read goes up in the same alone."""

    into = forms.ModelChoiceField(
        Need.objects.none(), label="Geht auf in", empty_label="Bitte wählen",
        error_messages={"required": "Bitte wählen Sie den Bedarf, der bleibt."},
    )  # fmt: skip

    def __init__(self, need: Need, data=None, **kwargs):
        super().__init__(data, **kwargs)
        offered = Need.objects.released() if need.is_released else Need.objects.current()
        self.fields["into"].queryset = offered.exclude(pk=need.pk)


class SplitForm(PlainTextFormMixin, forms.Form):
    """Which passages of a need say something else."""

    codings = KeysField(
        Coding.objects.none(), label="Diese Stellen verschieben", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Bitte haken Sie mindestens eine Stelle an.",
            "invalid_choice": "Eine Stelle wurde inzwischen umgehängt oder entfernt. Bitte wählen Sie noch einmal.",
        },
    )  # fmt: skip
    title = forms.CharField(
        label="Nach diesem Bedarf", max_length=Need._meta.get_field("title").max_length,
        widget=forms.TextInput(attrs={"list": "bedarfe", "autocomplete": "off"}),
        help_text="Ein vorhandener oder ein neuer.",
        error_messages={"required": "Bitte nennen Sie den Bedarf, zu dem die Stellen gehören."},
    )  # fmt: skip

    def __init__(self, need: Need, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["codings"].queryset = need.codings.exclude(quote="").order_by("pk")

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())
