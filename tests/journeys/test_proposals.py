"""A member proposes a solution, a lead asks for more, a second one publishes; somebody reuses it, and that counts."""

import re

import pytest

from knowledgebase.models import Reuse, Solution
from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib import spam

TITLE = "Fahrtenbuch auf dem Telefon"


@pytest.fixture
def quick_typists(monkeypatch):
    """The browser types faster than any person."""
    monkeypatch.setattr(spam, "FASTEST", 0)


def sign_in(walk, email: str) -> None:
    walk.page.goto(create_sign_in_link(user=User.objects.get(email=email)))
    walk.page.get_by_role("button", name="Jetzt anmelden").click()


def click(walk, button) -> None:
    """Press a button that leads to a page of a kind that was looked at already."""
    walk.page.locator("main, #content").get_by_role("button", name=button).first.click()
    walk.page.wait_for_load_state()


def fill(walk, **fields) -> None:
    """Type into the fields of these names."""
    for name, text in fields.items():
        walk.page.locator(f"main [name='{name}']").fill(text)


def choose(walk, **fields) -> None:
    """Choose in the lists of these names."""
    for name, label in fields.items():
        walk.page.locator(f"main [name='{name}']").select_option(label=label)


def tick(walk, label: str) -> None:
    walk.page.get_by_label(label).first.check()


def begin(walk) -> None:
    """A draft with its first section."""
    walk.go("/wissensdatenbank/vorschlagen/")
    walk.follow("Neue Lösung beschreiben")
    fill(walk, title=TITLE, summary="Fahrten tippt man unterwegs ein.")
    walk.press("Entwurf anlegen")
    walk.follow("Worum es geht")
    fill(walk, description="Das Fahrtenbuch liegt im Telefon. " * 6, problem="Zettel.", benefit="Zwei Stunden gespart.")
    walk.press("Speichern und weiter")


def go_on(walk) -> None:
    """In another sitting, everything else but the duration; the page of the requirements is passed by."""
    walk.go("/mein-bereich/")
    walk.follow(TITLE)
    walk.follow("Für wen und welcher Art")
    choose(walk, kind="Leitfaden", reuse_model="frei übernehmbare Vorlage", stage="im Alltag eingesetzt", licence="MIT")
    choose(walk, publisher="Beispiel-Handwerk GmbH")
    tick(walk, "Kommunalverwaltungen")
    tick(walk, "Infrastruktur & Cloud")
    walk.press("Speichern und weiter")
    fill(walk, effort_days_from="2")
    choose(walk, once_kind="keine", yearly_kind="keine")
    click(walk, "Speichern und zur Übersicht")


def add_rows(walk) -> None:
    """Two steps, the second of which comes first, and a person who may be named."""
    walk.follow("Schritte der Übernahme")
    fill(walk, **{"steps-0-title": "Telefone einrichten"})
    walk.press("Speichern und weiterer Schritt")
    fill(walk, **{"steps-0-position": "2", "steps-1-position": "1", "steps-1-title": "Regeln ändern"})
    click(walk, "Speichern und zur Übersicht")
    walk.sees("1. Regeln ändern")
    walk.follow("Wer darf als Ansprechperson genannt werden?")
    fill(walk, **{"contacts-0-name": "Max Beispiel", "contacts-0-email": "max@example.org"})
    tick(walk, "Diese Person ist einverstanden")
    click(walk, "Speichern")
    walk.sees("darf genannt werden")


def open_in_admin(walk) -> None:
    walk.page.goto(f"/admin/knowledgebase/solution/{Solution.objects.get(title=TITLE).pk}/change/")


def return_with_a_note(walk) -> None:
    open_in_admin(walk)
    walk.press(re.compile("zur Ergänzung zurückgeben"))
    walk.page.get_by_label("Was ist noch zu ergänzen?").fill("Wie lange dauert die Einführung?")
    click(walk, "Zurückgeben")


def check_and_publish(walk) -> None:
    open_in_admin(walk)
    walk.press(re.compile("als geprüft festhalten"))
    click(walk, "Prüfung festhalten")
    click(walk, "Sichern und veröffentlichen")


def report_reuse(walk) -> None:
    walk.page.goto(Solution.objects.get(title=TITLE).get_absolute_url())
    walk.follow("Nachnutzung melden")
    fill(walk, organisation_name="Beispielgemeinde Musterdorf", place="Musterdorf", since_year="2025")
    choose(walk, status="produktiv")
    tick(walk, "Ich darf das für die Organisation sagen")
    walk.press("Nachnutzung melden")
    walk.sees("Danke für Ihre Meldung")


def confirm_reuse(walk) -> None:
    reuse = Reuse.objects.waiting().get(solution__title=TITLE)
    walk.go(f"/admin/knowledgebase/reuse/{reuse.pk}/change/")
    click(walk, "Sichern und bestätigen")


def test_proposal_goes_from_a_draft_to_a_solution_that_somebody_reuses(set_out, quick_typists):
    member, lead, second_lead, visitor = (set_out() for _ in range(4))
    for walk, email in [(member, "mitglied2"), (lead, "leitung"), (second_lead, "leitung2")]:
        sign_in(walk, f"{email}@example.org")
    begin(member)
    go_on(member)
    add_rows(member)
    member.press("Bei der OGL-Leitung einreichen")
    member.sees("liegt bei der OGL-Leitung")

    return_with_a_note(lead)
    member.go("/mein-bereich/")
    member.follow(TITLE)
    member.sees("Wie lange dauert die Einführung?")
    member.page.get_by_role("link", name="Aufwand und Kosten").first.click()
    fill(member, duration_weeks="3")
    click(member, "Speichern und zur Übersicht")
    click(member, "Bei der OGL-Leitung einreichen")
    member.sees("liegt bei der OGL-Leitung")

    check_and_publish(second_lead)
    assert Solution.objects.get(title=TITLE).published_by.email == "leitung2@example.org"
    report_reuse(visitor)
    visitor.page.goto(Solution.objects.get(title=TITLE).get_absolute_url())
    assert "in Musterdorf seit 2025" not in visitor.page.content()
    confirm_reuse(lead)
    visitor.go(visitor.page.url)
    visitor.sees("Musterdorf")
    visitor.sees("2025")
