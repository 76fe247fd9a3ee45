"""Pages of reports: the released version, earlier ones, and the draft for those who may read it."""

import logging

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, ListView

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib import pdf
from ogl_portal.lib.kept import BrieflyKeptMixin

from ..forms import CommentForm
from ..models import Report, ReportVersion

DRAFT = "entwurf"
"""Value of ``?version=`` for the working text beside a version that is released."""

NOT_STORED = "Die Datei fehlt in der Ablage."
NOT_DRAWN = "Aus diesem Report wurde ein Name entfernt. Das PDF wird gerade neu hergestellt."
logger = logging.getLogger(__name__)


class ReportListView(BrieflyKeptMixin, ListView):
    """The reports that the asker may read, the latest event first."""

    template_name = "sessions_app/report_list.html"
    paginate_by = 20

    def get_queryset(self):
        return Report.objects.visible_to(self.request.user).select_related("event").with_public_title()


class ReportDetailView(BrieflyKeptMixin, DetailView):
    """A report as a page: its public version, the one that ``?version=`` names, or the draft."""

    template_name = "sessions_app/report_detail.html"

    def get_queryset(self):
        reports = Report.objects.visible_to(self.request.user).complete()
        return reports.with_comments() if belongs_to_group(self.request.user) else reports

    def get_context_data(self, **kwargs):
        report, user, version = self.object, self.request.user, self.chosen_version()
        return super().get_context_data(
            version=version,
            title=(version or report).title,
            versions=report.versions.defer(*ReportVersion.LONG) if report.versions_readable_by(user) else [],
            draft_is_elsewhere=report.current_version_id and not report.is_released and report.draft_readable_by(user),
            **reading(report, user),
            **kwargs,
        )

    def chosen_version(self) -> ReportVersion | None:
        """The version to show, None for the working text; raises Http404 for what this reader may not see."""
        report, wanted = self.object, self.request.GET.get("version", "")
        if not wanted and report.current_version_id:
            return report.current_version
        if wanted in {"", DRAFT}:
            return self.working_text()
        if not is_number(wanted) or not report.versions_readable_by(self.request.user):
            raise Http404
        return get_object_or_404(report.versions, number=int(wanted))

    def working_text(self) -> None:
        """No version; raises Http404 for those who may not read the draft."""
        if not self.object.text_readable_by(self.request.user):
            raise Http404


def is_number(text: str) -> bool:
    """Whether it may be the number of a version."""
    return text.isascii() and text.isdecimal() and len(text) < 5


def reading(report: Report, user) -> dict:
    """What the working text of a report needs, for one reader."""
    is_open = report.takes_comments and belongs_to_group(user)
    return {
        "for_members": belongs_to_group(user),
        "draft": not report.is_released,
        "reviewing": report.status == Report.Status.IN_REVIEW and belongs_to_group(user),
        "comment_form": CommentForm() if is_open else None,
        "has_confirmed": is_open and report.confirmations.filter(user=user).exists(),
    }


@method_decorator(conditional_page, name="dispatch")
class ReportPDFView(ReportDetailView):
    """A report as PDF: stored for a version, made now for a draft from the same template as the page."""

    def render_to_response(self, context, **response_kwargs):
        try:
            content = self.content(context)
        except pdf.RenderError as error:
            page = render(self.request, "sessions_app/report_pdf_failed.html", context | {"message": error}, status=503)
            page["Retry-After"], page["Cache-Control"] = "60", "no-store"
            return page
        response = pdf.respond(content, f"{self.object.slug}.pdf")
        if self.request.user.is_anonymous:
            del response["Cache-Control"]
            patch_cache_control(response, public=True, no_cache=True)
        return response

    def content(self, context: dict) -> bytes:
        """The stored bytes, or those of the draft; raises RenderError, also where the stored file cannot be read."""
        user, version = self.request.user, context["version"]
        if version and not version.file_for(user):
            raise pdf.RenderError(NOT_DRAWN)
        if version:
            try:
                return version.pdf_for(user)
            except OSError as error:
                logger.warning("Das PDF einer Fassung (%s) fehlt in der Ablage.", version.pk)
                raise pdf.RenderError(NOT_STORED) from error
        unmoved = {"user": user, "for_pdf": True, "number": None, "reviewing": False}
        return pdf.render("sessions_app/report_pdf.html", context | unmoved, keep=self.object.is_released)
