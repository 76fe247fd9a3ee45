"""„Vorschlagen“: what everybody may send, and the drafts of members, which they write in several sittings."""

import json
from functools import cached_property

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.generic import FormView, TemplateView

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.numbers import small_number
from ogl_portal.lib.signed_out import ButtonMixin, KeepsTypedMixin
from ogl_portal.lib.text import plain

from .. import workflow
from ..forms.proposals import BeginForm, Section, section_after, section_of, tasks
from ..models import Solution

MAX_KEPT = 100_000
"""How much (bytes) the session holds of what somebody typed whose sign-in had expired."""


class ProposeView(TemplateView):
    """Where proposals begin: for members, and for everybody."""

    template_name = "knowledgebase/propose.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(may_write=belongs_to_group(user), proposals=Solution.objects.of(user), **kwargs)


class KeepsDraftMixin(KeepsTypedMixin):
    """A page whose fields are not of one form: all that was typed waits where the sign-in had expired."""

    def may_be_kept(self) -> bool:
        """Only what somebody can have sent who had a form of ours open, and not too much of it."""
        known = Solution.objects.filter(uuid=self.kwargs["uuid"], status=Solution.Status.DRAFT)
        return len(json.dumps(self.typed())) <= MAX_KEPT and known.exists()

    def typed(self) -> dict[str, list[str]]:
        return {plain(name): [plain(value) for value in values] for name, values in self.request.POST.lists()}

    def kept(self) -> MultiValueDict | None:
        kept = super().kept()
        return None if kept is None else MultiValueDict(kept)


class AddProposalView(KeepsTypedMixin, LoginRequiredMixin, FormView):
    """Begins a draft."""

    form_class = BeginForm
    template_name = "knowledgebase/propose_add.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not belongs_to_group(request.user):
            raise PermissionDenied("Lösungen beschreiben hier die Mitglieder der Arbeitsgruppe.")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            solution = workflow.begin_proposal(**form.cleaned_data, by=self.request.user)
        except ValidationError as refusal:
            form.add_error("title", refusal.messages)
            return self.render_to_response(self.get_context_data(form=form, begun=getattr(refusal, "draft", None)))
        messages.success(self.request, "Ihr Entwurf ist angelegt. Sie können ihn jederzeit weiterschreiben.")
        return redirect("knowledgebase:proposal", solution.uuid)


class OwnProposalView(LoginRequiredMixin, TemplateView):
    """Base of the pages of one's own proposal; everybody else's is not found."""

    @cached_property
    def solution(self) -> Solution:
        return get_object_or_404(Solution.objects.of(self.request.user), uuid=self.kwargs["uuid"])

    @property
    def is_draft(self) -> bool:
        return self.solution.status == Solution.Status.DRAFT

    def get_context_data(self, **kwargs):
        return super().get_context_data(solution=self.solution, is_draft=self.is_draft, **kwargs)

    def to_overview(self):
        return redirect("knowledgebase:proposal", self.solution.uuid)


class ProposalView(OwnProposalView):
    """A proposal at a glance: what is still missing, how it stands, and all that it says."""

    template_name = "knowledgebase/propose_overview.html"

    def get_context_data(self, **kwargs):
        sections = list(tasks(self.solution))
        return super().get_context_data(sections=sections, lacks=any(gaps for _, gaps, _ in sections), **kwargs)


class ProposalSectionView(KeepsDraftMixin, OwnProposalView):
    """One section of a draft: shown, saved, and never over what somebody else has saved meanwhile."""

    template_name = "knowledgebase/propose_section.html"

    @cached_property
    def section(self) -> Section:
        found = section_of(self.kwargs["key"])
        if not found:
            raise Http404
        return found

    def get(self, request, *args, **kwargs):
        kept = self.kept()
        if not self.is_draft and kept is None:
            return self.to_overview()
        return self.show(*self.forms(self.solution, kept))

    def forms(self, solution: Solution, data=None, files=None) -> tuple:
        """The form of the section, and that of its rows where it has some."""
        rows = self.section.rows.of(solution, data, files) if self.section.rows else None
        return self.section.form(data, instance=solution), rows

    def post(self, request, *args, **kwargs):
        form, rows, is_saved = self.save()
        if not is_saved:
            return self.show(form, rows, status=409 if form.is_refused or not self.is_draft else 200)
        messages.success(request, "Gespeichert.")
        return redirect(self.next_url())

    @transaction.atomic
    def save(self) -> tuple:
        """Save what was sent if it is in order and the draft is still one; return the forms and whether it was."""
        self.solution = Solution.objects.select_for_update().get(pk=self.solution.pk)
        form, rows = self.forms(Solution.objects.get(pk=self.solution.pk), self.request.POST, self.request.FILES)
        if not all([form.is_valid(), rows is None or rows.is_valid(), self.is_draft]):
            return form, rows, False
        self.write(form, rows)
        return form, rows, True

    def write(self, form, rows) -> None:
        """Write the section, its rows, and who did it."""
        solution = form.save()
        if rows is not None:
            rows.save(solution)
        message = f"„{self.section.title}“ geändert."
        workflow.note_change(solution=solution, by=self.request.user, message=message)

    def show(self, form, rows, *, status: int = 200):
        stored = self.section.texts(Solution.objects.get(pk=self.solution.pk)) if form.is_bound and rows else []
        context = self.get_context_data(
            form=form, rows=rows, section=self.section, following=section_after(self.section), stored=stored
        )  # fmt: skip
        return self.render_to_response(context, status=status)

    def next_url(self) -> str:
        """The page that the pressed button names."""
        following = {"mehr": self.section, "weiter": section_after(self.section)}.get(self.request.POST.get("next"))
        if following is None:
            return reverse("knowledgebase:proposal", args=[self.solution.uuid])
        return reverse("knowledgebase:proposal-section", args=[self.solution.uuid, following.key])


class SubmitProposalView(ButtonMixin, OwnProposalView):
    """Hands the draft in, as the person saw it."""

    def post(self, request, *args, **kwargs):
        revision = small_number(request.POST.get("revision", ""))
        try:
            workflow.submit_proposal(solution=self.solution, by=request.user, revision=revision)
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
        else:
            messages.success(request, "Danke! Ihr Vorschlag liegt jetzt bei der OGL-Leitung.")
        return self.to_overview()


class DeleteProposalView(OwnProposalView):
    """Asks before a draft goes for good."""

    template_name = "knowledgebase/propose_delete.html"

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.is_draft else self.to_overview()

    def post(self, request, *args, **kwargs):
        try:
            workflow.delete_proposal(solution=self.solution)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.to_overview()
        messages.success(request, "Ihr Entwurf ist gelöscht.")
        return redirect("knowledgebase:propose")
