"""What is new, for programs that read feeds."""

from ogl_portal.lib import feeds

from ..feeds import FEED, entry
from ..models import Solution


class FeedView(feeds.FeedView):
    """The solutions that changed last, as Atom (RFC 4287)."""

    feed = FEED

    def entries(self):
        solutions = Solution.objects.published().select_related("publisher").prefetch_related("topics")
        return map(entry, solutions.order_by("-changed_at", "-pk")[: feeds.ENTRIES])
