"""Forms of the workshop topics."""

from django import forms

from ogl_portal.lib.forms import PortalForm


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


class TopicCommentForm(PortalForm):
    """What a member says to a topic."""

    text = forms.CharField(
        label="Ihr Kommentar", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur für die Arbeitsgruppe, mit Ihrem Namen.",
        error_messages={"required": "Bitte schreiben Sie einen Kommentar."},
    )  # fmt: skip
