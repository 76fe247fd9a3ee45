"""Questions for a coming workshop: proposed, supported with a few dots each, discussed, chosen, worked on."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.fields import MarkdownField, RevisedModel

from .events import Event

DOTS = 5
"""What a member has for the topics of one workshop. Fixed: a limit that changes while people vote is unfair."""
DOTS_ON_ONE = 3
"""How many of them may lie on one topic."""


class TopicCollectionQuerySet(models.QuerySet):
    def shown(self):
        """Collections whose workshop members may see: the next one first, after the coming ones the latest."""
        coming = Case(When(event__ends_at__gt=timezone.now(), then=F("event__starts_at")))
        published = self.filter(event__is_published=True).select_related("event")
        return published.order_by(coming.asc(nulls_last=True), "-event__starts_at", "pk")


class TopicCollection(RevisedModel):
    """The collection of topics for one workshop; open until a moment."""

    event = models.OneToOneField(Event, models.CASCADE, verbose_name="Workshop", related_name="topic_collection")
    introduction = MarkdownField("Worum es geht", help_text="Steht über den Themen, nur für Mitglieder.")
    closes_at = models.DateTimeField("offen bis", help_text="Bis dahin schlagen Mitglieder vor und verteilen Punkte.")
    informed_at = models.DateTimeField("Mitglieder informiert", null=True, blank=True, editable=False)

    objects = TopicCollectionQuerySet.as_manager()

    class Meta:
        verbose_name = "Themensammlung"
        verbose_name_plural = "Themensammlungen"
        ordering = ["-event__starts_at"]

    def __str__(self):
        return f"Themen für: {self.event.title}"

    def get_absolute_url(self):
        return reverse("sessions_app:topic-list-of", args=[self.event.slug])

    def clean(self):
        """Both rules reach into another table, so no constraint says them."""
        super().clean()
        if self.event_id and self.event.kind != Event.Kind.WORKSHOP:
            raise ValidationError({"event": "Themen sammelt das Portal nur für Workshops."})
        if self.event_id and self.closes_at and self.closes_at > self.event.starts_at:
            raise ValidationError({"closes_at": "Die Sammlung endet spätestens, wenn der Workshop beginnt."})

    def free_dots_of(self, user) -> int:
        """How many dots a member has left."""
        return DOTS - self.dots.filter(member=user).count()

    @property
    def is_open(self) -> bool:
        """Whether members may propose and give dots now."""
        is_on = self.event.is_published and self.event.status != Event.Status.CANCELLED
        return is_on and timezone.now() < min(self.closes_at, self.event.starts_at)


class WorkshopTopicQuerySet(models.QuerySet):
    def standing(self):
        """Topics that did not become part of another one."""
        return self.filter(merged_into=None)

    def chosen(self):
        return self.standing().filter(is_chosen=True)

    def with_dots(self, user=None):
        """Adds ``dot_count`` and, for a user, ``own_dots``."""
        own = {"own_dots": Count("dots", filter=Q(dots__member=user), distinct=True)} if user else {}
        return self.annotate(dot_count=Count("dots", distinct=True), **own)

    def for_readers(self, user):
        """With what the pages of the topics show to a member."""
        counted = self.with_dots(user).annotate(comment_count=Count("comments", distinct=True))
        return counted.select_related("collection__event", "proposed_by__person")

    def most_wanted_first(self):
        """Those with the most dots first, the older one of two with the same; after ``with_dots``."""
        return self.order_by("-dot_count", "pk")


class WorkshopTopic(RevisedModel):
    """A question that a member proposes for a workshop."""

    collection = models.ForeignKey(
        TopicCollection, models.CASCADE, verbose_name="Themensammlung", related_name="topics"
    )
    title = models.CharField("Frage", max_length=200)
    text = models.TextField("Erläuterung", max_length=2000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="vorgeschlagen von", related_name="workshop_topics",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField("vorgeschlagen am", default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, verbose_name="aufgegangen in", related_name="merged_topics",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    is_chosen = models.BooleanField("für den Workshop festgelegt", default=False, editable=False)
    result = MarkdownField(
        "Ergebnis im Workshop", help_text="Kommt in den Report des Workshops, sobald er begonnen wird."
    )

    objects = WorkshopTopicQuerySet.as_manager()

    class Meta:
        verbose_name = "Workshop-Thema"
        verbose_name_plural = "Workshop-Themen"
        ordering = ["collection", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_chosen=False),
                name="a_merged_topic_is_not_chosen",
                violation_error_message="Ein Thema, das in einem anderen aufgegangen ist, kann nicht festgelegt sein.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="a_topic_is_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sessions_app:topic-detail", args=[self.collection.event.slug, self.pk])

    def may_be_changed_by(self, user) -> bool:
        """Whether a member may word it anew or take it back: it is theirs, and nobody else has taken it up yet."""
        if self.proposed_by_id != user.pk or self.is_chosen or self.merged_into_id or not self.collection.is_open:
            return False
        by_others = [self.dots.exclude(member=user), self.comments.exclude(author=user), self.merged_topics.all()]
        return not any(found.exists() for found in by_others)

    @property
    def anchor(self) -> str:
        """The place of the topic on the page of its collection."""
        return f"thema-{self.pk}"


class TopicDot(models.Model):
    """One dot of one member. That nobody gives too many, the two unique numbers hold, also under parallel clicks."""

    collection = models.ForeignKey(TopicCollection, models.CASCADE, related_name="dots")
    topic = models.ForeignKey(WorkshopTopic, models.CASCADE, verbose_name="Thema", related_name="dots")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="Mitglied", related_name="topic_dots"
    )
    number = models.PositiveSmallIntegerField("Punkt des Mitglieds")
    place = models.PositiveSmallIntegerField("Punkt auf dem Thema")

    class Meta:
        verbose_name = "Punkt"
        verbose_name_plural = "Punkte"
        default_permissions = ()
        ordering = ["collection", "member", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "member", "number"], name="a_member_gives_each_dot_of_a_workshop_once"
            ),
            models.UniqueConstraint(
                fields=["topic", "member", "place"], name="a_member_has_each_place_on_a_topic_once"
            ),
            models.CheckConstraint(condition=Q(number__range=(1, DOTS)), name="a_member_has_five_dots_for_a_workshop"),
            models.CheckConstraint(
                condition=Q(place__range=(1, DOTS_ON_ONE)), name="at_most_three_dots_of_a_member_on_a_topic"
            ),
        ]

    def __str__(self):
        return f"{self.member}: Punkt {self.number}"


class TopicComment(models.Model):
    """What a member says to a topic."""

    topic = models.ForeignKey(WorkshopTopic, models.CASCADE, verbose_name="Thema", related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="von", related_name="topic_comments"
    )
    text = models.TextField("Kommentar", max_length=1000)
    at = models.DateTimeField("am", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "Kommentar zu einem Thema"
        verbose_name_plural = "Kommentare zu Themen"
        default_permissions = ("view", "delete")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Kommentar vom {dates.moment(self.at)}"
