"""(b) A member: sign-in link from the mail → questionnaire → submitted → changed; also without JavaScript."""

import re

import pytest
from django.core import mail

from surveys.models import Response

EMAIL = "mitglied8@example.org"


def sign_in(walk) -> None:
    """Ask for a link, open it from the mail, and press the button."""
    walk.go("/anmelden/")
    walk.page.get_by_label("E-Mail-Adresse").fill(EMAIL)
    walk.press("Link anfordern")
    walk.sees("Postfach")
    assert mail.outbox[-1].to == [EMAIL]
    walk.go(re.search(r"/anmelden/\S+/", mail.outbox[-1].body)[0])
    walk.press("Jetzt anmelden")


def open_questionnaire(walk) -> None:
    """From the member's own page to the round that takes answers."""
    walk.go("/mein-bereich/")
    walk.follow(re.compile("Beispiele und Vorhaben"))


def fill(walk, question: str, text: str) -> None:
    walk.page.get_by_label(re.compile(question)).fill(text)


def choose(walk, group: str, label: str) -> None:
    walk.page.get_by_role("group", name=re.compile(group)).get_by_label(label, exact=True).check()


def card_of(title: str) -> str:
    """The card of an entry on its section's page."""
    return f"main section:has(h2:text('{title}'))"


def add_example(walk, button: str, title: str) -> None:
    walk.press(button)
    fill(walk, "Wie heißt Ihr Beispiel", title)
    fill(walk, "Welches Problem gab es", f"{title} löst ein Problem.")
    walk.press("Speichern")
    walk.sees(title)


def answer_until_interrupted(walk) -> None:
    """The organisation and two examples; one of them is removed again."""
    walk.press("Jetzt beginnen")
    walk.follow("Ihre Organisation")
    choose(walk, "Zu welcher Gruppe", "Unternehmen bis 49 Beschäftigte")
    walk.press("Speichern und weiter")
    add_example(walk, re.compile("Beispiel"), "Bauantrag digital begleiten")
    add_example(walk, "Weiteres Beispiel", "Dienstplan auf dem Handy")
    walk.press("Entfernen", inside=card_of("Bauantrag"))
    walk.sees("Zurückholen")


def answer_the_rest(walk) -> None:
    """What the first sitting left open, and submit."""
    for section in ["Erfahrung", "Geplantes Vorhaben", "Informationsbedarf einer Zielgruppe"]:
        open_questionnaire(walk)
        walk.follow(re.compile(section))
        walk.press("Dazu haben wir derzeit nichts")
    open_questionnaire(walk)
    walk.follow("Freigaben und Absenden")
    choose(walk, "Dürfen wir Ihre Beispiele", "ja, ohne Namensnennung")
    walk.page.get_by_label(re.compile("Datenschutzhinweise gelesen")).check()
    walk.press("Speichern")


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="", marks=pytest.mark.both),
        # in ``make test`` those of test_whole_way.py and test_invited.py go this way without JavaScript
        pytest.param(False, id="without-javascript", marks=pytest.mark.long),
    ],
)
def test_member_answers_in_two_sittings_submits_and_changes(set_out, javascript):
    first = set_out(javascript=javascript)
    sign_in(first)
    open_questionnaire(first)
    answer_until_interrupted(first)

    second = set_out(javascript=javascript)
    sign_in(second)
    open_questionnaire(second)
    second.follow("Best-Practice-Beispiel")
    second.sees("Dienstplan auf dem Handy")
    answer_the_rest(second)
    open_questionnaire(second)
    second.follow(re.compile("Antworten prüfen"))
    second.sees("Dienstplan auf dem Handy löst ein Problem.")
    second.press("Absenden")
    second.sees("Ihre Rückmeldung ist angekommen")

    second.follow(re.compile("ansehen oder ändern"))
    second.follow("Best-Practice-Beispiel")
    second.follow("Bearbeiten", inside=card_of("Dienstplan"))
    fill(second, "Was hat sich verbessert", "Zwei Stunden weniger Absprachen in der Woche.")
    second.press("Speichern")
    open_questionnaire(second)
    second.sees("Ihre Änderungen sind noch nicht abgesendet")
    second.follow(re.compile("Antworten prüfen"))
    second.press("Änderungen absenden")

    response = Response.objects.get(respondent__email=EMAIL)
    assert response.status == Response.Status.SUBMITTED
    assert response.submissions.count() == 2
    assert [entry.draft["B1"] for entry in response.entries.present().filter(section_key="B")] == [
        "Dienstplan auf dem Handy"
    ]


def test_member_with_a_form_error_is_led_to_the_field(set_out):
    walk = set_out()
    walk.go("/anmelden/")
    walk.page.get_by_label("E-Mail-Adresse").fill("keine adresse")
    walk.press("Link anfordern")
    assert walk.page.title().startswith("Fehler: ")
    assert walk.page.evaluate("document.activeElement.closest('.ogl-error-summary') !== null")
    walk.page.locator(".ogl-error-summary").get_by_role("link").first.click()
    assert walk.page.evaluate("document.activeElement.type") == "email"
    assert walk.page.get_by_label("E-Mail-Adresse").input_value() == "keine adresse"
