"""Codings: which passage of which answer says which need, for which target group."""

import uuid

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, StrIndex
from django.utils import timezone

from ogl_portal.directory.models import TargetGroup, User
from ogl_portal.lib.fields import RevisedModel

from .consents import Consent
from .needs import Need
from .responses import Answer, Entry, Response
from .reviews import EntryReview
from .rounds import Round

QUOTING = "G2"
"""The question that asks whether single sentences may be published without a name (questionnaire.md)."""


class CodingQuerySet(models.QuerySet):
    def released(self):
        """Codings of needs that everybody may read."""
        return self.filter(need__status=Need.Status.RELEASED)

    def in_full(self):
        """With what a row of quotes shows, and ``said``: the answer as it stands now."""
        related = ["need", "target_group", "response__organisation", "response__respondent", "entry__review"]
        return self.select_related(*related, "created_by__person").annotate(said=Subquery(the_answer()))

    def changed(self):
        """Those of ``in_full`` whose answer no longer says the quote, as ``Coding.is_changed`` says of one."""
        still_there = self.exclude(Q(entry=None) | Q(quote=""))
        return still_there.annotate(place=StrIndex(Coalesce("said", Value("")), F("quote"))).filter(place=0)

    def with_agreement(self):
        """Adds ``is_agreed``: whether the respondent allows the words to be published, as it stands at this moment."""
        consents = Consent.objects.current().filter(response=OuterRef("response"), question_key=QUOTING)
        general, own = consents.filter(entry=None), consents.filter(entry=OuterRef("entry"))
        is_agreed = ~Q(quote="") & Exists(general.given()) & ~Exists(own.refused())
        return self.annotate(is_agreed=Case(When(is_agreed, then=True), default=False))

    def agreed(self):
        """Those whose words the respondent allows to be published."""
        return self.with_agreement().filter(is_agreed=True)


def the_answer():
    """The text that was answered to the coded question; beside choices, what was written there."""
    answers = Answer.objects.filter(entry=OuterRef("entry"), question_key=OuterRef("question_key"), part="")
    said = Case(When(text="", then=F("value")), default=F("text"))
    return answers.order_by("-text", "pk").annotate(said=said).values("said")[:1]


class Coding(RevisedModel):
    """A passage of one submitted answer, with the need that it says and the target group that it says it of.

    The quote is kept as it was marked. When the response is deleted the row stays for the count alone: without
    quote, response and entry, and under a token that leads back to nobody.
    """

    need = models.ForeignKey(Need, models.PROTECT, verbose_name="Bedarf", related_name="codings")
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, verbose_name="Zielgruppe", related_name="codings")
    round = models.ForeignKey(Round, models.PROTECT, verbose_name="Runde", related_name="codings")
    response = models.ForeignKey(
        Response, models.SET_NULL, verbose_name="Rückmeldung", related_name="codings", null=True, blank=True
    )
    entry = models.ForeignKey(
        Entry, models.SET_NULL, verbose_name="Eintrag", related_name="codings", null=True, blank=True
    )
    organisation_token = models.UUIDField("Kennung der Organisation", default=uuid.uuid4, editable=False)
    question_key = models.CharField("Frage", max_length=3)
    start = models.PositiveIntegerField("von Zeichen")
    end = models.PositiveIntegerField("bis Zeichen")
    quote = models.TextField("Zitat", blank=True)
    created_at = models.DateTimeField("kodiert am", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="kodiert von", null=True, editable=False, related_name="+"
    )

    objects = CodingQuerySet.as_manager()

    class Meta:
        verbose_name = "Kodierung"
        verbose_name_plural = "Kodierungen"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "question_key", "start", "end", "need", "target_group"],
                name="a_passage_is_coded_once_the_same_way",
                violation_error_message="Diese Stelle ist schon so kodiert.",
            ),
            models.CheckConstraint(
                condition=Q(quote="") | Q(response__isnull=False), name="a_quote_belongs_to_a_response"
            ),
        ]
        indexes = [models.Index(fields=["need", "target_group", "organisation_token"], name="organisations_of_a_need")]

    def __str__(self):
        return f"„{self.quote}“" if self.quote else "Zitat gelöscht"

    @property
    def is_changed(self) -> bool:
        """Whether the answer no longer says the quote; what went with the raw answers counts as it was."""
        return bool(self.entry_id and self.quote) and self.quote not in (self.said or "")

    @property
    def is_redacted(self) -> bool:
        """Whether the words must not leave the house: redacted in the review, or the entry found unusable."""
        review = getattr(self.entry, "review", None) if self.entry_id else None
        if review is None:
            return False
        texts = [review.redacted.get(name) for name in [self.question_key, f"{self.question_key}-text"]]
        is_kept_back = any(text is not None and self.quote not in text for text in texts)
        return is_kept_back or review.state == EntryReview.State.UNUSABLE

    @property
    def is_quotable(self) -> bool:
        """Of those that are ``agreed``: whether the words may be published."""
        return bool(self.quote) and not self.is_changed and not self.is_redacted


class CodedEntry(models.Model):
    """The mark that an entry is read to its end, whether anything in it says a need or not."""

    entry = models.OneToOneField(Entry, models.CASCADE, verbose_name="Eintrag", related_name="coded")
    done_at = models.DateTimeField("fertig am", default=timezone.now, editable=False)
    done_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="fertig gemeldet von", null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "fertig kodierter Eintrag"
        verbose_name_plural = "fertig kodierte Einträge"
        default_permissions = ()

    def __str__(self):
        return f"{self.entry}: fertig"
