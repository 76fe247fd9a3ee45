"""The lead's workplace for the Wissensdatenbank."""

from django.contrib import admin
from django.forms import BaseInlineFormSet

from ogl_portal.lib.admin import (
    LastingAddressMixin,
    NamedDeletionFormSet,
    PortalStackedInline,
    PortalTabularInline,
    RevisedAdmin,
)

from .. import workflow
from ..forms.admin import OneStaysMixin, SolutionAdminForm
from ..models import Contact, Link, Solution, Step


class StepFormSet(OneStaysMixin, BaseInlineFormSet):
    missing = "mindestens ein Schritt"


class StepInline(PortalStackedInline):
    model = Step
    formset = StepFormSet


class LinkInline(PortalTabularInline):
    model = Link


class ContactFormSet(OneStaysMixin, NamedDeletionFormSet):
    missing = "eine Ansprechperson mit Einwilligung, die heute gilt"

    def counts(self, form) -> bool:
        return form.instance.is_public


class ContactInline(PortalTabularInline):
    model = Contact
    formset = ContactFormSet


@admin.register(Solution)
class SolutionAdmin(LastingAddressMixin, RevisedAdmin):
    """The status changes through the actions of the list only, so that publication checks what is missing."""

    form = SolutionAdminForm
    list_display = ["title", "status", "kind", "publisher", "reviewed_on", "next_review_on", "is_example"]
    list_filter = ["status", "kind", "stage", "topics", "target_groups", "is_example"]
    list_select_related = ["publisher"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["target_groups", "topics"]
    readonly_fields = ["status", "published_at", "published_by", "uuid"]
    inlines = [StepInline, ContactInline, LinkInline]
    actions = ["submit", "publish", "archive"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "description", "problem", "benefit", "features"]}),
        ("Einordnung", {"fields": ["kind", "reuse_model", "stage", "licence", "publisher", "target_groups", "topics"]}),
        ("Aufwand", {"fields": [("effort_days_from", "effort_days_to"), "duration_weeks", "technical_requirements"]}),
        ("Kosten", {"fields": [("once_kind", "once_from", "once_to"), ("yearly_kind", "yearly_from", "yearly_to")]}),
        ("Prüfung", {"fields": [("reviewed_on", "next_review_on")]}),
        ("Stand", {"fields": ["status", "published_at", "published_by", "uuid", "is_example"]}),
    ]

    def address_stays(self, solution) -> bool:
        return solution.published_at is not None

    @admin.action(description="Zur Prüfung einreichen", permissions=["change"])
    def submit(self, request, queryset):
        self.move(request, queryset, workflow.submit_solution, "eingereicht")

    @admin.action(description="Veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        self.move(request, queryset, workflow.publish_solution, "veröffentlicht")

    @admin.action(description="Archivieren", permissions=["change"])
    def archive(self, request, queryset):
        self.move(request, queryset, workflow.archive_solution, "archiviert")

    def move(self, request, queryset, verb, done: str) -> None:
        """Apply the verb to each solution and say what happened to it."""
        for solution in queryset:
            self.carry_out(request, f"„{solution}“ ist {done}.", verb, solution=solution)
