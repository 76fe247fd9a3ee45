"""The OGL-Leitung sets up a second factor, writes, is called away for an hour, and loses nothing."""

import re
from base64 import b32decode
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from knowledgebase.models import Solution
from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from tests.second_factor import code_of_key


def key_on(walk) -> str:
    """What is typed into the app, as the page shows it."""
    return b32decode(walk.page.locator(".ogl-secret").inner_text().replace(" ", "")).hex()


def press_and_wait_for_the_code(walk, name) -> None:
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name=name).first.click()
    walk.complaints.clear()  # the browser itself notes the status 403
    walk.look()


@pytest.mark.parametrize("javascript", [True, False])
def test_lead_called_away_from_a_long_text_goes_on_with_a_code(set_out, settings, time_machine, javascript):
    settings.SECOND_FACTOR_IN_ADMIN = True
    time_machine.move_to(timezone.now())
    lead, solution = User.objects.get(email="leitung@example.org"), Solution.objects.published().first()
    walk = set_out(javascript=javascript)
    walk.go(create_sign_in_link(user=lead, next_path=f"/admin/knowledgebase/solution/{solution.pk}/change/"))
    walk.press("Jetzt anmelden")
    walk.sees("Zweiten Faktor einrichten")
    key = key_on(walk)
    walk.page.get_by_label("Code").fill(code_of_key(key))
    walk.press("Einrichten")
    expect(walk.page.locator(".ogl-codes li")).to_have_count(10)
    walk.follow("Gesichert, weiter")

    text = "Ein langer Text,\nüber „eine Stunde“ <b>geschrieben</b>.\n" * 20
    field = walk.page.locator("textarea").first
    name = field.get_attribute("name")
    field.fill(text)
    time_machine.shift(timedelta(hours=1))
    press_and_wait_for_the_code(walk, re.compile("^Sichern$"))
    walk.sees("Ihre Eingaben sind noch da")
    walk.page.get_by_label("Code").fill("123 456")
    press_and_wait_for_the_code(walk, "Weiter")
    walk.sees("stimmt nicht")
    walk.page.get_by_label("Code").fill(code_of_key(key))
    walk.press("Weiter")
    expect(walk.page).to_have_url(re.compile("/admin/knowledgebase/solution/"))
    solution.refresh_from_db()
    assert getattr(solution, name).replace("\r\n", "\n").strip() == text.strip()

    walk.go("/mein-bereich/geraete/")
    walk.sees("dieses Gerät")
