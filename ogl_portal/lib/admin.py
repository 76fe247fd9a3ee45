"""Base classes of the admin, and the outbox to look into."""

from django.contrib import admin
from django.db import models
from django.forms import BaseInlineFormSet

from .forms import PlainTextModelForm
from .models import OutgoingMail


class PlainTextAdminMixin:
    """Every admin form takes plain text only; an address typed without a scheme means https."""

    form = PlainTextModelForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class PortalAdmin(PlainTextAdminMixin, admin.ModelAdmin):
    """Base of the portal's admin pages."""

    list_per_page = 50


class NamedDeletionFormSet(BaseInlineFormSet):
    """Gives the tick that deletes a row its name, which Django's table leaves out (WCAG 4.1.2)."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Zeile löschen"


class PortalTabularInline(PlainTextAdminMixin, admin.TabularInline):
    formset = NamedDeletionFormSet
    extra = 0


class PortalStackedInline(PlainTextAdminMixin, admin.StackedInline):
    extra = 0


@admin.register(OutgoingMail)
class OutgoingMailAdmin(PortalAdmin):
    list_display = ["subject", "recipient", "created_at", "sent_at", "failed_at", "attempts"]
    list_filter = ["sent_at", "failed_at"]
    search_fields = ["recipient", "subject"]
    fields = readonly_fields = ["recipient", "subject", "created_at", "sent_at", "failed_at", "attempts", "error"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
