"""Coding: one entry after the other, with the attributes of its organisation beside it."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ogl_portal.lib.audit.reading import note_reading

from .. import workflow
from ..models import Coding, Entry, Need
from ..passages import CodableText, codable_texts
from ..progress import codable_entries
from ..sheet import Sheet
from ..views.posted import seen_number
from .coding_forms import CodingForm


def coding_url(entry_pk: int) -> str:
    return reverse("admin:surveys_entry_code", args=[entry_pk])


class CodingPages:
    """Adds the page for coding to the admin of entries."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.code_view)
        return [path("<int:pk>/kodieren/", view, name="surveys_entry_code"), *super().get_urls()]

    def code_view(self, request, pk):
        """The answers of one entry in sentences, what is coded in them, and the form to code more."""
        if not request.user.has_perm("surveys.add_coding"):
            raise PermissionDenied
        entry = self.get_object(request, str(pk))
        if not entry or not entry.response.submissions.exists():
            raise Http404
        page = CodingPage(self, request, entry)
        return page.post() if request.method == "POST" else page.show()


class CodingPage:
    """One entry while it is coded."""

    def __init__(self, model_admin, request, entry: Entry) -> None:
        self.model_admin, self.request, self.entry = model_admin, request, entry
        self.submission = entry.response.submissions.first()
        self.submission.response = entry.response
        self.card = Sheet.as_it_counts(self.submission).card(entry.uuid)

    @cached_property
    def codings(self) -> list[Coding]:
        return list(self.entry.codings.in_full().order_by("question_key", "start", "pk"))

    @cached_property
    def texts(self) -> list[CodableText]:
        """The answers in words; none where the respondent has taken the entry out."""
        questions = self.card.questions if self.card else []
        return codable_texts(questions, self.entry.answers.filter(part=""), self.codings)

    def form(self, data=None) -> CodingForm:
        """The form; for whom somebody speaks is filled in as they said, else as the lead chose last."""
        return CodingForm(self.texts, data, initial={"target_group": self.likely_group()})

    def likely_group(self):
        field = CodingForm.base_fields["target_group"]
        named = field.queryset.filter(slug__in=[answer.value for answer in self.entry.answers.all()]).first()
        last = Coding.objects.filter(created_by=self.request.user).first()
        return named or (last and last.target_group_id)

    def show(self, status: int = 200, form: CodingForm | None = None) -> TemplateResponse:
        if self.request.method != "POST":
            note_reading(self.request, f"{self.entry} zum Kodieren gelesen", self.entry.response)
        model_admin, coded = self.model_admin, {text.question.key for text in self.texts}
        rest = [coding for coding in self.codings if coding.question_key not in coded]
        context = {**model_admin.admin_site.each_context(self.request), "opts": model_admin.opts, "entry": self.entry}
        context |= {"title": f"Kodieren: {self.card.name if self.card else self.entry}", "texts": self.texts}
        context |= {"form": form or self.form(), "needs": Need.objects.current().values_list("title", flat=True)}
        context |= {"rest": rest, "submission": self.submission, "lines": self.choices(coded), **self.neighbours()}
        return TemplateResponse(self.request, "surveys/admin/coding.html", context, status=status)

    def choices(self, coded: set[str]) -> list:
        """What was chosen beside the texts."""
        questions = [question for question in (self.card.questions if self.card else []) if question.key not in coded]
        return [line for line in map(self.card.line, questions) if line.texts]

    def neighbours(self) -> dict:
        """The entries before and after this one in its round, the next that nobody has coded, and how far this is."""
        rows = list(codable_entries(self.entry.response.round).values_list("pk", "is_done"))
        keys = [pk for pk, _ in rows]
        here = keys.index(self.entry.pk) if self.entry.pk in keys else -1
        return {
            "previous": keys[here - 1] if here > 0 else None,
            "next": keys[here + 1] if -1 < here < len(keys) - 1 else None,
            "next_open": next((pk for pk, is_done in rows[here + 1 :] + rows[:here] if not is_done), None),
            "number": here + 1, "count": len(rows), "done": sum(is_done for _, is_done in rows),
            "is_done": any(pk == self.entry.pk and is_done for pk, is_done in rows),
        }  # fmt: skip

    def post(self):
        if "_remove" in self.request.POST:
            return self.remove()
        return self.finish() if "_finish" in self.request.POST else self.code()

    def code(self):
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.show(422, form)
        try:
            number = len(self.write(form.cleaned_data))
        except workflow.SurveyError as refusal:
            messages.error(self.request, f"{refusal} Es wurde nichts gespeichert; Ihre Eingaben stehen noch da.")
            return self.show(409, form)
        words = "Die Stelle ist kodiert." if number == 1 else f"{number} Stellen sind kodiert."
        messages.success(self.request, words)
        return HttpResponseRedirect(self.request.path)

    @transaction.atomic
    def write(self, values: dict) -> list[Coding]:
        """Code the passages; a need that was new goes again where that is refused."""
        is_example = self.entry.response.round.is_example
        need = workflow.need_called(title=values["need"], is_example=is_example)
        facts = {"need": need, "target_group": values["target_group"]}
        facts["submission"] = seen_number(self.request, "submission")
        return workflow.code_passages(entry=self.entry, passages=values["passages"], by=self.request.user, **facts)

    def remove(self):
        """Take one coding back, as it was read."""
        coding = next((each for each in self.codings if each.pk == seen_number(self.request, "_remove")), None)
        if not coding:
            return self.refused("Diese Kodierung gibt es nicht mehr.")
        try:
            workflow.remove_coding(coding=coding, revision=seen_number(self.request, "revision"), by=self.request.user)
        except workflow.ChangedMeanwhile:
            return self.refused("Die Stelle wurde inzwischen einem anderen Bedarf zugeordnet. So steht sie jetzt da.")
        messages.success(self.request, "Die Kodierung ist entfernt.")
        return HttpResponseRedirect(self.request.path)

    def refused(self, words: str):
        messages.error(self.request, words)
        return self.show(409)

    def finish(self):
        """Note that nothing is left to code here, and go on to what is still open."""
        submission = seen_number(self.request, "submission")
        try:
            workflow.finish_entry(entry=self.entry, submission=submission, by=self.request.user)
        except workflow.SurveyError as refusal:
            return self.refused(str(refusal))
        following = self.neighbours()["next_open"]
        if following:
            return HttpResponseRedirect(coding_url(following))
        messages.success(self.request, "Alle Einträge dieser Runde sind kodiert.")
        return HttpResponseRedirect(self.request.path)
