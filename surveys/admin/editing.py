"""The pages beside the form of a questionnaire: preview, publishing, and the way out and in as a JSON file."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from ogl_portal.lib.forms import PlainTextFormMixin
from ogl_portal.lib.numbers import KeysField

from .. import changes, interchange, workflow
from ..definition import Definition
from ..forms import EntryForm
from ..models import Questionnaire, Round
from ..sheet import Sheet


class ImportForm(PlainTextFormMixin, forms.Form):
    """A JSON file with a questionnaire; ``document`` is what it says once the form is valid."""

    file = forms.FileField(
        label="JSON-Datei", error_messages={"required": "Bitte wählen Sie eine Datei aus."},
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )  # fmt: skip
    replace = forms.BooleanField(
        label="Den Entwurf ersetzen, falls es den Fragebogen schon gibt", required=False,
        help_text="Veröffentlichte Versionen, Runden und Antworten bleiben auf jeden Fall, wie sie sind.",
    )  # fmt: skip

    def clean_file(self):
        try:
            self.document = interchange.read(self.cleaned_data["file"].read(interchange.MAX_SIZE + 1))
        except interchange.DocumentRefused as refusal:
            raise ValidationError(refusal.messages[:20]) from None

    def clean(self):
        document = getattr(self, "document", None)
        known = document and Questionnaire.objects.filter(slug=document["slug"]).exists()
        if known and not self.cleaned_data.get("replace"):
            message = f"Den Fragebogen „{document['slug']}“ gibt es schon. Sollen wir seinen Entwurf ersetzen?"
            self.add_error("replace", message)


class PublishForm(PlainTextFormMixin, forms.Form):
    """Which running rounds move to the version."""

    rounds = KeysField(
        Round.objects.none(), label="Laufende Runden auf diese Version umstellen", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, questionnaire: Questionnaire, data=None) -> None:
        super().__init__(data)
        self.fields["rounds"].queryset = rounds_to_move(questionnaire)
        self.fields["rounds"].label_from_instance = round_label


def rounds_to_move(questionnaire: Questionnaire):
    """Rounds that are not over, with ``begun`` and ``submitted``."""
    coming = Round.objects.filter(version__questionnaire=questionnaire, closes_at__gt=timezone.now())
    submitted = Q(responses__submitted_at__isnull=False)
    return coming.select_related("version").annotate(
        begun=Count("responses", distinct=True), submitted=Count("responses", filter=submitted, distinct=True)
    )


def round_label(round: Round) -> str:
    number = round.version.number
    return f"{round} (jetzt Version {number}; begonnen: {round.begun}, davon abgesendet: {round.submitted})"


class EditorPages:
    """Mixed into the admin of questionnaires."""

    def get_urls(self):
        pages = {"preview": "vorschau/", "publish": "veroeffentlichen/", "export": "fragebogen.json"}
        own = [self.page_of_one(name, address) for name, address in pages.items()]
        view = self.admin_site.admin_view(self.import_view)
        return [*own, path("einlesen/", view, name="surveys_questionnaire_import"), *super().get_urls()]

    def page_of_one(self, name: str, address: str):
        view = self.admin_site.admin_view(getattr(self, f"{name}_view"))
        return path(f"<int:pk>/{address}", view, name=f"surveys_questionnaire_{name}")

    def questionnaire_or_404(self, request, pk: int) -> Questionnaire:
        """Raises PermissionDenied, Http404."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Questionnaire, pk=pk)

    def page(self, request, template: str, title: str, **context) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        return TemplateResponse(request, f"surveys/admin/{template}", context)

    def preview_view(self, request, pk):
        """The form as people would get it, from the unpublished state; typing there is stored nowhere."""
        questionnaire = self.questionnaire_or_404(request, pk)
        gaps = list(interchange.check_sense(interchange.describe(questionnaire)))
        context = {"questionnaire": questionnaire, "definition": draft_of(questionnaire), "gaps": gaps}
        context["parts"] = preview_parts(context["definition"])
        return TemplateResponse(request, "surveys/admin/preview.html", context)

    def export_view(self, request, pk):
        questionnaire = self.questionnaire_or_404(request, pk)
        answer = HttpResponse(interchange.write(questionnaire), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{questionnaire.slug}.json"'
        return answer

    def import_view(self, request):
        """A wrong file is named what is wrong with it, and changes nothing."""
        if not (self.has_change_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = ImportForm(request.POST, files=request.FILES) if is_sent else ImportForm()
        if not (is_sent and form.is_valid()):
            return self.page(request, "import.html", "Fragebogen einlesen", form=form)
        questionnaire = workflow.replace_definition(document=form.document)
        self.log_change(request, questionnaire, "Aus einer Datei eingelesen.")
        messages.success(request, f"„{questionnaire}“ ist eingelesen. Veröffentlicht ist damit noch nichts.")
        return HttpResponseRedirect(reverse("admin:surveys_questionnaire_change", args=[questionnaire.pk]))

    def publish_view(self, request, pk):
        """What changes for people, and which rounds shall ask it from now on."""
        questionnaire = self.questionnaire_or_404(request, pk)
        form = PublishForm(questionnaire, request.POST if request.method == "POST" else None)
        if form.is_valid() and self.publish_and_move(request, questionnaire, form.cleaned_data["rounds"]):
            return HttpResponseRedirect(reverse("admin:surveys_questionnaire_change", args=[pk]))
        return self.page(
            request, "publish.html", "Fragebogen veröffentlichen", form=form, questionnaire=questionnaire,
            **outlook(questionnaire),
        )  # fmt: skip

    def publish_and_move(self, request, questionnaire: Questionnaire, rounds) -> bool:
        """Publish, then move the rounds, all or nothing; what is refused is said, and returns False."""
        try:
            with transaction.atomic():
                version = workflow.publish_version(questionnaire=questionnaire)
                moved = [(round, workflow.move_round(round=round, version=version)) for round in rounds]
        except (workflow.NotPublishable, workflow.CannotMove) as refusal:
            messages.error(request, str(refusal))
            return False
        self.log_change(request, questionnaire, f"Version {version.number} veröffentlicht.")
        messages.success(request, f"Veröffentlicht ist: {version}.")
        for round, number in moved:
            messages.success(
                request, f"„{round}“ fragt jetzt Version {version.number}. Begonnene Rückmeldungen: {number}."
            )
        return True


def outlook(questionnaire: Questionnaire) -> dict:
    """What publishing would mean: ``latest`` version, ``changes`` to it, and ``gaps`` that forbid it."""
    latest = questionnaire.versions.order_by("-number").first()
    gaps = list(interchange.check_sense(interchange.describe(questionnaire)))
    new = Definition.from_document(workflow.freeze(questionnaire))
    return {"latest": latest, "gaps": gaps, "changes": changes.between(latest.definition, new) if latest else []}


def draft_of(questionnaire: Questionnaire) -> Definition:
    """The unpublished state with the dates of the questionnaire's latest round, or of one four weeks long."""
    now = timezone.now()
    coming = Round(closes_at=now + timedelta(weeks=4), evaluation_until=now.date())
    latest = Round.objects.filter(version__questionnaire=questionnaire).order_by("-closes_at").first()
    return Definition.from_document(workflow.freeze(questionnaire), (latest or coming).words)


def preview_parts(definition: Definition) -> list[tuple]:
    """Each section with an empty form; a section without questions has none yet."""
    sections = [section for section in definition if section.questions]
    entries = [SimpleNamespace(uuid=uuid4(), section_key=section.key, draft={}) for section in sections]
    parts = Sheet(definition, entries).parts
    return [(part, EntryForm(part.cards[0], slug="vorschau")) for part in parts if part.cards]
