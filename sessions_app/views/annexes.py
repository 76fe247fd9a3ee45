"""Files that belong to reports."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View

from ogl_portal.lib.files import send_file

from ..models import ReportAnnex


class AnnexView(View):
    """A file of a report, for whoever may read a version that names it."""

    http_method_names = ["get", "head"]

    def get(self, request, slug, uuid) -> HttpResponse:
        annexes = ReportAnnex.objects.readable_by(request.user).select_related("report")
        annex = get_object_or_404(annexes, report__slug=slug, uuid=uuid)
        return send_file(annex, annex.download_name)
