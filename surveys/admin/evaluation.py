"""The lead's overview of a round, and its codings as a file."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ogl_portal.lib.audit.reading import note_reading
from ogl_portal.lib.registry import round_boxes

from ..models import Coding, Round
from ..progress import Progress
from .codings import csv_of
from .outputs import note_export


class EvaluationPages:
    """Adds the overview to the admin of rounds; mixed in before the outputs, whose readers may read this too."""

    def get_urls(self):
        pages = [("ueberblick/", self.overview, "overview"), ("kodierungen.csv", self.codings_view, "codings_csv")]
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"surveys_round_{name}")
            for address, view, name in pages
        ]
        return own + super().get_urls()

    def output_links(self, round: Round) -> list[tuple[str, str]]:
        return [(reverse("admin:surveys_round_overview", args=[round.pk]), "Überblick"), *super().output_links(round)]

    def evaluated_round(self, request, pk: int) -> Round:
        """The round, for who may read its responses and code them. Raises PermissionDenied, Http404."""
        if not request.user.has_perm("surveys.view_coding"):
            raise PermissionDenied
        return self.readable_round(request, pk)

    def overview(self, request, pk):
        """What came back, how much is coded, what waits for an answer."""
        round = self.evaluated_round(request, pk)
        note_reading(request, "Überblick gelesen", round)
        context = {**self.admin_site.each_context(request), "title": f"Überblick: {round}", "opts": self.opts}
        boxes = list(round_boxes.ask(round=round, user=request.user))
        context |= {"round": round, "progress": Progress(round), "boxes": boxes}
        return TemplateResponse(request, "surveys/admin/overview.html", context)

    def codings_view(self, request, pk):
        """All codings of the round; the history of the round notes who took them."""
        round = self.evaluated_round(request, pk)
        self.log_change(request, round, "Kodierungen exportiert (CSV).")
        note_export(request, "Kodierungen exportiert (CSV)", round)
        codings = Coding.objects.filter(round=round).in_full().with_agreement().order_by("need__title", "pk")
        response = HttpResponse(csv_of(codings), content_type="text/csv; charset=utf-8")
        name = f"kodierungen-{round.slug}-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response
