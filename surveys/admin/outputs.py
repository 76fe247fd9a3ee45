"""What the lead takes out of a round: exports and figures."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from .. import charts, export
from ..models import Round
from ..statistics import Statistics

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RoundOutputs:
    """Adds the exports and the statistics to the admin of rounds."""

    def get_urls(self):
        pages = [
            ("export.xlsx", self.xlsx_view, "export_xlsx"),
            ("export.zip", self.csv_view, "export_csv"),
            ("auswertung/", self.statistics_view, "statistics"),
        ]
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"surveys_round_{name}")
            for address, view, name in pages
        ]
        return own + super().get_urls()

    def output_links(self, round: Round) -> list[tuple[str, str]]:
        """Address and words of everything below."""
        words = {"statistics": "Auswertung", "export_xlsx": "Export (Excel)", "export_csv": "Export (CSV)"}
        return [(reverse(f"admin:surveys_round_{name}", args=[round.pk]), label) for name, label in words.items()]

    def readable_round(self, request, pk: int) -> Round:
        """The round, for who may read its responses. Raises PermissionDenied, Http404."""
        if not request.user.has_perm("surveys.view_response"):
            raise PermissionDenied
        return get_object_or_404(Round.objects.select_related("version"), pk=pk)

    def xlsx_view(self, request, pk):
        """All submitted responses as an Excel workbook."""
        round = self.readable_round(request, pk)
        content = export.to_xlsx(export.tables_of(round), round.title)
        return self.file(request, round, content, XLSX, "xlsx")

    def csv_view(self, request, pk):
        """The same as CSV, a file per section in a ZIP archive."""
        round = self.readable_round(request, pk)
        return self.file(request, round, export.to_csv(export.tables_of(round)), "application/zip", "csv.zip")

    def file(self, request, round: Round, content: bytes, content_type: str, suffix: str) -> HttpResponse:
        """Send an export and note in the round's history who took it."""
        self.log_change(request, round, f"Rückmeldungen exportiert ({suffix})")
        response = HttpResponse(content, content_type=content_type)
        name = f"rueckmeldungen-{round.slug}-{timezone.localdate():%Y-%m-%d}.{suffix}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def statistics_view(self, request, pk):
        """The figures of a round; ?ansicht=veroeffentlichung keeps small groups back."""
        round = self.readable_round(request, pk)
        statistics = Statistics(round, for_publication=request.GET.get("ansicht") == "veroeffentlichung")
        context = {**self.admin_site.each_context(request), "title": f"Auswertung: {round}", "opts": self.opts}
        context |= {"round": round, "statistics": statistics, **drawings(statistics)}
        return TemplateResponse(request, "surveys/admin/statistics.html", context)


def drawings(statistics: Statistics) -> dict:
    """The charts of the page, each beside its table."""
    days = [(f"{day.day:%d.%m.}", day.total) for day in statistics.days]
    groups = [(group.label, group.size) for group in statistics.groups]
    tables = [(table, charts.lying(table.question.key, table.question.text, table.bars)) for table in statistics.tables]
    return {
        "over_time": charts.standing("verlauf", "Rückmeldungen, zusammengezählt", days),
        "by_group": charts.lying("gruppen", "Rückmeldungen nach Art der Organisation", groups),
        "tables": tables,
    }
