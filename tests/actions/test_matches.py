"""The trail between a pair of the Vernetzung and the next step that came of it."""

import re
from html import unescape

import pytest

from actions.models import ActionItem, ItemForMatch
from surveys.workflow import withdraw_consent
from tests.actions.test_admin import values
from tests.factories.matches import make_match

pytestmark = pytest.mark.django_db
PAGE = "/vernetzung/"


def text_of(actor, path: str) -> str:
    return actor.client.get(path).content.decode()


def test_match_and_next_step_lead_to_each_other_for_those_who_may_see_both(member, visitor, lead):
    match = make_match(first={"G3": "yes"}, second={"G3": "yes"})
    item, internal = (
        ActionItem.objects.create(title=title, is_public=title == "Offen") for title in ["Offen", "Still"]
    )
    for each in [item, internal]:
        ItemForMatch.objects.create(item=each, match=match)
    assert item.get_absolute_url() in text_of(member, PAGE) and "Still" in text_of(member, PAGE)
    assert f"{PAGE}#vernetzung-{match.pk}" in text_of(member, item.get_absolute_url())
    assert "vernetzung-" not in text_of(visitor, item.get_absolute_url())
    assert "Nächste Schritte, die daraus wurden" in text_of(lead, f"/admin/surveys/match/{match.pk}/change/")


def test_button_on_the_page_of_a_match_makes_a_step_for_the_group_alone_that_knows_its_match(lead):
    match = make_match()
    page = text_of(lead, f"/admin/surveys/match/{match.pk}/change/")
    path = unescape(re.search(r'href="(/admin/actions/actionitem/add/\?[^"]+)"', page)[1])
    form = lead.client.get(path).context["adminform"].form
    assert not form["is_public"].value() and form["title"].value() == "Nächster Schritt aus der Vernetzung"
    assert not form["description"].value() and match.sides.first().title not in path
    assert lead.client.post(path, values(title="Treffen")).status_code == 302
    assert ItemForMatch.objects.get().match == match
    assert lead.client.post(
        path.replace(f"vernetzung={match.pk}", "vernetzung=%C2%B2" + "9" * 30), values(title="Zwei")
    )
    assert ItemForMatch.objects.count() == 1
    withdraw_consent(consent=match.sides.first().entry.response.consents.current().get(question_key="G3"))
    assert "Nächsten Schritt anlegen" not in text_of(lead, f"/admin/surveys/match/{match.pk}/change/")
