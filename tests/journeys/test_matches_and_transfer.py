"""Two are introduced once both agree; an example becomes a solution, changes, and goes when its consent does."""

import re

import pytest
from django.urls import reverse

from knowledgebase.models import Solution
from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Match
from surveys.workflow import withdraw_consent
from tests.factories.matches import make_match
from tests.factories.transfer import change_answers, make_example, make_transferred


@pytest.fixture
def demo(live_server, lead, member):
    """The demo's data would take seconds to load; each story makes what it needs."""
    return live_server.url


@pytest.fixture
def desk(set_out, lead):
    """A window in which the lead is signed in."""
    walk = set_out()
    walk.go(create_sign_in_link(user=lead.user))
    walk.press("Jetzt anmelden")
    return walk


def test_pair_waits_for_a_consent_and_is_introduced_with_it(desk, set_out, member, mailoutbox):
    match = make_match(second={"G3": "yes"}, is_approved=False)
    asked = match.sides.all()[1].contact
    desk.go(reverse("admin:surveys_match_change", args=[match.pk]))
    desk.press("Sichern und freigeben")
    desk.press("Sichern und einander vorstellen")
    desk.sees(f"wartet auf Einwilligung von {asked}")

    other = set_out()
    (letter,) = [each.body for each in mailoutbox if each.to == [asked.email] and "/einwilligung/" in each.body]
    other.go(re.search(r"/vernetzung/einwilligung/\S+", letter)[0])
    other.sees("Dürfen wir Sie vorstellen?")
    other.press("Ja, ich willige ein")
    other.sees("Wir haben Sie beide einander per Mail vorgestellt")
    assert Match.objects.get().status == Match.Status.INTRODUCED

    reader = set_out()
    reader.go(create_sign_in_link(user=member.user))
    reader.press("Jetzt anmelden")
    reader.follow("Vernetzung ansehen")
    reader.sees("einander vorgestellt")
    assert asked.email not in reader.page.content()


def test_example_is_taken_over_once_and_says_when_it_changed(desk, lead):
    entry = make_example(by=lead.user)
    for _ in range(2):
        desk.go(reverse("admin:surveys_entry_change", args=[entry.pk]))
        if Solution.objects.exists():
            desk.follow(re.compile("^Musterlösung: Schnell antworten"))
        else:
            desk.press("Als Musterlösung übernehmen")
        desk.sees("Aus dem Fragebogen")
    solution = Solution.objects.get()

    change_answers(entry, B6="2 statt 10 Tage")
    desk.go("/admin/")
    desk.follow(solution.title)
    desk.sees("Quelle geändert")
    desk.sees("B6 Was hat sich verbessert")
    desk.press("Sichern und Änderung als eingearbeitet vermerken")
    desk.sees("Aus dem Fragebogen")


def test_withdrawn_consent_takes_the_solution_off_the_site(desk, set_out, lead):
    solution = make_transferred(by=lead.user)
    visitor = set_out()
    visitor.go(solution.get_absolute_url())
    visitor.sees(solution.title)
    withdraw_consent(consent=solution.origin.response.consents.current().get(question_key="G1"))
    assert visitor.page.goto(solution.get_absolute_url()).status == 404
    visitor.complaints.clear()
    visitor.go("/suche/?q=schnell+antworten")
    assert solution.title not in visitor.page.content()
    desk.go("/admin/")
    desk.follow(solution.title)
    desk.sees("Freigabe zurückgezogen")
