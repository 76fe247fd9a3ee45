"""The passages that are coded, to look through, to filter, and as a file."""

import csv
from io import StringIO

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from ogl_portal.lib.admin import PortalAdmin
from ogl_portal.lib.audit.reading import RecordsReading
from ogl_portal.lib.cells import guard

from ..models import Coding
from .coding import coding_url

YES = {True: "ja", False: ""}


@admin.register(Coding)
class CodingAdmin(RecordsReading, PortalAdmin):
    """Every number of the matrix leads here; coding itself is done on the page of the entry."""

    list_display = ["words", "need", "target_group", "organisation", "state", "page"]
    list_display_links = None
    list_filter = ["round", "target_group", "need__status", "need__weight", ("need", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["quote", "need__title"]
    readonly_fields = [
        "words", "need", "target_group", "organisation", "state", "created_at", "created_by", "page",
    ]  # fmt: skip
    fields = readonly_fields

    def get_queryset(self, request):
        return Coding.objects.in_full().with_agreement()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="Zitat", ordering="quote")
    def words(self, coding):
        return str(coding)

    @admin.display(description="Organisation", ordering="response__organisation__name")
    def organisation(self, coding):
        response = coding.response
        return (response.organisation or response.respondent) if response else "gelöschte Rückmeldung"

    @admin.display(description="Hinweise")
    def state(self, coding):
        return "; ".join(notes_on(coding))

    @admin.display(description="Eintrag")
    def page(self, coding):
        if not coding.entry_id:
            return "–"
        link = '<a href="{}">{} ansehen<span class="visually-hidden">: {}</span></a>'
        return format_html(link, coding_url(coding.entry_id), coding.question_key, coding)


def notes_on(coding: Coding) -> list[str]:
    """What is to be said of a coding before somebody quotes it."""
    if not coding.quote:
        return ["nur noch gezählt"]
    notes = {
        "Text geändert": coding.is_changed,
        "redigiert": coding.is_redacted,
        "nicht zum Zitieren freigegeben (G2)": not coding.is_agreed,
    }
    return [note for note, applies in notes.items() if applies]


COLUMNS = [
    "Bedarf", "Gewicht", "Stand des Bedarfs", "Zielgruppe", "Zitat", "Hinweise", "Öffentlich zitierbar", "Frage",
    "Rückmeldung", "Eintrag", "Organisation", "Art der Organisation", "Kodiert am", "Kodiert von",
]  # fmt: skip


def csv_of(codings) -> bytes:
    """Codings as CSV: UTF-8 with byte order mark, semicolons, everything in quotes (RFC 4180), nothing a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guard(str(cell)) for cell in cells_of(coding)] for coding in codings)
    return text.getvalue().encode("utf-8-sig")


def cells_of(coding: Coding) -> list:
    """A row of the file; what was deleted stays empty."""
    response, need = coding.response, coding.need
    organisation = response.organisation if response else None
    return [
        need.title, need.get_weight_display(), need.get_status_display(), coding.target_group.name, coding.quote,
        "; ".join(notes_on(coding)), YES[coding.is_agreed and coding.is_quotable], coding.question_key,
        response.uuid if response else "", coding.entry.uuid if coding.entry else "",
        organisation.name if organisation else "", organisation.get_kind_display() if organisation else "",
        f"{timezone.localtime(coding.created_at):%Y-%m-%d %H:%M}", coding.created_by or "",
    ]  # fmt: skip
