"""Pages of the Wissensdatenbank."""

from django.core.paginator import Paginator
from django.views.generic import DetailView, TemplateView

from ..forms.catalogue import SolutionFilterForm
from ..models import MUNICIPALITIES, Solution

PER_PAGE = 12


class SolutionListView(TemplateView):
    """Published solutions as cards, the newest first; the filter is the address."""

    template_name = "knowledgebase/solution_list.html"

    def get_context_data(self, **kwargs):
        form = SolutionFilterForm(self.request.GET or None)
        solutions = form.narrow(Solution.objects.published()).for_cards().newest_first()
        page = Paginator(solutions, PER_PAGE).get_page(self.request.GET.get("page"))
        group = form.chosen_target_group
        return super().get_context_data(
            filter_form=form, page_obj=page, shows_ozg_note=group is not None and group.slug == MUNICIPALITIES, **kwargs
        )


class SolutionDetailView(DetailView):
    """One solution: what it is, for whom, what it costs, how to begin, whom to ask."""

    context_object_name = "solution"
    template_name = "knowledgebase/solution_detail.html"

    def get_queryset(self):
        return Solution.objects.visible_to(self.request.user).in_full()
