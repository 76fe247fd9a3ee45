"""Looking through what was submitted, entry by entry."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ogl_portal.lib.admin import PortalAdmin
from ogl_portal.lib.audit.reading import RecordsReading, note_reading
from ogl_portal.lib.registry import entry_steps

from .. import workflow
from ..models import Entry, EntryReview
from ..sheet import Card, Line, Sheet, answer_texts
from ..views.posted import seen_number
from .coding import CodingPages
from .filters import (
    ConsentFilter,
    KindFilter,
    PaperFilter,
    ReviewFilter,
    SectionFilter,
    TargetGroupFilter,
    TopicFilter,
    in_state,
)
from .review_forms import AskForm, JudgeForm, RedactForm, texts_of

NO_DRAFTS = "Dieser Eintrag ist noch nicht abgesendet. Entwürfe sieht nur, wer sie schreibt."
NO_ANSWERS = "Die Antworten sind nach Ablauf ihrer Frist gelöscht. Geblieben sind die Freigaben."
ASKED = "Die Rückfrage ist unterwegs, und der Eintrag ist wieder offen."
ASKED_WITHOUT_MAIL = (
    "Die Rückfrage ist festgehalten, und der Eintrag ist wieder offen. Es ging keine Mail hinaus, denn eine Adresse "
    "ist nicht gespeichert: Bitte fragen Sie die Person auf anderem Weg."
)


@admin.register(Entry)
class EntryAdmin(RecordsReading, CodingPages, PortalAdmin):
    """The lead's pile of submitted entries, and the page on which one of them is looked through."""

    list_display = ["title", "section_key", "organisation", "state", "submitted_at"]
    list_filter = [
        ReviewFilter, "response__round", SectionFilter, ("response__organisation__kind", KindFilter),
        "response__status", TopicFilter, TargetGroupFilter, ConsentFilter, ("response__is_paper", PaperFilter),
    ]  # fmt: skip
    search_fields = ["answers__value", "answers__text", "response__organisation__name", "review__note"]
    ordering = ["-response__submitted_at", "section_key", "position"]
    actions = ["mark_reviewed"]

    def get_queryset(self, request):
        related = ["response__respondent", "response__organisation", "review"]
        entries = super().get_queryset(request).submitted().select_related(*related)
        return entries.prefetch_related("answers", "response__round__version")  # so a round is read and parsed once

    def get_object(self, request, object_id, from_field=None):
        related = ["response__round__version", "response__respondent", "response__organisation", "review"]
        entries = Entry.objects.select_related(*related)
        return entries.filter(pk=object_id).first() if str(object_id).isdecimal() else None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="Eintrag")
    def title(self, entry):
        """What the first question of its section was answered with; where nothing repeats, the section's heading."""
        definition = entry.response.round.definition
        section = definition.by_key.get(entry.section_key)
        answer = next(iter(entry.answers.all()))
        if entry.is_single and section:
            return section.heading
        if section is None or section.title_question.key != answer.question_key:
            return answer.value
        return ", ".join(answer_texts(section.title_question, {answer.question_key: answer.value})) or answer.value

    @admin.display(description="Organisation", ordering="response__organisation__name")
    def organisation(self, entry):
        return entry.response.organisation or entry.response.respondent

    @admin.display(description="Stand", ordering="review__state")
    def state(self, entry):
        return workflow.review_of(entry).get_state_display()

    @admin.display(description="abgesendet", ordering="response__submitted_at")
    def submitted_at(self, entry):
        return entry.response.submitted_at

    @admin.action(description="Als geprüft kennzeichnen", permissions=["change"])
    def mark_reviewed(self, request, queryset):
        done = sum(self.mark_one(request, entry) for entry in queryset)
        messages.success(request, f"Als geprüft gekennzeichnet: {done}.")

    def mark_one(self, request, entry) -> bool:
        """Mark one entry as reviewed, unless somebody else has just judged it."""
        review = workflow.review_of(entry)
        values = {"state": EntryReview.State.REVIEWED, "note": review.note, "revision": review.revision}
        try:
            workflow.judge_entry(entry=entry, by=request.user, **values)
        except workflow.ChangedMeanwhile as refusal:
            messages.warning(request, f"{entry} ({entry.response.respondent}): {refusal}")
            return False
        self.log_change(request, entry.response, f"{entry}: geprüft.")
        return True

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The entry as it was submitted, and what the lead makes of it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        entry = self.get_object(request, object_id)
        if not entry:
            raise Http404
        if request.method == "POST" and not self.has_change_permission(request, entry):
            raise PermissionDenied
        page = ReviewPage(self, request, entry)
        return page.post() if request.method == "POST" else page.show()


class ReviewPage:
    """One entry under review: what was submitted of it, and three forms."""

    def __init__(self, model_admin: EntryAdmin, request, entry: Entry) -> None:
        self.model_admin, self.request, self.entry = model_admin, request, entry
        self.review = workflow.review_of(entry)
        self.submission = entry.response.submissions.first()
        self.card = self.submitted_card()

    def submitted_card(self) -> Card | None:
        """The entry as the last submission has it."""
        if not self.submission:
            return None
        self.submission.response = self.entry.response
        return Sheet.as_it_counts(self.submission).card(self.entry.uuid)

    def show(self, status: int = 200, **bound) -> TemplateResponse:
        model_admin, request = self.model_admin, self.request
        context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "entry": self.entry}
        context |= {"title": self.card.name if self.card else str(self.entry), "review": self.review, "card": self.card}
        context |= self.reading() | bound if self.card else {"no_drafts": self.why_empty}
        return TemplateResponse(request, "surveys/admin/entry.html", context, status=status)

    @property
    def why_empty(self) -> str:
        return NO_ANSWERS if self.entry.response.answers_deleted_at else NO_DRAFTS

    def reading(self) -> dict:
        """What the page shows of a submitted entry."""
        if self.request.method != "POST":
            note_reading(self.request, f"{self.entry} gelesen", self.entry.response)
        consents = self.entry.response.consents.current().with_withdrawals()
        forms = {
            "judge": JudgeForm(self.review),
            "ask": AskForm.empty(),
            "redact": RedactForm(self.card, self.review),
        }
        return forms | {
            "submission": self.submission,
            "rows": self.rows(),
            "consents": consents.filter(Q(entry=None) | Q(entry=self.entry)),
            "following": self.following(),
            "steps": list(entry_steps.ask(entry=self.entry, user=self.request.user)),
        }

    def rows(self) -> list[tuple[Line, Line]]:
        """Question by question what was submitted, and how the redacted version reads there."""
        redacted = self.card.with_draft(self.review.redact(self.card.draft))
        rows = [(self.card.line(question), redacted.line(question)) for question in self.card.questions]
        decided = map(self.card.variation_line, self.card.variations)
        return rows + [(line, line) for line in decided if not line.is_empty]

    def following(self) -> Entry | None:
        """The next entry of the round that nobody has looked at."""
        round = self.entry.response.round
        new = Entry.objects.submitted().filter(in_state(EntryReview.State.NEW), response__round=round)
        in_order = new.order_by("response__submitted_at", "section_key", "position", "pk")
        return in_order.exclude(pk=self.entry.pk).first()

    def post(self):
        if not self.card:
            return self.show(status=409)
        acts = {"_judge": self.judge, "_ask": self.ask, "_redact": self.redact}
        act = next((act for name, act in acts.items() if name in self.request.POST), None)
        return act() if act else self.show(status=400)

    def judge(self):
        form = JudgeForm(self.review, self.request.POST)
        return self.carry_out("judge", form, workflow.judge_entry, "Der Stand ist gespeichert.")

    def ask(self):
        form = AskForm(self.request.POST, prefix="ask")
        done = ASKED if self.entry.response.is_reachable else ASKED_WITHOUT_MAIL
        return self.carry_out("ask", form, workflow.ask_back, done)

    def redact(self):
        form = RedactForm(self.card, self.review, self.request.POST)
        done = "Die redigierte Fassung ist gespeichert. Das Original ist unverändert."
        return self.carry_out("redact", form, self.store_redacted, done)

    def store_redacted(self, **values) -> None:
        """Only what differs from the original is kept."""
        texts = {name: text for name, text in values.items() if name in self.card.draft}
        changed = {name: text for name, text in texts.items() if text != self.card.draft[name].strip()}
        facts = {name: values[name] for name in ["entry", "revision", "by"]}
        workflow.redact_entry(texts=changed, submission=self.submission, **facts)

    def carry_out(self, name: str, form, verb, done: str):
        """Do what the form says; a refusal is said on the page, with what was typed."""
        if not form.is_valid():
            return self.show(status=422, **{name: form})
        revision = seen_number(self.request, "revision")
        try:
            verb(entry=self.entry, revision=revision, by=self.request.user, **form.cleaned_data)
        except workflow.SurveyError as refusal:
            messages.error(self.request, f"{refusal} Ihr Text steht noch im Formular.")
            return self.show(status=409, **{name: self.over_what_is_new(form) if name == "redact" else form})
        self.model_admin.log_change(self.request, self.entry.response, f"{self.card.label}: {done}")
        messages.success(self.request, done)
        return HttpResponseRedirect(reverse("admin:surveys_entry_change", args=[self.entry.pk]))

    def over_what_is_new(self, form: RedactForm) -> RedactForm:
        """What was typed, over the answers as they are now: a text that nobody redacted follows its original."""
        read = self.entry.response.submissions.filter(number=seen_number(self.request, "submission")).first()
        card = Sheet.of_submission(read, read.definition).card(self.entry.uuid) if read else None
        data = self.request.POST.copy()
        for name, text in texts_of(card).items() if card else []:
            field = form.add_prefix(name)
            if name in form.originals and data.get(field, "").split() == text.split():
                data[field] = form.originals[name]
        return RedactForm(self.card, self.review, data)
