"""The next steps on the admin page of their report."""

from django import forms
from django.db.models import TextField
from django.forms import BaseInlineFormSet

from ogl_portal.lib.admin import PortalStackedInline
from sessions_app.forms import is_locked

from . import workflow
from .forms import ItemForm
from .models import ActionItem


class ItemFormSet(BaseInlineFormSet):
    """Whoever saves the report (``by``) stands in the history of the items that come with it."""

    by = None

    def save_new(self, form, commit=True):
        item = super().save_new(form, commit)
        workflow.record_creation(item=item, by=self.by)
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
        ("due_kind", "due_from", "due_until", "due_event"),
        ("responsible_kind", "responsible_persons", "responsible_organisation"),
        ("is_public", "seen_revision"),
    ]
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}}

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("letter", "pk")

    def has_add_permission(self, request, obj=None):
        """While the report is released its items change on their own pages only."""
        return super().has_add_permission(request, obj) and not (obj and is_locked(request, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_locked(request, obj))
