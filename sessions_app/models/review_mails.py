"""Which members were asked to check a draft, so that each is asked once for a submission."""

from django.db import models
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import dates

from .reports import Report


class ReviewMail(models.Model):
    """One member was asked to check the draft as it was submitted last; the next submission forgets that."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="Report", related_name="review_mails")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="review_mails")
    sent_at = models.DateTimeField("in den Postausgang gelegt", default=timezone.now)

    class Meta:
        verbose_name = "Bitte um Prüfung"
        verbose_name_plural = "Bitten um Prüfung"
        default_permissions = ("view",)
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="one_mail_per_member_and_review_of_a_report")
        ]

    def __str__(self):
        return f"{self.report}: {self.person}, {dates.day(self.sent_at)}"
