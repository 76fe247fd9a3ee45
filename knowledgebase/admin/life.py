"""The buttons of a solution's admin page, and the pages behind those that need a word more."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from ogl_portal.lib.numbers import small_number

from .. import workflow
from ..forms.admin import ReturnForm, ReviewForm
from ..models import Solution

NAME_IS_OFF = (
    "„{}“ steht jetzt ohne Namen da: Links, Anlagen und Ansprechpersonen sind entfernt. Bitte lesen Sie noch, ob die "
    "Texte den Namen verraten; danach kann die Lösung wieder veröffentlicht werden."
)
ROWS = {"steps", "contacts"}
"""What a gap names that is no field of the form, but a set of rows below it."""


def change_url(solution: Solution) -> str:
    return reverse("admin:knowledgebase_solution_change", args=[solution.pk])


def anchored(solution: Solution, gaps: list[workflow.Gap]) -> list[tuple[str, str]]:
    """The address and the name of each field that is missing."""
    targets = [f"{gap.field}-group" if gap.field in ROWS else f"id_{gap.field}" for gap in gaps]
    return [(f"{change_url(solution)}#{target}", gap.label) for target, gap in zip(targets, gaps, strict=True)]


class LifePages:
    """What may happen to a solution, as buttons below its form and as actions of the list."""

    verbs = {
        "_submit": (workflow.submit_solution, "„{}“ ist eingereicht. Veröffentlichen muss eine zweite Person."),
        "_publish": (workflow.publish_solution, "„{}“ ist veröffentlicht."),
        "_archive": (workflow.archive_solution, "„{}“ ist archiviert."),
        "_reopen": (workflow.reopen_solution, "„{}“ ist wieder ein Entwurf."),
        "_accept": (workflow.accept_source, "Vermerkt: Die Änderung der Quelle ist in „{}“ eingearbeitet."),
        "_unname": (workflow.take_name_off, NAME_IS_OFF),
        "_seen": (workflow.confirm_change, "Die Änderung von „{}“ ist gegengelesen."),
    }  # fmt: skip
    asking = {"_return": "admin:knowledgebase_solution_return", "_review": "admin:knowledgebase_solution_review"}

    def get_urls(self):
        pages = {"zurueckgeben": self.return_view, "pruefen": self.review_view}
        names = {"zurueckgeben": "knowledgebase_solution_return", "pruefen": "knowledgebase_solution_review"}
        own = [path(f"<int:pk>/{part}/", self.admin_site.admin_view(view), name=names[part])
               for part, view in pages.items()]  # fmt: skip
        return [*own, *super().get_urls()]

    def response_change(self, request, obj):
        """Save, then do what the pressed button says, or ask for the word that belongs to it."""
        pressed = next((name for name in [*self.verbs, *self.asking] if name in request.POST), None)
        if pressed in self.verbs:
            self.move(request, obj, pressed)
            return HttpResponseRedirect(change_url(obj))
        if pressed:
            return HttpResponseRedirect(reverse(self.asking[pressed], args=[obj.pk]))
        return super().response_change(request, obj)

    def move(self, request, solution: Solution, name: str) -> None:
        """Carry out the verb of a button and say what came of it."""
        verb, done = self.verbs[name]
        read = {"submission": small_number(request.POST.get("submission", "")) or 0} if name == "_accept" else {}
        self.carry_out(request, done.format(solution), verb, solution=solution, **read)

    def refusal_texts(self, refusal) -> list[str]:
        """What is missing is said with the way to it."""
        if not isinstance(refusal, workflow.NotPublishable):
            return super().refusal_texts(refusal)
        named = format_html_join(", ", '<a href="{}">{}</a>', anchored(refusal.solution, refusal.gaps))
        text = "„{}“ lässt sich noch nicht veröffentlichen. Es fehlt: {}."
        return [format_html(text, refusal.solution, named)]

    def return_view(self, request, pk):
        """Send a submitted solution back, with a note."""
        page = {"title": "Zur Ergänzung zurückgeben", "button": "Zurückgeben und Mail senden"}
        return self.ask(request, pk, ReturnForm, workflow.return_solution, "„{}“ ist zurückgegeben.", page)

    def review_view(self, request, pk):
        """Keep that the lead has checked the solution today."""
        page, done = {"title": "Geprüft", "button": "Prüfung festhalten"}, "Die Prüfung von „{}“ ist festgehalten."
        return self.ask(request, pk, ReviewForm, workflow.review_solution, done, page)

    def ask(self, request, pk: int, form_class, verb, done: str, page: dict):
        """A page with the form of one verb; what is refused is said, and nothing typed is lost."""
        solution = get_object_or_404(Solution, pk=pk)
        if not self.has_change_permission(request, solution):
            raise PermissionDenied
        form = form_class(request.POST) if request.method == "POST" else form_class.empty()
        if form.is_valid() and self.carry_out(
            request, done.format(solution), verb, solution=solution, **form.cleaned_data
        ):
            return HttpResponseRedirect(change_url(solution))
        context = {**self.admin_site.each_context(request), **page}
        context |= {"opts": self.opts, "original": solution, "form": form}
        return TemplateResponse(request, "knowledgebase/admin/ask.html", context)
