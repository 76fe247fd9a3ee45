"""What is new for a target group: as a feed, and by mail to whoever asked for that."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from ogl_portal.lib import mail
from ogl_portal.lib.feeds import ENTRIES, Entry, Feed
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import group_news
from ogl_portal.lib.subscriptions import SubscriptionKind

from .models import GroupSubscription, KnownNews, TargetGroup

FEEDS = UUID("c6a3c1f2-70f5-4a57-9a0a-6d1c3c4f4b7e")
PAUSE = timedelta(hours=20)
"""Between two mails to a subscriber: what comes together is one mail, and a daily run is never a day late."""
KIND = SubscriptionKind(GroupSubscription, "directory:group-subscription", salt=__name__)
request_subscription, subscription_of, end_subscription = KIND.request, KIND.find, KIND.end
personal_url = KIND.personal_url


def feed_of(group: TargetGroup) -> Feed:
    """What the feed of a group says of itself; its id is made of the address, which stays."""
    return Feed(
        id=uuid5(FEEDS, group.slug),
        title=f"Neues für: {group.name}",
        description=group.summary or f"Bedarfe, Termine, Empfehlungen und Lösungen für: {group.name}.",
        page="directory:target-group",
        address="directory:target-group-feed",
        arguments=(group.slug,),
    )


def news_for(group: TargetGroup) -> list[Entry]:
    """All that everybody may read and that is for the group, the last changed first."""
    return sorted(group_news.ask(group=group), key=lambda entry: entry.updated, reverse=True)


@transaction.atomic
def confirm_subscription(*, subscription: GroupSubscription) -> None:
    """Let the news come from now on: what is there already counts as known. Twice, it changes nothing."""
    if KIND.confirm(subscription):
        remember(subscription, news_for(subscription.group))


def remember(subscription: GroupSubscription, entries: list[Entry]) -> None:
    KnownNews.objects.bulk_create(KnownNews(subscription=subscription, key=entry.id) for entry in entries)


def send_group_news(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the news that are due at ``now`` (aware) into the outbox, one mail each subscriber, and yield them."""
    waiting = GroupSubscription.objects.confirmed().filter(Q(mailed_at=None) | Q(mailed_at__lte=now - PAUSE))
    for group in TargetGroup.objects.filter(pk__in=waiting.values("group")):
        entries = news_for(group)
        for subscription in waiting.filter(group=group):
            if sent := send_news(subscription=subscription, entries=entries, now=now):
                yield sent


@transaction.atomic
def send_news(*, subscription: GroupSubscription, entries: list[Entry], now: datetime) -> OutgoingMail | None:
    """Send what of the entries a subscriber does not know, and remember it in the same transaction.

    Only what the feed holds is news: what is further down is old, and moves up when something goes. None where there
    is nothing, where another process was faster, or where the subscription has ended.
    """
    own = GroupSubscription.objects.select_for_update(of=["self"]).select_related("group")
    subscription = own.filter(pk=subscription.pk).first()
    if not subscription:
        return None
    known = set(subscription.known_news.values_list("key", flat=True))
    remember(subscription, [entry for entry in entries if entry.id not in known])
    new = [entry for entry in entries[:ENTRIES] if entry.id not in known]
    if not new:
        return None
    GroupSubscription.objects.filter(pk=subscription.pk).update(mailed_at=now)
    context = {"entries": new, "subscription": subscription, "group": subscription.group}
    context |= {"end_url": personal_url(subscription)}
    options = {"at_once": False, "unsubscribe_url": KIND.one_click_url(subscription)}
    return mail.send("group_news", to=subscription.email, context=context, **options)
