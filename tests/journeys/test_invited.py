"""(f) A guest organisation without an account: link, colleague, submission, deadline, Rückfrage; on a phone too."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ogl_portal.directory.models import User
from surveys import workflow
from surveys.models import Entry, Response, Round
from tests import cast
from tests.factories.directory import make_organisation, make_person
from tests.factories.surveys import make_round

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def demo(live_server):
    """Nothing of the demo's data, which takes seconds to load, but its lead."""
    cast.lead(email="leitung@example.org")
    return live_server.url


@pytest.fixture
def invited(demo):
    """Somebody without an account, with the invitation in the postbox."""
    organisation = make_organisation(kind="university")
    guest = make_person(
        given_name="Greta", family_name="Gast", email="greta@gast.example.org", organisation=organisation
    )
    workflow.mail_invitation(invitation=make_round(guest).invitations.get())
    return guest


def open_link(walk) -> None:
    """Open the link of the newest mail."""
    walk.go(re.search(r"/fragebogen/e/[\w-]+/", mail.outbox[-1].body)[0])
    walk.press("Fragebogen öffnen")


def share(walk, email: str) -> None:
    walk.follow("Wer arbeitet mit?")
    walk.page.get_by_label("E-Mail-Adresse").fill(email)
    walk.press("Link senden")
    walk.sees(email)
    walk.follow("Zur Übersicht")


def write_example(walk, title: str) -> None:
    walk.follow("Best-Practice-Beispiel")
    walk.press("Beispiel hinzufügen")
    walk.page.get_by_label(re.compile("Wie heißt Ihr Beispiel")).fill(title)
    walk.page.get_by_label(re.compile("Welches Problem gab es")).fill("Früher auf Papier.")
    walk.press("Speichern und zur Übersicht")


def submit(walk, base: str) -> None:
    walk.go(base + "abschnitt/G/")
    walk.page.get_by_label(re.compile("Ich habe die Datenschutzhinweise gelesen")).check()
    walk.press(re.compile("^Speichern"))
    walk.go(base + "pruefen/")
    walk.press("Absenden")
    walk.sees("Ihre Rückmeldung ist angekommen")


@pytest.mark.parametrize(
    "options", [{}, {"size": PHONE, "javascript": False}], ids=["desktop", "phone-without-javascript"]
)
def test_guest_without_an_account_answers_with_a_colleague_and_is_asked_back(set_out, invited, options):
    walk = set_out(**options)
    open_link(walk)
    walk.press("Jetzt beginnen")
    share(walk, "kollegin@gast.example.org")
    colleague = set_out(**options)
    open_link(colleague)
    colleague.sees("Sie arbeiten an der Rückmeldung")
    write_example(colleague, "Bauantrag am Bildschirm")
    response = Response.objects.get(respondent=invited)
    base = response.round.get_absolute_url()
    submit(walk, base)
    let_the_deadline_pass(response.round)
    walk.go(base)
    walk.sees("Die Frist ist abgelaufen")
    answer_the_question(walk, base, Entry.objects.get(response=response, section_key="B"))


def let_the_deadline_pass(round: Round) -> None:
    Round.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def answer_the_question(walk, base: str, entry: Entry) -> None:
    """The lead opens one entry again; its respondent completes and submits it."""
    lead = User.objects.get(email="leitung@example.org")
    workflow.reopen_entry(entry=entry, until=timezone.now() + timedelta(days=3), by=lead)
    walk.go(base)
    walk.follow("Beispiel 1: Bauantrag am Bildschirm bearbeiten")
    walk.page.get_by_label(re.compile("Welches Problem gab es")).fill("Früher auf Papier, heute nicht mehr.")
    walk.press(re.compile("^Speichern$"))
    walk.sees("heute nicht mehr")
    walk.press("Änderungen absenden")
    walk.sees("angekommen")
    assert Response.objects.get(pk=entry.response_id).submissions.count() == 2


def test_somebody_not_responsible_says_so_and_changes_their_mind(set_out, invited):
    walk = set_out()
    open_link(walk)
    walk.follow("Ich bin dafür nicht zuständig")
    walk.press("Nicht zuständig", inside="main")
    walk.page.get_by_label("Warum nicht?").fill("Das macht unsere IT.")
    walk.press("Nicht zuständig", inside="main")
    walk.sees("Das macht unsere IT.")
    walk.press("Doch teilnehmen")
    walk.press("Auf diesem Gerät schließen")
    walk.sees("Anmelden und ausfüllen")
