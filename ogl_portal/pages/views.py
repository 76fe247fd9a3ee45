"""The required pages, and the form that reports a barrier."""

from urllib.parse import urlsplit

from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, FormView

from ogl_portal.lib.requests import client_address

from . import workflow
from .forms import BarrierForm
from .models import BarrierReport, Page


class PageView(DetailView):
    """One required page, found by its fixed key."""

    key = ""
    context_object_name = "page"
    template_name = "pages/page.html"

    def get_object(self):
        return get_object_or_404(Page, key=self.key)


class ReportBarrierView(FormView):
    form_class = BarrierForm
    template_name = "pages/report_barrier.html"

    def get_initial(self):
        try:
            came_from = urlsplit(self.request.headers.get("Referer", ""))
        except ValueError:  # a header is whatever somebody sends
            return {}
        return {"where": came_from.path[:500]} if came_from.netloc == self.request.get_host() else {}

    def form_valid(self, form):
        data = {name: form.cleaned_data[name] for name in ("key", "where", "what", "name", "email")}
        try:
            report = workflow.report_barrier(**data, client=client_address(self.request))
        except workflow.TooManyReports as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return redirect("pages:barrier-thanks", report.key)


class BarrierThanksView(DetailView):
    """Says until when the answer comes; the key in the address shows nothing of what was reported."""

    queryset = BarrierReport.objects.all()
    slug_field = slug_url_kwarg = "key"
    context_object_name = "report"
    template_name = "pages/barrier_thanks.html"
