"""The lead's workplace for recommendations."""

from django.contrib import admin
from django.http import HttpResponseRedirect

from ogl_portal.lib.admin import RevisedAdmin

from .. import workflow
from ..models import Event, Recommendation

Status = Recommendation.Status
CONTENT = ["series", "event", "addressee", "title", "text", "reasoning"]
"""What the AG agreed on, and so nobody changes afterwards without taking it back."""


@admin.register(Recommendation)
class RecommendationAdmin(RevisedAdmin):
    """Recommendations with their way from draft to answer; the buttons below the form lead on."""

    change_form_template = "sessions_app/admin_recommendation_form.html"
    list_display = ["title", "status", "addressee", "position", "series"]
    list_filter = ["status", "addressee", "series", "is_example"]
    list_select_related = ["series"]
    search_fields = ["title", "text"]
    ordering = ["series", "addressee", "position", "pk"]
    actions = ["agree", "hand_over", "note_answers"]
    fieldsets = [
        (None, {"fields": ["status", "agreed_on", *CONTENT, "position", "is_example"]}),
        ("Übergabe", {"fields": ["handed_over_to", "handed_over_on"]}),
        ("Antwort", {"fields": ["answer", "answered_on"]}),
    ]
    verbs = {
        "_agree": (workflow.agree_recommendation, "„{}“ ist abgestimmt und damit öffentlich."),
        "_hand_over": (workflow.hand_over_recommendation, "„{}“ ist als übergeben vermerkt."),
        "_answer": (workflow.answer_recommendation, "Die Antwort auf „{}“ ist vermerkt."),
        "_back": (
            workflow.take_step_back,
            "„{}“ steht wieder einen Schritt davor; was vermerkt war, lässt sich jetzt ändern.",
        ),
        "_withdraw": (workflow.withdraw_recommendation, "„{}“ ist wieder ein Entwurf und nicht mehr öffentlich."),
    }

    def get_readonly_fields(self, request, obj=None):
        """From the agreement on the content stands, from the handing over on also to whom and when."""
        locked = CONTENT if obj and obj.is_public else []
        handed = obj and obj.status in {Status.HANDED_OVER, Status.ANSWERED}
        answered = obj and obj.status == Status.ANSWERED
        handed_over, answer = ["handed_over_to", "handed_over_on"], ["answer", "answered_on"]
        return ["status", "agreed_on", *locked, *(handed_over if handed else []), *(answer if answered else [])]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only what belongs to a series can be the session of a recommendation."""
        if db_field.name == "event":
            kwargs["queryset"] = Event.objects.exclude(series=None).order_by("-starts_at")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """What is public is taken back first."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

    def get_actions(self, request):
        """Deleting many at once would pass over that."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def response_change(self, request, obj):
        """Save, then do what the pressed button says."""
        pressed = next((name for name in self.verbs if name in request.POST), None)
        if not pressed:
            return super().response_change(request, obj)
        self.move(request, obj, pressed)
        return HttpResponseRedirect(request.path)

    def move(self, request, recommendation: Recommendation, name: str) -> None:
        verb, done = self.verbs[name]
        self.carry_out(request, done.format(recommendation), verb, recommendation=recommendation)

    @admin.action(description="Als abgestimmt veröffentlichen", permissions=["change"])
    def agree(self, request, queryset):
        for recommendation in queryset:
            self.move(request, recommendation, "_agree")

    @admin.action(description="Als übergeben vermerken", permissions=["change"])
    def hand_over(self, request, queryset):
        for recommendation in queryset:
            self.move(request, recommendation, "_hand_over")

    @admin.action(description="Antwort als erhalten vermerken", permissions=["change"])
    def note_answers(self, request, queryset):
        for recommendation in queryset:
            self.move(request, recommendation, "_answer")
