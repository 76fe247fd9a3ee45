"""Files that belong to an entry: private, seen by the respondent and, once submitted, by the lead."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .responses import Entry


def random_path(upload, filename: str) -> str:
    """A name that nobody can guess and that says nothing."""
    return f"fragebogen/{uuid.uuid4().hex}"


class UploadQuerySet(models.QuerySet):
    def present(self):
        """Files that were not removed."""
        return self.filter(removed_at=None)

    def of_response(self, response):
        """The files of a response's entries, each with its ``entry_uuid``."""
        return self.present().filter(entry__response=response).annotate(entry_uuid=F("entry__uuid"))

    def removed_until(self, moment: datetime):
        """Files that were removed by then, alone or with their entry."""
        return self.filter(Q(removed_at__lte=moment) | Q(entry__removed_at__lte=moment))


class Upload(models.Model):
    """One file of one question of one entry."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, verbose_name="Eintrag", related_name="uploads")
    question_key = models.CharField("Frage", max_length=3)
    file = models.FileField("Datei", upload_to=random_path, max_length=200)
    name = models.CharField("Name", max_length=130)
    content_type = models.CharField("Art", max_length=100)
    size = models.PositiveIntegerField("Größe (Byte)")
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64)
    created_at = models.DateTimeField("hochgeladen", default=timezone.now, editable=False)
    removed_at = models.DateTimeField("entfernt", null=True, blank=True, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "Datei"
        verbose_name_plural = "Dateien"
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name

    def is_visible_to(self, user, person_id: int | None) -> bool:
        """Whether it belongs to the person who fills in; the OGL-Leitung sees what was submitted last."""
        response = self.entry.response
        if person_id and response.respondent_id == person_id:
            return True
        submission = response.submissions.first() if getattr(user, "is_lead", False) else None
        return bool(submission) and str(self.uuid) in submission.file_uuids
