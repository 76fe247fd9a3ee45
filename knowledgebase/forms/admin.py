"""The forms of the admin."""

from django import forms

from ogl_portal.lib.forms import RevisedModelForm

from .. import workflow

NOTHING_MISSING = (
    "Die Lösung ist veröffentlicht, deshalb darf nichts fehlen: {}. "
    "Archivieren Sie sie vorher, wenn sie unvollständig sein soll."
)


class SolutionAdminForm(RevisedModelForm):
    """Keeps what is published complete, and the lists within their limits."""

    def clean_topics(self):
        topics = self.cleaned_data["topics"]
        if len(topics) > 3:
            raise forms.ValidationError("Bitte wählen Sie höchstens drei Themen.")
        return topics

    def clean_features(self):
        if len(self.cleaned_data["features"].splitlines()) > 20:
            raise forms.ValidationError("Bitte höchstens 20 Funktionen, eine je Zeile.")
        return self.cleaned_data["features"]

    def _post_clean(self):
        super()._post_clean()
        if self.instance.is_published and not self.errors:
            self.refuse_gaps()

    def refuse_gaps(self) -> None:
        missing = workflow.missing_core_fields(self.instance)
        chosen = {"Zielgruppen": "target_groups", "Themen": "topics"}
        missing += [label for label, name in chosen.items() if not self.cleaned_data[name]]
        if missing:
            self.add_error(None, NOTHING_MISSING.format(", ".join(missing)))


class OneStaysMixin:
    """Rows of a solution, at least one of which counts as long as the solution is published."""

    missing = ""

    def clean(self):
        super().clean()
        if self.instance.is_published and not any(self.errors) and not any(map(self.counts, self.kept_forms())):
            raise forms.ValidationError(NOTHING_MISSING.format(self.missing))

    def kept_forms(self) -> list:
        """The rows that hold something and are not to be deleted."""
        return [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]

    def counts(self, form) -> bool:
        return True
