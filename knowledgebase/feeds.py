"""The Atom feed of the Wissensdatenbank (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from ogl_portal.lib.text import plain

from .models import Solution

FEED_ID = UUID("5f0d3f4e-8f0c-4d8e-9d53-2c6a1b7f0a41")
"""Identifies the feed for good, whatever its address (RFC 4287, 4.2.6)."""
BEFORE_EVERYTHING = datetime(2021, 5, 27, tzinfo=UTC)
"""When a feed without entries changed last: the day of the report that asked for the Wissensdatenbank."""


class SteadyFeed(Atom1Feed):
    """Django's feed, which calls an empty one changed at every request: ours has stable bytes and a working 304."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=BEFORE_EVERYTHING)


def make_feed(solutions: Iterable[Solution]) -> str:
    """Return the solutions as Atom; ``updated`` is their last significant change."""
    page = settings.SITE_URL + reverse("knowledgebase:solution-list")
    feed = SteadyFeed(
        title="Wissensdatenbank – OGL-Portal",
        link=page,
        description="Digitale Lösungen aus der Praxis, die andere übernehmen können.",
        language="de",
        author_name="AG Digitalisierung in der Arbeitswelt, OGL Merseburg/Saalekreis",
        feed_url=settings.SITE_URL + reverse("knowledgebase:feed"),
        feed_guid=FEED_ID.urn,
    )
    for solution in solutions:
        feed.add_item(**entry(solution))
    return feed.writeString("utf-8")


def entry(solution: Solution) -> dict:
    """What the feed says of one solution."""
    return {
        "title": plain(solution.title),
        "link": settings.SITE_URL + solution.get_absolute_url(),
        "description": escape(plain(solution.summary)),
        "unique_id": solution.uuid.urn,
        "pubdate": solution.published_at,
        "updateddate": solution.changed_at,
        "author_name": plain(solution.publisher.name) if solution.publisher else None,
        "categories": [plain(solution.get_kind_display()), *(plain(topic.name) for topic in solution.topics.all())],
    }
