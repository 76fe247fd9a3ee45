"""Which solutions came from examples of the questionnaire, and the button that makes one."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import PortalAdmin
from surveys.models import Entry

from .. import workflow
from ..models import Transfer
from .life import change_url

DONE = "Der Entwurf steht. Bitte ergänzen Sie, was fehlt, und stimmen Sie den Text mit der Organisation ab."
THERE = "Aus diesem Beispiel gibt es schon eine Lösung: Hier ist sie."


class SourceFilter(admin.SimpleListFilter):
    title = "Quelle"
    parameter_name = "quelle"
    words = {"geaendert": "changed", "zurueckgezogen": "withdrawn"}

    def lookups(self, request, model_admin):
        return [("geaendert", "Quelle geändert"), ("zurueckgezogen", "Freigabe zurückgezogen")]

    def queryset(self, request, queryset):
        word = self.words.get(self.value())
        return getattr(queryset, word)() if word else queryset


@admin.register(Transfer)
class TransferAdmin(PortalAdmin):
    """To look at; what can be done stands on the pages of the example and of the solution."""

    list_display = ["solution_link", "is_named", "transferred_at", "changed", "withdrawn_reason"]
    list_display_links = None
    list_filter = [SourceFilter]
    list_select_related = ["solution"]
    search_fields = ["solution__title"]
    fields = readonly_fields = [
        "solution_link", "is_named", "transferred_at", "transferred_by", "changed", "changed_at", "withdrawn_at",
        "withdrawn_reason",
    ]  # fmt: skip

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("aus-eintrag/<int:pk>/", view(self.make_view), name="knowledgebase_transfer_make"),
            *super().get_urls(),
        ]

    @admin.display(description="Musterlösung", ordering="solution__title")
    def solution_link(self, transfer):
        return format_html('<a href="{}">{}</a>', change_url(transfer.solution), transfer.solution)

    @admin.display(description="Quelle geändert", ordering="changed_at")
    def changed(self, transfer):
        return ", ".join(transfer.changed_keys) or "–"

    def make_view(self, request, pk):
        """Make the draft of an example, or lead to the one that is there."""
        self.require(request, "knowledgebase.add_solution")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        entry = get_object_or_404(Entry.objects.select_related("response__round", "response__organisation"), pk=pk)
        known = entry.solutions.exists()
        try:
            solution = workflow.transfer_entry(entry=entry, by=request.user)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], "ERROR")
            return HttpResponseRedirect(reverse("admin:surveys_entry_change", args=[pk]))
        self.message_user(request, THERE if known else DONE)
        return HttpResponseRedirect(change_url(solution))

    def require(self, request, permission: str) -> None:
        if not request.user.has_perm(permission):
            raise PermissionDenied

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
