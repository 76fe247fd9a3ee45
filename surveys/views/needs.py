"""The needs of target groups, as everybody may read them: all of them, one with its evidence, and the document."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, TemplateView

from ogl_portal.lib import pdf
from ogl_portal.lib.kept import BrieflyKeptMixin

from .. import charts
from ..answering import answers_to
from ..models import Need
from ..published_needs import PublishedNeeds
from ..quotes import public_quotes, quotes_of_needs

QUOTES = 20


class NeedListView(BrieflyKeptMixin, TemplateView):
    """Released needs, target group by target group, with figures that tell of nobody."""

    template_name = "surveys/need_list.html"

    def get_context_data(self, **kwargs):
        matrix = PublishedNeeds()
        answers = answers_to([need.pk for need in matrix.needs], self.request.user)
        chart = charts.lying("bedarfe", "Bedarfe nach der Zahl der Organisationen", matrix.bars)
        return super().get_context_data(matrix=matrix, answers=answers, chart=chart, **kwargs)


@method_decorator(conditional_page, name="dispatch")
class NeedsPdfView(NeedListView):
    """The document „Zielgruppenbedarfe“: the same for everybody, with the words that may be quoted now."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        needs = context["matrix"].needs
        answers = answers_to([need.pk for need in needs], AnonymousUser())
        context |= {"quotes": quotes_of_needs(needs), "answers": answers}
        return context | {"SITE_URL": settings.SITE_URL, "for_pdf": True}

    def render_to_response(self, context, **response_kwargs):
        try:
            content = pdf.render("surveys/needs_pdf.html", context)
        except pdf.RenderError as error:
            page = render(self.request, "surveys/needs_pdf_failed.html", {"message": error}, status=503)
            page["Retry-After"], page["Cache-Control"] = "60", "no-store"
            return page
        response = pdf.respond(content, "zielgruppenbedarfe.pdf")
        if self.request.user.is_anonymous:
            del response["Cache-Control"]
            patch_cache_control(response, public=True, no_cache=True)
        return response


class NeedDetailView(DetailView):
    """One need with the words that it came from and with what answers it.

    A merged one leads to where it went, as long as that may be read; it may be taken back, so not for good.
    """

    template_name = "surveys/need_detail.html"

    def get_queryset(self):
        needs = Need.objects.select_related("merged_into")
        public = Q(status=Need.Status.RELEASED) | Q(merged_into__status=Need.Status.RELEASED)
        return needs if getattr(self.request.user, "is_lead", False) else needs.filter(public)

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.object.merged_into:
            return redirect(self.object.merged_into)
        return self.render_to_response(self.get_context_data(object=self.object))

    @cached_property
    def row(self):
        """What may be said of it in figures; nothing before its release."""
        return PublishedNeeds().row(self.object)

    @property
    def cells(self) -> list:
        """What may be said of single target groups."""
        return [cell for cell in self.row.cells if cell.figure] if self.row else []

    @property
    def cell(self):
        """The figure whose quotes are asked for; one that is kept back has none of its own."""
        wanted = self.request.GET.get("zielgruppe")
        return next((cell for cell in self.cells if wanted and cell.column.name == wanted), None)

    def get_context_data(self, **kwargs):
        codings, cell = self.object.codings.all(), self.cell
        if cell and cell.column.group:
            codings = codings.filter(target_group=cell.column.group)
        quotes = Paginator(public_quotes(codings), QUOTES).get_page(self.request.GET.get("page"))
        answers = answers_to([self.object.pk], self.request.user).get(self.object.pk, [])
        figures = {"row": self.row, "cells": self.cells, "cell": cell}
        return super().get_context_data(page_obj=quotes, answers=answers, **figures, **kwargs)
