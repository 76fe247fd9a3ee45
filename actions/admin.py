"""The lead's workplace for the action items."""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from ogl_portal.lib import dates
from ogl_portal.lib.admin import PortalTabularInline, RevisedAdmin
from ogl_portal.lib.numbers import small_number
from sessions_app.models import Report

from . import workflow
from .forms import GONE_MEANWHILE, ActionItemAdminForm
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


AGREED = ["title", "source", "letter", "due", "responsible", "is_public"]
"""What is read only while the report that agreed it is corrected."""
TERMIN = (
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
)
RESPONSIBILITY = (
    "Verantwortung (V)",
    {"fields": ["responsible_kind", "responsible_persons", "responsible_organisation", "round"]},
)
STATE = ("Stand", {"fields": ["status", "note"]})


def fieldsets_of(item: ActionItem | None, is_late: bool = False) -> list:
    """What the page of an item shows: all of it, its state alone while it awaits a correction, or the correction.

    Whoever ``is_late`` typed the wording before the correction began, and gets it back.
    """
    if item and item.corrects_id:
        said = "So steht der Schritt in der nächsten Fassung des Reports. Öffentlich wird das mit ihrer Freigabe."
        return fieldsets_of_correction(said)
    texts, said = ["title", "report", "letter", "description", "is_public", "is_example"], ""
    if item and item.awaits_correction:
        link = '<a href="{}">Entwurf der nächsten Fassung</a>'
        page = format_html(link, reverse("admin:actions_actionitem_change", args=[item.correction.pk]))
        said = format_html("Der Report wird gerade korrigiert. Den Wortlaut ändern Sie im {}.", page)
        if not is_late:
            return [(None, {"fields": AGREED, "description": said}), STATE]
    return [(None, {"fields": texts, "description": said}), TERMIN, RESPONSIBILITY, STATE]


def fieldsets_of_correction(said: str = "") -> list:
    """What a correction of an item may change."""
    texts = ["title", "letter", "description", "is_public", "is_struck"]
    return [(None, {"fields": texts, "description": said}), TERMIN, RESPONSIBILITY]


def is_late(request, item: ActionItem | None) -> bool:
    """Whether a page sends the wording of an item that was opened before the correction of its report began."""
    is_typed = "title" in request.POST and item is not None and item.awaits_correction
    return is_typed and request.POST.get("seen_revision") != str(item.revision)


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

    def get_queryset(self, request):
        """The list has the items; the page of one may be that of its correction."""
        match = request.resolver_match
        names_one = match is not None and "object_id" in match.kwargs
        items = ActionItem.with_corrections.all() if names_one else super().get_queryset(request)
        return items.in_full().with_due()

    def get_object(self, request, object_id, from_field=None):
        """While an item is saved its report is not released, and no correction of it begun: they lock it as well."""
        number = small_number(object_id)
        if request.method == "POST" and number and transaction.get_connection().in_atomic_block:
            locked = Report.objects.select_for_update(no_key=True, of=("self",)).filter(action_items=number)
            locked.order_by("pk").first()
        return super().get_object(request, object_id, from_field)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What was typed into a correction that was released meanwhile comes back, to be kept."""
        if "title" not in request.POST:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        fieldsets = fieldsets_of_correction()
        form = self.get_form(request, fields=flatten_fieldsets(fieldsets))(request.POST)
        form.full_clean()
        form.is_refused = True
        form.add_error(None, GONE_MEANWHILE)
        shown = helpers.AdminForm(form, fieldsets, {}, [], self)
        context = {
            **self.admin_site.each_context(request),
            "title": "Entwurf eines Schritts",
            "adminform": shown,
            "errors": helpers.AdminErrorList(form, []),
            "inline_admin_formsets": [],
            "media": self.media + shown.media,
            **dict.fromkeys(["show_save", "show_save_and_continue", "show_save_and_add_another"], False),
        }
        return self.render_change_form(request, context, add=True)

    def fieldsets_for(self, request, obj=None):
        return fieldsets_of(obj, is_late(request, obj))

    def get_readonly_fields(self, request, obj=None):
        is_agreed = obj and obj.awaits_correction and not is_late(request, obj)
        return AGREED if is_agreed else super().get_readonly_fields(request, obj)

    def get_inlines(self, request, obj):
        return [] if obj and obj.corrects_id else self.inlines

    def has_delete_permission(self, request, obj=None):
        """What stands in a released report is struck with a correction of it."""
        is_kept = obj and obj.report and (obj.stands or obj.corrects_id)
        return super().has_delete_permission(request, obj) and not is_kept

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
        if "status" not in form.cleaned_data:
            obj.save()
            return
        to = obj.status
        obj.status = form.initial["status"] if change else ActionItem.Status.OPEN
        obj.save()
        note = form.cleaned_data["note"]
        if not change:
            workflow.record_creation(item=obj, by=request.user, note=note if to == obj.status else "")
        if to != obj.status:
            workflow.change_status(item=obj, to=to, by=request.user, note=note)

    def response_change(self, request, obj):
        """From a correction back to the report that it belongs to, where the next one waits."""
        answer = super().response_change(request, obj)
        is_done = obj.corrects_id and "_save" in request.POST
        page = reverse("admin:sessions_app_report_change", args=[obj.report_id]) if is_done else ""
        return HttpResponseRedirect(f"{page}#action_items-group") if is_done else answer

    @transaction.atomic
    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.cleaned_data.get("due_kind") == ActionItem.DueKind.DAYS:
            workflow.write_days(item=form.instance, days=form.cleaned_data["days"])
        workflow.drop_leftovers(item=form.instance)
        if not change:
            link_to_match(form.instance, request.GET.get("vernetzung", ""))
