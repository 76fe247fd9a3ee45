"""Who has done the own part of an item, what is said to it, and which reminders went to whom."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import dates

from .items import ActionItem


class Share(models.Model):
    """One member's own part of an item that everyone in the AG has to do: ticked off."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Mitglied", related_name="shares")
    done_at = models.DateTimeField("erledigt am", default=timezone.now)

    class Meta:
        verbose_name = "eigener Anteil"
        verbose_name_plural = "eigene Anteile"
        default_permissions = ("view",)
        ordering = ["done_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="one_share_per_member_and_item")]

    def __str__(self):
        return f"{self.person}: {self.item}"


class Comment(models.Model):
    """What a member or the lead says to an item; only the AG reads it."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="von", related_name="+", null=True
    )
    text = models.TextField("Kommentar", max_length=2000)
    at = models.DateTimeField("am", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "Kommentar"
        verbose_name_plural = "Kommentare"
        default_permissions = ("view", "delete")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.item}: {dates.day(self.at)}"


class ItemMail(models.Model):
    """One item in one digest to one person: each stage once; a moved Termin counts anew."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="mails")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="item_mails")
    due_at = models.DateTimeField("fällig")
    stage = models.SmallIntegerField("Stufe")  # days before: 7 or 1; weeks overdue: -1 to -8
    sent_at = models.DateTimeField("in den Postausgang gelegt", default=timezone.now)

    class Meta:
        verbose_name = "Erinnerung an einen Schritt"
        verbose_name_plural = "Erinnerungen an Schritte"
        default_permissions = ("view",)
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person", "due_at", "stage"], name="one_reminder_per_item_person_and_stage"
            )
        ]

    def __str__(self):
        return f"{self.item}: {self.person}, {dates.day(self.sent_at)}"
