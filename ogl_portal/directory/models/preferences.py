"""How much mail a person wants from the portal."""

from django.db import models

from .people import Person


class MailPreference(models.Model):
    """What a person chose; who chose nothing gets everything."""

    class Steps(models.TextChoices):
        ALL = "all", "7 Tage und 1 Tag vorher, danach jede Woche"
        ONCE = "once", "nur 1 Tag vorher"
        NONE = "none", "keine Erinnerung"

    class Events(models.TextChoices):
        ALL = "all", "7 Tage und 24 Stunden vorher"
        ONCE = "once", "nur 24 Stunden vorher"
        NONE = "none", "keine Erinnerung"

    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name="Person", related_name="mail_preference", primary_key=True
    )
    steps = models.CharField("Nächste Schritte", max_length=5, choices=Steps, default=Steps.ALL)
    events = models.CharField("Sitzungen und Workshops", max_length=5, choices=Events, default=Events.ALL)

    class Meta:
        verbose_name = "Wunsch zu Mails"
        verbose_name_plural = "Wünsche zu Mails"
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.person}: {self.get_steps_display()}; {self.get_events_display()}"
