"""Forms of the workshop topics."""

from django import forms

from ogl_portal.lib.forms import PortalForm, PortalFormMixin, RevisedModelForm

from .models import WorkshopTopic
from .workflow import TAKEN_UP


class TopicForm(PortalForm):
    """A question for the workshop."""

    title = forms.CharField(
        label="Ihre Frage", max_length=200, help_text="In einem Satz, etwa: Wie gewinnen wir …?",
        error_messages={"required": "Bitte schreiben Sie Ihre Frage."},
    )  # fmt: skip
    text = forms.CharField(
        label="Erläuterung", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Warum ist die Frage wichtig, und was wissen Sie schon?",
    )  # fmt: skip


class OwnTopicForm(PortalFormMixin, RevisedModelForm):
    """One's own topic, worded anew; it never overwrites what changed since it was opened."""

    title, text = TopicForm.base_fields["title"], TopicForm.base_fields["text"]

    class Meta:
        model = WorkshopTopic
        fields = ["title", "text"]

    def reason_to_refuse(self) -> str:
        may_change = self.instance.may_be_changed_by(self.instance.proposed_by)
        return super().reason_to_refuse() if may_change else TAKEN_UP


class TopicCommentForm(PortalForm):
    """What a member says to a topic."""

    text = forms.CharField(
        label="Ihr Kommentar", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur für die Arbeitsgruppe, mit Ihrem Namen.",
        error_messages={"required": "Bitte schreiben Sie einen Kommentar."},
    )  # fmt: skip
