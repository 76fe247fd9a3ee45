"""„Antworten prüfen“, submitting, and the word that it arrived."""

from functools import cached_property
from uuid import UUID, uuid4

from django.shortcuts import redirect
from django.urls import reverse

from ogl_portal.directory.models import User
from ogl_portal.lib.text import plain

from .. import workflow
from ..reopened import sheet_to_submit, stand_of
from ..sheet import Sheet
from ..workflow.own_data import COLLEAGUE, RESPONDENT
from .access import RespondentView
from .posted import posted_revision


class ReviewedView(RespondentView):
    """Base of pages about what would be submitted now, or has just been."""

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_to_submit(self.response)

    def get_context_data(self, **kwargs):
        return super().get_context_data(stand=stand_of(self.response, self.sheet.cards), **kwargs)


class ReviewView(ReviewedView):
    """Everything at a glance, with links to change it; the button submits what is shown."""

    template_name = "surveys/review.html"

    def get(self, request, *args, **kwargs):
        if not self.response.is_partly_writable:
            return redirect(self.round)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(key=uuid4(), **kwargs)


class SubmitView(ReviewedView):
    """Submits; where something is missing or has changed meanwhile, the review comes back and says so."""

    template_name = "surveys/review.html"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            workflow.submit_response(
                response=self.response,
                revision=posted_revision(request),
                key=self.key,
                whole=self.whole,
                by=self.actor,
            )
        except (workflow.NotReady, workflow.ChangedMeanwhile) as refusal:
            status = 409 if isinstance(refusal, workflow.ChangedMeanwhile) else 422
            return self.render_to_response(self.get_context_data(refusal=refusal, key=uuid4()), status=status)
        return redirect(reverse("surveys:submitted", args=[self.round.slug]))

    @property
    def actor(self) -> User | str:
        """Whom the trail names: the lead with a paper form; of everybody else in words who it was."""
        if self.participant.is_paper:
            return self.request.user
        return COLLEAGUE if self.participant.is_colleague else RESPONDENT

    @property
    def whole(self) -> bool | None:
        """Whether the review page showed the whole response as open; unknown where it does not say."""
        return {"1": True, "0": False}.get(self.request.POST.get("whole"))

    @property
    def key(self) -> UUID:
        """The idempotency key of the review page; nonsense counts as a new one."""
        try:
            return UUID(plain(self.request.POST.get("key", "")))
        except ValueError:
            return uuid4()


class SubmittedView(ReviewedView):
    """The confirmation."""

    template_name = "surveys/submitted.html"

    def get(self, request, *args, **kwargs):
        if not self.response.submitted_at:
            return redirect(self.round)
        return super().get(request, *args, **kwargs)
