"""The lead's workplace for series and events."""

from django.contrib import admin, messages
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple, Textarea
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import LastingAddressMixin, PortalTabularInline, RevisedAdmin
from ogl_portal.lib.fields import MarkdownField
from ogl_portal.lib.files import delete_files

from .. import workflow
from ..models import AgendaItem, Attendance, Event, EventMaterial, Series
from .materials import MaterialInline, SpeakerInline
from .meetings import AgendaFormSet, AgendaItemForm

ORGANISERS_AS_CHECKBOXES = {**RevisedAdmin.formfield_overrides, ManyToManyField: {"widget": CheckboxSelectMultiple}}
"""Django's own widgets for choosing several are not accessible (a list of what is no list item) or half in English."""

COUNTED_ON = (
    "„{}“ ist anderen schon bekannt, durch eine Einladung, eine Anmeldung oder das Abo der Serie. Bitte geben Sie dem "
    "Termin den Stand „abgesagt“, dann schreibt das Portal ihnen allen. Löschen lässt er sich, sobald er vorbei ist."
)
"""Stands in Django's list of what forbids deleting something."""
WITHOUT_DATE = (
    "„{}“ gilt jetzt als verschoben ohne neuen Termin; das erfahren alle, denen er bekannt ist. Steht der neue schon "
    "unter „Beginn“, tragen Sie bitte auch den „bisherigen Beginn“ ein."
)


@admin.register(Series)
class SeriesAdmin(LastingAddressMixin, RevisedAdmin):
    list_display = ["title", "summary"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = ORGANISERS_AS_CHECKBOXES


class AgendaInline(PortalTabularInline):
    model = AgendaItem
    form, formset = AgendaItemForm, AgendaFormSet
    formfield_overrides = {MarkdownField: {"widget": Textarea(attrs={"rows": 3, "cols": 50})}}


class AttendanceInline(PortalTabularInline):
    """Saves the rows alone that were changed here: others may have answered since the page was opened."""

    model = Attendance
    autocomplete_fields = ["person"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        told = {"show_hidden_initial": True} if db_field.name == "status" else {}
        return super().formfield_for_dbfield(db_field, request, **kwargs, **told)

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
    inlines = [AgendaInline, SpeakerInline, MaterialInline, AttendanceInline]
    actions = ["start_reports", "invite_members", "send_invitations", "note_attendance", "publish"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "slug", "summary", "description"]}),
        ("Wann und wo", {"fields": ["starts_at", "ends_at", "time_is_known", "is_online", "place"]}),
        ("Teilnahme", {"fields": ["join_url", "is_open_to_all"]}),
        ("Anmeldung", {"fields": ["takes_registrations", "capacity", "registration_closes_at", "registered"]}),
        ("Serie und Veranstaltende", {"fields": ["series", "number", "organisers"]}),
        ("Stand", {"fields": ["status", "status_note", "moved_from", "is_published", "is_example"]}),
        ("Ergebnis", {"fields": ["outcome"]}),
    ]
    readonly_fields = ["registered"]

    @admin.display(description="Anmeldungen")
    def registered(self, event):
        """How many registered, and the way to their list."""
        if not event.pk:
            return "–"
        placed, waiting = event.registrations.placed().count(), event.registrations.waiting().count()
        page = f"{reverse('admin:sessions_app_registration_changelist')}?event__id__exact={event.pk}"
        return format_html('<a href="{}">{} angemeldet, {} auf der Warteliste</a>', page, placed, waiting)

    def address_stays(self, event) -> bool:
        return event.is_published

    def save_model(self, request, obj, form, change):
        """Calendars and feeds count what changed; who moves an event in two steps is told what the first one says."""
        workflow.note_changes(event=obj)
        super().save_model(request, obj, form, change)
        if obj.is_postponed and {"status", "moved_from"} & set(form.changed_data):
            self.message_user(request, WITHOUT_DATE.format(obj.title), messages.WARNING)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is EventMaterial and any(material.is_public for material in formset.new_objects):
            workflow.note_materials(event=form.instance)
        if formset.model is Attendance:
            changed = [row for row, _ in formset.changed_objects]
            workflow.note_entered_answers(event=form.instance, attendances=changed + formset.new_objects)

    def get_deleted_objects(self, objs, request):
        """What people count on is not deleted, one by one or many at once; the page says what to do instead."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        refused = [COUNTED_ON.format(event.title) for event in objs if workflow.is_counted_on(event)]
        return deleted, counts, lacking, [*protected, *refused]

    def delete_model(self, request, obj):
        delete_files(obj.materials.all())
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        delete_files(EventMaterial.objects.filter(event__in=queryset))
        super().delete_queryset(request, queryset)

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

    @admin.action(description="Einladung an die Mitglieder senden", permissions=["change"])
    def send_invitations(self, request, queryset):
        for event in queryset:
            done = f"Die Einladungen zu „{event.title}“ liegen im Postausgang."
            self.carry_out(request, done, workflow.send_invitations, event=event)

    @admin.action(description="Teilnahme: Zusagen als „dabei“ eintragen", permissions=["change"])
    def note_attendance(self, request, queryset):
        for event in queryset:
            done = f"Wer zu „{event.title}“ zugesagt hat, ist als „dabei“ eingetragen."
            self.carry_out(request, done, workflow.note_attendance, event=event)

    def save_related(self, request, form, formsets, change):
        """More places than before go to the waiting list at once."""
        super().save_related(request, form, formsets, change)
        workflow.move_up(event=form.instance)

    @admin.action(description="Veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        for event in queryset:
            self.carry_out(request, f"„{event.title}“ ist veröffentlicht.", workflow.publish_event, event=event)
