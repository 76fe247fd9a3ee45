"""The next steps on the admin page of their report."""

from collections import Counter

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.forms import BaseInlineFormSet

from ogl_portal.lib.admin import PortalStackedInline
from sessions_app.forms import is_locked

from . import workflow
from .corrections import working_items
from .forms import ItemForm
from .models import LETTER_IS_TAKEN, ActionItem

GONE = (
    "Einen dieser Schritte hat inzwischen jemand gelöscht oder einem anderen Report zugeordnet. Ihre Eingaben stehen "
    "noch da, sind aber nicht gesichert. Bitte laden Sie die Seite neu und tragen Sie sie dort ein."
)


READ = [("letter", "title"), "description", "due", "responsible", "is_public"]
"""What the page of a released report says of an item."""


class ItemFormSet(BaseInlineFormSet):
    """Whoever saves the report (``by``) stands in the history of the items that come with it."""

    by = None

    def get_queryset(self):
        """The items of the working text; before the report is saved there are none."""
        if not hasattr(self, "_queryset"):
            rows = working_items(self.instance) if self.instance.pk else ActionItem.objects.none()
            named = rows.select_related("due_event", "responsible_organisation")
            self._queryset = named.order_by("letter", "pk").prefetch_related("days", "responsible_persons")
        return self._queryset

    def _existing_object(self, pk):
        """The row of the working text for a number; the number is that of the item, whatever row holds its wording."""
        rows = {row.corrects_id or row.pk: row for row in self.get_queryset()}
        return rows.get(pk)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["number"].initial = form.instance.corrects_id or form.instance.pk

    def clean(self):
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError(GONE)
        self.compare_letters()

    def compare_letters(self) -> None:
        """Two rows of one page may be given the same letter at once, which neither finds stored."""
        valid = [form for form in self.forms if form.is_valid() and not form.cleaned_data.get("is_struck")]
        letters = Counter(form.cleaned_data.get("letter") for form in valid)
        for form in valid:
            if form.cleaned_data.get("letter") and letters[form.cleaned_data["letter"]] > 1:
                form.add_error("letter", LETTER_IS_TAKEN)

    def save_new(self, form, commit=True):
        item = super().save_new(form, commit)
        workflow.record_creation(item=item, by=self.by)
        return with_its_days(item, form)

    def save_existing(self, form, obj, commit=True):
        return with_its_days(super().save_existing(form, obj, commit), form)


def with_its_days(item: ActionItem, form) -> ActionItem:
    """Keep the single days of an item that is due on several, and no others."""
    if item.due_kind == ActionItem.DueKind.DAYS:
        workflow.write_days(item=item, days=form.cleaned_data["days"])
    workflow.drop_leftovers(item=item)
    return item


class ItemInline(PortalStackedInline):
    """Letters as the report has them, gaps allowed."""

    model = ActionItem
    form = ItemForm
    formset = ItemFormSet
    show_change_link = True
    can_delete = False
    autocomplete_fields = ["responsible_persons"]
    fields = [
        ("letter", "title"),
        "description",
        ("due_kind", "due_from", "due_until"),
        ("days", "due_event"),
        ("responsible_kind", "responsible_persons", "responsible_organisation"),
        ("is_public", "seen_revision"),
    ]
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}}

    def get_fields(self, request, obj=None):
        """What stands in a released version is struck rather than deleted; what nobody may change is said in short."""
        if not self.has_change_permission(request, obj):
            return READ
        fields = super().get_fields(request, obj)
        return [*fields, "is_struck"] if obj and obj.is_being_corrected else fields

    def get_readonly_fields(self, request, obj=None):
        return [] if self.has_change_permission(request, obj) else flatten(READ)

    @admin.display(description="Termin (T)")
    def due(self, item):
        return item.due_text_for_lead

    @admin.display(description="Verantwortlich (V)")
    def responsible(self, item):
        return item.responsible_text_for_members

    def has_add_permission(self, request, obj=None):
        """While the report is released its items change on their own pages only."""
        return super().has_add_permission(request, obj) and not (obj and is_locked(request, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_locked(request, obj))
