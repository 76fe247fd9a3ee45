"""Members propose and vote at the same time; the lead takes recommendations all the way to their paper."""

import re

from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from sessions_app.models import Event, Recommendation, TopicDot, WorkshopTopic
from tests.factories.recommendations import make_session
from tests.factories.sessions_app import make_series
from tests.pdfs import findings

QUESTION = "Wie üben wir digitale Beratung miteinander?"


def sign_in(walk, email: str) -> None:
    walk.page.goto(create_sign_in_link(user=User.objects.get(email=email)))
    walk.page.get_by_role("button", name="Jetzt anmelden").click()
    walk.page.wait_for_load_state()


def click(walk, name: str) -> None:
    """Press a button that leads to a page of a kind that was looked at already."""
    walk.page.get_by_role("button", name=name, exact=True).first.click()
    walk.page.wait_for_load_state()


def test_two_members_propose_and_vote_at_the_same_time(set_out):
    first, second = set_out(), set_out(javascript=False)
    sign_in(first, "mitglied5@example.org")
    sign_in(second, "mitglied12@example.org")
    first.go("/themen/")
    first.follow("Thema vorschlagen")
    first.press("Vorschlagen")  # and nothing written yet
    first.page.get_by_label("Ihre Frage").fill(QUESTION)
    first.press("Vorschlagen")
    first.sees("Kommentare")
    topic = WorkshopTopic.objects.get(title=QUESTION)

    for walk in [first, second]:  # both have the page before anybody gives a dot
        walk.page.goto("/themen/")
    for walk in [first, second, first, second]:
        click(walk, f"Punkt geben: {QUESTION}")
    first.go("/themen/")
    first.sees("4 Punkte insgesamt")
    first.sees("Noch 2 von 5 Punkten frei.")
    assert TopicDot.objects.filter(topic=topic).count() == 4
    click(first, f"Punkt zurücknehmen: {QUESTION}")
    first.follow(QUESTION)
    first.page.get_by_label("Ihr Kommentar").fill("Das üben wir gern mit.")
    first.press("Kommentar speichern")
    second.page.goto(topic.get_absolute_url())
    second.sees("Das üben wir gern mit.")
    second.sees("3 Punkte insgesamt")


def test_lead_writes_recommendations_and_everybody_reads_the_paper(set_out):
    session = make_session(series=make_series(title="Neue Wege", slug="neue-wege"), title="Ein Abend")
    lead = set_out()
    sign_in(lead, "leitung@example.org")
    for addressee, title in [("KMU", "Klein beginnen"), ("Politik", "Anträge vereinfachen")]:
        write(lead, session, addressee, title)
    hand_over(lead)

    visitor = set_out()
    visitor.go("/empfehlungen/?an=politik")
    visitor.follow("Anträge vereinfachen")
    visitor.sees("Landtag")
    visitor.follow("Empfehlungspapier der Serie")
    for words in ["Klein beginnen", "Anträge vereinfachen", "Ein Abend"]:
        visitor.sees(words)
    assert findings(visitor.fetch("Empfehlungspapier als PDF")) == []


def write(walk, session: Event, addressee: str, title: str) -> None:
    """Write a recommendation and publish it; the gate says first what is missing."""
    page = walk.page
    page.goto("/admin/sessions_app/recommendation/add/")
    page.locator("[name='series']").select_option(label="Neue Wege")
    page.locator("[name='event']").select_option(value=str(session.pk))
    page.locator("[name='addressee']").select_option(label=addressee)
    page.locator("[name='title']").fill(title)
    page.locator("[name='text']").fill("So geht es.")
    click(walk, "Sichern und weiter bearbeiten")
    click(walk, "Sichern und als abgestimmt veröffentlichen")
    assert "Es fehlt: die Begründung." in page.locator(".messagelist").inner_text()
    page.locator("[name='reasoning']").fill("Weil es hilft.")
    click(walk, "Sichern und als abgestimmt veröffentlichen")
    assert Recommendation.objects.get(title=title).is_public


def hand_over(walk) -> None:
    walk.page.get_by_label(re.compile("Übergeben an")).fill("Landtag")
    walk.page.get_by_label(re.compile("Übergeben am")).fill("04.05.2026")
    walk.press("Sichern und als übergeben vermerken")
    walk.page.goto("/empfehlungen/")
