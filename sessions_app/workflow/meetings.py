"""AG-Sitzungen and workshops: inviting the AG by mail, who comes, and what members propose for the agenda."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import mail, markdown, search
from ogl_portal.lib.history import record

from ..models import AgendaItem, AgendaProposal, Attendance, Event, EventMail, details_of
from .calendars import calendar_message
from .events import invite_members
from .knowing import by_reader, news, next_number, page_url, was_told

Status = Attendance.Status
Outcome = AgendaProposal.Outcome
INVITED = EventMail.Stage.INVITED
ANSWERS = [Status.ACCEPTED, Status.DECLINED]
WITHOUT_REASON = "Bitte schreiben Sie, warum das Thema nicht auf die Tagesordnung kommt."


def send_invitations(*, event: Event, by: User) -> int:
    """Invite the members of the day of the event by mail, each once for its date; return how many were written to.

    Raises ValidationError where there is nothing to invite to, or everybody has been invited.
    """
    if event.kind == Event.Kind.SESSION or not event.takes_place:
        raise ValidationError(f"„{event.title}“: Einladen lässt sich nur zu kommenden Sitzungen und Workshops.")
    if event.is_postponed:
        raise ValidationError(f"„{event.title}“ ist verschoben. Einladen lässt sich, sobald der neue Termin feststeht.")
    with transaction.atomic():
        invite_members(event=event, by=by)
        written = [person for person, number in uninvited(event) if invite(event, person, number)]
        record(by, event, f"Einladung an {len(written)} Personen gesendet.")
    if not written:
        raise ValidationError(f"Zu „{event.title}“ sind alle schon eingeladen.")
    return len(written)


def uninvited(event: Event) -> list[tuple[Person, int]]:
    """Who is on the list, did not decline, has an address and no invitation to the date that the event has now.

    With the number of the next mail to them.
    """
    told = by_reader(event.mails, "person_id")
    rows = event.attendances.exclude(status=Status.DECLINED).values("person")
    people = Person.objects.filter(pk__in=rows).exclude(email="").order_by("pk")
    return [(each, next_number(told[each.pk])) for each in people if not was_told(told[each.pk], event, INVITED)]


def invite(event: Event, person: Person, number: int) -> bool:
    """Put one invitation into the outbox, unless another lead was faster."""
    known = {"stage": INVITED, "starts_at": event.starts_at, "details": details_of(event, with_link=False)}
    if not EventMail.objects.get_or_create(event=event, person=person, number=number, defaults=known)[1]:
        return False
    context = {
        "event": event,
        "person": person,
        "url": page_url(event),
        "former_answer": ask_anew(event, person, number),
        "answer_url": answer_url(event, person),
    }
    to, until, calendar = person.email, event.ends_at, calendar_message(event=event, to=person.email)
    mail.send("event_invitation", to=to, context=context, valid_until=until, at_once=False, calendar=calendar)
    return True


def answer_url(event: Event, person: Person) -> str:
    """The full address under which a person says whether they come; it is signed, no table knows it."""
    token = signing.dumps([event.pk, person.pk, mark_of(person)], salt=__name__)
    return settings.SITE_URL + reverse("sessions_app:invitation", args=[token])


def invitation_of(*, token: str) -> Attendance | None:
    """Find whom a signed link invites to what: who is on the list, or a member (then as a row that is not stored).

    None where the link is not ours, the event hidden, or the person neither. A portal restored from a backup gives the
    numbers since then out anew: the mark says that the person is still the one of the link (older links have none).
    """
    try:
        event, person, *mark = signing.loads(token, salt=__name__)
    except signing.BadSignature:
        return None
    rows = Attendance.objects.filter(event=event, person=person, event__is_published=True)
    found = rows.select_related("event", "person").first() or of_member(event, person)
    return found if found and mark in ([], [mark_of(found.person)]) else None


def mark_of(person: Person) -> str:
    """Tells people apart who had the same number; nobody can read an address in it."""
    return salted_hmac(__name__, person.email).hexdigest()[:8]


def of_member(event_pk: int, person_pk: int) -> Attendance | None:
    """The row that a member of today would have, whom nobody has put on the list."""
    event = Event.objects.published().filter(pk=event_pk).first()
    person = Person.objects.members().filter(pk=person_pk).first()
    return Attendance(event=event, person=person) if event and person else None


@transaction.atomic
def answer_invitation(*, event: Event, person: Person, comes: bool, seen: str = "") -> None:
    """Say that somebody comes, or does not.

    ``seen`` is the ``beginning`` that stood on their page, where it had one. Raises ValidationError once it is too
    late, was noted that they came, or where the event has moved since they looked.
    """
    if not event.takes_place:
        raise ValidationError("Der Termin ist vorbei oder abgesagt.")
    if seen not in {"", beginning(event)}:
        raise ValidationError(f"Der Termin ist inzwischen verschoben: {event.when}. Bitte antworten Sie noch einmal.")
    status = Status.ACCEPTED if comes else Status.DECLINED
    first = {"status": status, "as_member": Person.objects.members().filter(pk=person.pk).exists()}
    row, is_new = Attendance.objects.get_or_create(event=event, person=person, defaults=first)
    if not is_new and not Attendance.objects.filter(pk=row.pk).exclude(status=Status.ATTENDED).update(status=status):
        raise ValidationError("Es ist schon notiert, dass Sie dabei waren.")
    note_what_was_read(event, person)


def beginning(event: Event) -> str:
    """What the buttons send along, so that an answer is to the date that stood beside them."""
    return str(int(event.starts_at.timestamp()))


def ask_anew(event: Event, person: Person, number: int) -> str:
    """Forget the answer to another date than that of now, and return it; ``number`` is that of the mail to send.

    The answer of somebody who was told nothing stays: it was given to the lead.
    """
    former = event.mails.filter(person=person, number=number - 1).first()
    if former is None or former.starts_at == event.starts_at:
        return ""
    row = event.attendances.filter(person=person, status__in=ANSWERS).first()
    if row:
        event.attendances.filter(pk=row.pk).update(status=Status.INVITED)
    return row.status if row else ""


def note_entered_answers(*, event: Event, attendances: Iterable[Attendance]) -> None:
    """Keep that answers which the lead has entered are to the date that the event has now."""
    for row in attendances:
        if row.status in ANSWERS and event.takes_place:
            note_what_was_read(event, row.person)


def note_what_was_read(event: Event, person: Person) -> None:
    """Keep that who answers has read when and where the event is, for the mail that says what changed since."""
    told = by_reader(event.mails.filter(person=person), "person_id")[person.pk]
    if not told or news(event, told) in {EventMail.Stage.MOVED, EventMail.Stage.REINSTATED}:
        known = {
            "stage": EventMail.Stage.ANSWERED,
            "starts_at": event.starts_at,
            "details": details_of(event, with_link=False),
        }
        EventMail.objects.get_or_create(event=event, person=person, number=next_number(told), defaults=known)


def note_attendance(*, event: Event, by: User) -> int:
    """Note that all who said they come were there, once the event has begun; returns how many they are."""
    if event.starts_at > timezone.now() or event.is_postponed:
        raise ValidationError(f"„{event.title}“ hat noch nicht begonnen.")
    count = event.attendances.filter(status=Status.ACCEPTED).update(status=Status.ATTENDED)
    record(by, event, f"{count} Zusagen als „dabei“ eingetragen.")
    return count


def propose_item(*, event: Event, by: User, title: str, description: str) -> AgendaProposal:
    """Propose a TOP. Raises ValidationError once the event is off or over."""
    if event.kind == Event.Kind.SESSION or not event.takes_place:
        raise ValidationError("Für diesen Termin lässt sich nichts mehr vorschlagen.")
    return AgendaProposal.objects.create(event=event, proposed_by=by, title=title, description=description)


@transaction.atomic
def take_over_proposal(*, proposal: AgendaProposal, by: User, answer: str = "") -> AgendaItem:
    """Put a proposal at the end of the agenda; the lead orders it there. Raises ValidationError if decided on.

    Members read the ``answer``, where there is one.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=proposal.event_id)
    decide(proposal, outcome=Outcome.TAKEN_OVER, answer=answer.strip())
    last = event.agenda.aggregate(last=Max("position"))["last"] or 0
    text = markdown.escape(proposal.description)
    item = event.agenda.create(position=last + 1, title=proposal.title, description=text)
    Event.objects.filter(pk=event.pk).update(revision=F("revision") + 1)
    AgendaProposal.objects.filter(pk=proposal.pk).update(item=item)
    record(by, event, f"Vorschlag „{proposal.title}“ auf die Tagesordnung genommen.")
    search.update(event)
    return item


@transaction.atomic
def decline_proposal(*, proposal: AgendaProposal, by: User, answer: str) -> None:
    """Say why a proposal does not come onto the agenda. Raises ValidationError without a reason, or if decided on."""
    if not answer.strip():
        raise ValidationError(WITHOUT_REASON)
    decide(proposal, outcome=Outcome.DECLINED, answer=answer.strip())
    record(by, proposal.event, f"Vorschlag „{proposal.title}“ nicht aufgenommen.")


def decide(proposal: AgendaProposal, **values) -> None:
    """Note the decision if nobody was faster, by one update."""
    if not AgendaProposal.objects.open().filter(pk=proposal.pk).update(**values):
        raise ValidationError(f"Über „{proposal.title}“ ist schon entschieden.")
