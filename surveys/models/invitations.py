"""Who is invited, the personal links that let people in without an account, and the reminders that went out."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib.models import OutgoingMail

from .responses import Response
from .rounds import Round


class InvitationQuerySet(models.QuerySet):
    def with_state(self):
        """Adds ``state``: one of Invitation.State, the strongest that holds."""
        responses = Response.objects.filter(round=OuterRef("round"), respondent=OuterRef("person"))
        undeliverable = OutgoingMail.objects.undeliverable().filter(pk=OuterRef("last_mail"))
        State = Invitation.State
        return self.annotate(
            state=Case(
                When(Exists(responses.submitted()), then=Value(State.SUBMITTED)),
                When(declined_at__isnull=False, then=Value(State.DECLINED)),
                When(Exists(responses), then=Value(State.BEGUN)),
                When(Exists(undeliverable), then=Value(State.UNDELIVERABLE)),
                When(mailed_at__isnull=False, then=Value(State.INVITED)),
                default=Value(State.NOT_MAILED),
                output_field=models.CharField(),
            )
        )

    def waiting(self):
        """Invitations that nobody has answered: neither submitted, nor on paper, nor declined."""
        answered = Response.objects.answered().filter(round=OuterRef("round"), respondent=OuterRef("person"))
        return self.filter(~Exists(answered), declined_at=None)


class Invitation(models.Model):
    """A person who may respond: members get one when the round opens, guests from the lead."""

    class State(models.TextChoices):
        """What the lead's board says."""

        NOT_MAILED = "not-mailed", "noch nicht angeschrieben"
        INVITED = "invited", "eingeladen"
        UNDELIVERABLE = "undeliverable", "nicht zustellbar"
        BEGUN = "begun", "begonnen"
        SUBMITTED = "submitted", "abgesendet"
        DECLINED = "declined", "nicht zuständig"

    round = models.ForeignKey(Round, models.CASCADE, verbose_name="Runde", related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="invitations")
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)
    mailed_at = models.DateTimeField("angeschrieben", null=True, blank=True, editable=False)
    last_mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, verbose_name="letzte Mail", related_name="+", null=True, editable=False
    )
    declined_at = models.DateTimeField("nicht zuständig seit", null=True, blank=True, editable=False)
    declined_reason = models.TextField("Grund", max_length=1000, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["person__family_name", "person__given_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="one_invitation_per_person_and_round",
                violation_error_message="Die Person ist schon eingeladen.",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | ~Q(declined_reason=""), name="who_declines_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.round}"


class PersonalLinkQuerySet(models.QuerySet):
    def usable(self):
        """Links that nobody has revoked, into rounds that are published."""
        return self.filter(revoked_at=None, invitation__round__opened_at__isnull=False)

    def own(self):
        """Links of those who are invited themselves."""
        return self.filter(is_shared=False)

    def shared(self):
        """Links of colleagues who help."""
        return self.filter(is_shared=True)


class PersonalLink(models.Model):
    """A link that opens one response in one round, and nothing else; only the hash of its token is stored.

    It holds until it is revoked: whoever fills in comes back on several days. A shared one belongs to a colleague.
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, verbose_name="Einladung", related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField("an")
    is_shared = models.BooleanField("für jemanden, der mitarbeitet", default=False)
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)
    used_at = models.DateTimeField("zuletzt benutzt", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("widerrufen", null=True, blank=True, editable=False)
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, related_name="+", null=True, editable=False)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "persönlicher Link"
        verbose_name_plural = "persönliche Links"
        ordering = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"Link an {self.email}"


class Reminder(models.Model):
    """A reminder that was sent: each stage of a deadline once."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="reminders")
    stage = models.PositiveSmallIntegerField("Tage vor dem Ende")
    last_day = models.DateField("letzter Tag")  # of the round, when it went out: a later one is reminded of anew
    created_at = models.DateTimeField("angelegt", default=timezone.now)
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, related_name="+", null=True)

    class Meta:
        verbose_name = "Erinnerung"
        verbose_name_plural = "Erinnerungen"
        ordering = ["created_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["invitation", "stage", "last_day"], name="each_reminder_goes_out_once")
        ]

    def __str__(self):
        return f"Erinnerung {self.stage} Tage vor dem Ende"
