"""A visitor finds a solution, judges it and takes it along; nothing in it needs JavaScript."""

import re
from datetime import timedelta

import page as pdf_checker
from django.utils import timezone

from knowledgebase.models import Solution
from ogl_portal.lib.search import update as update_search

TITLE = "Verträge für Azubis digital anmelden"


def search(walk, words: str) -> None:
    walk.go("/wissensdatenbank/")
    walk.page.get_by_label("Wonach suchen Sie?").fill(words)
    walk.press("Suchen", inside="main")


def test_visitor_finds_narrows_opens_and_downloads(set_out):
    walk = set_out()
    search(walk, "Ausbildungsvertrag")
    walk.sees(TITLE)
    walk.page.get_by_role("checkbox", name=re.compile("^Onlinedienst")).check()
    walk.press("Auswahl anwenden")
    walk.sees("Art: Onlinedienst")
    walk.sees(TITLE)
    walk.follow(re.compile("Verträge für"))
    walk.sees("So übernehmen Sie die Lösung")
    walk.sees("Wer nutzt das?")
    package = walk.fetch("Nachnutzungspaket (PDF)")
    assert pdf_checker.validate_pdf_bytes(package, profile="ua1").failures == []
    assert walk.context.request.get("/wissensdatenbank/feed.atom").ok


def test_visitor_takes_a_choice_back(set_out):
    walk = set_out()
    walk.go("/wissensdatenbank/?art=guide&art=quatsch")
    walk.sees("Bei „Art“ gibt es „quatsch“ nicht.")
    walk.follow("Entfernen: Art: Leitfaden")
    walk.follow("Zuletzt geprüft")
    assert "art=guide" not in walk.page.url
    assert "sort=geprueft" in walk.page.url


def test_visitor_asks_what_fits(set_out):
    walk = set_out()
    walk.go("/wissensdatenbank/")
    walk.follow("Was ist für uns geeignet?")
    walk.page.get_by_label("Wer sind Sie?").select_option(label="Verein")
    walk.page.get_by_label("Personentage höchstens").fill("viele")
    walk.press("Prüfen")
    walk.sees("Bitte geben Sie eine ganze Zahl an")
    walk.page.get_by_label("Personentage höchstens").fill("3")
    walk.press("Prüfen")
    walk.sees("passen nicht")
    walk.sees("braucht bis zu")


def test_visitor_on_a_phone_without_javascript_opens_the_facets(set_out):
    walk = set_out(javascript=False, size={"width": 360, "height": 740})
    walk.go("/wissensdatenbank/")
    walk.page.get_by_text("Auswahl eingrenzen").click()
    walk.page.get_by_role("checkbox", name=re.compile("^Leitfaden")).check()
    walk.press("Auswahl anwenden")
    walk.sees("Art: Leitfaden")


def test_visitor_is_warned_when_the_review_date_has_passed(set_out):
    walk = set_out()
    solution = Solution.objects.get(title=TITLE)
    yesterday = timezone.localdate() - timedelta(days=1)
    walk.go(solution.get_absolute_url())
    walk.sees("Geprüft am")
    Solution.objects.filter(pk=solution.pk).update(next_review_on=yesterday, revision=solution.revision + 1)
    update_search(solution)
    walk.go(solution.get_absolute_url())
    walk.sees(f"Die nächste Prüfung war am {yesterday:%d.%m.%Y} fällig.")
