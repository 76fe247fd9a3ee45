"""The logo of an organisation, as pages show it beside its name."""

import uuid

from django.db import models
from django.urls import reverse

from .people import Organisation


def random_path(logo, filename: str) -> str:
    """A name that nobody can guess and that says nothing."""
    return f"logos/{uuid.uuid4().hex}"


class Logo(models.Model):
    """A small picture, always a PNG that we drew anew."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, verbose_name="Organisation", related_name="logo_row"
    )
    file = models.FileField(
        "Logo", upload_to=random_path, max_length=200,
        help_text="PNG, JPEG oder WebP, höchstens 10 MB. Das Portal verkleinert es und zeigt es auf weißem Grund. "
        "Bitte nur mit Erlaubnis der Organisation.",
    )  # fmt: skip
    alternative_text = models.CharField(
        "Alternativtext", max_length=150, blank=True,
        help_text="Was auf dem Logo zu lesen oder zu sehen ist. Leer: „Logo:“ und der Name der Organisation.",
    )  # fmt: skip
    name = models.CharField("Dateiname", max_length=130, editable=False)
    content_type = models.CharField("Dateiart", max_length=100, editable=False)
    size = models.PositiveIntegerField("Größe (Byte)", editable=False)
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)

    class Meta:
        verbose_name = "Logo"
        verbose_name_plural = "Logo"

    def __str__(self):
        return self.organisation.name

    @property
    def text(self) -> str:
        """What stands for the picture where it is not seen."""
        return self.alternative_text or f"Logo: {self.organisation.name}"

    def get_absolute_url(self):
        """With a part that changes with the picture, so that browsers may keep it."""
        return f"{reverse('directory:logo', args=[self.organisation.slug])}?v={self.sha256[:8]}"
