"""News of a series by mail: double opt-in, one click to end it, and each piece of news once."""

from collections.abc import Iterator
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.subscriptions import SubscriptionKind

from ..models import Event, Subscription, SubscriptionMail, details_of
from ..models.reminders import EventNews
from .knowing import by_reader, changed_since, news, next_number, page_url

Stage = SubscriptionMail.Stage


KIND = SubscriptionKind(Subscription, "sessions_app:subscription", salt=__name__)
request_subscription, end_subscription = KIND.request, KIND.end
personal_url, one_click_url = KIND.personal_url, KIND.one_click_url


def subscription_of(*, token: str) -> Subscription | None:
    """Find what a signed link belongs to, also one of the first mails, which names the address beside the number.

    None where it is not ours, or has ended.
    """
    try:
        signed = signing.loads(token, salt=KIND.salt)
    except signing.BadSignature:
        return None
    if not isinstance(signed, list):
        return KIND.find(token=token)
    pk, email = signed
    return Subscription.objects.filter(pk=pk, email=email).select_related().first()


@transaction.atomic
def confirm_subscription(*, subscription: Subscription) -> None:
    """Let the news come from now on: what is announced already counts as known. Twice, it changes nothing."""
    if KIND.confirm(subscription):
        coming = Event.objects.published().upcoming().filter(series=subscription.series_id)
        known = [SubscriptionMail(subscription=subscription, event=event, **what_is_known(event)) for event in coming]
        SubscriptionMail.objects.bulk_create(known)


def what_is_known(event: Event) -> dict:
    """How the row says it of who reads how the event stands now."""
    stage = Stage.POSTPONED if event.is_postponed else Stage.ANNOUNCED
    stage = Stage.CANCELLED if event.status == Event.Status.CANCELLED else stage
    return {"stage": stage, "starts_at": event.starts_at, "details": details_of(event, with_link=False)}


def send_series_news(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the news of series that are due at ``now`` (aware) into the outbox and yield them."""
    told = SubscriptionMail.objects.filter(event=OuterRef("pk"))
    concerned = Q(series__subscriptions__confirmed_at__isnull=False) | Q(Exists(told))
    waiting = SubscriptionMail.objects.waiting().values("event")
    events = Event.objects.in_mails(now, waiting).filter(concerned).select_related("series")
    for event in events.order_by("starts_at", "pk").distinct():
        for subscription, stage, number in news_of(event):
            if sent := send_news(subscription=subscription, event=event, stage=stage, number=number, now=now):
                yield sent


def news_of(event: Event) -> Iterator[tuple[Subscription, str, int]]:
    """What is news to whom, with its number."""
    told = by_reader(SubscriptionMail.objects.filter(event=event), "subscription_id")
    is_off = event.status == Event.Status.CANCELLED or event.is_postponed
    announced = "" if is_off else Stage.ANNOUNCED
    for subscription in readers_of(event, told):
        history = told[subscription.pk]
        if stage := news(event, history) if history else announced:
            yield subscription, stage, next_number(history)


def readers_of(event: Event, told: dict[int, list[EventNews]]) -> list[Subscription]:
    """The subscribers of its series, and who was told of it while it was in theirs; each address once.

    That is by the subscription through which it was told last, for that says what its reader knows.
    """
    knowing = SubscriptionMail.objects.filter(event=event).values("subscription")
    concerned = Subscription.objects.confirmed().filter(Q(series=event.series_id) | Q(pk__in=knowing))
    last = {pk: history[-1].pk for pk, history in told.items()}

    def weight(each: Subscription) -> tuple:
        return last.get(each.pk, 0), each.series_id == event.series_id, each.pk

    return list({each.email: each for each in sorted(concerned.select_related("series"), key=weight)}.values())


@transaction.atomic
def send_news(
    *, subscription: Subscription, event: Event, stage: str, number: int, now: datetime
) -> OutgoingMail | None:
    """Send one mail and remember it in the same transaction; None where another process was faster, or it ended.

    Who registered hears of changes as such: that they know is remembered alone.
    """
    if not Subscription.objects.select_for_update().filter(pk=subscription.pk).exists():
        return None
    key = {"subscription": subscription, "event": event, "number": number}
    known = {**what_is_known(event), "stage": stage, "sent_at": now}
    if not SubscriptionMail.objects.get_or_create(**key, defaults=known)[1]:
        return None
    if stage != Stage.ANNOUNCED and event.registrations.active().filter(email=subscription.email).exists():
        return None
    context = {
        "event": event,
        "series": subscription.series,
        "stage": str(stage),
        "changed": changed_since(subscription.mails.filter(event=event), event, number),
        "url": page_url(event),
        "end_url": personal_url(subscription),
    }
    options = {"valid_until": event.mails_until, "at_once": False, "unsubscribe_url": one_click_url(subscription)}
    return mail.send("series_news", to=subscription.email, context=context, **options)
