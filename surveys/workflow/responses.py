"""Filling in: every step is saved at once, complete or not, and never over something newer."""

from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import Case, F, Max, Value, When
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person
from ogl_portal.lib.prepared import Given, prepared_update

from ..definition import Definition, Kind
from ..models import Entry, Response, Round, SkippedSection
from .errors import ChangedMeanwhile, LimitReached, RoundClosed


def require_open(thing: Round | Response | Entry) -> None:
    """Raise RoundClosed unless it takes answers now; responses and entries may be opened again after the round."""
    if not (thing.is_running if isinstance(thing, Round) else thing.is_writable):
        raise RoundClosed


def lock(response: Response) -> None:
    """Take hold of the response before its parts: where two transactions lock in different orders, one of them dies."""
    list(Response.objects.select_for_update(no_key=True).filter(pk=response.pk).values_list("pk"))


def refuse_unread(response: Response, submission: int) -> None:
    """Raise ChangedMeanwhile unless ``submission`` is the number of the last one; none can follow meanwhile."""
    lock(response)
    if response.submissions.aggregate(last=Max("number"))["last"] != submission:
        raise ChangedMeanwhile


def touch(response: Response) -> None:
    """Count a change of the response; what was submitted before becomes „nach dem Absenden geändert“."""
    count_change(pk=response.pk)


@prepared_update(
    revision=F("revision") + 1,
    status=Case(When(status=Response.Status.SUBMITTED, then=Value(Response.Status.CHANGED)), default=F("status")),
)
def count_change():
    return Response.objects.filter(pk=Given("pk", models.BigIntegerField()))


@transaction.atomic
def begin_response(*, round: Round, person: Person) -> Response:
    """Create a person's response with the entries of the sections that do not repeat; one that exists is returned.

    The organisation and contact are filled in from the profile. Raises RoundClosed.
    """
    require_open(round)
    return get_or_create_response(round=round, person=person)


def get_or_create_response(*, round: Round, person: Person, **facts) -> Response:
    """The response of a person with the entries that every response has; called within a transaction.

    The round is locked, so that it cannot move to another version of the questionnaire meanwhile.
    """
    round = Round.objects.select_for_update(no_key=True, of=["self"]).select_related("version").get(pk=round.pk)
    response, is_new = Response.objects.get_or_create(
        round=round, respondent=person, defaults={"organisation": person.organisation, **facts}
    )
    if is_new:
        singles = [section for section in round.definition if not section.is_repeatable]
        Entry.objects.bulk_create(
            Entry(
                response=response,
                section_key=section.key,
                is_single=True,
                draft=prefilled(round.definition, section.key, person),
            )
            for section in singles
        )
    return response


def prefilled(definition: Definition, section_key: str, person: Person) -> dict:
    """What the profile already knows of a section's answers."""
    draft = {}
    organisation = person.organisation
    kind = organisation.kind if organisation and organisation.kind != Organisation.Kind.OTHER else ""
    for question in definition.by_key[section_key].questions:
        if question.kind == Kind.CONTACT:
            draft |= contact_of(question.key, person)
        elif (
            kind
            and question.kind == Kind.ONE_OF
            and {choice.key for choice in question.choices} >= set(Organisation.Kind.values)
        ):
            draft[question.key] = kind
    return draft


def contact_of(key: str, person: Person) -> dict[str, str]:
    """The fields of a contact question, from a person."""
    texts = {
        "organisation": person.organisation.name if person.organisation else "",
        "name": person.full_name,
        "role": person.role,
        "email": person.email,
    }
    return {f"{key}-{part}": text for part, text in texts.items()}


def save_entry(*, entry: Entry, draft: dict, revision: int, page: UUID | None = None, step: int = 0) -> bool:
    """Save what was typed over the revision it was typed on; returns whether anything changed.

    ``page`` is the open form and ``step`` how often it has sent: what the same form sends next is never a conflict,
    even if it did not hear of its own last saving, and what it sent before and comes late changes nothing. Raises
    RoundClosed, or ChangedMeanwhile when the stored text is newer and not the same.
    """
    require_open(entry)
    if entry.draft == draft and entry.saved_at:
        return False
    with transaction.atomic():
        touch(entry.response)  # first, as ``lock`` does
        now = timezone.now()
        written = {"pk": entry.pk, "draft": draft, "page": page, "step": step, "now": now}
        if save_over_revision(**written, revision=revision):
            entry.revision = revision + 1
        elif page and save_over_earlier_step(**written):
            entry.refresh_from_db(fields=["revision"])
        else:
            raise ChangedMeanwhile
    entry.draft, entry.saved_at = draft, now
    return True


WRITTEN = {
    "draft": Given("draft", models.JSONField()),
    "revision": F("revision") + 1,
    "page": Given("page", models.UUIDField()),
    "page_step": Given("step", models.PositiveIntegerField()),
    "saved_at": Given("now", models.DateTimeField()),
}


@prepared_update(**WRITTEN)
def save_over_revision():
    """The entry as long as nothing newer stands in it."""
    entry = Entry.objects.present().filter(pk=Given("pk", models.BigIntegerField()))
    return entry.filter(revision=Given("revision", models.PositiveIntegerField()))


@prepared_update(**WRITTEN)
def save_over_earlier_step():
    """The entry as long as the same open form saved last, with less than it sends now."""
    entry = Entry.objects.present().filter(pk=Given("pk", models.BigIntegerField()))
    return entry.filter(
        page=Given("page", models.UUIDField()), page_step__lt=Given("step", models.PositiveIntegerField())
    )


@transaction.atomic
def add_entry(*, response: Response, section_key: str, uuid: UUID) -> Entry:
    """Add an empty entry to a repeatable section; the same uuid twice adds one, but none that was removed meanwhile.

    Raises RoundClosed, LimitReached, KeyError for a section that does not repeat, and Entry.DoesNotExist for the
    uuid of somebody else's entry.
    """
    require_open(response)
    section = response.round.definition.by_key[section_key]
    if not section.is_repeatable:
        raise KeyError(section_key)
    Response.objects.select_for_update().get(pk=response.pk)
    uuid = uuid_to_add(response, uuid)
    if Entry.objects.filter(uuid=uuid).exists():
        return response.entries.get(uuid=uuid, section_key=section_key)
    entries = response.entries.filter(section_key=section_key)
    if entries.present().count() >= section.max_entries:
        raise LimitReached(section.max_entries)
    last = entries.aggregate(last=Max("position"))["last"] or 0
    response.skipped_sections.filter(section_key=section_key).delete()
    touch(response)
    return Entry.objects.create(response=response, section_key=section_key, uuid=uuid, position=last + 1)


def uuid_to_add(response: Response, uuid: UUID) -> UUID:
    """The uuid that a form sends; where its entry has been removed, always the same other one in its place."""
    removed = set(response.entries.filter(removed_at__isnull=False).values_list("uuid", flat=True))
    while uuid in removed:
        uuid = uuid5(uuid, "next")
    return uuid


@transaction.atomic
def remove_entry(*, entry: Entry) -> None:
    """Take an entry of a repeatable section out; it can come back until the next submission. Raises RoundClosed."""
    require_open(entry.response)
    lock(entry.response)
    if Entry.objects.present().filter(pk=entry.pk, is_single=False).update(removed_at=timezone.now()):
        touch(entry.response)


@transaction.atomic
def restore_entry(*, entry: Entry) -> None:
    """Bring a removed entry back to its place. Raises RoundClosed, LimitReached."""
    require_open(entry.response)
    response = Response.objects.select_for_update().get(pk=entry.response_id)
    limit = entry.response.round.definition.by_key[entry.section_key].max_entries
    if response.entries.present().filter(section_key=entry.section_key).count() >= limit:
        raise LimitReached(limit)
    if response.entries.removed_since(response.submitted_at).filter(pk=entry.pk).update(removed_at=None):
        response.skipped_sections.filter(section_key=entry.section_key).delete()
        touch(response)


@transaction.atomic
def skip_section(*, response: Response, section_key: str, skipped: bool) -> None:
    """Say „Dazu haben wir derzeit nichts“ of a repeatable section, or take it back. Raises RoundClosed, KeyError."""
    require_open(response)
    if not response.round.definition.by_key[section_key].is_repeatable:
        raise KeyError(section_key)
    if skipped:
        SkippedSection.objects.get_or_create(response=response, section_key=section_key)
    else:
        response.skipped_sections.filter(section_key=section_key).delete()
    touch(response)
