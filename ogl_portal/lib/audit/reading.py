"""Admin pages that show what people answered leave a row for each look at them."""

from django.contrib.admin.utils import unquote
from django.db import models

from .models import AuditRecord
from .recording import record

Kind = AuditRecord.Kind


class RecordsReading:
    """Mixed into the admin of a table that holds answers or who takes part: lists and pages that are read are recorded.

    What the page itself changes is recorded by the verbs that it calls.
    """

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        return self.note_reading(request, response, f"Liste gelesen: {self.opts.verbose_name_plural}")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        return self.note_reading(request, response, "Gelesen", object_id) if object_id else response

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        return self.note_reading(request, response, "Verlauf gelesen", object_id)

    def note_reading(self, request, response, what: str, object_id: str | None = None):
        """Record a page that was shown; returns the response."""
        if request.method == "GET" and response.status_code == 200:
            thing = self.model(pk=self.opts.pk.to_python(unquote(object_id))) if object_id else None
            note_reading(request, what, thing, label="" if thing else str(self.opts.verbose_name_plural))
        return response


def note_reading(request, what: str, thing: models.Model | None = None, label: str = "") -> None:
    """Record that the user of a request has read something."""
    record(Kind.READ, what, by=request.user, thing=thing, label=label)
