"""How far a round is evaluated: what came back, what is coded, what waits."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from .answering import answers_to
from .models import CodedEntry, Coding, Entry, EntryReview, Match, Need, Round


def codable_entries(round: Round) -> QuerySet:
    """Submitted entries that tell something: examples, experiences, projects and needs, in the order to read them.

    Adds ``is_done``: whether something in it is coded, or somebody has said that nothing is left to code.
    """
    coded = Exists(Coding.objects.filter(entry=OuterRef("pk"))) | Exists(
        CodedEntry.objects.filter(entry=OuterRef("pk"))
    )
    entries = Entry.objects.submitted().filter(response__round=round, is_single=False)
    return entries.annotate(is_done=coded).order_by("response__submitted_at", "response", "section_key", "position")


@dataclass
class Progress:
    """The lead's overview of a round."""

    round: Round

    @cached_property
    def counts(self) -> Round:
        """The round with ``invited``, ``submitted`` and the other counts of its returns."""
        return Round.objects.with_counts().get(pk=self.round.pk)

    @cached_property
    def entries(self) -> list[tuple[int, bool]]:
        return list(codable_entries(self.round).values_list("pk", "is_done"))

    @property
    def coded(self) -> int:
        return sum(is_done for _, is_done in self.entries)

    @property
    def share(self) -> int:
        """Coded entries in percent, rounded down: 100 means all."""
        return 100 * self.coded // len(self.entries) if self.entries else 0

    @property
    def next_open(self) -> int | None:
        """The entry to go on with, by its key; the first one where all are coded."""
        first = next((pk for pk, _ in self.entries), None)
        return next((pk for pk, is_done in self.entries if not is_done), first)

    @cached_property
    def queries(self) -> QuerySet:
        """Entries with a question that waits for its answer."""
        asked = Entry.objects.filter(response__round=self.round, review__state=EntryReview.State.QUERY)
        return asked.select_related("response__respondent", "response__organisation", "review")

    @cached_property
    def unread(self) -> int:
        """Submitted entries that nobody has looked through."""
        new = Q(review=None) | Q(review__state=EntryReview.State.NEW)
        return Entry.objects.submitted().filter(new, response__round=self.round).count()

    @cached_property
    def needs(self) -> list[Need]:
        """The needs that answers of this round say, the weightiest first."""
        said = Coding.objects.filter(round=self.round).values("need")
        return list(Need.objects.filter(pk__in=said).with_organisations().by_weight())

    @cached_property
    def unanswered(self) -> list[Need]:
        """Released ones that nothing public answers."""
        answered = answers_to([need.pk for need in self.released], AnonymousUser())
        return [need for need in self.released if need.pk not in answered]

    @property
    def released(self) -> list[Need]:
        return [need for need in self.needs if need.is_released]

    @property
    def drafts(self) -> list[Need]:
        """Those that are not released yet."""
        return [need for need in self.needs if not need.is_released]

    @cached_property
    def matches(self) -> list[Match]:
        """Proposed pairs of this round that nobody has decided on, the best first."""
        return list(Match.objects.waiting().filter(round=self.round, forgotten_at=None).with_sides())

    @cached_property
    def changed(self) -> list[Coding]:
        """Codings whose answer says something else by now."""
        return list(Coding.objects.filter(round=self.round).in_full().changed())
