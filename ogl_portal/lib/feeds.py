"""Atom feeds (RFC 4287): what is new, for programs that read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views import View
from django.views.decorators.http import conditional_page

from .text import plain

ENTRIES = 50
"""How many things a feed holds, the ones that changed last."""
AUTHOR = "AG Digitalisierung in der Arbeitswelt, OGL Merseburg/Saalekreis"
BEFORE_EVERYTHING = datetime(2021, 5, 27, tzinfo=UTC)
"""When a feed without entries changed last: the day of the report that the portal was made for."""


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; ``id`` names it for good, whatever its address (RFC 4287, 4.2.6)."""

    id: UUID
    title: str
    description: str
    page: str  # URL names
    address: str
    arguments: tuple[str, ...] = ()  # of both


@dataclass(frozen=True)
class Entry:
    """One thing in a feed; ``updated`` (aware) is its last significant change (RFC 4287, 4.2.15)."""

    id: UUID
    title: str
    url: str  # a path
    summary: str
    updated: datetime
    published: datetime | None = None
    author: str = ""
    categories: tuple[str, ...] = ()


class SteadyFeed(Atom1Feed):
    """Django's feed, which calls an empty one changed at every request: ours has stable bytes and a working 304."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=BEFORE_EVERYTHING)


def make_feed(feed: Feed, entries: Iterable[Entry]) -> str:
    """Return the entries as Atom, without the characters that XML forbids."""
    atom = SteadyFeed(
        title=f"{feed.title} – {settings.SITE_NAME}",
        link=settings.SITE_URL + reverse(feed.page, args=feed.arguments),
        description=feed.description,
        language="de",
        author_name=AUTHOR,
        feed_url=settings.SITE_URL + reverse(feed.address, args=feed.arguments),
        feed_guid=feed.id.urn,
    )
    for entry in entries:
        atom.add_item(**fields_of(entry))
    return atom.writeString("utf-8")


def fields_of(entry: Entry) -> dict:
    """An entry in the words of Django's feed."""
    return {
        "title": plain(entry.title),
        "link": settings.SITE_URL + entry.url,
        "description": escape(plain(entry.summary)),
        "unique_id": entry.id.urn,
        "pubdate": entry.published,
        "updateddate": entry.updated,
        "author_name": plain(entry.author) or None,
        "categories": [plain(category) for category in entry.categories],
    }


@method_decorator(conditional_page, name="dispatch")
class FeedView(View):
    """A feed; says 304 to who has it already. Each kind names its ``feed`` and yields its entries."""

    http_method_names = ["get", "head"]
    feed: Feed

    def entries(self) -> Iterable[Entry]:
        raise NotImplementedError

    def get(self, request):
        headers = {"Content-Type": "application/atom+xml; charset=utf-8", "Cache-Control": "public, no-cache"}
        return HttpResponse(make_feed(self.feed, self.entries()), headers=headers)
