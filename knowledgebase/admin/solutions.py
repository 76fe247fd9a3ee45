"""The lead's workplace for the Wissensdatenbank."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import LastingAddressMixin, RevisedAdmin

from .. import workflow
from ..forms.admin import SolutionAdminForm
from ..models import Contact, Solution
from . import rows
from .filters import ConsentFilter, DueReviewFilter, SecondLookFilter
from .history import HistoryPages
from .life import LifePages, anchored

FOLDED = ["collapse"]
CONTACT = str(Contact._meta.verbose_name)
NOBODY_TO_ASK = (
    "Öffentlich ist jetzt keine Ansprechperson genannt. Bitte suchen Sie jemanden, den andere fragen können; bis dahin "
    "verweist die Seite auf die OGL-Leitung."
)


@admin.register(Solution)
class SolutionAdmin(LifePages, HistoryPages, LastingAddressMixin, RevisedAdmin):
    """What most entries need comes first; the status changes by verbs only, so that nothing incomplete is published."""

    form = SolutionAdminForm
    change_form_template = "knowledgebase/admin/solution.html"
    list_display = ["title", "status", "next_review_on", "notes"]
    list_filter = ["status", SecondLookFilter, DueReviewFilter, ConsentFilter, "kind", "stage", "topics",
                   "target_groups", "is_example"]  # fmt: skip
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["publisher", "operator", "life_situations", "services"]
    readonly_fields = [
        "status", "version", "changed_at", "submitted_at", "submitted_by", "published_at", "published_by",
        "proposed_by", "origin_link", "uuid",
    ]  # fmt: skip
    inlines = [rows.StepInline, rows.ContactInline, rows.AttachmentInline, rows.LinkInline, rows.RelationInline,
               rows.EfaCheckInline, rows.ReviewInline]  # fmt: skip
    actions = ["submit", "publish", "archive"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "kind", "description", "problem", "benefit", "features"]}),
        ("Für wen", {"fields": ["target_groups", "audiences", "topics"]}),
        ("Übernehmen", {"fields": ["reuse_model", "stage", "licence", "publisher", "operator"]}),
        ("Aufwand", {"fields": [("effort_days_from", "effort_days_to"), "duration_weeks", "roles"]}),
        ("Kosten", {"fields": [("once_kind", "once_from", "once_to"), ("yearly_kind", "yearly_from", "yearly_to"),
                               ("cost_basis", "costs_as_of"), "funding"]}),
        ("Prüfung", {"fields": [("reviewed_on", "next_review_on")]}),
        ("Voraussetzungen", {"classes": FOLDED, "fields": [
            "technical_requirements", "legal_requirements", "organisational_requirements", "interfaces"]}),
        ("Datenschutz und Barrierefreiheit", {"classes": FOLDED, "fields": [
            "needs_impact_assessment", "has_processing_agreement", "accessibility_statement"]}),
        ("Verwaltungsleistung (OZG)", {"classes": FOLDED, "fields": [
            "ozg_field", "life_situations", "services", ("maturity_model", "maturity_level", "maturity_on")]}),
        ("Software", {"classes": FOLDED, "fields": [
            "software_type", "platforms", "languages", ("software_version", "released_on"),
            ("maintenance", "maintained_until")]}),
        ("Stand", {"fields": [
            ("status", "version"), "changed_at", ("submitted_at", "submitted_by"), ("published_at", "published_by"),
            ("proposed_by", "origin_link"), "uuid", "is_example"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("contacts")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The vocabulary is kept in one place, not beside each entry."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"target_groups", "topics"}:
            field.widget.can_add_related = False
        return field

    @admin.display(description="Hinweise")
    def notes(self, solution):
        """What the lead should look after."""
        ending = [contact for contact in solution.contacts.all() if contact.consent_ends_soon]
        words = [f"Einwilligung von {contact.name} gilt bis {contact.valid_until:%d.%m.%Y}" for contact in ending]
        waits = ["bitte gegenlesen"] * (solution.is_published and solution.changed_alone_at is not None)
        return "; ".join(waits + ["Prüfung fällig"] * (solution.is_published and solution.review_is_due) + words)

    @admin.display(description="aus dem Fragebogen")
    def origin_link(self, solution):
        """The entry of the questionnaire that this came from, on the page where the lead reviews it."""
        if not solution.origin_id:
            return "nein"
        url = reverse("admin:surveys_entry_change", args=[solution.origin_id])
        return format_html('<a href="{}">{}</a>', url, solution.origin)

    def address_stays(self, solution) -> bool:
        return solution.published_at is not None

    def has_delete_permission(self, request, obj=None):
        """What was public once stays: its address is printed somewhere. It can be archived."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    def get_actions(self, request):
        """Deleting many at once would pass over the rule for what was public."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def delete_model(self, request, obj):
        workflow.delete_files(obj.attachments.all())
        super().delete_model(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Above the form stands what publication still lacks, and whose consent ends."""
        context["gaps"] = anchored(obj, workflow.missing_fields(obj)) if obj else []
        context["has_written"] = obj is not None and request.user in obj.authors.all()
        context["ending"] = [contact for contact in obj.contacts.all() if contact.consent_ends_soon] if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def update_search(self, solution) -> None:
        """``keep_snapshot`` does, once all is written."""

    def log_addition(self, request, obj, message):
        return self.keep(request, obj, super().log_addition(request, obj, message))

    def log_change(self, request, obj, message):
        entry = super().log_change(request, obj, message)
        return self.keep(request, obj, entry) if message else entry

    def construct_change_message(self, request, form, formsets, add=False):
        """What was changed; of a contact only the role, as the history outlives every consent."""
        message = super().construct_change_message(request, form, formsets, add)
        contacts = [told for part in message for told in part.values() if told.get("name") == CONTACT]
        for told in contacts:
            told["object"] = told["object"].rpartition("(")[2].rstrip(")")
        return message

    def keep(self, request, solution, entry):
        """Keep a snapshot beside the admin's own note of what was changed, and tell whom that concerns."""
        workflow.note_name_taken_off(solution=solution)
        workflow.keep_snapshot(solution=solution, by=request.user, message=entry.get_change_message())
        workflow.ask_for_second_look(solution=solution, by=request.user)
        workflow.tell_contacts(solution=solution)
        return entry

    def response_change(self, request, obj):
        """Say at once that nobody is left to ask."""
        response = super().response_change(request, obj)
        if Solution.objects.published().without_contact().filter(pk=obj.pk).exists():
            self.message_user(request, NOBODY_TO_ASK, messages.WARNING)
        return response

    @admin.action(description="Zur Prüfung einreichen", permissions=["change"])
    def submit(self, request, queryset):
        for solution in queryset:
            self.move(request, solution, "_submit")

    @admin.action(description="Veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        for solution in queryset:
            self.move(request, solution, "_publish")

    @admin.action(description="Archivieren", permissions=["change"])
    def archive(self, request, queryset):
        for solution in queryset:
            self.move(request, solution, "_archive")
