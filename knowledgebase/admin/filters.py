"""What the lead looks for in the list of solutions."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import CONSENT_ENDS_SOON, Contact


class DueReviewFilter(admin.SimpleListFilter):
    title = "Prüfung"
    parameter_name = "pruefung"

    def lookups(self, request, model_admin):
        return [("faellig", "Prüfung fällig"), ("bald", "in den nächsten 30 Tagen")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "faellig":
            return queryset.due_for_review(today)
        soon = queryset.published().filter(next_review_on__gt=today, next_review_on__lte=today + timedelta(days=30))
        return soon if self.value() == "bald" else queryset


class SecondLookFilter(admin.SimpleListFilter):
    title = "Gegenlesen"
    parameter_name = "gegenlesen"

    def lookups(self, request, model_admin):
        return [("ja", "nach der Veröffentlichung geändert")]

    def queryset(self, request, queryset):
        return queryset.changed_alone() if self.value() == "ja" else queryset


class ConsentFilter(admin.SimpleListFilter):
    title = "Einwilligung"
    parameter_name = "einwilligung"

    def lookups(self, request, model_admin):
        return [("bald", "endet bald oder ist abgelaufen"), ("keine", "keine gültige Ansprechperson"),
                ("fehlt", "veröffentlicht ohne Ansprechperson")]  # fmt: skip

    def queryset(self, request, queryset):
        today = timezone.localdate()
        contacts = Contact.objects.filter(solution=OuterRef("pk"), consented_on__lte=today)
        if self.value() == "bald":
            return queryset.filter(Exists(contacts.filter(valid_until__lte=today + CONSENT_ENDS_SOON)))
        words = {"keine": queryset.without_contact, "fehlt": queryset.published().without_contact}
        return words[self.value()]() if self.value() in words else queryset
