"""The lead's workplace for reports: writing, the gate, the release, what members say."""

from collections.abc import Callable
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from ogl_portal.lib import pdf
from ogl_portal.lib.admin import PortalStackedInline, RevisedAdmin
from ogl_portal.lib.files import delete_files, stored_link
from ogl_portal.lib.registry import report_inlines

from .. import workflow
from ..forms import AnnexForm, AnswerForm, ReportForm, ReportSectionForm, is_locked
from ..models import Attendance, Report, ReportAnnex, ReportSection, ReviewComment, ReviewConfirmation, WorkshopTopic


class SectionInline(PortalStackedInline):
    """The seven sections, as they stand: none can be added or taken away."""

    model = ReportSection
    form = ReportSectionForm
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_locked(request, obj))


class AnnexFormSet(BaseInlineFormSet):
    def save(self, commit=True):
        """Files that were removed or exchanged go, unless a released version names them."""
        saved = super().save(commit)
        workflow.drop_unused_annexes(report=self.instance)
        return saved


class AnnexInline(PortalStackedInline):
    """The files of a report as they are now; blank questionnaire and Verteiler hang on it by themselves."""

    model = ReportAnnex
    form = AnnexForm
    formset = AnnexFormSet
    fields = ["position", "title", "file", "stored", "is_public", "remove"]
    readonly_fields = ["stored"]
    can_delete = False
    view_on_site = False

    @admin.display(description="liegt vor")
    def stored(self, annex):
        return stored_link(annex)

    def get_queryset(self, request):
        return super().get_queryset(request).current().select_related("report")

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not (obj and is_locked(request, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_locked(request, obj))


class SavedFirst(HttpResponseRedirect):
    """Leads on after something that is done once what was typed is stored for good."""

    def __init__(self, page: str, then: Callable[[], object]) -> None:
        super().__init__(page)
        self.then = then


@admin.register(Report)
class ReportAdmin(RevisedAdmin):
    """Reports with their seven sections; a released one changes through a correction only."""

    form = ReportForm
    change_form_template = "sessions_app/admin_report_form.html"
    list_display = ["title", "event", "status", "version", "distribution_date", "pdf_link"]
    list_filter = ["status"]
    list_select_related = ["event", "current_version"]
    search_fields = ["title", "event__title"]
    inlines = [SectionInline]
    actions = ["submit", "release", "withdraw", "send"]
    fields = ["event", "title", "slug", "distribution_date", "next_meeting", "review_until", "reason", "status",
              "released_at"]  # fmt: skip
    verbs = {
        "_submit": (workflow.submit_report, "„{}“ liegt jetzt den Mitgliedern zur Prüfung vor."),
        "_release": (workflow.release_report, "„{}“ ist freigegeben und öffentlich."),
        "_withdraw": (workflow.withdraw_report, "„{}“ ist zurückgezogen und wieder ein Entwurf."),
        "_withdraw_wholly": (workflow.withdraw_corrected_report, "„{}“ ist nicht mehr öffentlich, in keiner Fassung."),
        "_send": (workflow.send_report, "„{}“ geht an den Verteiler."),
    }

    def get_queryset(self, request):
        return super().get_queryset(request).without_texts_of_versions()

    @admin.display(description="Fassung", ordering="current_version__number")
    def version(self, report):
        return report.current_version.number if report.current_version else "–"

    @admin.display(description="PDF")
    def pdf_link(self, report):
        link = '<a href="{}">PDF<span class="visually-hidden">: {}</span></a>'
        return format_html(link, report.get_pdf_url(), report)

    def get_fields(self, request, obj=None):
        """The reason belongs to a correction."""
        is_correction = obj and obj.current_version_id
        return [name for name in self.fields if name != "reason" or is_correction]

    def get_readonly_fields(self, request, obj=None):
        """The address stays from the first day: members know it before the release."""
        if obj and is_locked(request, obj):
            return self.get_fields(request, obj)
        return ["slug", "status", "released_at"] if obj else ["status", "released_at"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def get_inlines(self, request, obj):
        return [*self.inlines, *report_inlines.ask(), AnnexInline] if obj else []

    def has_delete_permission(self, request, obj=None):
        is_kept = obj and (obj.is_released or obj.versions.exists())
        return super().has_delete_permission(request, obj) and not is_kept

    def get_actions(self, request):
        """Deleting many at once would pass over the rule for released reports."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Beside the form: what is still missing, what members said, what was released."""
        report = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdecimal() else None
        more = desk(report) if report else {}
        if report and not report.is_released:
            pdf.warm_up()  # preview and release come next
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            workflow.add_sections(report=obj)

    def save_related(self, request, form, formsets, change):
        """Who has confirmed the text need not do so anew where nothing of it was changed."""
        super().save_related(request, form, formsets, change)
        if set(form.changed_data) <= {"review_until"} and not any(formset.has_changed() for formset in formsets):
            workflow.carry_over_confirmations(report=form.instance, before=form.instance.revision - 1)

    def delete_model(self, request, obj):
        delete_files(obj.annexes.all())
        super().delete_model(request, obj)

    def save_formset(self, request, form, formset, change):
        """Rows of other apps may want to know who wrote them."""
        formset.by = request.user
        super().save_formset(request, form, formset, change)

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, "Der Report ist angelegt. Jetzt fehlen die Texte der sieben Abschnitte.")
        return HttpResponseRedirect(reverse("admin:sessions_app_report_change", args=[obj.pk]))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What the pressed button says comes after the saving: PDFs take their time, and nobody shall wait for them."""
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(answer, SavedFirst):
            answer.then()
        return answer

    def response_change(self, request, obj):
        pressed = next((name for name in self.verbs if name in request.POST), None)
        if "_correct" in request.POST:
            return SavedFirst(request.path, partial(self.correct, request, obj))
        if pressed:
            return SavedFirst(request.path, partial(self.move, request, obj, pressed))
        return super().response_change(request, obj)

    def correct(self, request, report) -> None:
        """Begin the correction of a released report."""
        reason = request.POST.get("reason", "")
        done = "Die Korrektur ist begonnen. Öffentlich bleibt die bisherige Fassung, bis Sie die neue freigeben."
        self.carry_out(request, done, workflow.start_correction, report=report, reason=reason)

    def move(self, request, report, name: str) -> None:
        """Take a report to another status by the verb of a button; what is missing is said with links to it."""
        verb, done = self.verbs[name]
        try:
            verb(report=report, by=request.user)
        except workflow.NotReleasable as refusal:
            self.message_user(request, refusal_with_links(report, refusal.gaps), messages.ERROR)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
        except pdf.RenderError as failure:
            self.message_user(request, f"Nicht freigegeben. {failure}", messages.ERROR)
        else:
            self.message_user(request, done.format(report), messages.SUCCESS)

    @admin.action(description="Zur Mitgliederprüfung geben", permissions=["change"])
    def submit(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_submit")

    @admin.action(description="Freigeben", permissions=["change"])
    def release(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_release")

    @admin.action(description="Zurückziehen", permissions=["change"])
    def withdraw(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_withdraw")

    @admin.action(description="An den Verteiler senden", permissions=["change"])
    def send(self, request, queryset):
        for report in queryset:
            self.move(request, report, "_send")


def desk(report: Report) -> dict:
    """What the page of a report shows beside its form."""
    comments = ReviewComment.objects.filter(section__report=report).select_related("section", "author__person")
    confirmations = ReviewConfirmation.objects.select_related("user__person")
    return {
        "gaps": [] if report.is_released else workflow.gaps(report),
        "agenda": report.event.agenda.all(),
        "attended": report.event.attendances.filter(status=Attendance.Status.ATTENDED).count(),
        "topics": WorkshopTopic.objects.chosen().filter(collection__event=report.event).exclude(result=""),
        "comments": comments,
        "confirmations": confirmations.of_text(report),
        "former_confirmations": confirmations.of_earlier_text(report),
        "versions": report.versions.defer(*report.versions.model.LONG),
    }


def refusal_with_links(report: Report, gaps: list) -> str:
    """The refusal of a release, each gap a link to where it is mended."""
    links = format_html_join("; ", '<a href="{}">{}</a>', ((gap.url, gap.text) for gap in gaps))
    return format_html("„{}“ ist noch nicht vollständig. Es fehlt: {}.", report, links)


@admin.register(ReviewComment)
class ReviewCommentAdmin(RevisedAdmin):
    """What members said to drafts, to be answered or taken over."""

    form = AnswerForm
    list_display = ["section", "report", "author", "created_at", "outcome"]
    list_filter = ["outcome", ("section__report", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["section__report", "author__person"]
    fields = ["report", "section", "author", "created_at", "text", "outcome", "answer"]
    readonly_fields = ["report", "section", "author", "created_at", "text"]

    @admin.display(description="Report")
    def report(self, comment):
        return comment.section.report

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        workflow.answer_comment(comment=obj, by=request.user, outcome=obj.outcome, answer=obj.answer)

    def response_change(self, request, obj):
        """Back to the report, where the next comment waits."""
        self.message_user(request, "Ihre Antwort ist gespeichert.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:sessions_app_report_change", args=[obj.section.report_id]))
