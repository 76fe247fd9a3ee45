"""The lead's workplace for the Wissensdatenbank."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from ogl_portal.lib.admin import PortalAdmin, PortalStackedInline, PortalTabularInline

from . import workflow
from .forms import SolutionAdminForm
from .models import Contact, Link, Solution, Step


class StepInline(PortalStackedInline):
    model = Step


class LinkInline(PortalTabularInline):
    model = Link


class ContactInline(PortalTabularInline):
    model = Contact


@admin.register(Solution)
class SolutionAdmin(PortalAdmin):
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
        ("Aufwand", {"fields": [("effort_days_from", "effort_days_to"), "duration_weeks", "requirements"]}),
        ("Kosten", {"fields": [("once_kind", "once_from", "once_to"), ("yearly_kind", "yearly_from", "yearly_to")]}),
        ("Prüfung", {"fields": [("reviewed_on", "next_review_on")]}),
        ("Stand", {"fields": ["status", "published_at", "published_by", "uuid", "is_example"]}),
    ]

    def view_on_site(self, solution):
        return solution.get_absolute_url()

    @admin.action(description="Zur Prüfung einreichen", permissions=["change"])
    def submit(self, request, queryset):
        self.carry_out(request, queryset, workflow.submit_solution, "eingereicht")

    @admin.action(description="Veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        self.carry_out(request, queryset, workflow.publish_solution, "veröffentlicht")

    @admin.action(description="Archivieren", permissions=["change"])
    def archive(self, request, queryset):
        self.carry_out(request, queryset, workflow.archive_solution, "archiviert")

    def carry_out(self, request, queryset, verb, done: str) -> None:
        """Apply the verb to each solution and say what happened to it."""
        for solution in queryset:
            try:
                verb(solution=solution, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                self.message_user(request, f"„{solution}“ ist {done}.", messages.SUCCESS)
