"""News by mail for everybody: double opt-in, one click to end it; what is kept, and the verbs of every kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from . import mail, spam, throttle
from .models import OutgoingMail

UNCONFIRMED_DAYS = 7
"""How long an address is kept that nobody confirms, for a registration as for a subscription."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""How far the clocks of two machines may be apart."""
MAILS_A_DAY = 6
"""To an address that somebody typed: enough to register for all sessions of a series, too few to flood anybody."""


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        """Those that their holder confirmed: only they get mail."""
        return self.filter(confirmed_at__isnull=False)

    def given_up(self, before: datetime):
        """Those that nobody confirmed, and that nobody has asked for since a moment."""
        asked_once = Q(asked_again_at=None, requested_at__lt=before)
        return self.filter(asked_once | Q(asked_again_at__lt=before), confirmed_at=None)


class EmailSubscription(models.Model):
    """An address that wants to hear of something; each kind adds what that is, and that an address is there once."""

    email = models.EmailField("E-Mail-Adresse")
    requested_at = models.DateTimeField("eingegangen", default=timezone.now, editable=False)
    asked_again_at = models.DateTimeField("noch einmal gewünscht", null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField("bestätigt", null=True, blank=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view", "delete")
        ordering = ["email", "pk"]

    @property
    def subject(self) -> str:
        """What comes, as mails and pages name it: „Neues aus …“."""
        raise NotImplementedError


@dataclass(frozen=True)
class SubscriptionKind:
    """What one kind is kept in, where its links lead, and what signs them."""

    model: type[EmailSubscription]
    address: str  # a URL name with one argument, the token
    salt: str

    def request(self, *, email: str, client: str, **thing) -> None:
        """Mail a link that confirms the wish to hear of a ``thing``; say nothing about who has subscribed already.

        ``client`` is the client's IP address, used for the limit only and not stored. Raises spam.TooMany.
        """
        spam.admit("subscription", client=client)
        email = email.strip().lower()
        with throttle.taking_at_least(settings.SIGN_IN_ANSWER_SECONDS), transaction.atomic():
            if spam.may_mail(email, limit=MAILS_A_DAY):
                subscription, is_new = self.model.objects.get_or_create(email=email, **thing)
                if not is_new:
                    self.note_asked_again(subscription)
                context = {"subscription": subscription, "url": self.personal_url(subscription)}
                mail.send("subscription_requested", to=email, context=context)

    def note_asked_again(self, subscription: EmailSubscription) -> None:
        """Keep an unconfirmed one longer; the moment of the first wish stays, so that its link stays good."""
        unconfirmed = self.model.objects.filter(pk=subscription.pk, confirmed_at=None)
        unconfirmed.update(asked_again_at=timezone.now())

    def personal_url(self, subscription: EmailSubscription) -> str:
        """The full address under which a subscription is confirmed and ended; it is signed, no table knows it."""
        token = signing.dumps(subscription.pk, salt=self.salt)
        return settings.SITE_URL + reverse(self.address, args=[token])

    def one_click_url(self, subscription: EmailSubscription) -> str:
        """The full address that ends a subscription when a mail program posts to it (RFC 8058)."""
        return self.personal_url(subscription) + "abbestellen/"

    def find(self, *, token: str) -> EmailSubscription | None:
        """Find what a signed link belongs to; None where it is not ours, or has ended.

        A portal restored from a backup gives the numbers since then out anew, to others: a link older than the
        subscription of its number is one to the number's earlier holder.
        """
        try:
            pk = signing.loads(token, salt=self.salt)
            subscription = self.model.objects.filter(pk=pk).select_related().first()
            if subscription:
                signing.loads(token, salt=self.salt, max_age=timezone.now() - subscription.requested_at + CLOCKS_DIFFER)
        except signing.BadSignature:
            return None
        return subscription

    def confirm(self, subscription: EmailSubscription) -> bool:
        """Let the mails come from now on; returns whether they did not before."""
        unconfirmed = self.model.objects.filter(pk=subscription.pk, confirmed_at=None)
        return bool(unconfirmed.update(confirmed_at=timezone.now()))

    @transaction.atomic
    def end(self, *, subscription: EmailSubscription) -> None:
        """Forget the address; nothing comes any more, nor what waits in the outbox.

        Every mail of a subscription names its personal address, which begins alike in all of them, up to the moment.
        The row goes first: whoever is just writing to it is waited for.
        """
        address = self.personal_url(subscription).rsplit(":", 2)[0] + ":"
        subscription.delete()
        mail.withdraw(OutgoingMail.objects.filter(recipient=subscription.email, text__contains=address))
