"""The lead's workplace for the topics of a workshop: merge, choose, inform, note the results."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import PortalTabularInline, RevisedAdmin

from .. import workflow
from ..models import Event, TopicCollection, TopicComment, WorkshopTopic


@admin.register(TopicCollection)
class TopicCollectionAdmin(RevisedAdmin):
    """One collection for each workshop; from here the members learn what was chosen."""

    change_form_template = "sessions_app/admin_topic_collection_form.html"
    list_display = ["event", "closes_at", "informed_at", "topics_link"]
    list_select_related = ["event"]
    fields = ["event", "introduction", "closes_at", "informed_at"]
    actions = ["inform"]

    @admin.display(description="Themen")
    def topics_link(self, collection):
        url = f"{reverse('admin:sessions_app_workshoptopic_changelist')}?collection__id__exact={collection.pk}"
        link = '<a href="{}">Themen<span class="visually-hidden">: {}</span></a>'
        return format_html(link, url, collection.event.title)

    def get_readonly_fields(self, request, obj=None):
        """A collection stays with its workshop."""
        return ["event", "informed_at"] if obj else ["informed_at"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "event":
            kwargs["queryset"] = Event.objects.filter(kind=Event.Kind.WORKSHOP).order_by("-starts_at")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_change(self, request, obj):
        """Save, then do what the pressed button says."""
        if "_inform" not in request.POST:
            return super().response_change(request, obj)
        self.inform_of(request, obj)
        return HttpResponseRedirect(request.path)

    def inform_of(self, request, collection: TopicCollection) -> None:
        done = f"Die Mitglieder erfahren jetzt per Mail, welche Themen „{collection.event.title}“ bearbeitet."
        self.carry_out(request, done, workflow.inform_members, collection=collection)

    @admin.action(description="Mitglieder über die festgelegten Themen informieren", permissions=["change"])
    def inform(self, request, queryset):
        for collection in queryset:
            self.inform_of(request, collection)


class TopicCommentInline(PortalTabularInline):
    """What members said; deleted where it must be, never rewritten."""

    model = TopicComment
    fields = readonly_fields = ["text", "author", "at"]

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author__person")


@admin.register(WorkshopTopic)
class WorkshopTopicAdmin(RevisedAdmin):
    """Topics with their dots, those with the most first."""

    list_display = ["title", "dots", "chosen", "merged_into", "collection"]
    list_filter = ["collection", "is_chosen"]
    list_select_related = ["collection__event", "merged_into"]
    search_fields = ["title", "text"]
    fields = ["collection", "title", "text", "proposed_by", "proposed_at", "is_chosen", "merged_into", "result"]
    inlines = [TopicCommentInline]
    actions = ["merge", "choose", "unchoose"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_dots().order_by("collection", "-dot_count", "pk")

    @admin.display(description="Punkte", ordering="dot_count")
    def dots(self, topic):
        return topic.dot_count

    @admin.display(description="festgelegt", ordering="is_chosen", boolean=True)
    def chosen(self, topic):
        return topic.is_chosen

    def get_readonly_fields(self, request, obj=None):
        state = ["proposed_by", "proposed_at", "is_chosen", "merged_into"]
        return ["collection", *state] if obj else state

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.action(description="Zusammenlegen (im Thema mit den meisten Punkten)", permissions=["change"])
    def merge(self, request, queryset):
        try:
            target, returned = workflow.merge_topics(topics=list(queryset), by=request.user)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
        else:
            back = f" Wieder frei, weil sonst jemand mehr als drei darauf hätte: {returned}." if returned else ""
            self.message_user(request, f"Zusammengelegt in „{target}“.{back}", messages.SUCCESS)

    @admin.action(description="Für den Workshop festlegen", permissions=["change"])
    def choose(self, request, queryset):
        for topic in queryset:
            self.carry_out(request, f"„{topic}“ ist festgelegt.", workflow.choose_topic, topic=topic)

    @admin.action(description="Nicht mehr festlegen", permissions=["change"])
    def unchoose(self, request, queryset):
        for topic in queryset:
            done = f"„{topic}“ ist nicht mehr festgelegt."
            self.carry_out(request, done, workflow.choose_topic, topic=topic, is_chosen=False)
