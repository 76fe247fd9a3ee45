"""The list of action items as a table."""

import django_tables2 as tables
from django.db.models import F
from django.template.loader import render_to_string

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.tables import PortalTable

from .models import ActionItem


class ActionItemTable(PortalTable):
    """Sortable by title, source and Termin; names only for those who may read them."""

    caption = "Nächste Schritte mit Termin (T) und Verantwortung (V)"
    row_header = "title"
    empty_title = "Hier steht gerade kein Schritt"

    title = tables.Column(verbose_name="Nächster Schritt")
    report = tables.Column(verbose_name="Aus dem Report", empty_values=())
    due_text = tables.Column(verbose_name="Termin (T)", order_by="due")
    responsible_text = tables.Column(verbose_name="Verantwortlich (V)", orderable=False)
    status = tables.Column(verbose_name="Stand", orderable=False)

    class Meta(PortalTable.Meta):
        model = ActionItem
        fields = ["title", "report", "due_text", "responsible_text", "status"]
        empty_text = "Mit einer anderen Auswahl finden Sie vielleicht, was Sie suchen."

    def __init__(self, *args, user, rounds=(), **kwargs):
        """``rounds`` of questionnaires come with their counts, which stand at the items that are about them."""
        self.with_names = belongs_to_group(user)
        self.rounds = {round.pk: round for round in rounds}
        self.rounds_by_end = {(round.report_id, round.closes_at): round for round in rounds}
        super().__init__(*args, **kwargs)

    def render_title(self, record):
        return render_to_string("actions/_cell_title.html", {"item": record})

    def render_report(self, record):
        return render_to_string("actions/_cell_report.html", {"item": record})

    def render_responsible_text(self, record):
        return record.responsible_text_for_members if self.with_names else record.responsible_text

    def render_status(self, record):
        return render_to_string("actions/_cell_status.html", {"item": record, "round": self.round_of(record)})

    def round_of(self, item):
        """The round that the item is tied to, else that of the same report which ends at the item's Termin.

        Without a report, only if everybody is to answer.
        """
        if item.round_id:
            return self.rounds.get(item.round_id)
        is_for_all = item.responsible_kind == ActionItem.ResponsibleKind.EVERYONE
        return self.rounds_by_end.get((item.report_id, item.dated_due_at)) if item.report_id or is_for_all else None

    def order_due_text(self, queryset, is_descending):
        """Open Termine come last either way."""
        due = F("due").desc(nulls_last=True) if is_descending else F("due").asc(nulls_last=True)
        return queryset.order_by(due, "pk"), True

    def order_report(self, queryset, is_descending):
        """By the day of the event that the report is about."""
        day = F("report__event__starts_at")
        day = day.desc(nulls_last=True) if is_descending else day.asc(nulls_last=True)
        return queryset.order_by(day, "letter", "pk"), True
