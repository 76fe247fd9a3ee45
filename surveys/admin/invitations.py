"""The board: who is invited, has begun, submitted or declined, and whom no mail reaches."""

from collections import Counter

from django.contrib import admin, messages
from django.db.models import Count

from ogl_portal.lib.admin import PortalAdmin

from .. import workflow
from ..models import Invitation, Round

State = Invitation.State


class StateFilter(admin.SimpleListFilter):
    """One of the states of the board."""

    title = "Stand"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


@admin.register(Invitation)
class InvitationAdmin(PortalAdmin):
    """Invitations come into being with the round; here they are mailed, renewed and revoked."""

    list_display = ["person", "organisation", "state", "mailed_at", "reminders", "declined_reason", "round"]
    list_filter = ["round", StateFilter, "person__organisation__kind"]
    list_select_related = ["person__organisation", "round", "last_mail"]
    search_fields = ["person__family_name", "person__given_name", "person__email", "person__organisation__name"]
    fields = readonly_fields = [
        "person", "organisation", "round", "state", "mailed_at", "mail_error", "reminders", "declined_at",
        "declined_reason", "links",
    ]  # fmt: skip
    actions = ["mail", "renew", "revoke"]
    change_list_template = "surveys/admin/board.html"

    def get_queryset(self, request):
        return super().get_queryset(request).with_state().annotate(reminder_count=Count("reminders", distinct=True))

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "board": board(), "states": State.choices})

    @admin.display(description="Stand", ordering="state")
    def state(self, invitation):
        return State(invitation.state).label

    @admin.display(description="Organisation", ordering="person__organisation__name")
    def organisation(self, invitation):
        return invitation.person.organisation or "–"

    @admin.display(description="Erinnerungen", ordering="reminder_count")
    def reminders(self, invitation):
        return invitation.reminder_count

    @admin.display(description="Fehler der letzten Mail")
    def mail_error(self, invitation):
        return (invitation.last_mail.error if invitation.last_mail else "") or "–"

    @admin.display(description="Gültige Links")
    def links(self, invitation):
        return ", ".join(link.email for link in invitation.links.usable()) or "keine"

    @admin.action(description="Einladung mit persönlichem Link senden", permissions=["change"])
    def mail(self, request, queryset):
        self.mail_each(request, queryset.filter(mailed_at=None), workflow.mail_invitation)

    @admin.action(description="Neuen Link senden, alten widerrufen", permissions=["change"])
    def renew(self, request, queryset):
        self.mail_each(request, queryset, workflow.renew_invitation)

    @admin.action(description="Alle Links widerrufen", permissions=["change"])
    def revoke(self, request, queryset):
        for invitation in queryset:
            workflow.end_invitation(invitation=invitation)
            self.log_change(request, invitation, "Alle Links widerrufen.")
        messages.success(request, "Die Links gelten nicht mehr. Wer einen Zugang zum Portal hat, kann sich anmelden.")

    def mail_each(self, request, queryset, verb) -> None:
        """Mail one after the other, and say whom no mail can go to."""
        sent = 0
        for invitation in queryset:
            try:
                verb(invitation=invitation)
            except workflow.NoMailPossible as refusal:
                messages.warning(request, str(refusal))
            else:
                sent += 1
                self.log_change(request, invitation, "Einladung gesendet.")
        messages.success(request, f"{sent} Einladung(en) gehen per Mail hinaus.")


def board() -> list[tuple[Round, list[tuple[str, int]], int]]:
    """For each round with invitations how many are in each state, and how many there are."""
    counts = Counter(Invitation.objects.with_state().values_list("round", "state"))
    rounds = Round.objects.filter(invitations__isnull=False).distinct()
    rows = [(round, [(state, counts[round.pk, state]) for state in State.values]) for round in rounds]
    return [(round, numbers, sum(number for _, number in numbers)) for round, numbers in rows]
