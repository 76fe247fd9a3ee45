"""What the lead takes out of a round: exports and figures."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.audit.reading import note_reading

from .. import charts, export, workflow
from ..models import PublishedFigures, Round
from ..publication import FrozenStatistics
from ..statistics import Statistics

REDACTED = "?fassung=redigiert"
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
        xlsx, csv, statistics = (
            reverse(f"admin:surveys_round_{name}", args=[round.pk])
            for name in ["export_xlsx", "export_csv", "statistics"]
        )
        originals = [(xlsx, "Export (Excel)"), (csv, "Export (CSV)")]
        redacted = [(address + REDACTED, words.replace("Export", "Export redigiert")) for address, words in originals]
        return [(statistics, "Auswertung"), *originals, *redacted]

    def readable_round(self, request, pk: int) -> Round:
        """The round, for who may read its responses. Raises PermissionDenied, Http404."""
        if not request.user.has_perm("surveys.view_response"):
            raise PermissionDenied
        return get_object_or_404(Round.objects.select_related("version"), pk=pk)

    def xlsx_view(self, request, pk):
        """All submitted responses as an Excel workbook; ?fassung=redigiert with the redacted texts."""
        round, tables = self.tables(request, pk)
        return self.file(request, round, export.to_xlsx(tables, round.title), XLSX, "xlsx")

    def csv_view(self, request, pk):
        """The same as CSV, a file per section in a ZIP archive."""
        round, tables = self.tables(request, pk)
        return self.file(request, round, export.to_csv(tables), "application/zip", "csv.zip")

    def tables(self, request, pk: int) -> tuple[Round, list[export.Table]]:
        """The round and what is exported of it. Raises what ``readable_round`` raises."""
        round = self.readable_round(request, pk)
        return round, export.tables_of(round, redacted=wants_redacted(request))

    def file(self, request, round: Round, content: bytes, content_type: str, suffix: str) -> HttpResponse:
        """Send an export and note in the round's history who took it, and in which version."""
        version, words = ("-redigiert", "redigierte Fassung") if wants_redacted(request) else ("", "Originale")
        self.log_change(request, round, f"Rückmeldungen exportiert ({suffix}, {words})")
        note_export(request, f"Rückmeldungen exportiert ({suffix}, {words})", round)
        response = HttpResponse(content, content_type=content_type)
        name = f"rueckmeldungen{version}-{round.slug}-{timezone.localdate():%Y-%m-%d}.{suffix}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def statistics_view(self, request, pk):
        """The figures of a round; ?ansicht=veroeffentlichung keeps small groups back, and a button freezes them."""
        round = self.readable_round(request, pk)
        if request.method == "POST":
            return self.publish(request, round)
        note_reading(request, "Auswertung gelesen", round)
        published = PublishedFigures.objects.filter(round=round).select_related("published_by__person").first()
        statistics = self.statistics(request, round, published)
        context = {**self.admin_site.each_context(request), "title": f"Auswertung: {round}", "opts": self.opts}
        context |= {"round": round, "statistics": statistics, "published": published, **drawings(statistics)}
        return TemplateResponse(request, "surveys/admin/statistics.html", context)

    def statistics(self, request, round: Round, published: PublishedFigures | None) -> Statistics | FrozenStatistics:
        """All figures; or those for publication, as they were frozen if they have been."""
        for_publication = request.GET.get("ansicht") == "veroeffentlichung"
        if for_publication and published:
            return FrozenStatistics(published)
        return Statistics(round, for_publication=for_publication)

    def publish(self, request, round: Round) -> HttpResponse:
        """Freeze the figures for publication, or say why not."""
        if not self.has_change_permission(request, round):
            raise PermissionDenied
        try:
            workflow.publish_figures(round=round, by=request.user)
        except workflow.SurveyError as refusal:
            messages.error(request, str(refusal))
        else:
            self.log_change(request, round, "Auswertung zur Veröffentlichung festgeschrieben.")
            messages.success(request, "Die Zahlen sind festgeschrieben. Sie können jetzt veröffentlicht werden.")
        return HttpResponseRedirect(f"{request.path}?ansicht=veroeffentlichung")


def note_export(request, what: str, round: Round) -> None:
    """Record who took what along."""
    audit.record(AuditRecord.Kind.EXPORTED, what, by=request.user, thing=round, label=f"Runde {round.slug}")


def wants_redacted(request) -> bool:
    """Whether the address asks for the redacted version."""
    return request.GET.get("fassung") == "redigiert"


def drawings(statistics: Statistics | FrozenStatistics) -> dict:
    """The charts of the page, each beside its table."""
    days = [(f"{day.day:%d.%m.}", day.total) for day in statistics.days]
    groups = [(group.label, group.size) for group in statistics.groups]
    tables = [(table, charts.lying(table.question.key, table.question.text, table.bars)) for table in statistics.tables]
    return {
        "over_time": charts.standing("verlauf", "Rückmeldungen, zusammengezählt", days),
        "by_group": charts.lying("gruppen", "Rückmeldungen nach Art der Organisation", groups),
        "tables": tables,
    }
