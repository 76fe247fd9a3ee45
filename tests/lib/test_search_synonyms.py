"""Groups of words that mean the same: what the search makes of them, and how the lead edits them."""

import pytest

from ogl_portal.lib import search
from ogl_portal.lib.search.models import SynonymGroup
from tests.factories.search import make_findable, titles

pytestmark = pytest.mark.django_db
ADD = "/admin/lib/synonymgroup/add/"


@pytest.fixture
def group():
    def make(*words: str) -> SynonymGroup:
        return SynonymGroup.objects.create(words="\n".join(words))

    return make


@pytest.mark.parametrize(
    ("text", "title"),
    [("Drahtesel", "Fahrräder für alle"), ("Fahrrad", "Der Drahtesel"), ("schnelles Rad", "Fahrräder für alle"),
     ("Fahrrad", "Ein schnelles Rad"), ("Fahrrad", "Ein Rad, das schnell ist")],
)  # fmt: skip
def test_find_of_a_word_finds_what_means_the_same(group, text, title):
    group("Fahrrad", "Drahtesel", "schnelles Rad")
    make_findable("Etwas anderes")
    make_findable(title)
    assert titles(text) == [title]


def test_find_of_a_synonym_is_no_typo(group):
    group("Fahrrad", "Quastulator")
    make_findable("Quastulatur")
    make_findable("Fahrrad")
    assert titles("Quastulator") == ["Fahrrad"]


def test_find_puts_the_word_itself_before_its_synonyms(group):
    group("Fahrrad", "Drahtesel")
    make_findable("Drahtesel")
    make_findable("Fahrrad")
    assert titles("Fahrrad") == ["Fahrrad", "Drahtesel"]


def test_synonym_added_changed_and_deleted_acts_at_once(lead, group):
    make_findable("Fahrrad")
    row = group("Fahrrad", "Quastulator")
    assert titles("Quastulator") == ["Fahrrad"]
    SynonymGroup.objects.filter(pk=row.pk).update(words="Fahrrad\nDrahtesel")
    assert (titles("Quastulator"), titles("Drahtesel")) == ([], ["Fahrrad"])
    lead.client.post(f"/admin/lib/synonymgroup/{row.pk}/delete/", {"post": "yes"})
    assert titles("Drahtesel") == []


@pytest.mark.parametrize("text", ["Lehrling", "Telearbeit", "Kindergarten", "Perso", "Webshop", "DSGVO", "XRechnung"])
def test_shipped_synonyms_hold_the_words_of_every_day(text):
    words = [word for group in SynonymGroup.objects.own() for word in group.word_list]
    assert text in words


def test_shipped_synonyms_are_groups_that_the_form_would_take():
    for each in SynonymGroup.objects.own():
        each.full_clean()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Fahrrad", "mindestens zwei verschiedene Wörter"),
        ("Fahrrad\n fahrrad \n", "mindestens zwei verschiedene Wörter"),
        ("", "Bitte"),
        ("Fahrrad\n" + "x" * 61, "ist zu lang"),
        ("Fahrrad\nund", "enthält kein Wort"),
        ("\n".join(f"wort{n}" for n in range(31)), "höchstens 30 Wörter"),
        ("Fahrrad\nRad\x00", "unsichtbare Steuerzeichen"),
    ],
)
def test_group_that_makes_no_sense_is_refused_in_german(lead, words, message):
    before = SynonymGroup.objects.count()
    response = lead.client.post(ADD, {"words": words, "seen_revision": 0})
    assert response.status_code == 200
    assert message in str(response.context["errors"])
    assert SynonymGroup.objects.count() == before


def test_group_saved_loses_blank_and_double_lines(lead):
    lead.client.post(ADD, {"words": " Drahtesel \n\nFahrrad\nfahrrad\n", "seen_revision": 0})
    assert SynonymGroup.objects.own().filter(words="Drahtesel\nFahrrad").exists()


def test_group_changed_by_two_people_keeps_both_texts(lead, second_lead, group):
    row = group("Fahrrad", "Drahtesel")
    path = f"/admin/lib/synonymgroup/{row.pk}/change/"
    assert lead.client.post(path, {"words": "Fahrrad\nRad", "seen_revision": 0}).status_code == 302
    late = second_lead.client.post(path, {"words": "Fahrrad\nVelo", "seen_revision": 0})
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.words == "Fahrrad\nRad"


def test_words_of_topics_do_not_stand_among_the_leads_own(lead):
    search.rebuild()
    assert SynonymGroup.objects.exclude(key="").exists()
    row = SynonymGroup.objects.exclude(key="").first()
    assert lead.client.get(f"/admin/lib/synonymgroup/{row.pk}/change/").status_code == 302
