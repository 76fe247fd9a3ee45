"""What came from outside, for the lead to decide on."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.utils.html import format_html

from ogl_portal.lib.admin import PortalAdmin

from .. import workflow
from ..models import Suggestion
from .life import change_url


class DecisionFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "entscheidung"
    words = {"offen": "waiting", "uebernommen": "taken", "abgelehnt": "declined"}

    def lookups(self, request, model_admin):
        return [("offen", "offen"), ("uebernommen", "Entwurf daraus gemacht"), ("abgelehnt", "abgelehnt")]

    def queryset(self, request, queryset):
        word = self.words.get(self.value())
        return getattr(queryset, word)() if word else queryset


@admin.register(Suggestion)
class SuggestionAdmin(PortalAdmin):
    """Nobody changes what somebody else wrote: it becomes a draft, or it is declined."""

    change_form_template = "knowledgebase/admin/suggestion.html"
    list_display = ["title", "created_at", "decision", "decided_by"]
    list_filter = [DecisionFilter, "created_at"]
    list_select_related = ["solution", "decided_by__person"]
    search_fields = ["title", "text"]
    fields = readonly_fields = [
        "title", "text", "url", "name", "email", "created_at", "decision", "decided_at", "decided_by",
    ]  # fmt: skip
    actions = ["take", "decline"]

    @admin.display(description="Stand")
    def decision(self, suggestion):
        """Open, declined, or the draft that came of it."""
        if suggestion.solution:
            return format_html('<a href="{}">{}</a>', change_url(suggestion.solution), suggestion.solution)
        return "abgelehnt" if suggestion.decided_at else "offen"

    @admin.action(description="Entwurf daraus machen", permissions=["decide"])
    def take(self, request, queryset):
        """Make a draft of each; of a single one the lead goes on with the draft."""
        chosen = list(queryset)
        for suggestion in chosen:
            done = f"Aus „{suggestion}“ ist ein Entwurf geworden. Er steht bei den Musterlösungen."
            self.carry_out(request, done, workflow.take_suggestion, suggestion=suggestion)
        if len(chosen) == 1 and chosen[0].solution:
            return HttpResponseRedirect(change_url(chosen[0].solution))
        return None

    @admin.action(description="Ablehnen", permissions=["decide"])
    def decline(self, request, queryset):
        for suggestion in queryset:
            done = f"„{suggestion}“ ist abgelehnt und wird in 90 Tagen gelöscht."
            self.carry_out(request, done, workflow.decline_suggestion, suggestion=suggestion)

    def has_decide_permission(self, request) -> bool:
        """Whoever may write solutions decides what becomes one."""
        return request.user.has_perm("knowledgebase.add_solution")

    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(
            request, {**context, "may_decide": self.has_decide_permission(request)}, *args, **kwargs
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
