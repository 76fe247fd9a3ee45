"""The lead's list of who registered: to read, to check off, to take along as a table."""

import csv

from django.contrib import admin, messages
from django.http import HttpResponse

from ogl_portal.lib import audit, dates
from ogl_portal.lib.admin import PortalAdmin
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.cells import guard
from ogl_portal.lib.subscription_admin import BaseSubscriptionAdmin

from .. import workflow
from ..models import Registration, Subscription

COLUMNS = ["Name", "E-Mail-Adresse", "Organisation", "Stand", "bestätigt", "war dabei", "Termin", "Beginn"]


def csv_rows(registrations):
    """A row for each registration, as people read it."""
    for each in registrations:
        confirmed = dates.moment(each.confirmed_at) if each.confirmed_at else ""
        attended = "ja" if each.has_attended else "nein"
        state, event = each.get_status_display(), each.event
        yield [each.name, each.email, each.organisation, state, confirmed, attended, event.title, event.when]


@admin.register(Registration)
class RegistrationAdmin(PortalAdmin):
    """Registrations come in by mail only; the lead checks off who was there."""

    list_display = ["name", "email", "organisation", "status", "confirmed_at", "has_attended"]
    ordering = ["event", "status", "confirmed_at", "pk"]
    list_filter = ["status", "has_attended", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name", "email", "organisation"]
    fields = ["event", "name", "email", "organisation", "status", "requested_at", "confirmed_at", "cancelled_at",
              "has_attended"]  # fmt: skip
    readonly_fields = [field for field in fields if field != "has_attended"]
    actions = ["check_off", "uncheck", "cancel", "export"]

    def get_list_display(self, request):
        """The event is said once, by the filter."""
        is_of_one = "event__id__exact" in request.GET
        return self.list_display if is_of_one else [*self.list_display, "event"]

    def has_add_permission(self, request):
        return False

    @admin.action(description="War dabei", permissions=["change"])
    def check_off(self, request, queryset):
        count = queryset.placed().update(has_attended=True)
        self.message_user(request, f"{count} Personen als „war dabei“ eingetragen.", messages.SUCCESS)

    @admin.action(description="War nicht dabei", permissions=["change"])
    def uncheck(self, request, queryset):
        count = queryset.update(has_attended=False)
        self.message_user(request, f"{count} Personen als „war nicht dabei“ eingetragen.", messages.SUCCESS)

    @admin.action(description="Abmelden (die Warteliste rückt nach)", permissions=["change"])
    def cancel(self, request, queryset):
        done = [workflow.cancel_registration(registration=registration) for registration in queryset]
        count, rest = done.count(True), done.count(False)
        if count:
            text = f"Abgemeldet: {count}. Wer nachrückt, bekommt eine Mail."
            self.message_user(request, text, messages.SUCCESS)
        if rest:
            text = f"Nicht abgemeldet: {rest}, weil sie es schon sind oder der Termin abgesagt oder vorbei ist."
            self.message_user(request, text, messages.WARNING)

    @admin.action(description="Als Tabelle (CSV) herunterladen", permissions=["view"])
    def export(self, request, queryset):
        """UTF-8 with byte order mark, semicolons, everything in quotes, and no cell a formula."""
        what = f"Liste der Anmeldungen exportiert (CSV, {queryset.count()} Zeilen)"
        audit.record(AuditRecord.Kind.EXPORTED, what, by=request.user, label=str(self.opts.verbose_name_plural))
        headers = {"Content-Disposition": 'attachment; filename="anmeldungen.csv"'}
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
        writer = csv.writer(response, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([guard(cell) for cell in row] for row in csv_rows(queryset.select_related("event")))
        return response

    def delete_model(self, request, obj):
        self.delete_queryset(request, Registration.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        """Places that become free go to the waiting list, and mails that have not left are taken back."""
        workflow.remove_registrations(registrations=queryset)


@admin.register(Subscription)
class SubscriptionAdmin(BaseSubscriptionAdmin):
    """Who hears of a series; the holders of the addresses decide."""

    end_subscription = workflow.end_subscription
    list_display = ["email", "series", "requested_at", "confirmed_at"]
    list_filter = [("series", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["series"]
    search_fields = ["email"]
    fields = readonly_fields = ["series", "email", "requested_at", "asked_again_at", "confirmed_at"]
