"""The lead's workplace for AG-Sitzungen: proposals for the agenda, and an agenda that can be put in another order."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.forms import Textarea
from django.http import HttpResponseRedirect
from django.urls import reverse

from ogl_portal.lib.admin import NamedDeletionFormSet, PortalAdmin
from ogl_portal.lib.forms import PlainTextModelForm, show_stored

from .. import workflow
from ..models import AgendaProposal

DECIDED_MEANWHILE = (
    "Über diesen Vorschlag ist inzwischen entschieden. Ihre Antwort steht noch da, ist aber nicht gesichert. "
    "Bitte kopieren Sie, was Sie noch brauchen."
)
TAKEN_OVER = "„{}“ steht jetzt am Ende der Tagesordnung."
ASIDE = 10_000
"""Where the rows of an agenda stand while they are put in order: no agenda is as long."""


class AgendaItemForm(PlainTextModelForm):
    """A row of the agenda; its number says where it goes, and may be that of another row until all are saved."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"position"}

    def clean_position(self):
        position = self.cleaned_data["position"]
        if not 1 <= position < ASIDE:
            raise ValidationError("Bitte geben Sie eine kleine Zahl ab 1 ein.")
        return position


class AgendaFormSet(NamedDeletionFormSet):
    """Takes the numbers that were typed as the order; saved, the agenda counts from 1 without a gap."""

    def validate_unique(self):
        """Two rows may have the same number: the one that stands further up comes first."""

    def save(self, commit=True):
        if not (commit and self.has_changed()):
            return super().save(commit)
        rows = [form for form in self.forms if form not in self.deleted_forms and form.cleaned_data.get("title")]
        rows.sort(key=lambda form: form.cleaned_data["position"])
        self.instance.agenda.update(position=F("position") + ASIDE)
        for place, form in enumerate(rows, start=1):
            form.instance.position = place + 2 * ASIDE
        saved = super().save()
        for place, form in enumerate(rows, start=1):
            type(form.instance)._base_manager.filter(pk=form.instance.pk).update(position=place)
        return saved


class ProposalForm(PlainTextModelForm):
    """What the lead says to a proposal; where that cannot be kept, the words come back with the form."""

    is_refused = False

    class Meta:
        model = AgendaProposal
        fields = ["answer"]
        widgets = {"answer": Textarea(attrs={"rows": 3, "cols": 70})}

    def clean(self):
        super().clean()
        if self.instance.outcome != AgendaProposal.Outcome.OPEN:
            self.refuse()
        elif "_decline" in self.data and not self.cleaned_data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", workflow.WITHOUT_REASON)
        elif not {"_decline", "_take_over"} & set(self.data):
            self.add_error(None, "Bitte wählen Sie, was mit dem Vorschlag geschieht.")
        return self.cleaned_data

    def refuse(self) -> None:
        """Somebody else was faster: show what was typed beside what is stored."""
        self.is_refused = True
        self.add_error(None, DECIDED_MEANWHILE)
        show_stored(self)


@admin.register(AgendaProposal)
class AgendaProposalAdmin(PortalAdmin):
    """What members propose for the agenda, to be taken over or answered."""

    form = ProposalForm
    list_display = ["title", "event", "proposed_by", "created_at", "outcome"]
    list_filter = ["outcome", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "proposed_by__person"]
    search_fields = ["title"]
    fields = ["event", "title", "description", "proposed_by", "created_at", "outcome", "answer"]
    readonly_fields = [field for field in fields if field != "answer"]
    change_form_template = "sessions_app/admin_proposal_form.html"
    actions = ["take_over"]

    def has_add_permission(self, request):
        return False

    @admin.action(description="Auf die Tagesordnung nehmen", permissions=["change"])
    def take_over(self, request, queryset):
        for proposal in queryset.select_related("event"):
            done = TAKEN_OVER.format(proposal)
            self.carry_out(request, done, workflow.take_over_proposal, proposal=proposal)

    def save_model(self, request, obj, form, change):
        """The answer is kept by the verb of the button that was pressed."""

    def get_readonly_fields(self, request, obj=None):
        """A decision stands; what somebody typed who came too late is shown once more."""
        is_read = obj and obj.outcome != AgendaProposal.Outcome.OPEN and request.method != "POST"
        return self.fields if is_read else self.readonly_fields

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        if context["adminform"].form.is_refused:
            response.status_code = 409
        return response

    def response_change(self, request, obj):
        """Take over leads to the agenda, where it is put in order; declining back to the list."""
        if "_decline" in request.POST:
            done = f"„{obj.title}“ kommt nicht auf die Tagesordnung. Die Mitglieder lesen Ihre Antwort."
            self.carry_out(request, done, workflow.decline_proposal, proposal=obj, answer=obj.answer)
            return HttpResponseRedirect(reverse("admin:sessions_app_agendaproposal_changelist"))
        done = TAKEN_OVER.format(obj)
        self.carry_out(request, done, workflow.take_over_proposal, proposal=obj, answer=obj.answer)
        return HttpResponseRedirect(reverse("admin:sessions_app_event_change", args=[obj.event_id]))
