"""Pages of the recommendations, and the paper of a series as page and as PDF."""

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, ListView

from ogl_portal.lib import pdf

from ..models import Recommendation, Series, has_paper
from ..paper import Paper
from ..recommendation_filter import RecommendationFilterForm


class RecommendationListView(ListView):
    """All recommendations that the asker may read; the filter is the address."""

    template_name = "sessions_app/recommendation_list.html"
    paginate_by = 20

    def get_queryset(self):
        self.filter_form = RecommendationFilterForm(self.request.GET or None)
        recommendations = Recommendation.objects.visible_to(self.request.user).with_sources()
        return self.filter_form.narrow(recommendations).order_by("addressee", "series__title", "position", "pk")

    def get_context_data(self, **kwargs):
        papers = Series.objects.filter(has_paper())
        return super().get_context_data(filter_form=self.filter_form, papers=papers, **kwargs)


class RecommendationDetailView(DetailView):
    """One recommendation with its reasoning, its session, and what became of it."""

    pk_url_kwarg = "number"
    template_name = "sessions_app/recommendation_detail.html"

    def get_queryset(self):
        return Recommendation.objects.visible_to(self.request.user).with_sources()


class PaperView(DetailView):
    """The recommendations paper of a series, which everybody reads alike: drafts are not in it."""

    template_name = "sessions_app/paper.html"

    def get_queryset(self):
        return Series.objects.filter(has_paper()).prefetch_related("organisers")

    def get_context_data(self, **kwargs):
        return super().get_context_data(paper=Paper.of(self.object), SITE_URL=settings.SITE_URL, **kwargs)


@method_decorator(conditional_page, name="dispatch")
class PaperPDFView(PaperView):
    """The same as a tagged PDF; what was made of the same text once is kept."""

    def render_to_response(self, context, **response_kwargs):
        try:
            content = pdf.render("sessions_app/paper_pdf.html", context | {"for_pdf": True})
        except pdf.RenderError as error:
            page = render(self.request, "sessions_app/paper_pdf_failed.html", context | {"message": error}, status=503)
            page["Retry-After"], page["Cache-Control"] = "60", "no-store"
            return page
        response = pdf.respond(content, f"empfehlungen-{self.object.slug}.pdf")
        if self.request.user.is_anonymous:
            del response["Cache-Control"]
            patch_cache_control(response, public=True, no_cache=True)
        return response
