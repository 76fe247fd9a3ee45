"""The OGL-Leitung changes the questionnaire of a running round, and looks through what came in, without a mouse."""

import re

from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Entry, EntryReview, Questionnaire, Response, Round


def sign_in(walk, email: str = "leitung@example.org") -> None:
    walk.go(create_sign_in_link(user=User.objects.get(email=email)))
    walk.press("Jetzt anmelden")


def test_lead_adds_a_question_and_who_had_begun_finds_it_as_new(set_out):
    walk = set_out()
    sign_in(walk)
    walk.go("/admin/surveys/questionnaire/")
    walk.follow("Digitalisierung")
    walk.follow("Vorschau")
    walk.sees("Vorschau des Entwurfs")
    walk.follow("Zurück zum Bearbeiten")
    walk.follow(re.compile("^F Vernetzung"))
    row = walk.page.get_by_role("row").filter(has=walk.page.locator("#id_questions-2-key"))
    row.locator("#id_questions-2-key").fill("F3")
    row.locator("#id_questions-2-text").fill("Wen sollten wir noch fragen?")
    row.locator("#id_questions-2-kind").select_option("short-text")
    walk.press("Sichern")
    walk.follow("Veröffentlichen")
    walk.sees("Frage F3: neu: Wen sollten wir noch fragen?")
    walk.page.get_by_role("checkbox").first.check()
    walk.press("Veröffentlichen", inside="main")
    walk.sees("fragt jetzt Version 2")

    round = Round.objects.get(version__number=2)
    response = Response.objects.filter(round=round, respondent__user__isnull=False, is_paper=False).first()
    member = set_out()
    sign_in(member, response.respondent.email)
    member.go(round.get_absolute_url())
    member.sees("neue Fragen")
    member.follow(re.compile("Vernetzung"))
    member.sees("F3 Wen sollten wir noch fragen? (neu)")


def test_lead_reads_a_wrong_file_in_and_is_told_why(set_out):
    walk = set_out()
    sign_in(walk)
    walk.go("/admin/surveys/questionnaire/")
    walk.follow("Aus JSON einlesen")
    wrong = {"name": "bogen.json", "mimeType": "application/json", "buffer": b'{"slug": "a"}'}
    walk.page.get_by_label(re.compile("JSON-Datei")).set_input_files(wrong)
    walk.press("Einlesen")
    walk.sees("Es wurde nichts geändert.")
    assert Questionnaire.objects.count() == 1


def tab_to(page, what: str, most: int = 400) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"The Tab key does not come to {what}.")


def test_lead_reviews_an_entry_by_keyboard_alone_and_asks_back(set_out):
    walk = set_out()
    sign_in(walk)
    entry = Entry.objects.submitted().filter(section_key="B").select_related("response__round").first()
    walk.go("/admin/surveys/entry/?section=B")
    walk.go(f"/admin/surveys/entry/{entry.pk}/change/")
    page = walk.page
    tab_to(page, "[name=judge-state]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=judge-note]")
    page.keyboard.type("Zahl fehlt noch.")
    tab_to(page, "[name=_judge]")
    page.keyboard.press("Enter")
    walk.sees("Der Stand ist gespeichert.")
    walk.look()
    assert EntryReview.objects.get(entry=entry).state == EntryReview.State.IN_REVIEW
    tab_to(page, "[name=ask-question]")
    page.keyboard.type("Wie viele Anträge waren es?")
    tab_to(page, "[name=_ask]")
    page.keyboard.press("Enter")
    walk.sees("Die Rückfrage ist unterwegs")
    walk.look()
    assert EntryReview.objects.get(entry=entry).question == "Wie viele Anträge waren es?"


def test_lead_types_in_a_return_on_paper(set_out):
    walk = set_out()
    sign_in(walk)
    walk.go("/admin/surveys/response/")
    walk.follow("Papierbogen erfassen")
    walk.press("Erfassen", inside="main")
    round = Round.objects.running().first()
    busy = Response.objects.filter(round=round).values("respondent")
    person = User.objects.filter(person__isnull=False).exclude(person__in=busy).first().person
    walk.page.get_by_label(re.compile("^Runde")).select_option(label=str(round))
    walk.page.get_by_label(re.compile("Von wem")).select_option(label=str(person))
    walk.press("Erfassen", inside="main")
    walk.sees(f"Sie erfassen den Papierbogen von {person}")
    walk.press("Erfassen beenden")
    walk.sees("Begonnene Bögen")
