"""What the lead's form and those of the members share: the limits of lists, and for whom a solution is."""

from django import forms
from django.core.exceptions import ValidationError

from ogl_portal.lib.forms import RevisedModelForm

from ..models import TITLE_IS_TAKEN, Audience, Solution


class LimitsMixin:
    """At most three topics and 20 features (knowledgebase.md), and a title of one's own, for forms that ask for them.

    Only published titles are taken: whether somebody drafts something, nobody finds out by trying titles.
    """

    def clean_title(self):
        title = self.cleaned_data["title"]
        if Solution.objects.named(title).exclude(pk=self.instance.pk).exists():
            raise ValidationError(TITLE_IS_TAKEN)
        return title

    def clean_topics(self):
        topics = self.cleaned_data["topics"]
        if len(topics) > 3:
            raise ValidationError("Bitte wählen Sie höchstens drei Themen.")
        return topics

    def clean_features(self):
        if len(self.cleaned_data["features"].splitlines()) > 20:
            raise ValidationError("Bitte höchstens 20 Funktionen, eine je Zeile.")
        return self.cleaned_data["features"]


class AudiencesForm(RevisedModelForm):
    """Kinds and sizes of organisations as ticks; each is a row of its own."""

    audiences = forms.MultipleChoiceField(
        label="Geeignet für", choices=Audience.Kind, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Art und Größe der Organisation. Ohne Häkchen gilt die Lösung als geeignet für alle.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["audiences"] = [audience.kind for audience in self.instance.audiences.all()]

    def _save_m2m(self):
        super()._save_m2m()
        wanted = self.cleaned_data["audiences"]
        self.instance.audiences.exclude(kind__in=wanted).delete()
        for kind in wanted:
            Audience.objects.get_or_create(solution=self.instance, kind=kind)
