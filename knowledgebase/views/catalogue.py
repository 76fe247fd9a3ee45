"""The catalogue of the Wissensdatenbank."""

from functools import partial

from django.core.paginator import Paginator
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView

from ogl_portal.lib.kept import keep_page

from ..catalogue import Results
from ..forms.catalogue import Selection

PER_PAGE = 20


@method_decorator(conditional_page, name="dispatch")
class SolutionListView(TemplateView):
    """Published solutions as cards; what is searched for, chosen and sorted by stands in the address."""

    template_name = "knowledgebase/solution_list.html"

    def get(self, request, *args, **kwargs):
        draw = partial(super().get, request, *args, **kwargs)
        return draw() if request.GET.get("q") else keep_page(request, draw)

    def get_context_data(self, **kwargs):
        selection = Selection(self.request.GET)
        results = Results(selection)
        page = Paginator(results.places, PER_PAGE).get_page(self.request.GET.get("page"))
        page.object_list = list(results.deck(page.object_list))
        return super().get_context_data(selection=selection, results=results, page_obj=page, **kwargs)
