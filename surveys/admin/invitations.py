"""The board: who is invited, has begun, submitted or declined, and whom no mail reaches."""

from collections import Counter

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.admin import PortalAdmin

from .. import workflow
from ..models import Invitation, Round
from .filters import KindFilter, RoundColumn

State = Invitation.State
WHO = (
    "Mitglieder sind eingeladen, sobald die Runde öffnet. Hier laden Sie Gäste ein. Die Mail mit dem persönlichen Link "
    "senden Sie danach aus der Liste."
)


class StateFilter(admin.SimpleListFilter):
    """One of the states of the board."""

    title = "Stand"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


class EndsInvitations:
    """Mixed into the admin of rounds: invitations end properly before they go with their round."""

    def delete_model(self, request, obj):
        workflow.delete_invitations(invitations=obj.invitations.all())
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        workflow.delete_invitations(invitations=Invitation.objects.filter(round__in=queryset))
        super().delete_queryset(request, queryset)


@admin.register(Invitation)
class InvitationAdmin(RoundColumn, PortalAdmin):
    """Members are invited when the round opens, guests here; here all are mailed, renewed and revoked."""

    list_display = ["person", "organisation", "state", "mailed_at", "reminders", "round"]
    list_filter = ["round", StateFilter, ("person__organisation__kind", KindFilter)]
    list_select_related = ["person__organisation", "round", "last_mail"]
    search_fields = ["person__family_name", "person__given_name", "person__email", "person__organisation__name"]
    fields = readonly_fields = [
        "person", "organisation", "round", "state", "mailed_at", "mail_error", "reminders", "declined_at",
        "declined_reason", "links",
    ]  # fmt: skip
    autocomplete_fields = ["person"]
    actions = ["mail", "renew", "revoke"]
    change_list_template = "surveys/admin/board.html"

    def get_queryset(self, request):
        return super().get_queryset(request).with_state().annotate(reminder_count=Count("reminders", distinct=True))

    def get_fieldsets(self, request, obj=None):
        add = [(None, {"fields": ["round", "person"], "description": WHO})]
        return super().get_fieldsets(request, obj) if obj else add

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "round":
            kwargs["queryset"] = Round.objects.filter(closes_at__gt=timezone.now())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """To read: what changes an invitation are the actions of the list."""
        buttons = ["show_save", "show_save_and_continue", "show_save_and_add_another"]
        context = dict.fromkeys(buttons, False) | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(board_url(obj.round))

    def delete_model(self, request, obj):
        workflow.delete_invitations(invitations=[obj])

    def delete_queryset(self, request, queryset):
        workflow.delete_invitations(invitations=queryset)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "board": board(), "states": State.choices})

    @admin.display(description="Stand", ordering="state")
    def state(self, invitation):
        label = State(invitation.state).label
        return f"{label}: {invitation.declined_reason}" if invitation.state == State.DECLINED else label

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
        messages.success(request, f"Einladungen, die per Mail hinausgehen: {sent}.")


def board_url(round: Round, state: str = "") -> str:
    """The list of a round's invitations, all or those in one state."""
    query = {"round__id__exact": round.pk} | ({"state": state} if state else {})
    return reverse("admin:surveys_invitation_changelist", query=query)


def board() -> list[tuple[Round, list[tuple[str, int]], int]]:
    """For each round with invitations how many are in each state, and how many there are."""
    counts = Counter(Invitation.objects.with_state().values_list("round", "state"))
    rounds = Round.objects.filter(invitations__isnull=False).distinct()
    rows = [(round, [(state, counts[round.pk, state]) for state in State.values]) for round in rounds]
    return [(round, numbers, sum(number for _, number in numbers)) for round, numbers in rows]
