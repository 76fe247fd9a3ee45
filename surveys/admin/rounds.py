"""Rounds; who is invited to them stands on the board of the invitations."""

from collections import Counter

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html_join

from ogl_portal.lib.admin import RevisedAdmin

from .. import workflow
from ..models import Invitation, Round
from .evaluation import EvaluationPages
from .invitations import EndsInvitations, board_url
from .outputs import RoundOutputs

State = Invitation.State


@admin.register(Round)
class RoundAdmin(EvaluationPages, EndsInvitations, RoundOutputs, RevisedAdmin):
    list_display = ["title", "label", "deadline", "invited", "begun", "submitted"]
    list_filter = ["version__questionnaire", "is_example"]
    prepopulated_fields = {"slug": ["title"]}
    search_fields = ["title"]
    fields = [
        "title", "label", "slug", "version", ("opens_at", "closes_at"), ("evaluation_until", "delete_raw_on"),
        "reminder_days", "controller", "report", "note", "is_example", "opened_at",
        "invitations", "links",
    ]  # fmt: skip
    readonly_fields = ["opened_at", "invitations", "links"]
    actions = ["open_rounds", "mail_invitations"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_readonly_fields(self, request, obj=None):
        """An open round keeps its version and its address: answers and printed links refer to them."""
        frozen = ["version", "slug"] if obj and obj.opened_at else []
        return [*self.readonly_fields, *frozen]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj and obj.opened_at else self.prepopulated_fields

    @admin.display(description="Rückmeldung bis", ordering="closes_at")
    def deadline(self, round):
        return round.words["{deadline}"]

    @admin.display(description="eingeladen", ordering="invited")
    def invited(self, round):
        return round.invited

    @admin.display(description="begonnen", ordering="begun")
    def begun(self, round):
        return round.begun

    @admin.display(description="abgesendet", ordering="submitted")
    def submitted(self, round):
        return round.submitted

    @admin.display(description="Einladungen")
    def invitations(self, round):
        """How many are in each state, with the way to them and to inviting one more."""
        if not round.pk:
            return "Sobald die Runde gesichert ist."
        counts = Counter(round.invitations.with_state().values_list("state", flat=True))
        pairs = [(board_url(round, state), f"{counts[state]} {state.label}") for state in State if counts[state]]
        add = reverse("admin:surveys_invitation_add") + f"?round={round.pk}"
        return format_html_join(" · ", '<a href="{}">{}</a>', [*pairs, (add, "Jemanden einladen")])

    @admin.display(description="Ansehen")
    def links(self, round):
        if not round.opened_at:
            return "Sobald die Runde geöffnet ist."
        responses = reverse("admin:surveys_response_changelist") + f"?round__id__exact={round.pk}"
        pairs = [
            (round.get_absolute_url(), "Seite der Runde"),
            (round.get_pdf_url(), "Leerer Bogen (PDF)"),
            (responses, "Rückmeldungen"),
            (board_url(round), "Stand der Einladungen"),
            *self.output_links(round),
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', pairs)

    @admin.action(description="Runde öffnen und Mitglieder einladen", permissions=["change"])
    def open_rounds(self, request, queryset):
        for round in queryset:
            number = workflow.open_round(round=round)
            messages.success(request, f"„{round}“ ist geöffnet. Neu eingeladen: {number}.")

    @admin.action(description="Einladungen mit persönlichem Link senden", permissions=["change"])
    def mail_invitations(self, request, queryset):
        for round in queryset:
            try:
                number = workflow.mail_invitations(round=round)
            except workflow.NoMailPossible as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, f"„{round}“: Einladungen, die per Mail hinausgehen: {number}.")
