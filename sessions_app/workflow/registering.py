"""Registering for an event without an account: double opt-in, places, the waiting list that moves up, cancelling.

Whoever confirms joins the queue; free places go to the head of the queue. Every change of places locks the event first,
so that no place is given away twice and none stays empty, however many confirm and cancel at once.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import mail, spam, throttle
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.subscriptions import MAILS_A_DAY
from ogl_portal.lib.tokens import hash_of, new_token

from ..models import Event, Registration, RegistrationLink, RegistrationMail, details_of
from .calendars import calendar_message
from .knowing import by_reader, next_number, page_url

Status = Registration.Status
UNCONFIRMED = [Status.REQUESTED, Status.CANCELLED]


def request_registration(*, event: Event, name: str, email: str, organisation: str, key: UUID, client: str) -> None:
    """Keep that somebody wants to come, and mail the link that confirms it; say nothing about who is known.

    ``key`` names the page that sent it: the same sent twice causes one mail. ``client`` is the client's IP address,
    used for the limit only and not stored. Raises spam.TooMany, for known and unknown addresses alike.
    """
    spam.admit("registration", client=client, per_client=30, overall=600)
    values = {"name": name, "email": email.strip().lower(), "organisation": organisation}
    with throttle.taking_at_least(settings.SIGN_IN_ANSWER_SECONDS), transaction.atomic():
        is_new = spam.is_new(f"registration:{event.pk}", key=key, values=values)
        if is_new and spam.may_mail(values["email"], limit=MAILS_A_DAY):
            keep_request(event, **values)


def keep_request(event: Event, *, name: str, email: str, organisation: str) -> None:
    """Write the request down, unless the address is registered already: then its holder gets a link to it.

    What was typed goes with the link: whoever asks again in somebody's name changes nothing that they typed.
    """
    typed, asked = {"name": name, "organisation": organisation}, {"status": Status.REQUESTED}
    asked["requested_at"] = timezone.now()
    registration, is_new = Registration.objects.get_or_create(event=event, email=email, defaults=typed | asked)
    if not is_new:
        Registration.objects.filter(pk=registration.pk, status__in=UNCONFIRMED).update(**asked)
        registration.refresh_from_db()
    context = {"registration": registration, "event": event, "url": personal_url(registration, **typed)}
    mail.send("registration_requested", to=email, context=context, valid_until=event.mails_until)


def personal_url(registration: Registration, **typed: str) -> str:
    """A fresh personal address for one mail; it is known only now, the token is stored as a hash.

    ``typed``: the name and the organisation that count once this link is confirmed.
    """
    token = new_token()
    RegistrationLink.objects.create(registration=registration, token_hash=hash_of(token), **typed)
    return settings.SITE_URL + reverse("sessions_app:registration", args=[token])


def registration_of(*, token: str) -> Registration | None:
    """Find what a personal link belongs to, with its event, as its holder typed it; None where it is unknown."""
    links = RegistrationLink.objects.select_related("registration__event")
    link = links.filter(token_hash=hash_of(token)).first()
    if link is None:
        return None
    if link.name and link.registration.status == Status.REQUESTED:
        link.registration.name, link.registration.organisation = link.name, link.organisation
    return link.registration


@transaction.atomic
def confirm_registration(*, registration: Registration) -> None:
    """Join the queue for a place under the name of ``registration``, and say by mail whether there is one.

    Done before, it changes nothing.
    """
    event = lock(registration.event_id)
    requested = Registration.objects.filter(pk=registration.pk, status=Status.REQUESTED)
    typed = {"name": registration.name, "organisation": registration.organisation}
    if event.takes_place and requested.update(status=Status.WAITING, confirmed_at=timezone.now(), **typed):
        placed = give_places(event)
        registration.refresh_from_db()
        if registration not in placed:
            tell_state(registration)


@transaction.atomic
def cancel_registration(*, registration: Registration) -> bool:
    """Give a place, or one on the waiting list, back; whoever waits longest moves up.

    Returns whether that was done: twice, or of an event that is off or over, it changes nothing. Of a hidden one, too,
    people may take themselves off.
    """
    event = lock(registration.event_id)
    standing = Registration.objects.filter(pk=registration.pk).exclude(status=Status.CANCELLED)
    if not event.is_ahead or not standing.update(status=Status.CANCELLED, cancelled_at=timezone.now()):
        return False
    withdraw_mails(Registration.objects.filter(pk=registration.pk))
    registration.refresh_from_db()
    tell_state(registration)
    give_places(event)
    return True


@transaction.atomic
def forget_registrations(*, email: str) -> int:
    """Delete all registrations of an address; places that become free go to those who wait. Returns how many went."""
    return remove_registrations(registrations=Registration.objects.filter(email__iexact=email))


@transaction.atomic
def remove_registrations(*, registrations: QuerySet) -> int:
    """Delete registrations, and what has not left of their mails; free places go to those who wait."""
    of_events = Event.objects.select_for_update(no_key=True).filter(pk__in=registrations.values("event"))
    events = list(of_events.order_by("pk"))
    withdraw_mails(registrations)
    count = registrations.delete()[1].get(Registration._meta.label, 0)
    for event in events:
        give_places(event)
    return count


@transaction.atomic
def move_up(*, event: Event) -> int:
    """Give places that have become free, such as after the lead raised their number; returns how many moved up."""
    return len(give_places(lock(event.pk)))


def lock(pk: int) -> Event:
    """Let nobody else change places of the event until the end of the transaction."""
    return Event.objects.select_for_update(no_key=True).get(pk=pk)


def give_places(event: Event) -> list[Registration]:
    """Give what is free to those who wait longest, and tell them; the event is locked.

    Nobody loses a place when the lead lowers their number.
    """
    if not event.takes_place:
        return []
    queue = event.registrations.waiting()
    if event.capacity is not None:
        queue = queue[: max(0, event.capacity - event.registrations.placed().count())]
    placed = list(queue)
    Registration.objects.filter(pk__in=[each.pk for each in placed]).update(status=Status.PLACED)
    for registration in placed:
        registration.status = Status.PLACED
        tell_state(registration)
    return placed


def tell_state(registration: Registration) -> None:
    """Mail how a registration stands now, and remember for which date that was said, or that there is none.

    Within the last 24 hours the link to take part is in it, for the reminder that brings it may have been sent.
    """
    event, has_link = registration.event, registration.has_link(at=timezone.now())
    context = {"registration": registration, "event": event, "url": personal_url(registration)}
    context |= {"page_url": page_url(event), "join_url": event.join_url if has_link and event.is_online else ""}
    to, has_place = registration.email, registration.status == Status.PLACED
    calendar = calendar_message(event=event, to=to, joins=has_link) if has_place else ""
    sent = mail.send("registration_state", to=to, context=context, valid_until=event.mails_until, calendar=calendar)
    told = by_reader(registration.mails, "registration_id")[registration.pk]
    stage = RegistrationMail.Stage.POSTPONED if event.is_postponed else RegistrationMail.Stage.ANSWERED
    RegistrationMail.objects.create(
        registration=registration, number=next_number(told), stage=stage, mail=sent,
        starts_at=event.starts_at, details=details_of(event, with_link=has_link),
    )  # fmt: skip


def withdraw_mails(registrations: QuerySet) -> None:
    """Take what has not left out of the outbox: reminders and the link to take part are no longer for these people."""
    mails = RegistrationMail.objects.filter(registration__in=registrations)
    mail.withdraw(OutgoingMail.objects.filter(pk__in=mails.values("mail")))
