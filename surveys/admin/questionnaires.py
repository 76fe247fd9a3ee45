"""Editing a questionnaire, and freezing it into a version."""

from django.contrib import admin, messages
from django.db.models import Count

from ogl_portal.lib.admin import PortalAdmin, PortalTabularInline

from .. import workflow
from ..models import Choice, Question, Questionnaire, QuestionnaireVersion, Section


class SectionInline(PortalTabularInline):
    model = Section
    fields = ["position", "key", "title", "is_repeatable", "max_entries", "entry_label", "add_label"]
    show_change_link = True


class QuestionInline(PortalTabularInline):
    model = Question
    fields = ["position", "key", "text", "kind", "is_required", "max_length", "max_choices", "vocabulary"]
    show_change_link = True


class ChoiceInline(PortalTabularInline):
    model = Choice
    fields = ["position", "key", "label", "opens_text", "is_exclusive"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(PortalAdmin):
    """The questionnaire in the making; open rounds keep the version they were opened with."""

    list_display = ["title", "slug", "latest_version"]
    inlines = [SectionInline]
    actions = ["publish"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(version_count=Count("versions"))

    @admin.display(description="Versionen", ordering="version_count")
    def latest_version(self, questionnaire):
        return questionnaire.version_count

    @admin.action(description="Version veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        for questionnaire in queryset:
            version = workflow.publish_version(questionnaire=questionnaire)
            messages.success(request, f"Festgeschrieben ist jetzt: {version}. Neue Runden können sie verwenden.")


@admin.register(Section)
class SectionAdmin(PortalAdmin):
    list_display = ["__str__", "questionnaire", "is_repeatable", "position"]
    list_filter = ["questionnaire"]
    list_select_related = ["questionnaire"]
    inlines = [QuestionInline]


@admin.register(Question)
class QuestionAdmin(PortalAdmin):
    list_display = ["__str__", "section", "kind", "is_required", "is_consent"]
    list_filter = ["section__questionnaire", "section__key", "kind"]
    list_select_related = ["section"]
    search_fields = ["key", "text"]
    inlines = [ChoiceInline]


@admin.register(QuestionnaireVersion)
class QuestionnaireVersionAdmin(PortalAdmin):
    """Published versions: to read, never to change."""

    list_display = ["__str__", "published_at", "round_count"]
    list_select_related = ["questionnaire"]
    fields = readonly_fields = ["questionnaire", "number", "published_at", "sha256"]
    change_form_template = "surveys/admin/version.html"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(round_number=Count("rounds"))

    @admin.display(description="Runden", ordering="round_number")
    def round_count(self, version):
        return version.round_number

    def change_view(self, request, object_id, form_url="", extra_context=None):
        version = self.get_object(request, object_id)
        context = {"definition": version.definition} if version else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
