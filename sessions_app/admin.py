"""The lead's workplace for series, events and reports."""

from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple, Textarea
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import LastingAddressMixin, PortalStackedInline, PortalTabularInline, RevisedAdmin
from ogl_portal.lib.fields import MarkdownField

from . import workflow
from .forms import ReportForm, ReportSectionForm
from .models import AgendaItem, Attendance, Event, Report, ReportSection, Series

ORGANISERS_AS_CHECKBOXES = {**RevisedAdmin.formfield_overrides, ManyToManyField: {"widget": CheckboxSelectMultiple}}
"""Django's own widgets for choosing several are not accessible (a list of what is no list item) or half in English."""


@admin.register(Series)
class SeriesAdmin(LastingAddressMixin, RevisedAdmin):
    list_display = ["title", "summary"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = ORGANISERS_AS_CHECKBOXES


class AgendaInline(PortalTabularInline):
    model = AgendaItem
    formfield_overrides = {MarkdownField: {"widget": Textarea(attrs={"rows": 3, "cols": 50})}}


class AttendanceInline(PortalTabularInline):
    model = Attendance
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


@admin.register(Event)
class EventAdmin(LastingAddressMixin, RevisedAdmin):
    """Events from announcement to result; from here their reports begin."""

    list_display = ["title", "kind", "when", "status", "is_published", "is_example"]
    list_filter = ["kind", "status", "is_published", "series", "is_example"]
    search_fields = ["title", "summary"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = ORGANISERS_AS_CHECKBOXES
    inlines = [AgendaInline, AttendanceInline]
    actions = ["start_reports", "invite_members", "publish"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "slug", "summary", "description"]}),
        ("Wann und wo", {"fields": ["starts_at", "ends_at", "time_is_known", "is_online", "place"]}),
        ("Teilnahme", {"fields": ["join_url", "is_open_to_all"]}),
        ("Serie und Veranstaltende", {"fields": ["series", "number", "organisers"]}),
        ("Stand", {"fields": ["status", "status_note", "is_published", "is_example"]}),
        ("Ergebnis", {"fields": ["outcome"]}),
    ]

    def address_stays(self, event) -> bool:
        return event.is_published

    @admin.display(description="Wann", ordering="starts_at")
    def when(self, event):
        return event.when

    @admin.action(description="Report beginnen", permissions=["change"])
    def start_reports(self, request, queryset):
        """One leads straight to its report."""
        started = []
        for event in queryset:
            done = f"Der Report zu „{event.title}“ ist begonnen. Sie finden ihn unter „Reports“."
            if self.carry_out(request, done, workflow.start_report, event=event):
                started.append(event.report)
        if len(started) == 1:
            return HttpResponseRedirect(reverse("admin:sessions_app_report_change", args=[started[0].pk]))
        return None

    @admin.action(description="Teilnahme: Mitglieder eintragen", permissions=["change"])
    def invite_members(self, request, queryset):
        for event in queryset:
            done = f"Die Mitglieder stehen jetzt in der Teilnahme von „{event.title}“."
            self.carry_out(request, done, workflow.invite_members, event=event)

    @admin.action(description="Veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        for event in queryset:
            self.carry_out(request, f"„{event.title}“ ist veröffentlicht.", workflow.publish_event, event=event)


class SectionInline(PortalStackedInline):
    """The seven sections, as they stand: none can be added or taken away."""

    model = ReportSection
    form = ReportSectionForm
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_locked(request, obj))


def is_locked(request, report: Report) -> bool:
    """Whether the page of a report shows its text to read only.

    A released report sends no text; who sends some began before the release, and gets it back to keep.
    """
    return report.is_released and "title" not in request.POST


@admin.register(Report)
class ReportAdmin(RevisedAdmin):
    """Reports with their seven sections; a released one must be withdrawn before its text can change."""

    form = ReportForm
    change_form_template = "sessions_app/admin_report_form.html"
    list_display = ["title", "event", "status", "distribution_date", "pdf_link"]
    list_filter = ["status"]
    list_select_related = ["event"]
    search_fields = ["title", "event__title"]
    inlines = [SectionInline]
    actions = ["submit", "release", "withdraw"]
    fields = ["event", "title", "slug", "distribution_date", "next_meeting", "status", "released_at"]
    verbs = {
        "_submit": (workflow.submit_report, "„{}“ liegt jetzt den Mitgliedern zur Prüfung vor."),
        "_release": (workflow.release_report, "„{}“ ist freigegeben und öffentlich."),
        "_withdraw": (workflow.withdraw_report, "„{}“ ist zurückgezogen und wieder ein Entwurf."),
    }

    @admin.display(description="PDF")
    def pdf_link(self, report):
        link = '<a href="{}">PDF<span class="visually-hidden">: {}</span></a>'
        return format_html(link, report.get_pdf_url(), report)

    def get_readonly_fields(self, request, obj=None):
        """The address stays from the first day: members know it before the release."""
        if obj and is_locked(request, obj):
            return self.fields
        return ["slug", "status", "released_at"] if obj else ["status", "released_at"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_released)

    def get_actions(self, request):
        """Deleting many at once would pass over the rule for released reports."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            workflow.add_sections(report=obj)

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, "Der Report ist angelegt. Jetzt fehlen die Texte der sieben Abschnitte.")
        return HttpResponseRedirect(reverse("admin:sessions_app_report_change", args=[obj.pk]))

    def response_change(self, request, obj):
        """Save, then do what the pressed button says."""
        pressed = next((name for name in self.verbs if name in request.POST), None)
        if not pressed:
            return super().response_change(request, obj)
        self.move(request, obj, pressed)
        return HttpResponseRedirect(request.path)

    def move(self, request, report, name: str) -> None:
        """Take a report to another status by the verb of a button."""
        verb, done = self.verbs[name]
        self.carry_out(request, done.format(report), verb, report=report)

    @admin.action(description="Zur Mitgliederprüfung geben", permissions=["change"])
    def submit(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_submit")

    @admin.action(description="Freigeben", permissions=["change"])
    def release(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_release")

    @admin.action(description="Zurückziehen", permissions=["change"])
    def withdraw(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_withdraw")
