"""Editing a questionnaire: its sections, their questions, the answers to choose from."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.http import HttpResponseRedirect
from django.urls import reverse

from ogl_portal.lib.admin import PortalAdmin, PortalTabularInline, RevisedAdmin
from ogl_portal.lib.forms import RevisedModelForm
from ogl_portal.lib.numbers import is_key

from .. import workflow
from ..models import Choice, Question, Questionnaire, QuestionnaireVersion, Section
from .editing import EditorPages
from .editor_forms import PartForm, PartRowForm, QuestionForm, StableKeyForm


class OrderedInline(PortalTabularInline):
    """Rows with a number that says their order."""

    form = PartRowForm
    extra = 1


class SectionInline(OrderedInline):
    model = Section
    fields = ["position", "key", "title", "is_repeatable", "max_entries", "entry_label", "add_label"]
    show_change_link = True


class QuestionInline(OrderedInline):
    model = Question
    fields = ["position", "key", "text", "kind", "is_required", "max_length", "max_choices", "vocabulary"]
    show_change_link = True


class ChoiceInline(OrderedInline):
    model = Choice
    form = StableKeyForm
    fields = ["position", "label", "key", "opens_text", "is_exclusive"]
    prepopulated_fields = {"key": ["label"]}
    extra = 3


class PartAdmin(RevisedAdmin):
    """Base of the pages of the questionnaire's parts: rows are renumbered, and saving leads one level up.

    A part is edited on its own page and in a row one level up: saving either outdates the forms of the other.
    """

    form = PartForm
    parts = ""
    way_from_whole = ""
    change_form_template = "surveys/admin/part.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        part = self.get_object(request, object_id)
        context = {"above": self.address_above(part)} if part else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def get_object(self, request, object_id, from_field=None):
        """Before a part is changed the questionnaire is locked: saving one part renumbers and outdates others."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block and is_key(object_id):
            whole = Questionnaire.objects.filter(**{self.way_from_whole: object_id})
            whole.select_for_update(of=["self"]).first()
        return super().get_object(request, object_id, from_field)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.thing_above(form.instance).update(revision=F("revision") + 1)
        for things in [getattr(form.instance, self.parts), *self.siblings(form.instance)]:
            workflow.renumber(things=things)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.thing_above(obj).update(revision=F("revision") + 1)

    def thing_above(self, part) -> QuerySet:
        """What shows the part in a row of its form; nothing for the whole."""
        return Questionnaire.objects.none()

    def siblings(self, part) -> list:
        """The rows that the part stands among: with place 0 it comes after them; none for the whole."""
        return []

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(self.address_above(obj))

    response_post_save_add = response_post_save_change


@admin.register(Questionnaire)
class QuestionnaireAdmin(EditorPages, PartAdmin):
    """The questionnaire in the making; rounds keep the version they ask until the lead moves them to another."""

    form = RevisedModelForm
    parts = "sections"
    way_from_whole = "pk"
    list_display = ["title", "slug", "latest_version"]
    inlines = [SectionInline]
    actions = ["publish"]
    change_form_template = "surveys/admin/questionnaire.html"
    change_list_template = "surveys/admin/questionnaires.html"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(version_count=Count("versions"))

    def get_readonly_fields(self, request, obj=None):
        """Files and versions know the questionnaire by its short name."""
        return ["slug"] if obj and obj.versions.exists() else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def address_above(self, questionnaire) -> str:
        return reverse("admin:surveys_questionnaire_change", args=[questionnaire.pk])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        questionnaire = self.get_object(request, object_id)
        outline = questionnaire.sections.prefetch_related("questions") if questionnaire else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "outline": outline})

    @admin.display(description="Versionen", ordering="version_count")
    def latest_version(self, questionnaire):
        return questionnaire.version_count

    @admin.action(description="Version veröffentlichen", permissions=["change"])
    def publish(self, request, queryset):
        for questionnaire in queryset:
            try:
                version = workflow.publish_version(questionnaire=questionnaire)
            except workflow.NotPublishable as refusal:
                messages.error(request, f"„{questionnaire}“ lässt sich nicht veröffentlichen: {refusal}")
            else:
                messages.success(request, f"Festgeschrieben ist jetzt: {version}. Neue Runden können sie verwenden.")


@admin.register(Section)
class SectionAdmin(PartAdmin):
    parts = "questions"
    way_from_whole = "sections"
    list_display = ["__str__", "questionnaire", "is_repeatable", "position"]
    list_filter = ["questionnaire"]
    list_select_related = ["questionnaire"]
    inlines = [QuestionInline]

    def thing_above(self, section) -> QuerySet:
        return Questionnaire.objects.filter(pk=section.questionnaire_id)

    def siblings(self, section) -> list:
        return [section.questionnaire.sections]

    def address_above(self, section) -> str:
        return reverse("admin:surveys_questionnaire_change", args=[section.questionnaire_id])


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    form = QuestionForm
    parts = "choices"
    way_from_whole = "sections__questions"
    list_display = ["__str__", "section", "kind", "is_required", "is_consent"]
    list_filter = ["section__questionnaire", "section__key", "kind"]
    list_select_related = ["section"]
    search_fields = ["key", "text"]
    inlines = [ChoiceInline]
    fieldsets = [
        (None, {"fields": ["section", ("key", "position"), "text", "help", "notice"]}),
        ("Antwort", {"fields": ["kind", "vocabulary", "text_label", "is_required"]}),
        ("Grenzen", {"fields": [("max_length", "max_choices"), ("min_value", "max_value")]}),
        ("Bedingungen", {"fields": ["condition", "needs_section", "varies_by_entry"]}),
        ("Freigabe", {"fields": ["is_consent"]}),
    ]

    def thing_above(self, question) -> QuerySet:
        return Section.objects.filter(pk=question.section_id)

    def siblings(self, question) -> list:
        return [question.section.questions]

    def address_above(self, question) -> str:
        return reverse("admin:surveys_section_change", args=[question.section_id])


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
