"""Vernetzung: two planned projects, offers or requests that belong together, and what both sides allow."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, User
from ogl_portal.lib.fields import RevisedModel
from ogl_portal.lib.models import OutgoingMail

from .consents import Consent
from .responses import Answer, Entry
from .reviews import EntryReview
from .rounds import Round

VISIBLE, CONTACT = "G3", "G4"
"""The questions that ask for consent: may members see what I plan, offer and seek; may they have my address."""


class MatchQuerySet(models.QuerySet):
    def waiting(self):
        """Proposals that nobody has decided on, the best first."""
        return self.filter(status=Match.Status.PROPOSED).order_by("-score", "pk")

    def shown(self):
        """What members may see: approved, and both sides allow it now."""
        hidden = MatchSide.objects.with_consents().filter(match=OuterRef("pk"), is_visible=False)
        approved = self.filter(status__in=[Match.Status.APPROVED, Match.Status.INTRODUCED], forgotten_at=None)
        return approved.filter(~Exists(hidden)).order_by("-decided_at", "-pk")

    def with_sides(self):
        """Loads both sides with what they allow: two queries for any number of matches."""
        related = ["organisation", "person__organisation", "entry__response__respondent__organisation",
                   "entry__response__organisation"]  # fmt: skip
        return self.prefetch_related(Prefetch("sides", MatchSide.objects.with_consents().select_related(*related)))


class Match(RevisedModel):
    """A pair, with the reason why; found by the portal or put together by the lead, who alone decides on it."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "vorgeschlagen"
        APPROVED = "approved", "freigegeben"
        REJECTED = "rejected", "verworfen"
        INTRODUCED = "introduced", "einander vorgestellt"

    class Result(models.TextChoices):
        TALKED = "talked", "haben sich ausgetauscht"
        TOGETHER = "together", "arbeiten zusammen"
        NOTHING = "nothing", "nichts daraus geworden"

    round = models.ForeignKey(
        Round, models.SET_NULL, verbose_name="Runde", related_name="matches", null=True, blank=True, editable=False
    )
    pair = models.CharField(max_length=50, blank=True, editable=False)  # both entries; none by hand
    reason = models.TextField(
        "Grund", max_length=1000, help_text="Steht so auf der Seite „Vernetzung“ und in der Mail."
    )
    score = models.PositiveSmallIntegerField("Punkte", default=0, editable=False)
    status = models.CharField("Stand", max_length=12, choices=Status, default=Status.PROPOSED, editable=False)
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("entschieden am", null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="entschieden von", null=True, editable=False, related_name="+"
    )
    requested_at = models.DateTimeField("Vorstellung gewünscht am", null=True, editable=False)
    introduced_at = models.DateTimeField("einander vorgestellt am", null=True, editable=False)
    result = models.CharField("Ergebnis", max_length=12, choices=Result, blank=True)
    note = models.TextField("interne Notiz", max_length=4000, blank=True, help_text="Sieht nur die OGL-Leitung.")
    mails = models.ManyToManyField(OutgoingMail, related_name="+", editable=False)
    forgotten_at = models.DateTimeField("anonymisiert am", null=True, editable=False)
    is_example = models.BooleanField("Beispiel", default=False, editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = "Vernetzung"
        verbose_name_plural = "Vernetzung"
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"],
                condition=~Q(pair=""),
                name="a_pair_is_matched_once",
                violation_error_message="Diese beiden Einträge sind schon verbunden.",
            ),
            models.CheckConstraint(
                condition=~Q(status="introduced") | Q(introduced_at__isnull=False),
                name="an_introduction_has_its_moment",
                violation_error_message="Wer einander vorgestellt ist, ist es seit einem Zeitpunkt.",
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(status="introduced"),
                name="a_result_follows_an_introduction",
                violation_error_message="Ein Ergebnis gibt es erst, wenn beide einander vorgestellt sind.",
            ),
        ]
        indexes = [models.Index(fields=["status", "-score"], name="match_by_status_and_score")]

    def __str__(self):
        if self.forgotten_at:
            return "anonymisierte Vernetzung"
        return " – ".join(side.full_title for side in self.sides.all()) or "Vernetzung"

    @property
    def points(self) -> list[str]:
        """The reason, point by point."""
        return [point.strip() for point in self.reason.split(";") if point.strip()]

    @property
    def is_shown(self) -> bool:
        """Whether members see the pair, as ``shown`` says of many; needs ``with_sides``."""
        is_decided = self.status in {self.Status.APPROVED, self.Status.INTRODUCED} and not self.forgotten_at
        return is_decided and all(side.is_visible for side in self.sides.all())

    @property
    def contacts_flow(self) -> bool:
        """Whether both sides allow that each learns how to reach the other; needs ``with_sides``."""
        return all(side.may_be_contacted for side in self.sides.all())

    @property
    def waiting_for(self) -> list["MatchSide"]:
        """The sides that have not allowed the introduction yet; needs ``with_sides``."""
        return [side for side in self.sides.all() if not side.may_be_contacted]


class MatchSideQuerySet(models.QuerySet):
    def with_consents(self):
        """Adds what each side allows, as it stands at this moment.

        ``is_visible``: members may see it; ``is_told``: the other side may read of it; ``may_be_contacted``: its
        contact may go to the other side; ``is_there``: it is still part of the response, and of use. G3 and G4 speak
        of members: towards anybody else only a consent to this introduction counts. What was entered by hand is public
        already where its source says; its contact takes a consent of its own.
        """
        given = Consent.objects.current().given().filter(response=OuterRef("entry__response"), entry=None)
        seen, contact = (Q(Exists(given.filter(question_key=key))) for key in [VISIBLE, CONTACT])
        answers = Answer.objects.exclude(entry__review__state=EntryReview.State.UNUSABLE)
        by_hand, facing_member = Q(entry=None), Q(Exists(sides_of_members()))
        there = by_hand | Q(Exists(answers.filter(entry=OuterRef("entry"))))
        agreed = Q(consented_on__isnull=False) | seen & contact & facing_member
        visible = by_hand | there & seen
        facts = {"is_there": there, "is_visible": visible, "is_told": visible & (by_hand | facing_member)}
        facts |= {"may_be_contacted": there & agreed}
        return self.annotate(**{name: Case(When(fact, then=True), default=False) for name, fact in facts.items()})


def sides_of_members() -> models.QuerySet:
    """The other side of a match, for a query about one of its sides, where whoever stands for it is a member today."""
    members = Person.objects.members().values("pk")
    theirs = Q(entry=None, person__in=members) | Q(entry__response__respondent__in=members)
    return MatchSide.objects.filter(theirs, match=OuterRef("match")).exclude(position=OuterRef("position"))


class MatchSide(models.Model):
    """One of the two: an entry of a response, or by hand what a published source tells."""

    match = models.ForeignKey(Match, models.CASCADE, verbose_name="Vernetzung", related_name="sides")
    position = models.PositiveSmallIntegerField("Nr.")
    entry = models.ForeignKey(
        Entry, models.CASCADE, verbose_name="Eintrag", related_name="match_sides", null=True, blank=True, editable=False
    )
    title = models.CharField("Vorhaben, Angebot oder Gesuch", max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="+", null=True, blank=True
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="Ansprechperson", related_name="+", null=True, blank=True
    )
    source = models.CharField(
        "Quelle", max_length=200, blank=True,
        help_text="Wo das veröffentlicht ist. Nötig, wo keine Rückmeldung vorliegt.",
    )  # fmt: skip
    consented_on = models.DateField(
        "Einwilligung zur Vorstellung am", null=True, blank=True,
        help_text="Auf anderem Weg erhalten? Dann tragen Sie sie hier ein.",
    )  # fmt: skip
    consent_wording = models.CharField("wie und mit welchen Worten", max_length=600, blank=True)
    asked_at = models.DateTimeField("gefragt am", null=True, editable=False)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = MatchSideQuerySet.as_manager()

    class Meta:
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["match", "position"],
                name="a_match_has_a_first_and_a_second_side",
                violation_error_message="Diese Nummer gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | ~Q(source=""),
                name="a_side_by_hand_names_its_source",
                violation_error_message="Bitte nennen Sie die Quelle: Ohne Rückmeldung gilt nur Veröffentlichtes.",
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="a_link_to_consent_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(consented_on=None) | ~Q(consent_wording=""),
                name="a_consent_to_an_introduction_has_its_words",
                violation_error_message="Bitte halten Sie fest, wie und mit welchen Worten eingewilligt wurde.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def full_title(self) -> str:
        """The title with who it belongs to; needs ``with_sides``."""
        return f"{self.title} ({self.house})" if self.house else self.title

    @property
    def house(self) -> Organisation | None:
        """The organisation that this side belongs to."""
        return self.entry.response.organisation if self.entry else self.organisation

    @property
    def contact(self) -> Person | None:
        """Whom an introduction is for."""
        return self.entry.response.respondent if self.entry else self.person

    @property
    def public_person(self) -> Person | None:
        """Who may be named beside what was entered by hand; of a response nobody is."""
        is_public = self.entry is None and self.person and self.person.name_is_public
        return self.person if is_public else None
