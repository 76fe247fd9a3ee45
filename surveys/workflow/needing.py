"""The way of a need: named while coding, described, released; merged with another, or split."""

from collections.abc import Iterable
from itertools import count

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import search
from ogl_portal.lib.history import record
from ogl_portal.lib.registry import merged_needs
from ogl_portal.lib.text import slug_of

from ..definition import digest
from ..models import Coding, Need, NeedFigures
from ..need_figures import Reckoning, describe

Status = Need.Status
NOT_PUBLIC = (
    "„{}“ ist nicht freigegeben. Ein freigegebener Bedarf kann nur in einem aufgehen, den alle lesen dürfen: Geben Sie "
    "den anderen vorher frei, oder nehmen Sie die Freigabe von diesem zurück."
)
TOO_LITTLE_NEW = (
    "Es ist nichts dazugekommen, oder weniger als fünf Organisationen. "
    "Wer beide Stände voneinander abzieht, könnte sonst auf Einzelne schließen."
)


def need_called(*, title: str, is_example: bool = False) -> Need:
    """The current need of that title, upper and lower case alike; a new draft where there is none yet."""
    facts = {"title": title, "is_example": is_example}
    try:
        with transaction.atomic():
            return Need.objects.titled(title) or Need.objects.create(**facts, slug=free_slug(title))
    except IntegrityError:  # somebody else has just made it
        return Need.objects.titled(title) or Need.objects.create(**facts, slug=free_slug(title))


def free_slug(title: str) -> str:
    """An address that no need has: „Förderung überblicken“ → foerderung-ueberblicken."""
    words = slug_of(title)[:100].strip("-") or "bedarf"
    names = (f"{words}-{number}" if number > 1 else words for number in count(1))
    return next(name for name in names if not Need.objects.filter(slug=name).exists())


def release_need(*, need: Need, by: User) -> None:
    """Make a draft public and freeze its figures; raises ValidationError where description or evidence is missing."""
    gaps = [] if need.description.strip() else ["die Beschreibung"]
    gaps += [] if need.codings.exists() else ["ein Beleg: eine kodierte Stelle"]
    if gaps:
        raise ValidationError(f"„{need}“ ist noch nicht freigegeben. Es fehlt: {'; '.join(gaps)}.")
    change(need, Status.DRAFT, by, "Freigegeben.", status=Status.RELEASED, released_at=timezone.now())


@transaction.atomic
def renew_figures(*, need: Need, by: User) -> None:
    """Publish the figures of a released need as they stand now.

    Raises ValidationError where it is no more released, or where the difference would tell of a few.
    """
    lock_needs(need)
    if not Need.objects.released().filter(pk=need.pk).exists():
        raise ValidationError(f"„{need}“ ist nicht freigegeben; Zahlen gibt es mit der Freigabe.")
    if not freeze_figures(need, by):
        raise ValidationError(f"Die Zahlen zu „{need}“ bleiben, wie sie sind: {TOO_LITTLE_NEW}")
    record(by, need, "Zahlen neu festgeschrieben.")
    search.update(need)


def freeze_figures(need: Need, by: User) -> bool:
    """Freeze a new Stand, unless it says the same as the last or would tell of a few beside those before."""
    before, others = published_figures(need)
    document = describe(Reckoning.of(need), before, others)
    if document is None or document in before[-1:]:
        return False
    NeedFigures.objects.create(need=need, document=document, sha256=digest(document), frozen_by=by)
    return True


def published_figures(need: Need) -> tuple[list[dict], list[list[dict]]]:
    """What was published of a need, and of each that went up in it or that it was split from, the oldest first."""
    related = Need.objects.filter(Q(merged_into=need) | Q(split_into=need)).values("pk")
    rows = NeedFigures.objects.filter(Q(need=need) | Q(need__in=related)).order_by("pk")
    found: dict[int, list[dict]] = {}
    for key, document in rows.values_list("need", "document"):
        found.setdefault(key, []).append(document)
    return found.pop(need.pk, []), list(found.values())


def withdraw_need(*, need: Need, by: User) -> None:
    """Take a released need back to the drafts: from now on nobody but the OGL-Leitung sees it."""
    change(need, Status.RELEASED, by, "Freigabe zurückgenommen.", status=Status.DRAFT, released_at=None)


def change(need: Need, before: Status, by: User, message: str, **values) -> None:
    """Move it, if it stands there and nobody changed it since it was read; a release freezes its figures."""
    with transaction.atomic():
        movable = Need.objects.filter(pk=need.pk, status=before, revision=need.revision)
        if not movable.update(revision=F("revision") + 1, **values):
            raise ValidationError(f"Das geht nicht: „{need}“ wurde inzwischen geändert. Bitte laden Sie die Seite neu.")
        need.refresh_from_db()
        if need.is_released:
            freeze_figures(need, by)
        record(by, need, message[:200])
        search.update(need)


@transaction.atomic
def merge_needs(*, need: Need, into: Need, by: User) -> None:
    """Let a need go up in another: codings and links move, and its address leads there from now on.

    What is coded as both counts once. Raises ValidationError where one of the two was changed meanwhile, both are the
    same, or the public address of the one would lead to what is not public.
    """
    if need.pk == into.pk:
        raise ValidationError("Ein Bedarf kann nicht in sich selbst aufgehen.")
    lock_needs(need, into)
    if need.is_released and not Need.objects.released().filter(pk=into.pk).exists():
        raise ValidationError(NOT_PUBLIC.format(into))
    if not Need.objects.current().filter(pk=into.pk).exists():
        raise ValidationError(f"„{into}“ ist inzwischen selbst in einem anderen Bedarf aufgegangen.")
    move_codings(need.codings.all(), into)
    into.recommendations.add(*need.recommendations.all())
    into.events.add(*need.events.all())
    list(merged_needs.ask(need=need.pk, into=into.pk))
    Need.objects.filter(merged_into=need).update(merged_into=into)
    values = {"status": Status.MERGED, "released_at": None, "merged_into": into}
    change(need, need.status, by, f"Aufgegangen in „{into}“.", **values)
    Need.objects.filter(pk=into.pk).update(revision=F("revision") + 1)
    record(by, into, f"Hat „{need}“ aufgenommen."[:200])


@transaction.atomic
def split_need(*, need: Need, codings: Iterable[Coding], title: str, by: User) -> Need:
    """Move some codings of a need to another one, new or known, of the given title, and return that.

    Raises ValidationError where a coding was moved or taken away meanwhile.
    """
    codings = list(codings)
    other = need_called(title=title, is_example=need.is_example)
    if other.pk == need.pk:
        raise ValidationError("Der neue Bedarf braucht einen anderen Titel.")
    lock_needs(need, other)
    chosen = Q(pk__in=[coding.pk for coding in codings])
    if need.codings.filter(chosen).count() != len(codings):
        raise ValidationError("Einige Stellen wurden inzwischen umgehängt oder entfernt. Bitte wählen Sie noch einmal.")
    move_codings(need.codings.filter(chosen), other)
    other.split_from.add(need)
    record(by, need, f"{len(codings)} Stellen nach „{other}“ verschoben."[:200])
    return other


def lock_needs(*needs: Need) -> None:
    """Take hold of needs in the order of their keys: where two transactions lock in different orders, one dies."""
    keys = [need.pk for need in needs]
    list(Need.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def move_codings(codings: QuerySet, into: Need) -> None:
    """Give codings another need; where that is said of the same words already, they go."""
    there = [(place_of(each), each) for each in into.codings.exclude(entry=None)]
    twice = {
        coding.pk
        for coding in codings
        for place, other in there
        if place == place_of(coding) and other.start < coding.end and coding.start < other.end
    }
    kept = [coding.pk for coding in codings if coding.pk not in twice]
    Coding.objects.filter(pk__in=twice).delete()
    Coding.objects.filter(pk__in=kept).update(need=into, revision=F("revision") + 1)


def place_of(coding: Coding) -> tuple:
    """Where a passage stands and for whom it speaks."""
    return (coding.entry_id, coding.question_key, coding.target_group_id)
