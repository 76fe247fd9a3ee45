"""The form that asks for a sign-in link, and the admin's form for a person."""

from itertools import pairwise

from django import forms

from ogl_portal.lib.files import FileForm, delete_files, put_file
from ogl_portal.lib.forms import PlainTextModelForm, PortalForm, PortalModelForm, RevisedModelForm
from ogl_portal.lib.uploads import PICTURES

from . import pictures, second_factor
from .models import Logo, MailPreference, Person, User


class SignInForm(PortalForm):
    email = forms.EmailField(
        label="E-Mail-Adresse",
        max_length=254,
        help_text="Die Adresse, unter der die OGL-Leitung Sie kennt, zum Beispiel vorname.nachname@example.org.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
            "invalid": "Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.org.",
            "max_length": "Diese E-Mail-Adresse ist zu lang: höchstens %(limit_value)d Zeichen.",
        },
    )


class CodeForm(PortalForm):
    """Asks the user for the second factor: a code of the app or a backup code."""

    mark_optional = False
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Sechs Ziffern aus der App auf Ihrem Gerät, oder einer Ihrer Backup-Codes.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={"required": "Bitte geben Sie den Code ein.", "max_length": "Dieser Code ist zu lang."},
    )

    def carries_out(self, verb, **what) -> bool:
        """Carry out a verb with the code that was given; return whether it was right, else say so at the field."""
        try:
            self.outcome = verb(code=self.cleaned_data["code"], **what)
        except second_factor.WrongCode as refusal:
            self.add_error("code", str(refusal))
            return False
        return True


class FirstCodeForm(CodeForm):
    """Asks for the first code of an app that has just learned the secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Die sechs Ziffern, die die App jetzt zeigt."


class MailPreferenceForm(PortalModelForm):
    """How much mail somebody wants; mails about moved and cancelled events always come."""

    mark_optional = False

    class Meta:
        model = MailPreference
        fields = ["steps", "events"]
        widgets = {"steps": forms.RadioSelect, "events": forms.RadioSelect}


class PersonForm(RevisedModelForm):
    """A person in the admin, whose sign-in follows the e-mail address."""

    class Meta:
        model = Person
        fields = "__all__"

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        own = User.objects.filter(person=self.instance) if self.instance.pk else User.objects.none()
        if email and User.objects.filter(email=email).exclude(pk__in=own).exists():
            raise forms.ValidationError("Mit dieser E-Mail-Adresse meldet sich schon jemand anderes an.")
        if not email and own.exists():
            refusal = "Die Person meldet sich mit der Adresse an. Löschen Sie zuerst ihren Zugang zum Portal."
            raise forms.ValidationError(refusal)
        return email


class MembershipInlineForm(PlainTextModelForm):
    """One of a person's memberships; those in the database may be about to change, so the formset compares them."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"person"}


class MembershipFormSet(forms.BaseInlineFormSet):
    """A person's memberships in the admin: no two share a day."""

    def clean(self):
        super().clean()
        kept = sorted((form.cleaned_data for form in self.kept_forms()), key=lambda data: data["begins_on"])
        for earlier, later in pairwise(kept):
            end = earlier.get("ends_on")
            if end is None or end >= later["begins_on"]:
                raise forms.ValidationError("Zwei Mitgliedschaften überschneiden sich. Bitte prüfen Sie die Tage.")

    def kept_forms(self):
        """The forms that hold a valid membership which is not to be deleted."""
        return [form for form in self.forms if form not in self.deleted_forms and form.cleaned_data.get("begins_on")]


class LogoForm(FileForm):
    """The logo on the admin page of an organisation."""

    class Meta(FileForm.Meta):
        model = Logo
        fields = ["file", "alternative_text"]
        widgets = {"file": forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"})}

    def clean_file(self):
        file = super().clean_file()
        if self.checked and self.checked.content_type not in PICTURES:
            raise forms.ValidationError("Ein Logo ist ein Bild: PNG, JPEG oder WebP.")
        return file

    def save(self, commit=True):
        if self.checked:
            delete_files(Logo.objects.filter(pk=self.instance.pk))
            put_file(self.instance, pictures.small(self.checked))
        return super().save(commit)


class LogoFormSet(forms.BaseInlineFormSet):
    def delete_existing(self, obj, commit=True):
        """The stored file goes with its row."""
        delete_files([obj])
        super().delete_existing(obj, commit)
