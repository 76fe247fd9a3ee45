"""The lead's workplace for needs: describing, releasing, merging, splitting, and the matrix over all of them."""

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from ogl_portal.lib.admin import LastingAddressMixin, RevisedAdmin
from ogl_portal.lib.audit.reading import note_reading
from ogl_portal.lib.dates import day
from ogl_portal.lib.registry import need_inlines

from .. import workflow
from ..answering import answers_to
from ..matrix import Matrix
from ..models import Coding, Need, Round
from .coding_forms import MergeForm, SplitForm

VERBS = {
    "_release": (workflow.release_need, "„{}“ ist freigegeben und steht jetzt auf den Seiten der Bedarfe."),
    "_figures": (workflow.renew_figures, "Die Zahlen zu „{}“ sind neu festgeschrieben und stehen so auf den Seiten."),
    "_withdraw": (workflow.withdraw_need, "„{}“ ist wieder ein Entwurf und nicht mehr öffentlich."),
}


class NeedPages:
    """Adds the matrix and the pages for merging and splitting."""

    def get_urls(self):
        pages = [
            ("matrix/", self.matrix_view, "matrix"),
            ("<int:pk>/zusammenfuehren/", self.merge_view, "merge"),
            ("<int:pk>/teilen/", self.split_view, "split"),
        ]
        own = [
            path(address, self.admin_site.admin_view(view), name=f"surveys_need_{name}")
            for address, view, name in pages
        ]
        return own + super().get_urls()

    def matrix_view(self, request):
        """Target group × need; ?runde= narrows it to one round."""
        if not request.user.has_perm("surveys.view_coding"):
            raise PermissionDenied
        rounds = Round.objects.filter(codings__isnull=False).distinct()
        chosen = next((each for each in rounds if str(each.pk) == request.GET.get("runde")), None)
        codings = Coding.objects.filter(round=chosen) if chosen else Coding.objects.all()
        matrix = Matrix(codings)
        answers = answers_to([need.pk for need in matrix.needs], request.user)
        context = {"title": "Bedarfe und Zielgruppen", "matrix": matrix, "answers": answers}
        return self.page(request, "matrix", context | {"rounds": rounds, "chosen": chosen})

    def merge_view(self, request, pk):
        """Let a need go up in another one."""
        need = self.changeable(request, pk)
        form = MergeForm(need, request.POST or None)
        context = {"title": "Zusammenführen", "need": need, "form": form}
        if request.method == "POST" and form.is_valid():
            into = form.cleaned_data["into"]
            done = f"„{need}“ ist in „{into}“ aufgegangen; die alte Adresse führt dorthin."
            if self.carry_out(request, done, workflow.merge_needs, need=need, into=into):
                return HttpResponseRedirect(reverse("admin:surveys_need_change", args=[into.pk]))
        return self.page(request, "merge", context, 422 if request.method == "POST" else 200)

    def split_view(self, request, pk):
        """Move some passages of a need to another one."""
        need = self.changeable(request, pk)
        form = SplitForm(need, request.POST or None)
        if request.method != "POST":
            note_reading(request, "Belegstellen zum Teilen gelesen", need)
        context = {"title": "Teilen", "need": need, "form": form}
        context["needs"] = Need.objects.current().exclude(pk=need.pk).values_list("title", flat=True)
        if request.method == "POST" and form.is_valid():
            values, done = form.cleaned_data, f"Die Stellen gehören jetzt zu „{form.cleaned_data['title']}“."
            if self.carry_out(request, done, workflow.split_need, need=need, **values):
                return HttpResponseRedirect(reverse("admin:surveys_need_change", args=[need.pk]))
        return self.page(request, "split", context, 422 if request.method == "POST" else 200)

    def changeable(self, request, pk: int) -> Need:
        """A current need, for who may change it. Raises PermissionDenied, Http404."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Need.objects.current(), pk=pk)

    def page(self, request, name: str, context: dict, status: int = 200) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"surveys/admin/{name}.html", context, status=status)


class AnswerFilter(admin.SimpleListFilter):
    """Needs that something public answers, and those that nothing does."""

    title = "Antwort"
    parameter_name = "antwort"

    def lookups(self, request, model_admin):
        return [("keine", "unbeantwortet"), ("da", "beantwortet")]

    def queryset(self, request, queryset):
        if self.value() not in {"keine", "da"}:
            return queryset
        answered = answers_to(queryset.order_by().values_list("pk", flat=True), AnonymousUser())
        return queryset.exclude(pk__in=answered) if self.value() == "keine" else queryset.filter(pk__in=answered)


@admin.register(Need)
class NeedAdmin(NeedPages, LastingAddressMixin, RevisedAdmin):
    """Needs; what answers them above this app comes in as inlines of the apps that own the links."""

    change_form_template = "surveys/admin/need.html"
    change_list_template = "surveys/admin/needs.html"
    list_display = ["title", "status", "weight", "organisations"]
    list_filter = ["status", "weight", AnswerFilter, "is_example"]
    search_fields = ["title", "description"]
    ordering = ["-weight", "title"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["recommendations", "events"]
    readonly_fields = ["status", "released_at", "merged_into", "evidence", "published_figures"]
    actions = ["release", "renew_figures"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "description", "weight", ("status", "released_at"), "merged_into",
                           "evidence", "published_figures", "is_example"]}),
        ("Was darauf antwortet", {"fields": ["recommendations", "events"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).with_organisations()

    def get_inlines(self, request, obj):
        return list(need_inlines.ask()) if obj else []

    @admin.display(description="Organisationen", ordering="organisations")
    def organisations(self, need):
        return need.organisations

    @admin.display(description="Belege")
    def evidence(self, need):
        """How many stand behind it, and the way to their words."""
        if not need.pk:
            return "Sobald Stellen kodiert sind."
        url = reverse("admin:surveys_coding_changelist") + f"?need__id__exact={need.pk}"
        return format_html(
            '<a href="{}">{} Organisationen, {} Stellen</a>', url, need.organisations, need.codings.count()
        )

    @admin.display(description="Öffentliche Zahlen")
    def published_figures(self, need):
        """What everybody may read of them, and since when."""
        figures = need.figures.last() if need.pk else None
        if not figures:
            return "Werden mit der Freigabe festgeschrieben; späteres Kodieren ändert sie nicht."
        total = figures.document["total"]
        words = f"{total} Organisationen" if total else "so wenige, dass keine Zahl öffentlich ist"
        return f"{words}, Stand {day(figures.frozen_at)}"

    def address_stays(self, need) -> bool:
        return need.released_at is not None or need.status == Need.Status.MERGED

    def has_change_permission(self, request, obj=None):
        """What was merged is history."""
        is_merged = obj is not None and obj.status == Need.Status.MERGED
        return super().has_change_permission(request, obj) and not is_merged

    def has_delete_permission(self, request, obj=None):
        """Only a draft that nothing was coded with; everything else is merged or taken back."""
        is_free = obj is None or (obj.status == Need.Status.DRAFT and not obj.codings.exists())
        return super().has_delete_permission(request, obj) and is_free

    def get_actions(self, request):
        """Deleting many at once would pass over that."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def response_change(self, request, obj):
        """Save, then do what the pressed button says."""
        pressed = next((name for name in VERBS if name in request.POST), None)
        if not pressed:
            return super().response_change(request, obj)
        self.move(request, obj, pressed)
        return HttpResponseRedirect(request.path)

    def move(self, request, need: Need, name: str) -> None:
        verb, done = VERBS[name]
        self.carry_out(request, done.format(need), verb, need=need)

    @admin.action(description="Freigeben", permissions=["change"])
    def release(self, request, queryset):
        for need in queryset:
            self.move(request, need, "_release")

    @admin.action(description="Zahlen neu festschreiben", permissions=["change"])
    def renew_figures(self, request, queryset):
        for need in queryset:
            self.move(request, need, "_figures")
