"""What a solution held before: the list of its snapshots, each with its differences, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path

from ogl_portal.lib.numbers import small_number

from .. import interchange, workflow
from ..differences import differences
from ..models import Snapshot, Solution
from .life import change_url

PER_PAGE = 50


class HistoryPages:
    """Takes the place of Django's history: that says who and when, this also what."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.snapshot_view)
        name = "knowledgebase_solution_snapshot"
        return [path("<int:pk>/history/<int:number>/", view, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        solution = self.get_object(request, object_id)
        if solution is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        snapshots = solution.snapshots.defer("content").select_related("made_by__person")
        page = Paginator(snapshots, PER_PAGE).get_page(request.GET.get("p"))
        context = {"title": "Verlauf", "page_obj": page}
        return self.past_page(request, solution, "knowledgebase/admin/history.html", context)

    def snapshot_view(self, request, pk, number):
        """One snapshot; POST makes the solution hold that again."""
        snapshots = Snapshot.objects.select_related("solution", "made_by__person")
        snapshot = get_object_or_404(snapshots, solution=pk, number=number)
        if request.method == "POST":
            return self.restore(request, snapshot)
        return self.show(request, snapshot)

    def show(self, request, snapshot: Snapshot, status: int = 200):
        """How the snapshot differs from the one before, and from what the solution holds today."""
        before = snapshot.solution.snapshots.filter(number__lt=snapshot.number).first()
        today = interchange.dump(interchange.with_content(Solution.objects.filter(pk=snapshot.solution_id)).get())
        context = {"title": f"Stand {snapshot.number}", "snapshot": snapshot, "before": before}
        context["changes"] = differences(before.content if before else {}, snapshot.content)
        context["returning"] = differences(today, snapshot.content)
        return self.past_page(request, snapshot.solution, "knowledgebase/admin/snapshot.html", context, status)

    def restore(self, request, snapshot: Snapshot):
        """Make the solution hold again what it held; a refusal is said on the page."""
        revision = small_number(request.POST.get("revision", ""))
        try:
            self.require_change(request, snapshot.solution)
            left_out = workflow.restore_snapshot(snapshot=snapshot, by=request.user, revision=revision)
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
            return self.show(request, snapshot, status=409)
        messages.success(request, f"Stand {snapshot.number} gilt wieder.")
        for text in left_out:
            messages.warning(request, text)
        return HttpResponseRedirect(change_url(snapshot.solution))

    def require_change(self, request, solution: Solution) -> None:
        if not self.has_change_permission(request, solution):
            raise PermissionDenied

    def past_page(self, request, solution: Solution, template: str, context: dict, status: int = 200):
        """A page about a solution's past, for those who may see the solution in the admin."""
        if not self.has_view_or_change_permission(request, solution):
            raise PermissionDenied
        own = {"opts": self.opts, "original": solution, "can_restore": self.has_change_permission(request, solution)}
        context = {**self.admin_site.each_context(request), **own, **context}
        return TemplateResponse(request, template, context, status=status)
