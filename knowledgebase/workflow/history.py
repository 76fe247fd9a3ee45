"""The history of an entry: one snapshot for every change, kept for good, and the way back to one of them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.lib import dates, search
from ogl_portal.lib.history import record

from .. import interchange
from ..models import Snapshot, Solution
from .gaps import missing_lasting_fields

CHANGED_MEANWHILE = (
    "Inzwischen hat jemand anderes diese Musterlösung geändert. Bitte sehen Sie nach, was jetzt gilt, "
    "und holen Sie den Stand dann zurück."
)


class ChangedMeanwhile(ValidationError):
    """The solution is not what the person saw who wants to change it."""


@transaction.atomic
def keep_snapshot(*, solution: Solution, by, message: str, is_significant: bool = True) -> Snapshot:
    """Keep what the solution holds now, and have it found so; call it at the end of everything that writes one.

    ``by`` is a user, or None where no person did it; ``message`` says in German what happened. ``is_significant``
    is whether readers should hear of it (``changed_at``: Atom's updated, dct:modified).
    """
    Solution.objects.select_for_update().get(pk=solution.pk)
    if is_significant:
        solution.changed_at = timezone.now()
        Solution.objects.filter(pk=solution.pk).update(changed_at=solution.changed_at)
    last = solution.snapshots.order_by("-number").values_list("number", flat=True).first() or 0
    stored = interchange.with_content(Solution.objects.filter(pk=solution.pk)).get()
    search.update(stored)
    return Snapshot.objects.create(
        solution=solution, number=last + 1, made_by=by, message=message[:200], content=interchange.dump(stored)
    )


def ask_for_second_look(*, solution: Solution, by) -> None:
    """Keep who has written at an entry, and put a published one on the desk of the leads.

    ``by`` is None where no person did it. Who is among the ``authors`` neither publishes the entry nor confirms its
    change: that is for somebody to whom the text is new.
    """
    if by:
        solution.authors.add(by)
    Solution.objects.published().filter(pk=solution.pk).update(changed_alone_at=timezone.now(), changed_alone_by=by)


@transaction.atomic
def restore_snapshot(*, snapshot: Snapshot, by, revision: int | None) -> list[str]:
    """Make the solution hold again what it held then, as a new change; returns in German what could not come back.

    ``revision`` is that of the solution which the person saw. Raises ChangedMeanwhile where it is another by now,
    and ValidationError where what was then may not stand there now: a published entry stays complete, and a second
    person looks at it again.
    """
    solution = Solution.objects.select_for_update().get(pk=snapshot.solution_id)
    if solution.revision != revision:
        raise ChangedMeanwhile(CHANGED_MEANWHILE)
    left_out = interchange.fill(solution, snapshot.content)
    solution = Solution.objects.get(pk=solution.pk)
    if solution.is_published and (gaps := missing_lasting_fields(solution)):
        named = ", ".join(map(str, gaps))
        raise ValidationError(f"Die Lösung ist veröffentlicht, und diesem Stand fehlt: {named}.")
    Solution.objects.filter(pk=solution.pk).update(revision=F("revision") + 1)
    message = f"Stand {snapshot.number} vom {dates.moment(snapshot.made_at)} zurückgeholt."
    record(by, solution, message)
    keep_snapshot(solution=solution, by=by, message=message)
    ask_for_second_look(solution=solution, by=by)
    return left_out
