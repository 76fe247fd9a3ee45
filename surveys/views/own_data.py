"""What respondents may do with their response at any time: take it along, withdraw a consent, delete it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ogl_portal.lib import pdf

from .. import workflow
from ..decisions import Decision
from ..reopened import sheet_to_submit, stand_of
from ..sheet import Sheet
from .access import DecidingView, RespondentView


class MyAnswersPdfView(RespondentView):
    """One's own answers on paper: as they stand, or once nothing can be changed as they were submitted."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        context = self.get_context_data(**self.shown())
        try:
            content = pdf.render("surveys/answers_pdf.html", context, keep=False)
        except pdf.RenderError as error:
            return render(request, "surveys/answers_pdf_failed.html", context | {"message": error}, status=503)
        response = pdf.respond(content, f"meine-antworten-{self.round.slug}.pdf")
        response["Cache-Control"] = "private, no-store"
        return response

    def shown(self) -> dict:
        """The sheet to print, the last submission, and whether the sheet is what was submitted."""
        submission = self.response.submissions.first()
        if submission and not self.response.is_partly_writable:
            sheet = Sheet.as_it_counts(submission)
            return {"shown": sheet, "submission": submission, "is_submitted_state": True}
        sheet = sheet_to_submit(self.response)
        stand = stand_of(self.response, sheet.cards, submission)
        is_submitted = bool(submission) and stand == self.response.Status.SUBMITTED
        return {"shown": sheet, "submission": submission, "is_submitted_state": is_submitted}


class ConsentsView(DecidingView):
    """„Meine Freigaben“: what was allowed, in which words and when, each to be withdrawn with one click."""

    template_name = "surveys/consents.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(decisions=Decision.all_of(self.response), **kwargs)


class WithdrawConsentView(DecidingView):
    """„Widerrufen“: effective at once, also after the deadline."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        consent = get_object_or_404(self.response.consents.select_related("entry"), pk=kwargs["pk"])
        consent.response = self.response
        if not Decision.of(consent, self.response).is_withdrawable:
            messages.info(request, "Diese Freigabe gilt schon nicht mehr.")
        elif workflow.withdraw_consent(consent=consent):
            messages.success(request, "Widerrufen. Das gilt ab sofort.")
        return redirect(reverse("surveys:consents", args=[self.round.slug]))


class DeleteResponseView(DecidingView):
    """„Rückmeldung löschen“: a page that says what goes and what stays, and the button."""

    template_name = "surveys/delete_response.html"

    def post(self, request, *args, **kwargs):
        round = self.round
        workflow.delete_response(response=self.response)
        messages.success(request, "Ihre Rückmeldung ist gelöscht, mit allen Antworten und Dateien.")
        return redirect(round)
