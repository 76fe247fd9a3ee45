"""The required pages, the forms that write to the OGL-Leitung, and the search."""

from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, FormView, TemplateView

from ogl_portal.directory.search import search_audiences
from ogl_portal.lib import search, spam
from ogl_portal.lib.requests import client_address

from . import workflow
from .forms import BarrierForm, ContactForm, SearchForm
from .models import BarrierReport, ContactRequest, Page


class PageView(DetailView):
    """One required page, found by its fixed key."""

    key = ""
    context_object_name = "page"
    template_name = "pages/page.html"

    def get_object(self):
        return get_object_or_404(Page, key=self.key)


class TicketView(FormView):
    """A form that makes a ticket: what was typed stays when there are too many."""

    thanks = ""

    def form_valid(self, form):
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            ticket = self.make(**data, key=form.key, client=client_address(self.request))
        except spam.TooMany as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return redirect(self.thanks, ticket.key)


class ReportBarrierView(TicketView):
    form_class = BarrierForm
    template_name = "pages/report_barrier.html"
    thanks = "pages:barrier-thanks"
    make = staticmethod(workflow.report_barrier)

    def get_initial(self):
        try:
            came_from = urlsplit(self.request.headers.get("Referer", ""))
        except ValueError:  # a header is whatever somebody sends
            return {}
        return {"where": came_from.path[:500]} if came_from.netloc == self.request.get_host() else {}


class ContactView(TicketView):
    form_class = ContactForm
    template_name = "pages/contact.html"
    thanks = "pages:contact-thanks"
    make = staticmethod(workflow.ask_leads)


class BarrierThanksView(DetailView):
    """Says until when the answer comes; the key in the address shows nothing of what was reported."""

    queryset = BarrierReport.objects.all()
    slug_field = slug_url_kwarg = "key"
    context_object_name = "report"
    template_name = "pages/barrier_thanks.html"


class ContactThanksView(BarrierThanksView):
    queryset = ContactRequest.objects.all()
    template_name = "pages/contact_thanks.html"


class SearchView(TemplateView):
    """What the asker may find, the best first; words, kind and page stand in the address."""

    template_name = "search/results.html"
    per_page = 10

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET if "q" in self.request.GET else None)
        text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
        user, literal = self.request.user, self.request.GET.get("genau") == "1"
        found = search.find(text, audiences=search_audiences(user), literal=literal) if text else None
        outdated = user.is_authenticated and user.is_lead and search.is_outdated()
        context = {"form": form, "text": text, "found": found, "literal": literal, "index_is_outdated": outdated}
        return super().get_context_data(**context, **(self.hits(found) if found else {}), **kwargs)

    def hits(self, found: search.Found) -> dict:
        """One page of the hits, of the chosen kind only, and how many there are of each kind."""
        counts = found.counts
        kinds = [(source, counts[source.name]) for source in search.sources() if source.name in counts]
        kinds.sort(key=lambda kind: -kind[1])
        chosen = next((source for source, _ in kinds if source.slug == self.request.GET.get("art")), None)
        hits = (found.of(chosen.name) if chosen else found).hits
        page = Paginator(hits, self.per_page).get_page(self.request.GET.get("page"))
        return {"kinds": kinds, "chosen": chosen, "page_obj": page, "total": len(found.hits)}
