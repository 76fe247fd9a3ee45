"""What members say to a draft."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.numbers import small_number
from ogl_portal.lib.signed_out import ButtonMixin, KeepsTypedMixin

from .. import workflow
from ..forms import CommentForm
from ..models import Report, ReportSection


class ReviewMixin(LoginRequiredMixin):
    """For the AG, and for reports that it may read."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not belongs_to_group(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def report(self, slug: str) -> Report:
        report = get_object_or_404(Report.objects.visible_to(self.request.user), slug=slug)
        if not report.text_readable_by(self.request.user):
            raise Http404
        return report


class CommentView(KeepsTypedMixin, ReviewMixin, View):
    """Say something to one section; without JavaScript, and what was typed is never lost."""

    form_class = CommentForm

    def section(self) -> ReportSection:
        sections, report = ReportSection.objects.select_related("report"), self.report(self.kwargs["slug"])
        return get_object_or_404(sections, report=report, number=self.kwargs["number"])

    def get(self, request, slug, number):
        """The form by itself, for what had to wait for the sign-in; it stands in the draft, too."""
        context = {"form": CommentForm(self.kept()), "section": self.section()}
        return render(request, "sessions_app/comment.html", context)

    def post(self, request, slug, number):
        section = self.section()
        form = CommentForm(request.POST)
        if form.is_valid():
            try:
                workflow.comment_section(section=section, by=request.user, text=form.cleaned_data["text"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, "Danke, Ihre Anmerkung ist bei der OGL-Leitung.")
                return redirect(f"{section.report.get_draft_url()}#abschnitt-{number}")
        return render(request, "sessions_app/comment.html", {"form": form, "section": section}, status=422)


class ConfirmView(ButtonMixin, ReviewMixin, View):
    """Say that the draft is right as it stands."""

    def page(self):
        return super().page() + "?version=entwurf"

    def post(self, request, slug):
        report = self.report(slug)
        try:
            seen = small_number(request.POST.get("revision", ""))
            workflow.confirm_report(report=report, by=request.user, seen=seen)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, "Danke. Wir haben notiert, dass der Report aus Ihrer Sicht stimmt.")
        return redirect(report.get_draft_url())
