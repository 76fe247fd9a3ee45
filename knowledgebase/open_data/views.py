"""The page that explains the open data, the files themselves, and the publiccode.yml of one entry."""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import condition
from django.views.generic import TemplateView, View

from ..models import Solution
from . import about, csv_file, dcat, documents, json_file, publiccode
from .freshness import stamp

IN_MEMORY = 1_000_000
"""Bytes of a file that stay in memory; what is longer goes to the disk."""


class OpenDataView(TemplateView):
    """What there is, in which formats, under which licence, and how to ask for it."""

    template_name = "open_data/index.html"

    def get_context_data(self, **kwargs):
        shown = Solution.objects.published()
        changed_at = shown.order_by("-changed_at").values_list("changed_at", flat=True).first()
        return super().get_context_data(
            about=about, licence=about.licence(), fields=about.field_notes(), count=shown.count(),
            changed_at=changed_at, **kwargs
        )  # fmt: skip


class OpenFileMixin:
    """A file that everybody may have, programs in the pages of other sites included.

    It is the same for all, whoever is signed in: no cookie is looked at, so any origin may read it. Caches ask each
    time whether it still holds, because a withdrawn consent acts at once. A page in its place is the reader's own.
    """

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code not in {200, 304}:
            return response
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, no-cache"
        return response


class DataFileView(OpenFileMixin, View):
    """All published solutions in one file; it is complete before the first byte leaves: slow readers hold no query."""

    content_type = filename = ""

    @method_decorator(condition(etag_func=stamp))
    def get(self, request):
        file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
        for text in self.write():
            file.write(text.encode())
        size = file.tell()
        file.seek(0)
        if size > IN_MEMORY:
            return FileResponse(file, content_type=self.content_type, filename=self.filename)
        with file:
            headers = {"Content-Disposition": f'inline; filename="{self.filename}"'}
            return HttpResponse(file.read(), content_type=self.content_type, headers=headers)


class SolutionsJsonView(DataFileView):
    content_type, filename, write = "application/json; charset=utf-8", "loesungen.json", staticmethod(json_file.write)


class SolutionsCsvView(DataFileView):
    content_type, filename, write = "text/csv; charset=utf-8", "loesungen.csv", staticmethod(csv_file.write)


class CatalogueView(DataFileView):
    content_type, filename, write = "application/ld+json; charset=utf-8", "katalog.jsonld", staticmethod(dcat.write)


class PubliccodeView(OpenFileMixin, View):
    """The publiccode.yml of a published entry; a page that says what is missing where there is none."""

    def get(self, request, slug):
        solution = get_object_or_404(documents.with_use(Solution.objects.published()), slug=slug)
        if gaps := publiccode.gaps(solution):
            context = {"solution": solution, "gaps": gaps}
            return render(request, "open_data/no_publiccode.html", context, status=404)
        headers = {"Content-Disposition": 'inline; filename="publiccode.yml"'}
        return HttpResponse(publiccode.write(solution), content_type="application/yaml; charset=utf-8", headers=headers)
