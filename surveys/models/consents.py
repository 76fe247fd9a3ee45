"""What people allow to be done with their answers."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When

from .responses import Entry, Response


class ConsentQuerySet(models.QuerySet):
    def current(self):
        """Decisions that neither a later submission nor a withdrawal has ended."""
        return self.filter(ended_at=None)

    def given(self):
        """Decisions that allow something."""
        return self.exclude(value=Consent.REFUSED)

    def refused(self):
        """Decisions that allow nothing."""
        return self.filter(value=Consent.REFUSED)

    def with_withdrawals(self):
        """Adds ``is_withdrawn``: whether a refusal has ended what was allowed before."""
        same = {"response": OuterRef("response"), "question_key": OuterRef("question_key")}
        before = Consent.objects.given().filter(**same, ended_at=OuterRef("given_at"))
        general, own = (Exists(before.filter(entry=entry)) for entry in [None, OuterRef("entry")])
        is_withdrawn = Q(value=Consent.REFUSED) & (Q(entry=None) & Q(general) | Q(own))
        return self.annotate(is_withdrawn=Case(When(is_withdrawn, then=True), default=False))


class Consent(models.Model):
    """A decision about what may be done with the answers, with the wording it was made on and its time."""

    REFUSED = "no"  # in every question that asks for a consent

    response = models.ForeignKey(Response, models.CASCADE, verbose_name="Rückmeldung", related_name="consents")
    entry = models.ForeignKey(
        Entry, models.CASCADE, verbose_name="nur für", related_name="consents", null=True, blank=True
    )
    about = models.CharField(
        "betrifft", max_length=60, blank=True, editable=False
    )  # Beispiel 2, also when that is gone
    question_key = models.CharField("Frage", max_length=3)
    wording = models.TextField("Wortlaut")
    value = models.CharField("Entscheidung", max_length=60)
    value_label = models.CharField("Entscheidung im Wortlaut", max_length=200)
    given_at = models.DateTimeField("am")
    ended_at = models.DateTimeField("beendet", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"
        ordering = ["question_key", "entry", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question_key"],
                condition=Q(ended_at=None, entry=None),
                name="one_current_consent_per_question",
            ),
            models.UniqueConstraint(
                fields=["response", "question_key", "entry"],
                condition=Q(ended_at=None),
                name="one_current_consent_per_question_and_entry",
            ),
        ]

    def __str__(self):
        return f"{self.question_key}: {self.value_label}"
