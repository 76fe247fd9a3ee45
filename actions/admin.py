"""The lead's workplace for the action items."""

from django.contrib import admin, messages
from django.db import transaction

from ogl_portal.lib import dates
from ogl_portal.lib.admin import PortalTabularInline, RevisedAdmin

from . import workflow
from .forms import ActionItemAdminForm
from .matches import link_to_match
from .models import ActionItem, StatusChange


class DueFilter(admin.SimpleListFilter):
    """Overdue is computed, so it is a filter of its own."""

    title = "Fälligkeit"
    parameter_name = "faellig"

    def lookups(self, request, model_admin):
        return [("ueberfaellig", "überfällig"), ("kommt", "noch nicht fällig")]

    def queryset(self, request, queryset):
        words = {"ueberfaellig": queryset.overdue, "kommt": queryset.upcoming}
        return words[self.value()]() if self.value() in words else queryset


class HistoryInline(PortalTabularInline):
    """What became of the item; only the workflow writes it."""

    model = StatusChange
    fields = readonly_fields = ["at", "from_status", "to_status", "by", "note", "is_example"]
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by__person")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(ActionItem)
class ActionItemAdmin(RevisedAdmin):
    form = ActionItemAdminForm
    list_display = ["title", "letter", "status", "overdue", "due", "responsible", "source", "is_public"]
    list_filter = [
        "status",
        DueFilter,
        "responsible_kind",
        "due_kind",
        ("report", admin.RelatedOnlyFieldListFilter),
        "is_public",
        "is_example",
    ]
    search_fields = ["title", "description"]
    autocomplete_fields = ["responsible_persons"]
    actions = ["mark_done"]
    inlines = [HistoryInline]
    fieldsets = [
        (None, {"fields": ["title", "report", "letter", "description", "is_public", "is_example"]}),
        (
            "Termin (T)",
            {
                "fields": [
                    "due_kind",
                    ("due_from", "due_until"),
                    "days",
                    ("time_from", "time_until"),
                    "due_event",
                    "is_done_by_event",
                ],
                "description": "Wählen Sie die Art; was sie nicht braucht, bleibt leer.",
            },
        ),
        (
            "Verantwortung (V)",
            {"fields": ["responsible_kind", "responsible_persons", "responsible_organisation", "round"]},
        ),
        ("Stand", {"fields": ["status", "note"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).in_full().with_due()

    @admin.display(description="Report", ordering="report__event__starts_at")
    def source(self, item):
        return (
            f"{item.report.event.get_kind_display()} am {dates.day(item.report.event.starts_at)}"
            if item.report
            else "–"
        )

    @admin.display(description="Termin (T)", ordering="due")
    def due(self, item):
        return item.due_text_for_lead

    @admin.display(description="Verantwortlich (V)")
    def responsible(self, item):
        return item.responsible_text_for_members

    @admin.display(description="überfällig")
    def overdue(self, item):
        return "überfällig" if item.is_overdue else "–"

    @admin.action(description="Als erledigt markieren", permissions=["change"])
    def mark_done(self, request, queryset):
        done = 0
        for item in queryset.exclude(status=ActionItem.Status.DONE):
            try:
                workflow.change_status(item=item, to=ActionItem.Status.DONE, by=request.user)
                done += 1
            except workflow.StatusConflict:
                self.message_user(request, f"„{item}“ hat inzwischen jemand anderes geändert.", messages.WARNING)
        self.message_user(request, f"{done} Schritt(e) als erledigt markiert.", messages.SUCCESS)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Save everything but the status, and that through the workflow."""
        to = obj.status
        obj.status = form.initial["status"] if change else ActionItem.Status.OPEN
        obj.save()
        note = form.cleaned_data["note"]
        if not change:
            workflow.record_creation(item=obj, by=request.user, note=note if to == obj.status else "")
        if to != obj.status:
            workflow.change_status(item=obj, to=to, by=request.user, note=note)

    @transaction.atomic
    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.due_kind == ActionItem.DueKind.DAYS:
            workflow.write_days(item=form.instance, days=form.cleaned_data["days"])
        workflow.drop_leftovers(item=form.instance)
        if not change:
            link_to_match(form.instance, request.GET.get("vernetzung", ""))
