"""Who uses what: reports to confirm, and what is to be confirmed again."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from ogl_portal.lib.admin import RevisedAdmin

from .. import workflow
from ..models import Reuse


class StateFilter(admin.SimpleListFilter):
    title = "Bestätigung"
    parameter_name = "bestaetigung"
    words = {
        "wartet": ("wartet auf Bestätigung", "waiting"),
        "zaehlt": ("bestätigt, zählt", "confirmed"),
        "ueberfaellig": ("nicht wieder bestätigt", "overdue"),
        "ohne-antwort": ("überfällig, niemand zu fragen", "out_of_reach"),
        "abgelehnt": ("abgelehnt", "declined"),
    }

    def lookups(self, request, model_admin):
        return [(word, label) for word, (label, _) in self.words.items()]

    def queryset(self, request, queryset):
        _, word = self.words.get(self.value(), ("", ""))
        return getattr(queryset, word)() if word else queryset


REPORTER = ["reporter_name", "reporter_email", "contact_released"]
PUBLIC = {"organisation_name", "place", "status", "since_year", "version", "adapted", "effort_days", "cost", "verdict",
          "source_url", "is_example"}  # fmt: skip
"""What the page of the solution says of a use."""
TWICE = (
    "„{}“: Dieselbe Organisation zählt hier schon. Gezählt wird sie einmal; ist es dieselbe Nutzung, lehnen Sie eine "
    "der beiden Meldungen ab."
)
DECLINED = "„{}“ ist abgelehnt und wird in 90 Tagen gelöscht. Bis dahin lässt sich die Ablehnung zurücknehmen."
UNCONFIRMED = "„{}“ zählt erst wieder, wenn eine zweite Person der OGL-Leitung die Änderung bestätigt."


@admin.register(Reuse)
class ReuseAdmin(RevisedAdmin):
    """A report is confirmed by somebody else than its reporter; what the lead enters, another lead confirms."""

    change_form_template = "knowledgebase/admin/reuse.html"
    list_display = ["organisation_name", "solution", "state", "status", "place", "confirm_again_on"]
    list_filter = [StateFilter, "status", "reported_at", "is_example"]
    list_select_related = ["solution"]
    search_fields = ["organisation_name", "place", "solution__title"]
    autocomplete_fields = ["solution"]
    readonly_fields = [
        "state", "reported_by", "reported_at", "confirmed_by", "confirmed_at", "confirm_again_on", "asked_for",
        "declined_at", "changed_by",
    ]  # fmt: skip
    fieldsets = [
        ("Öffentlich, sobald bestätigt", {"fields": [
            "solution", "organisation_name", "place", "status", "since_year", "version", "adapted",
            "effort_days", "cost", "verdict", "source_url"]}),
        ("Wer es gemeldet hat (nie öffentlich)", {"fields": [
            "reported_by", "changed_by", "reporter_name", "reporter_email", "contact_released", "reported_at"]}),
        ("Bestätigung", {"fields": [
            "state", "confirmed_by", "confirmed_at", "confirm_again_on", "asked_for", "declined_at", "is_example"]}),
    ]  # fmt: skip
    actions = ["confirm", "decline", "reconsider", "renew"]
    verbs = {
        "_confirm": (workflow.confirm_reuse, "„{}“ ist bestätigt und zählt für zwölf Monate."),
        "_decline": (workflow.decline_reuse, DECLINED),
        "_reconsider": (workflow.reconsider_reuse, "„{}“ wartet wieder auf eine Entscheidung."),
        "_renew": (workflow.renew_reuse, "„{}“ zählt für weitere zwölf Monate."),
    }

    def get_readonly_fields(self, request, obj=None):
        """A report stays with the solution that it was made for, and with who made it."""
        return [*self.readonly_fields, "solution", *REPORTER] if obj else self.readonly_fields

    @admin.display(description="Bestätigung")
    def state(self, reuse):
        return reuse.state_text

    def save_model(self, request, obj, form, change):
        if not change:
            obj.reported_by = request.user
        elif PUBLIC.intersection(form.changed_data) and workflow.unconfirm(obj, request.user):
            self.message_user(request, UNCONFIRMED.format(obj), messages.WARNING)
        super().save_model(request, obj, form, change)

    def response_change(self, request, obj):
        """Save, then do what the pressed button says."""
        pressed = next((name for name in self.verbs if name in request.POST), None)
        if not pressed:
            return super().response_change(request, obj)
        self.decide(request, [obj], pressed)
        return HttpResponseRedirect(reverse("admin:knowledgebase_reuse_change", args=[obj.pk]))

    def decide(self, request, reuses, name: str) -> None:
        """Carry out a verb for each reuse and say what came of it."""
        verb, done = self.verbs[name]
        for reuse in reuses:
            is_done = self.carry_out(request, done.format(reuse), verb, reuse=reuse)
            if is_done and name == "_confirm" and workflow.counts_already(reuse):
                self.message_user(request, TWICE.format(reuse), messages.WARNING)

    @admin.action(description="Bestätigen", permissions=["change"])
    def confirm(self, request, queryset):
        self.decide(request, queryset, "_confirm")

    @admin.action(description="Ablehnen", permissions=["change"])
    def decline(self, request, queryset):
        self.decide(request, queryset, "_decline")

    @admin.action(description="Ablehnung zurücknehmen", permissions=["change"])
    def reconsider(self, request, queryset):
        self.decide(request, queryset, "_reconsider")

    @admin.action(description="Für weitere zwölf Monate bestätigen", permissions=["change"])
    def renew(self, request, queryset):
        self.decide(request, queryset, "_renew")
