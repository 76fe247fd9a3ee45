"""Coding answers: passages become evidence of needs, and what must not be quoted any more is forgotten."""

from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, QuerySet

from ogl_portal.directory.models import Organisation, TargetGroup, User
from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord

from ..models import CodedEntry, Coding, Entry, Need, Response
from ..passages import Passage
from .errors import AlreadyCoded, ChangedMeanwhile, EntryRemoved
from .responses import refuse_unread


@transaction.atomic
def code_passages(
    *, entry: Entry, passages: Iterable[Passage], need: Need, target_group: TargetGroup, submission: int, by: User
) -> list[Coding]:
    """Code passages of an entry's answers, as ``submission`` (its number) has them, and return the new codings.

    Raises ChangedMeanwhile where the respondent has submitted anew or the need was merged since it was read, and
    AlreadyCoded where an overlapping passage says the same need for the same target group.
    """
    response = entry.response
    refuse_unread(response, submission)
    if not Need.objects.current().contains(need):
        raise ChangedMeanwhile
    token = token_of(response)
    codings = [coding_of(entry, passage, need, target_group, token, by) for passage in passages]
    refuse_overlaps(entry, codings)
    audit.record(AuditRecord.Kind.CHANGED, f"{entry}: {len(codings)} Stellen kodiert", by=by, thing=response)
    return Coding.objects.bulk_create(codings)


def coding_of(entry: Entry, passage: Passage, need: Need, group: TargetGroup, token: UUID, by: User) -> Coding:
    return Coding(
        need=need, target_group=group, round_id=entry.response.round_id, response=entry.response, entry=entry,
        organisation_token=token, question_key=passage.question, start=passage.start, end=passage.end,
        quote=passage.quote, created_by=by,
    )  # fmt: skip


def refuse_overlaps(entry: Entry, codings: list[Coding]) -> None:
    """Raise AlreadyCoded where one of the new codings says what another one of the entry says of the same words."""
    for coding in codings:
        same = Coding.objects.filter(entry=entry, question_key=coding.question_key, need=coding.need)
        if same.filter(target_group=coding.target_group, start__lt=coding.end, end__gt=coding.start).exists():
            raise AlreadyCoded(coding.quote)


def token_of(response: Response) -> UUID:
    """The token under which an organisation is counted, whoever answers for it; without one, that of the response.

    The organisation is locked, so that two first codings at once do not give it two.
    """
    if response.organisation_id:
        list(Organisation.objects.select_for_update(no_key=True).filter(pk=response.organisation_id).values("pk"))
        known = Coding.objects.filter(response__organisation=response.organisation_id)
    else:
        known = Coding.objects.filter(response=response)
    return known.order_by().values_list("organisation_token", flat=True).first() or uuid4()


@transaction.atomic
def remove_coding(*, coding: Coding, revision: int, by: User) -> None:
    """Take a coding back. Raises ChangedMeanwhile where it was moved to another need since it was read."""
    if not Coding.objects.filter(pk=coding.pk, revision=revision).delete()[0]:
        raise ChangedMeanwhile
    audit.record(AuditRecord.Kind.CHANGED, f"{coding.question_key}: Kodierung entfernt", by=by, thing=coding.response)


@transaction.atomic
def finish_entry(*, entry: Entry, submission: int, by: User) -> None:
    """Note that an entry is read to its end, as ``submission`` (its number) has it.

    Raises EntryRemoved where its answers have gone, and ChangedMeanwhile where others have come since.
    """
    if not Entry.objects.submitted().filter(pk=entry.pk).exists():
        raise EntryRemoved
    refuse_unread(entry.response, submission)
    if CodedEntry.objects.get_or_create(entry=entry, defaults={"done_by": by})[1]:
        audit.record(AuditRecord.Kind.CHANGED, f"{entry}: fertig kodiert", by=by, thing=entry.response)


def forget_progress(changed: QuerySet) -> None:
    """Entries that were submitted in other words have to be read anew."""
    CodedEntry.objects.filter(entry__in=changed).delete()


def forget_response(response: Response) -> None:
    """Keep nothing but the counts of a response that is about to be deleted; called within a transaction.

    Its rows go under a fresh token, which leads back to nobody; where the organisation still stands behind the need
    through somebody else's response, they go altogether, so that it is not counted twice.
    """
    others = Coding.objects.filter(organisation_token__in=response.codings.values("organisation_token"))
    backed = set(others.exclude(response=response).values_list("need", flat=True))
    response.codings.filter(need__in=backed).delete()
    response.codings.update(
        response=None, entry=None, quote="", start=0, end=0, created_by=None, organisation_token=uuid4(),
        revision=F("revision") + 1,
    )  # fmt: skip


def forget_unpublished_quotes(response: Response) -> None:
    """Before the raw answers go: of the quotes only those stay that may be public; called within a transaction."""
    shown = {coding.pk for coding in public_codings(response)}
    response.codings.exclude(pk__in=shown).update(quote="", revision=F("revision") + 1)


def public_codings(response: Response) -> Iterator[Coding]:
    """The codings of a response whose words everybody may read at this moment."""
    return (coding for coding in response.codings.released().agreed().in_full() if coding.is_quotable)
