"""The lead's workplace for the Vernetzung: proposals to decide on, pairs put together by hand, introductions."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import PortalStackedInline, RevisedAdmin
from ogl_portal.lib.audit.reading import RecordsReading
from ogl_portal.lib.dates import moment
from ogl_portal.lib.forms import PlainTextFormMixin
from ogl_portal.lib.registry import match_inlines

from .. import workflow
from ..models import Match, MatchSide, Round

Status = Match.Status
INTRODUCED = "Beide sind einander per Mail vorgestellt."
ASKED = "Die Vorstellung wartet: {}. Stimmen beide zu, geht sie von selbst hinaus."


def next_step_of(match: Match) -> str:
    """What the form of a new step begins with, as the query of its address; nothing where members do not see the pair.

    It names neither side: that stands on the page of the step as long as both allow it, and no longer.
    """
    facts = {"title": "Nächster Schritt aus der Vernetzung", "is_public": "", "vernetzung": match.pk}
    return urlencode(facts) if match.is_shown else ""


def asked_of(match: Match) -> str:
    """Who was asked when; whoever has said no since is not asked again."""
    no = "{}: hat eine Freigabe widerrufen und wird nicht noch einmal gefragt"
    waiting = Match.objects.with_sides().get(pk=match.pk).waiting_for
    return "; ".join(
        f"{side.contact}: per Mail gefragt am {moment(side.asked_at)}" if side.token_hash else no.format(side.contact)
        for side in waiting
    )


class SideFormSet(BaseInlineFormSet):
    """Always two; the order of the form is that of the page."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.position = i + 1
        form.empty_permitted = False
        return form

    def clean(self):
        super().clean()
        houses = [form.instance.house for form in self.forms if form.is_valid()]
        if len(houses) == 2 and houses[0] and houses[0] == houses[1]:
            raise ValidationError("Beide Seiten gehören zur selben Organisation.")


class SideInline(PortalStackedInline):
    model = MatchSide
    formset = SideFormSet
    fields = ["entry_link", "title", "organisation", "person", "source", "allowed", ("consented_on", "consent_wording")]
    readonly_fields = ["entry_link", "allowed"]
    autocomplete_fields = ["organisation", "person"]
    min_num = max_num = 2
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).with_consents().select_related("entry__response__respondent")

    @admin.display(description="aus dem Fragebogen")
    def entry_link(self, side):
        """The answer behind it, on the page where the lead looks through it."""
        if not side.entry_id:
            return "von Hand eingetragen"
        url = reverse("admin:surveys_entry_change", args=[side.entry_id])
        return format_html('<a href="{}">{}: {}</a>', url, side.entry.response.respondent, side.entry)

    @admin.display(description="Freigaben")
    def allowed(self, side):
        """What this side allows now."""
        if not side.pk:
            return "–"
        seen = "darf auf der Seite stehen" if side.is_visible else "darf nicht auf der Seite stehen (G3 fehlt)"
        not_yet = "Kontakt für diese Vorstellung noch nicht freigegeben (G4 gilt nur gegenüber Mitgliedern der AG)"
        contact = "Kontakt freigegeben" if side.may_be_contacted else not_yet
        asked = " – per Mail gefragt" if side.asked_at and not side.may_be_contacted else ""
        return f"{seen}; {contact}{asked}"


class FindForm(PlainTextFormMixin, forms.Form):
    """Which round's answers are looked through."""

    round = forms.ModelChoiceField(
        Round.objects.none(), label="Runde", empty_label=None,
        error_messages={"required": "Bitte wählen Sie eine Runde.", "invalid_choice": "Diese Runde gibt es nicht."},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.published().order_by("-opens_at")


@admin.register(Match)
class MatchAdmin(RecordsReading, RevisedAdmin):
    """What is decided stays, also a rejection: so it does not come back as a proposal."""

    change_list_template = "surveys/admin/matches.html"
    change_form_template = "surveys/admin/match.html"
    list_display = ["__str__", "why", "status", "score", "waiting_for", "result"]
    list_filter = ["status", "result", "round"]
    search_fields = ["sides__title", "reason"]
    inlines = [SideInline]
    fieldsets = [
        (None, {"fields": ["reason"]}),
        ("Stand", {"fields": ["status", "score", "waiting_for", ("decided_at", "decided_by"), "introduced_at"]}),
        ("Ergebnis", {"fields": ["result", "note"]}),
    ]
    readonly_fields = ["status", "score", "waiting_for", "decided_at", "decided_by", "introduced_at"]
    actions = ["approve", "reject"]
    verbs = {
        "_approve": (workflow.approve_match, "„{}“ ist freigegeben."),
        "_reject": (workflow.reject_match, "„{}“ ist verworfen und kommt nicht wieder."),
    }  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).filter(forgotten_at=None).with_sides()

    def get_inlines(self, request, obj):
        """What came of it above this app is linked once there is a pair."""
        return [*self.inlines, *(match_inlines.ask() if obj else [])]

    def get_urls(self):
        view = self.admin_site.admin_view(self.find_view)
        return [path("vorschlaege/", view, name="surveys_match_find"), *super().get_urls()]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="Grund")
    def why(self, match):
        """The first point; all of them stand on the page of the match."""
        return next(iter(match.points), "–")

    @admin.display(description="wartet auf")
    def waiting_for(self, match):
        """Whose consent an introduction still needs."""
        if match.pk is None or match.status not in {Status.APPROVED, Status.INTRODUCED}:
            return "–"
        names = [str(side.contact or side.title) for side in match.waiting_for]
        return f"wartet auf Einwilligung von {' und '.join(names)}" if names else "nichts mehr"

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["next_step"] = next_step_of(obj) if obj else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        """Save, then do what the pressed button says."""
        pressed = next((name for name in [*self.verbs, "_introduce"] if name in request.POST), None)
        if pressed is None:
            return super().response_change(request, obj)
        self.introduce(request, obj) if pressed == "_introduce" else self.move(request, obj, pressed)
        return HttpResponseRedirect(reverse("admin:surveys_match_change", args=[obj.pk]))

    def move(self, request, match: Match, name: str) -> None:
        verb, done = self.verbs[name]
        self.carry_out(request, done.format(match), verb, match=match)

    def introduce(self, request, match: Match) -> None:
        """Introduce both, or ask for the consent that is missing, and say which it was."""
        try:
            is_done = workflow.introduce_match(match=match, by=request.user)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
            return
        self.message_user(request, INTRODUCED if is_done else ASKED.format(asked_of(match)), messages.SUCCESS)

    @admin.action(description="Freigeben", permissions=["change"])
    def approve(self, request, queryset):
        for match in queryset:
            self.move(request, match, "_approve")

    @admin.action(description="Verwerfen", permissions=["change"])
    def reject(self, request, queryset):
        for match in queryset:
            self.move(request, match, "_reject")

    def find_view(self, request):
        """Reckon the proposals of a round anew; what was decided on stays."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = FindForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            count = workflow.find_matches(round=form.cleaned_data["round"], by=request.user)
            self.message_user(request, f"Vorschläge: {count}. Die besten stehen oben.", messages.SUCCESS)
            return HttpResponseRedirect(f"{reverse('admin:surveys_match_changelist')}?status__exact=proposed")
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        context |= {"title": "Vorschläge suchen", "form": form}
        return TemplateResponse(request, "surveys/admin/match_find.html", context)
