"""Filling in: a page per section, a page per entry, saved at every step."""

from typing import NamedTuple
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.views.generic import View

from ogl_portal.lib import dates, uploads
from ogl_portal.lib.addresses import address_of
from ogl_portal.lib.audit.reading import note_reading
from ogl_portal.lib.files import send_file
from ogl_portal.lib.frames import Visitor, framed, messages_html

from .. import workflow
from ..addresses import autosave_url, section_url
from ..forms import EntryForm
from ..models import Entry, EntryReview, Upload
from ..sheet import Card
from .access import SAVED, RespondentView, say_saved
from .gone import FormGone, refuse, show_gone
from .kept import forget, kept_draft
from .participants import participant
from .posted import posted_number, posted_page, posted_revision, posted_uuid


class RoundFacts(NamedTuple):
    """What the frame of a page says of a round."""

    title: str
    slug: str


class SectionFacts(NamedTuple):
    """And of a section, without its questions."""

    key: str
    heading: str
    intro: str
    is_repeatable: bool


class FormView(RespondentView):
    """Shows and saves the form of one entry."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except FormGone as gone:
            return show_gone(request, gone.entry) if self.response.is_writable else self.closed(request)

    def show(self, card: Card, form: EntryForm, status: int = 200, **extra) -> HttpResponse:
        """The page of the form; as it is stored, only what is the person's own has to be drawn."""
        if extra or form.is_bound or self.participant.is_paper:
            context = self.get_context_data(form=form, **extra)
            context |= self.facts(card, form) | self.holes(card, form) | {"round": self.round}
            return self.response_class(self.request, "surveys/entry.html", context, status=status)
        say_saved(self.request)
        place, user = address_of("surveys:round-list") + "…", Visitor.of(self.request.user)
        facts = self.facts(card, form) | {"form": None, "place": place, "user": user}
        holes = self.holes(card, form) | {"csrf_token": get_token(self.request)}
        return HttpResponse(framed("surveys/entry.html", facts, holes))

    def facts(self, card: Card, form: EntryForm) -> dict:
        """What the page says to everybody who fills in this section."""
        section = card.part.section
        return {
            "round": RoundFacts(self.round.title, self.round.slug),
            "section": SectionFacts(section.key, section.heading, section.intro, section.is_repeatable),
            "label": card.label,
            "takes_files": form.is_multipart(),
            "back": self.back,
        }

    def holes(self, card: Card, form: EntryForm) -> dict:
        """What it says to this person."""
        entry = card.entry
        return {
            "messages_html": messages_html(self.request),
            "query": query_html(entry) if self.response.submitted_at else "",
            "autosave": autosave_url(self.round, entry),
            "hidden": form.hidden_keys,
            "entry": entry.uuid,
            "revision": entry.revision,
            "page": uuid4(),
            "questions": form.html,
            "last_saved": f"Zuletzt gespeichert: {dates.moment(entry.saved_at)}." if entry.saved_at else "",
        }

    @property
    def back(self) -> str:
        """Where to go after saving: „pruefen“ when the visitor came from there."""
        wanted = self.request.POST.get("back") or self.request.GET.get("zurueck")
        return "pruefen" if wanted == "pruefen" else ""

    def show_form(self, card: Card) -> HttpResponse:
        """The form as it is stored; what an expired sign-in kept comes first; ?pruefen=1 says what is missing."""
        kept = kept_draft(self.request, card.entry.uuid)
        if kept:
            card.entry.revision = kept.revision  # what was saved elsewhere meanwhile is a conflict
            return self.show(card, self.form(card, draft=as_initial(card, kept.fields)), kept=True)
        wants_checks = "pruefen" in self.request.GET
        return self.show(card, self.form(card, as_data(card.draft)) if wants_checks else self.form(card))

    def form(self, card: Card, *data, **options) -> EntryForm:
        return EntryForm(card, *data, slug=self.kwargs["slug"], **options)

    def save_form(self, card: Card) -> HttpResponse:
        """Save what was typed, whatever it is; then go on, or stay where something typed is wrong."""
        form = self.form(card, self.request.POST, self.request.FILES)
        try:
            self.store(card, form)
        except workflow.ChangedMeanwhile:
            return self.conflict(card, form)
        self.save_files(card, form)
        forget(self.request, card.entry.uuid)
        if form.has_wrong_answers:
            return self.show(card, form, saved=True)
        return HttpResponseRedirect(f"{self.next_url(card)}?{SAVED}=1")

    def store(self, card: Card, form: EntryForm) -> None:
        """Save what was typed over what the form had read. Raises RoundClosed, ChangedMeanwhile."""
        workflow.save_entry(
            entry=card.entry,
            draft=form.draft,
            revision=posted_revision(self.request),
            page=posted_page(self.request),
            step=posted_number(self.request, "step"),
        )

    def save_files(self, card: Card, form: EntryForm) -> None:
        """Add what was uploaded, take away what was removed; a refused file is named at its field."""
        if "remove" in self.request.POST:
            workflow.remove_upload(entry=card.entry, uuid=posted_uuid(self.request, "remove"))
        for question_key, file in form.sent_files:
            try:
                workflow.add_upload(entry=card.entry, question_key=question_key, file=file)
            except (uploads.UploadRefused, workflow.TooManyFiles) as refusal:
                form.refuse_file(question_key, str(refusal))
        if form.files or "remove" in self.request.POST:
            card.part.sheet.forget_uploads()

    def conflict(self, card: Card, form: EntryForm) -> HttpResponse:
        """Both texts; the visitor chooses. Files cannot contradict each other, so they are taken already."""
        self.save_files(card, form)
        return self.show(card, form, status=409, differing=self.differing(card, form))

    def differing(self, card: Card, form: EntryForm) -> list:
        """Question by question what is typed here and what is stored, where the two differ."""
        return card.with_draft(form.draft).differing(card)

    def next_url(self, card: Card) -> str:
        """The place that the pressed button names."""
        if "remove" in self.request.POST:
            return self.request.path
        if self.request.POST.get("next") == "uebersicht":
            return self.round.get_absolute_url()
        if self.back:
            return address_of("surveys:review", self.round.slug)
        section = card.part.section
        target = card.part if section.is_repeatable else self.sheet.part_after(section.key)
        return section_url(self.round, target.section.key) if target else address_of("surveys:review", self.round.slug)


def query_html(entry: Entry) -> SafeString:
    """What the OGL-Leitung has asked back about an entry, until it is answered."""
    asked = EntryReview.objects.filter(entry=entry.pk, state=EntryReview.State.QUERY)
    return render_to_string("surveys/_query.html", {"review": asked.first(), "entry": entry})


def as_data(draft: dict) -> MultiValueDict:
    """A stored draft as if it had just been sent, so that the form says what is missing."""
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in draft.items()})


def as_initial(card: Card, fields: dict[str, list[str]]) -> dict:
    """Kept fields as initial values: lists where several choices are possible, else text."""
    lists = {name for question in card.part.questions for name, is_list in question.field_names.items() if is_list}
    return {name: values if name in lists else values[-1] for name, values in fields.items() if values}


class SectionView(FormView):
    """One section: its form, or the cards of its entries."""

    def get(self, request, *args, **kwargs):
        part = self.part_or_404()
        if not part.section.is_repeatable and part.cards and part.cards[0].entry.is_writable:
            return self.show_form(part.cards[0])
        if not self.response.is_writable:
            return redirect(self.round)
        removed = self.response.entries.removed_since(self.response.submitted_at).filter(section_key=part.section.key)
        following = self.sheet.part_after(part.section.key)
        context = self.get_context_data(
            part=part, removed=removed_cards(part, removed), following=following, new_uuid=uuid4()
        )
        return self.response_class(request, "surveys/section.html", context)

    def post(self, request, *args, **kwargs):
        part = self.sheet.parts_by_key.get(kwargs["key"])
        if part is None or part.section.is_repeatable:  # perhaps since the round asks another version
            refuse(self.response, posted_uuid(request, "entry"))
        if not part.cards:  # deleted when their time was over
            raise workflow.RoundClosed
        return self.save_form(part.cards[0])


def removed_cards(part, entries) -> list[Card]:
    """Entries that can come back, with the titles they had."""
    return [Card(part, entry, 0) for entry in entries]


class EntryView(FormView):
    """The form of one entry of a repeatable section."""

    def get(self, request, *args, **kwargs):
        if not self.response.is_partly_writable:
            return redirect(self.round)
        card = self.card_or_404()
        return self.show_form(card) if card.entry.is_writable else redirect(self.round)

    def post(self, request, *args, **kwargs):
        card = self.sheet.card(kwargs["uuid"])
        if not card or not card.part.section.is_repeatable:
            refuse(self.response, kwargs["uuid"])
        return self.save_form(card)

    def card_or_404(self) -> Card:
        card = super().card_or_404()
        if not card.part.section.is_repeatable:
            raise Http404
        return card


class ActionView(RespondentView):
    """A button: POST only; ``act`` does it and returns where to go."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            return redirect(self.act())
        except workflow.LimitReached as refusal:
            messages.error(request, str(refusal))
            return redirect(self.round)


class AddEntryView(ActionView):
    """„Weiteres Beispiel“; pressed twice it adds one."""

    def act(self) -> str:
        part = self.part_or_404()
        try:
            uuid = posted_uuid(self.request, "entry")
            entry = workflow.add_entry(response=self.response, section_key=part.section.key, uuid=uuid)
        except (KeyError, Entry.DoesNotExist):
            raise Http404 from None
        return reverse("surveys:entry", args=[self.round.slug, entry.uuid])


class SkipSectionView(ActionView):
    """„Dazu haben wir derzeit nichts“, and taking it back."""

    def act(self) -> str:
        part = self.part_or_404()
        skipped = self.request.POST.get("skipped") == "1"
        try:
            workflow.skip_section(response=self.response, section_key=part.section.key, skipped=skipped)
        except KeyError:
            raise Http404 from None
        following = self.sheet.part_after(part.section.key) if skipped else part
        return section_url(self.round, following.section.key) if following else self.round.get_absolute_url()


class RemoveEntryView(ActionView):
    """„Entfernen“; the section's page offers to bring it back."""

    def act(self) -> str:
        card = self.card_or_404()
        if not card.part.section.is_repeatable:
            raise Http404
        workflow.remove_entry(entry=card.entry)
        messages.success(self.request, f"„{card.name}“ ist entfernt. Sie können es unten auf der Seite zurückholen.")
        return section_url(self.round, card.part.section.key)


class RestoreEntryView(ActionView):
    """„Zurückholen“."""

    def act(self) -> str:
        removed = self.response.entries.removed_since(self.response.submitted_at)
        entry = removed.filter(uuid=self.kwargs["uuid"]).first()
        if not entry or entry.section_key not in self.round.definition.by_key:
            raise Http404
        entry.response = self.response
        workflow.restore_entry(entry=entry)
        if kept_draft(self.request, entry.uuid):
            return reverse("surveys:entry", args=[self.round.slug, entry.uuid])
        return section_url(self.round, entry.section_key)


class UploadView(View):
    """A file, for its respondent; once submitted, for the OGL-Leitung too."""

    http_method_names = ["get", "head"]

    def get(self, request, slug, uuid):
        person = participant(request, slug).person_id
        if not (person or request.user.is_authenticated):
            return redirect_to_login(request.get_full_path())
        files = Upload.objects.select_related("entry__response").filter(entry__response__round__slug=slug)
        upload = get_object_or_404(files, uuid=uuid)
        if not upload.is_visible_to(request.user, person):
            raise Http404
        if upload.entry.response.respondent_id != person:
            note_reading(request, "Datei geladen", upload.entry.response)
        return send_file(upload, upload.name)
