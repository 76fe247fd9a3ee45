"""Reading responses; nobody changes them here."""

from django.contrib import admin

from ogl_portal.lib.admin import PortalAdmin

from ..models import Response, Section
from ..sheet import Sheet


class SectionFilter(admin.SimpleListFilter):
    """Responses with at least one entry in a section that repeats."""

    title = "Abschnitt mit Einträgen"
    parameter_name = "section"

    def lookups(self, request, model_admin):
        sections = Section.objects.filter(is_repeatable=True).order_by("key").values_list("key", "title")
        return [(key, f"{key} {title}") for key, title in dict(sections).items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(entries__section_key=self.value(), entries__removed_at=None).distinct()


@admin.register(Response)
class ResponseAdmin(PortalAdmin):
    """A list with filters, and a reading view like the form."""

    list_display = ["respondent", "organisation", "status", "submitted_at", "round"]
    list_filter = ["round", "status", "organisation__kind", SectionFilter]
    list_select_related = ["respondent", "organisation", "round"]
    search_fields = [
        "respondent__family_name",
        "respondent__given_name",
        "organisation__name",
        "entries__answers__value",
    ]
    fields = readonly_fields = ["respondent", "organisation", "round", "status", "created_at", "submitted_at"]
    change_form_template = "surveys/admin/response.html"

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
    sheet = Sheet.of_submission(submissions[0], response.round.definition)
    return {"sheet": sheet, "submissions": submissions, "consents": response.consents.current().select_related("entry")}
