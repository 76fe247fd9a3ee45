"""The Atom feed of the Wissensdatenbank."""

from uuid import UUID

from ogl_portal.lib.feeds import Entry, Feed

from .models import Solution

FEED = Feed(
    id=UUID("5f0d3f4e-8f0c-4d8e-9d53-2c6a1b7f0a41"),
    title="Wissensdatenbank",
    description="Digitale Lösungen aus der Praxis, die andere übernehmen können.",
    page="knowledgebase:solution-list",
    address="knowledgebase:feed",
)


def entry(solution: Solution) -> Entry:
    """What the feed says of one solution."""
    return Entry(
        id=solution.uuid,
        title=solution.title,
        url=solution.get_absolute_url(),
        summary=solution.summary,
        updated=solution.changed_at,
        published=solution.published_at,
        author=solution.publisher.name if solution.publisher else "",
        categories=(solution.get_kind_display(), *(topic.name for topic in solution.topics.all())),
    )
