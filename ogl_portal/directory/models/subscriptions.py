"""Who wants to hear by mail what is new for a target group, and what they heard."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ogl_portal.lib.subscriptions import EmailSubscription

from .vocabulary import TargetGroup


class GroupSubscription(EmailSubscription):
    """An address that hears what is new for a target group, once confirmed by mail."""

    group = models.ForeignKey(TargetGroup, models.CASCADE, verbose_name="Zielgruppe", related_name="subscriptions")
    mailed_at = models.DateTimeField("letzte Mail", null=True, blank=True, editable=False)

    class Meta(EmailSubscription.Meta):
        abstract = False
        verbose_name = "Abo einer Zielgruppe"
        verbose_name_plural = "Abos von Zielgruppen"
        constraints = [
            models.UniqueConstraint(fields=["group", "email"], name="one_subscription_per_address_and_target_group"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="target_group_subscribers_are_lower_case"),
        ]

    def __str__(self):
        return f"{self.email}: {self.group}"

    @property
    def subject(self) -> str:
        return f"Neues für die Zielgruppe „{self.group}“"


class KnownNews(models.Model):
    """One piece of news that a subscriber knows: it was there before, or came by mail."""

    subscription = models.ForeignKey(GroupSubscription, models.CASCADE, related_name="known_news")
    key = models.UUIDField("Kennung")
    known_at = models.DateTimeField("bekannt seit", default=timezone.now)

    class Meta:
        verbose_name = "bekannte Neuigkeit"
        verbose_name_plural = "bekannte Neuigkeiten"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["subscription", "key"], name="each_piece_of_news_is_told_once")]

    def __str__(self):
        return str(self.key)
