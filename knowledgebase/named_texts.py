"""The texts of solutions that may name somebody; members and the lead have written them freely."""

from collections.abc import Iterator

from ogl_portal.lib.registry import forgotten_names, withdrawn_names
from sessions_app.named_texts import Texts, forget_names, names_listed

from .models import Attachment, Reuse, Solution, Step
from .workflow import keep_snapshot

OWN = ("title", "summary", "description", "problem", "benefit", "features", "roles", "funding",
       "technical_requirements", "legal_requirements", "organisational_requirements", "interfaces")  # fmt: skip
MESSAGE = "Der Name einer gelöschten Person ist entfernt."


def texts() -> Iterator[Texts]:
    """What stands on the public pages of solutions; whom to ask is named by a consent of their own."""
    public = Solution.objects.published()
    yield Texts(public, OWN)
    yield Texts(Step.objects.filter(solution__in=public), ("title", "text", "role", "done_when"), "solution")
    yield Texts(Attachment.objects.filter(solution__in=public), ("title",), "solution")
    yield Texts(Reuse.objects.confirmed().filter(solution__in=public), ("adapted", "verdict"), "solution")


@withdrawn_names.register
def names_in_solutions(person) -> Iterator[str]:
    yield from names_listed(texts(), person, "Musterlösungen")


@forgotten_names.register
def names_left_in_solutions(person) -> Iterator:
    """The history says that something was taken out, and not what."""
    for solution in forget_names(texts(), person):
        keep_snapshot(solution=solution, by=None, message=MESSAGE)
    yield from ()
