"""„Für uns geeignet?“"""

from django.core.paginator import Paginator
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView

from ..cards import Deck
from ..forms.suitability import SuitabilityForm
from ..suitability import judge

PER_PAGE, LEFT_OUT_PER_PAGE = 20, 50


@method_decorator(conditional_page, name="dispatch")
class SuitabilityView(TemplateView):
    """Which solutions fit an organisation, and why the others do not; the answers are the address."""

    template_name = "knowledgebase/suitability.html"

    def get_context_data(self, **kwargs):
        asked = set(SuitabilityForm.base_fields) & set(self.request.GET)
        form = SuitabilityForm(self.request.GET if asked else None)
        result = self.result(form) if asked and form.is_valid() else {}
        return super().get_context_data(form=form, **result, **kwargs)

    def result(self, form: SuitabilityForm) -> dict:
        """One page of what fits, and one of what does not."""
        fitting, left_out = judge(form.wishes)
        page = Paginator(fitting, PER_PAGE).get_page(self.request.GET.get("page"))
        page.object_list = list(Deck({solution.pk: solution.revision for solution in page.object_list}))
        others = Paginator(left_out, LEFT_OUT_PER_PAGE).get_page(self.request.GET.get("ausgelassen"))
        return {"page_obj": page, "others": others}
