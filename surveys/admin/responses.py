"""Reading responses; nobody changes them here."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ogl_portal.lib.admin import PortalAdmin
from ogl_portal.lib.audit.reading import RecordsReading

from ..models import Entry, EntryReview, Response
from ..sheet import Sheet
from ..workflow import review_of
from .filters import (
    ConsentFilter,
    KindFilter,
    PaperFilter,
    ReviewFilter,
    RoundColumn,
    SectionFilter,
    TargetGroupFilter,
    TopicFilter,
    in_state,
)
from .paper import PaperPages
from .reopening import ReopeningPages


@admin.register(Response)
class ResponseAdmin(RecordsReading, RoundColumn, PaperPages, ReopeningPages, PortalAdmin):
    """A list with filters, and a reading view like the form."""

    list_display = ["respondent", "organisation", "status", "to_review", "submitted_at", "is_paper", "round"]
    list_filter = [
        "round", "status", ReviewFilter, ("organisation__kind", KindFilter), SectionFilter, TopicFilter,
        TargetGroupFilter, ConsentFilter, ("is_paper", PaperFilter),
    ]  # fmt: skip
    list_select_related = ["respondent", "organisation", "round"]
    search_fields = [
        "respondent__family_name",
        "respondent__given_name",
        "organisation__name",
        "entries__answers__value",
    ]
    fields = readonly_fields = [
        "respondent", "organisation", "round", "status", "created_at", "submitted_at", "is_paper", "entered_by",
    ]  # fmt: skip
    change_form_template = "surveys/admin/response.html"

    def get_queryset(self, request):
        """Adds ``new_entries``: how many submitted entries nobody has looked through."""
        new = Entry.objects.submitted().filter(in_state(EntryReview.State.NEW), response=OuterRef("pk")).order_by()
        count = new.values("response").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(new_entries=Coalesce(Subquery(count), 0))

    @admin.display(description="neue Einträge", ordering="new_entries")
    def to_review(self, response):
        return response.new_entries

    def change_view(self, request, object_id, form_url="", extra_context=None):
        response = self.get_object(request, object_id)
        context = reading_context(response) if response else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def reading_context(response: Response) -> dict:
    """What was submitted last; a draft is its respondent's alone until then."""
    submissions = list(response.submissions.all())
    if not submissions:
        return {"submissions": []}
    sheet = Sheet.as_it_counts(submissions[0])
    stored = {entry.uuid: entry for entry in response.entries.select_related("review")}
    for card in sheet.cards:
        card.stored = stored.get(card.entry.uuid)
        card.review = review_of(card.stored) if card.stored else None
    consents = response.consents.current().with_withdrawals()
    return {"sheet": sheet, "submissions": submissions, "consents": consents}
