"""News of a series by mail: double opt-in, one click to end it, and each piece of news once."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import mail, spam, throttle
from ogl_portal.lib.models import OutgoingMail

from ..models import Event, Registration, Series, Subscription, SubscriptionMail
from .registering import MAILS_A_DAY

Stage = SubscriptionMail.Stage


def request_subscription(*, series: Series, email: str, client: str) -> None:
    """Mail a link that confirms the wish to hear of a series; say nothing about who has subscribed already.

    ``client`` is the client's IP address, used for the limit only and not stored. Raises spam.TooMany.
    """
    spam.admit("subscription", client=client)
    email = email.strip().lower()
    with throttle.taking_at_least(settings.SIGN_IN_ANSWER_SECONDS), transaction.atomic():
        if spam.may_mail(email, limit=MAILS_A_DAY):
            subscription, _ = Subscription.objects.get_or_create(series=series, email=email)
            context = {"subscription": subscription, "series": series, "url": personal_url(subscription)}
            mail.send("subscription_requested", to=email, context=context)


def personal_url(subscription: Subscription) -> str:
    """The full address under which a subscription is confirmed and ended; it is signed, no table knows it."""
    token = signing.dumps([subscription.pk, subscription.email], salt=__name__)
    return settings.SITE_URL + reverse("sessions_app:subscription", args=[token])


def subscription_of(*, token: str) -> Subscription | None:
    """Find what a signed link belongs to; None where it is not ours, or has ended."""
    try:
        pk, email = signing.loads(token, salt=__name__)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(pk=pk, email=email).select_related("series").first()


@transaction.atomic
def confirm_subscription(*, subscription: Subscription) -> None:
    """Let the news come from now on: what is announced already counts as known. Twice, it changes nothing."""
    unconfirmed = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    if unconfirmed.update(confirmed_at=timezone.now()):
        coming = Event.objects.published().upcoming().filter(series=subscription.series_id)
        known = [
            SubscriptionMail(subscription=subscription, event=event, stage=stage, starts_at=event.starts_at)
            for event in coming
            for stage in [Stage.ANNOUNCED, *([Stage.CANCELLED] if event.status == Event.Status.CANCELLED else [])]
        ]
        SubscriptionMail.objects.bulk_create(known)


def end_subscription(*, subscription: Subscription) -> None:
    """Forget the address; nothing comes any more."""
    subscription.delete()


def send_series_news(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the news of series that are due at ``now`` (aware) into the outbox and yield them."""
    events = Event.objects.published().filter(starts_at__gt=now, series__subscriptions__confirmed_at__isnull=False)
    for event in events.select_related("series").order_by("starts_at", "pk").distinct():
        for stage, subscriptions in news_of(event):
            for subscription in subscriptions:
                if sent := send_news(subscription=subscription, event=event, stage=stage, now=now):
                    yield sent


def news_of(event: Event) -> Iterator[tuple[Stage, list[Subscription]]]:
    """What is new about an event, each with those who do not know it; who registered hears of changes as such."""
    subscriptions = event.series.subscriptions.confirmed()
    told = subscriptions.filter(mails__event=event)
    registered = Registration.objects.active().filter(event=event).values("email")
    if event.status == Event.Status.CANCELLED:
        yield Stage.CANCELLED, missing(told.exclude(email__in=registered), event, Stage.CANCELLED)
        return
    yield Stage.MOVED, missing(told.exclude(email__in=registered), event, *Stage)
    yield Stage.ANNOUNCED, list(subscriptions.exclude(pk__in=told.values("pk")).order_by("pk"))


def missing(subscriptions, event: Event, *stages: Stage) -> list[Subscription]:
    """Those who have got none of these mails for the event as it is dated now."""
    have = SubscriptionMail.objects.filter(event=event, stage__in=stages, starts_at=event.starts_at)
    return list(subscriptions.exclude(pk__in=have.values("subscription")).distinct().order_by("pk"))


@transaction.atomic
def send_news(*, subscription: Subscription, event: Event, stage: Stage, now: datetime) -> OutgoingMail | None:
    """Send one mail and remember it in the same transaction; None where another process was faster, or it ended."""
    if not Subscription.objects.select_for_update().filter(pk=subscription.pk).exists():
        return None
    key = {"subscription": subscription, "event": event, "stage": stage, "starts_at": event.starts_at}
    if not SubscriptionMail.objects.get_or_create(**key, defaults={"sent_at": now})[1]:
        return None
    context = {
        "event": event,
        "series": event.series,
        "stage": stage.value,
        "url": settings.SITE_URL + event.get_absolute_url(),
        "end_url": personal_url(subscription),
    }
    to = subscription.email
    return mail.send("series_news", to=to, context=context, valid_until=event.ends_at, at_once=False)
