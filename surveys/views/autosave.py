"""Saving while somebody types: the same form as the buttons send, answered in JSON."""

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from ogl_portal.lib import dates

from .. import workflow
from ..addresses import card_url
from ..forms import EntryForm
from ..sheet import Card
from .filling import FormView
from .kept import forget, keep


class AutosaveView(FormView):
    """Takes what is typed, whatever it is; files are not among it. Every refusal says what to do now."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        card = self.card_or_404()
        form = self.form(card, request.POST)
        try:
            self.store(card, form)
        except workflow.ChangedMeanwhile:
            return self.conflict(card, form)
        forget(request, card.entry.uuid)
        return self.saved(card)

    def saved(self, card: Card) -> HttpResponse:
        """The word that it is safe, and which questions the answers rule out now."""
        entry = card.entry
        hidden = [question.key for question in card.with_draft(entry.draft).hidden_questions]
        message = f"Gespeichert um {dates.clock(entry.saved_at)} Uhr."
        return JsonResponse({"message": message, "revision": entry.revision, "hidden": hidden})

    def conflict(self, card: Card, form: EntryForm) -> HttpResponse:
        """Both texts, to be shown beside the form; nothing is overwritten until somebody chooses."""
        context = {"differing": self.differing(card, form), "round": self.round, "url": card_url(self.round, card)}
        html = render_to_string("surveys/_conflict_choice.html", context, self.request)
        return refusal(
            "Nicht gespeichert: Es gibt zwei Fassungen. Bitte wählen Sie, welche gelten soll.",
            status=409,
            conflict=html,
            revision=card.entry.revision,
        )

    def signed_out(self, request):
        """Keep what was typed, as the buttons do."""
        keep(request)
        return refusal(
            "Nicht gespeichert: Ihre Anmeldung ist abgelaufen. Drücken Sie auf „Speichern“, dann können Sie sich "
            "wieder anmelden. Ihr Text geht dabei nicht verloren."
        )

    def without_response(self, request):
        raise Http404

    def closed(self, request):
        return refusal(
            "Nicht gespeichert: Die Frist ist abgelaufen. Was seit dem letzten Speichern dazukam, zählt nicht mehr; "
            "Sie können es hier noch kopieren."
        )


def refusal(message: str, *, status: int = 403, **extra) -> JsonResponse:
    return JsonResponse({"message": message, **extra}, status=status)
