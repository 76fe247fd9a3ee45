"""Forms of those who are invited: sharing the work, and „nicht zuständig“."""

from django import forms

from ogl_portal.lib.forms import PortalForm


class ShareForm(PortalForm):
    """The address of a colleague."""

    email = forms.EmailField(
        label="E-Mail-Adresse",
        max_length=254,
        help_text="Dienstliche Adresse aus Ihrer Organisation. Ein eigener Link zu diesem Bogen geht dorthin.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Bitte geben Sie eine E-Mail-Adresse ein.",
            "invalid": "Das ist keine E-Mail-Adresse. Sie sieht zum Beispiel so aus: name@example.org",
            "max_length": "Diese E-Mail-Adresse ist zu lang: höchstens %(limit_value)d Zeichen.",
        },
    )


class DeclineForm(PortalForm):
    """A word why."""

    reason = forms.CharField(
        label="Warum nicht?",
        max_length=1000,
        help_text="Ein Satz genügt, zum Beispiel: „Dafür ist bei uns Frau Beispiel zuständig.“",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Bitte sagen Sie mit einem Wort, warum Sie nicht zuständig sind.",
            "max_length": "Der Text ist zu lang: höchstens %(limit_value)d Zeichen.",
        },
    )
