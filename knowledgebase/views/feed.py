"""What is new, for programs that read feeds."""

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import conditional_page

from ..feeds import make_feed
from ..models import Solution

ENTRIES = 50


@method_decorator(conditional_page, name="dispatch")
class FeedView(View):
    """The solutions that changed last, as Atom (RFC 4287)."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        solutions = Solution.objects.published().select_related("publisher").prefetch_related("topics")
        content = make_feed(solutions.order_by("-changed_at", "-pk")[:ENTRIES])
        headers = {"Content-Type": "application/atom+xml; charset=utf-8", "Cache-Control": "public, no-cache"}
        return HttpResponse(content, headers=headers)
