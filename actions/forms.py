"""Forms of the action items: the filter of the list, reporting progress, and the form of the admin."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.functional import cached_property

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.forms import PortalForm, RevisedModelForm, plausible_year

from .models import ActionItem
from .tracker import Numbers, numbers_by_report

CHANGED_MEANWHILE = (
    "Inzwischen hat jemand anderes diesen Schritt geändert. "
    "Bitte prüfen Sie den neuen Stand und senden Sie Ihre Angabe dann noch einmal ab."
)
NOT_YOURS_ANY_MORE = (
    "Der Schritt ist inzwischen entfallen, oder andere sind dafür verantwortlich; Ihre Meldung ist nicht gespeichert. "
    "Ihre Notiz steht unten auf dieser Seite im Feld für den Kommentar: Dort können Sie sie senden oder kopieren."
)
CORRECTED_MEANWHILE = (
    "Der Report wird inzwischen korrigiert. Ihre Eingaben stehen noch da, sind aber nicht gesichert: Den Wortlaut "
    "ändern Sie jetzt im Entwurf der nächsten Fassung."
)
GONE_MEANWHILE = (
    "Diesen Entwurf gibt es nicht mehr: Die Korrektur ist inzwischen freigegeben, oder der Schritt ist gelöscht. "
    "Ihre Eingaben stehen noch da, sind aber nicht gesichert. Bitte kopieren Sie, was Sie noch brauchen."
)


class ItemFilterForm(PortalForm):
    """The filter of the list; its state is the address, so what is no choice is said and left out."""

    mark_optional = False

    STATES = {
        "zu-tun": ("noch zu tun", lambda items: items.open()),
        "ueberfaellig": ("überfällig", lambda items: items.overdue()),
        "in-arbeit": ("in Arbeit", lambda items: items.filter(status=ActionItem.Status.IN_PROGRESS)),
        "erledigt": ("erledigt", lambda items: items.done()),
        "entfallen": ("entfallen", lambda items: items.filter(status=ActionItem.Status.DROPPED)),
    }
    RESPONSIBLE = {
        "personen": ActionItem.ResponsibleKind.PERSONS,
        "alle-mitglieder": ActionItem.ResponsibleKind.EVERYONE,
        "leitung": ActionItem.ResponsibleKind.LEAD,
        "organisation": ActionItem.ResponsibleKind.ORGANISATION,
        "offen": ActionItem.ResponsibleKind.OPEN,  # and what nobody has said yet, which reads the same
    }
    NO_CHOICE = "Diese Auswahl gibt es nicht; wir zeigen alles."

    stand = forms.ChoiceField(label="Stand", required=False, error_messages={"invalid_choice": NO_CHOICE})
    verantwortlich = forms.ChoiceField(
        label="Verantwortlich", required=False, error_messages={"invalid_choice": NO_CHOICE}
    )
    report = forms.ChoiceField(label="Aus dem Report", required=False, error_messages={"invalid_choice": NO_CHOICE})

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        mine = [("ich", "ich (meine Schritte)")] if belongs_to_group(user) else []
        kinds = [(word, kind.label) for word, kind in self.RESPONSIBLE.items()]
        states = [(word, label) for word, (label, _) in self.STATES.items()]
        self.fields["stand"].choices = [("", "alle"), *states]
        self.fields["verantwortlich"].choices = [("", "alle"), *mine, *kinds]
        self.fields["report"].choices = self.reports  # asked for when the other two are known

    def reports(self) -> list[tuple[str, str]]:
        """The reports of which the reader may see an item."""
        return [("", "alle"), *(key for key in self.by_report if key)]

    @cached_property
    def visible(self):
        return ActionItem.objects.visible_to(self.user)

    @cached_property
    def narrowed(self):
        """Those that were asked for, of whatever report; what is no choice narrows nothing."""
        stand, who = (self.cleaned_data.get(name) for name in ["stand", "verantwortlich"])
        items = self.STATES[stand][1](self.visible) if stand else self.visible
        if who == "ich":
            return items.of(self.user)
        kinds, kind = ActionItem.ResponsibleKind, self.RESPONSIBLE.get(who)
        wanted = [kind, kinds.UNSET] if kind == kinds.OPEN else [kind]
        return items.filter(responsible_kind__in=wanted) if who else items

    @cached_property
    def by_report(self) -> dict:
        """How many items were asked for, by the report that they are of."""
        return numbers_by_report(self.visible, self.narrowed)

    def chosen(self):
        """The items that were asked for."""
        self.is_valid()
        report = self.cleaned_data.get("report")
        return self.narrowed.filter(report__slug=report) if report else self.narrowed

    @property
    def numbers(self) -> Numbers:
        """How many that are."""
        report = self.cleaned_data.get("report")
        wanted = (found for key, found in self.by_report.items() if not report or (key and key[0] == report))
        return sum(wanted, Numbers())


class ProgressForm(PortalForm):
    """A responsible member says how far the item is."""

    CHOICES = [ActionItem.Status.OPEN, ActionItem.Status.IN_PROGRESS, ActionItem.Status.DONE]

    status = forms.ChoiceField(
        label="Neuer Stand", widget=forms.RadioSelect, error_messages={"required": "Bitte wählen Sie den neuen Stand."}
    )
    note = forms.CharField(label="Notiz", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    revision = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, item: ActionItem, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = item.revision
        self.fields["status"].choices = [(s.value, s.label) for s in self.CHOICES if s != item.status]
        self.fields["note"].help_text = (
            "Höchstens 500 Zeichen. Die Notiz steht öffentlich auf dieser Seite, ohne Ihren Namen."
            if item.is_public
            else "Höchstens 500 Zeichen. Die Notiz sehen nur die Mitglieder der Arbeitsgruppe."
        )


class CommentForm(PortalForm):
    """What somebody of the AG says to an item."""

    text = forms.CharField(
        label="Ihr Kommentar", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Höchstens 2.000 Zeichen. Kommentare sehen nur die Mitglieder der Arbeitsgruppe.",
        error_messages={"required": "Bitte schreiben Sie einen Kommentar."},
    )  # fmt: skip


class DaysField(forms.CharField):
    """Several days in one line: 03.06.2021, 17.06.2021."""

    def prepare_value(self, value):
        return ", ".join(f"{day:%d.%m.%Y}" for day in value) if isinstance(value, list) else value

    def to_python(self, value) -> list[date]:
        words = [word for word in re.split(r"[,;\s]+|und", super().to_python(value)) if word]
        return sorted({self.to_day(word) for word in words})

    def to_day(self, word: str) -> date:
        """Return the date that a word stands for; raises ValidationError with the word in it."""
        try:
            day = forms.DateField(input_formats=get_format("DATE_INPUT_FORMATS")).clean(word)
        except ValidationError:
            raise ValidationError(
                "„%(word)s“ ist kein Datum. Bitte schreiben Sie die Tage so: 03.06.2021, 17.06.2021.",
                params={"word": word[:40]},
            ) from None
        plausible_year(day)
        return day


class ItemForm(RevisedModelForm):
    """An item, as it is written in its report; comments and the state stand on its own page."""

    days = DaysField(
        label="Tage", required=False, max_length=2000, widget=forms.TextInput(attrs={"size": 60}),
        help_text="Nur bei „mehrere Tage“, mit Komma: 03.06.2021, 17.06.2021.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["days"] = [row.day for row in self.instance.days.all()]
        if "is_struck" in self.fields and not self.instance.corrects_id:
            self.fields["is_struck"].disabled, self.fields["is_struck"].widget = True, forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        names_persons = cleaned.get("responsible_kind") == ActionItem.ResponsibleKind.PERSONS
        if names_persons and "responsible_persons" in cleaned and not cleaned["responsible_persons"]:
            self.add_error("responsible_persons", "Bitte wählen Sie mindestens eine Person aus.")
        if cleaned.get("due_kind") == ActionItem.DueKind.DAYS and "days" in cleaned:
            self.clean_several_days(cleaned["days"])
        return cleaned

    def clean_several_days(self, days: list[date]) -> None:
        """The rows of days give the item its first and its last one."""
        if days:
            self.cleaned_data.update(due_from=days[0], due_until=days[-1])
        else:
            self.cleaned_data.update(due_from=None, due_until=None)


class ActionItemAdminForm(ItemForm):
    """All kinds of Termin and responsibility in one form."""

    note = forms.CharField(
        label="Notiz zum Stand", required=False, max_length=500, widget=forms.TextInput(attrs={"size": 60}),
        help_text="Steht im Verlauf, wenn Sie den Stand ändern; bei öffentlichen Schritten lesen ihn alle.",
    )  # fmt: skip

    class Meta:
        model = ActionItem
        fields = "__all__"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("note") and self.instance.pk and cleaned.get("status") == self.instance.status:
            self.add_error("note", "Eine Notiz gehört zu einem neuen Stand. Bitte ändern Sie auch den Stand.")
        return cleaned

    def reason_to_refuse(self) -> str:
        is_late = self.instance.awaits_correction and "title" in self.fields
        return CORRECTED_MEANWHILE if is_late else super().reason_to_refuse()

    def refuse(self, reason: str) -> None:
        """What belongs into the draft of the next version stays refused, however often it is sent."""
        super().refuse(reason)
        if reason == CORRECTED_MEANWHILE:
            self.data["seen_revision"] = ""
