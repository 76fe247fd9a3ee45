"""What is found, by whom, in which order, and with how many questions to the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledgebase.models import PublicService, Solution
from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib import search
from ogl_portal.lib.search import Audience, find, spelling
from ogl_portal.lib.search.finding import MOST_SIMILAR
from ogl_portal.lib.search.models import MissedSearch, SearchDocument, SearchPosting, SearchWord
from tests.factories.knowledgebase import make_draft
from tests.factories.search import make_findable, titles
from tests.factories.sessions_app import make_event

pytestmark = pytest.mark.django_db
ALL = [Audience.ALL]
MUST_FIND = [
    ("Ausbildungsvertrag", "Ausbildungsverträge digital"),
    ("Ausbildungsvertrag", "Verträge für Azubis"),
    ("Vertrag", "Ausbildungsverträge digital"),
    ("Anmeldung", "Gewerbeanmeldungen"),
    ("Antrag", "Bauanträge"),
    ("Strasse", "Straße kaputt"),
    ("buergerbuero", "Bürgerbüro"),
    ("Gewerbanmeldung", "Gewerbeanmeldungen"),
    ("Bürgerbürro", "Bürgerbüro"),
    ("Bauantrg", "Bauanträge"),
    ("wie melde ich einen azubi an", "Anmeldung der Auszubildenden"),
    ("Home Office", "Regeln im Homeoffice"),
    ("Lehrling", "Verträge für Azubis"),
    ("Ummeldung", "An-, Um- und Abmeldung"),
    ("Bürger", "Für Bürger*innen"),
]


@pytest.mark.parametrize(("text", "title"), MUST_FIND)
def test_find_finds_what_it_must(text, title):
    make_findable("Etwas ganz anderes")
    make_findable(title)
    assert titles(text) == [title]


def test_find_of_a_correct_word_corrects_nothing():
    make_findable("Hundehalter")
    found = find("Hundesteuer", audiences=ALL)
    assert not found.is_corrected
    assert found.corrected_to == ""


def test_find_of_a_typo_says_what_was_searched_and_literally_finds_nothing():
    make_findable("Bauanträge")
    found = find("ein Bauantrg bitte", audiences=ALL)
    assert (found.corrected_from, found.corrected_to) == ("ein Bauantrg bitte", "ein Bauanträge bitte")
    assert len(found.hits) == 1
    literal = find("ein Bauantrg bitte", audiences=ALL, literal=True)
    assert (len(literal.hits), literal.is_corrected) == (0, False)


def test_find_of_all_words_comes_before_some_of_them():
    make_findable("Fahrrad mieten")
    make_findable("Fahrrad reparieren")
    found = find("Fahrrad reparieren", audiences=ALL)
    assert [(str(hit.title), hit.is_similar) for hit in found.hits[:]] == [
        ("<mark>Fahrrad</mark> <mark>reparieren</mark>", False), ("<mark>Fahrrad</mark> mieten", True),
    ]  # fmt: skip


def test_find_of_part_of_a_title_comes_before_a_mention_in_the_text():
    make_findable("Anderes", description="Ein Vertrag kommt hier vor.")
    make_findable("Mietverträge")
    assert titles("Vertrag") == ["Mietverträge", "Anderes"]


def test_find_shows_few_similar_ones_and_none_where_there_is_enough():
    for number in range(9):
        make_findable(f"Fahrrad {number}")
    assert len(titles("Fahrrad Weltraum")) == MOST_SIMILAR
    for number in range(6):
        make_findable(f"Fahrrad im Weltraum {number}")
    assert len(titles("Fahrrad Weltraum")) == 6


def test_find_takes_words_that_need_not_occur_for_the_order_only():
    make_findable("Inventur")
    make_findable("Digitale Inventur")
    assert titles("digitale Inventur") == ["Digitale Inventur", "Inventur"]
    assert titles("digital") == ["Digitale Inventur"]


@pytest.mark.parametrize("text", ["99102013080000", "99 102 013 080 000", "10234"])
def test_find_of_a_key_finds_the_entry_with_it(text):
    make_findable("Anschrift", description="Postleitzahl 10235, Konto 99102013080001")
    solution = make_findable("Leistung")
    solution.services.add(PublicService.objects.create(name="Dienst", leika_key="99102013080000", ozg_id="10234"))
    search.update(solution)
    assert titles(text) == ["Leistung"]


def test_find_of_an_outdated_entry_puts_it_below_current_ones():
    today = timezone.localdate()
    reviewed = {"reviewed_on": today - timedelta(days=400), "next_review_on": today}
    make_findable("Fahrrad Fahrrad", summary="Fahrrad", description="Fahrrad", **reviewed)
    make_findable("Anderes", description="Ein Fahrrad.")
    assert titles("Fahrrad") == ["Anderes", "Fahrrad Fahrrad"]


def test_find_within_a_source_returns_the_numbers_of_its_things():
    make_event(title="Fahrrad am Abend")
    solution = make_findable("Fahrrad")
    assert find("Fahrrad", audiences=ALL, source="solutions").ids == [solution.pk]


def test_find_counts_by_source_and_narrows_to_one():
    search.update(make_event(title="Fahrrad am Abend"))
    make_findable("Fahrrad")
    found = find("Fahrrad", audiences=ALL)
    assert found.counts == {"solutions": 1, "events": 1}
    assert [hit.source for hit in found.of("events").hits[:]] == ["events"]


def test_find_of_equal_things_keeps_their_order():
    for number in range(4):
        make_findable(f"Fahrrad {number}")
    assert titles("Fahrrad") == [f"Fahrrad {number}" for number in range(4)]


def test_find_by_a_word_of_a_topic_or_target_group_leads_to_its_documents():
    search.rebuild()
    solution = make_findable("Etwas")
    solution.topics.add(Topic.objects.get(slug="infrastruktur-cloud"))
    solution.target_groups.add(TargetGroup.objects.get(slug="hochschulen"))
    search.update(solution)
    for text in ["Rechenzentrum", "Infrastruktur & Cloud", "Universitäten"]:
        for found in [find(text, audiences=ALL).of("solutions"), find(text, audiences=ALL, source="solutions")]:
            assert [(hit.object_id, hit.is_similar) for hit in found.hits[:]] == [(solution.pk, True)], text
    assert find("Universitäten", audiences=ALL).hits[0].url == "/zielgruppen/hochschulen/"


def test_find_of_a_typo_that_is_like_no_word_of_the_index_is_mended_by_the_dictionary():
    make_findable("Antrag für den Bau")
    found = find("Bauantrg", audiences=ALL)
    assert (found.corrected_to, len(found.ids)) == ("Bauantrag", 1)


def test_find_of_a_compound_whose_parts_stand_apart_in_a_text_is_only_similar():
    make_findable("Verträge", description="Wer Urlaub nimmt, kennt das. Ein Antrag genügt.")
    make_findable("Urlaub ohne Antrag")
    found = find("Urlaubsantrag", audiences=ALL)
    assert titles("Urlaubsantrag") == ["Urlaub ohne Antrag", "Verträge"]
    assert [place.is_similar for place in found.places] == [False, True]


def test_find_counts_everything_however_much_there_is():
    make_findable("Kesselkunde")
    word = SearchWord.objects.get(spelling="Kesselkunde")
    shown = {"title": "Kesselkunde", "url": "/", "kind": "Termin", "audience": Audience.ALL}
    many = [SearchDocument(source="events", object_id=number, **shown) for number in range(1, 1202)]
    documents = SearchDocument.objects.bulk_create(many)
    heavy = {"word": word, "audience": Audience.ALL, "weight": 5000}
    SearchPosting.objects.bulk_create(SearchPosting(document=each, **heavy) for each in documents)
    assert find("Kesselkunde", audiences=ALL).counts == {"events": 1201, "solutions": 1}
    assert len(find("Kesselkunde", audiences=ALL, source="solutions").ids) == 1


# Who may find what


@pytest.fixture
def secret():
    """A draft, and beside it a published entry with a word that is much like one of the draft's."""
    draft = make_draft(title="Quastenflosser im Rathaus", description="Geheime Zahnbürstenreform.")
    search.update(draft)
    return draft


@pytest.mark.parametrize("text", ["Quastenflosser", "Zahnbürstenreform", "Reform", "Quastenflosse", "Quastenfloser",
                                  "quastenflosser rathaus", "Zahnbürstenrefrom"])  # fmt: skip
@pytest.mark.parametrize("audiences", [[Audience.ALL], [Audience.ALL, Audience.MEMBERS]])
def test_find_of_a_drafts_word_finds_and_suggests_nothing_to_others(secret, text, audiences):
    found = find(text, audiences=audiences)
    assert (found.ids, found.counts, found.corrected_to) == ([], {}, "")


def test_find_of_a_drafts_word_finds_it_for_the_lead(secret):
    assert find("Quastenfloser", audiences=list(Audience)).ids == [secret.pk]


def test_find_of_a_word_much_like_a_drafts_is_corrected_to_what_may_be_seen(secret):
    make_findable("Quastenflossen")
    assert find("Quastenflossr", audiences=ALL).corrected_to == "Quastenflossen"


def test_find_of_a_typo_sees_past_hidden_words_that_are_more_alike(monkeypatch):
    monkeypatch.setattr(spelling, "CANDIDATES", 3)
    for ending in "abcdef":
        search.update(make_draft(title=f"Quastenflosse{ending}"))
    make_findable("Quastenflossen")
    assert find("Quastenflossel", audiences=ALL).corrected_to == "Quastenflossen"


def test_find_ranks_as_if_hidden_documents_were_not_there(secret):
    make_findable("Rathaus und Fahrrad")
    make_findable("Fahrrad")
    before = titles("Rathaus Fahrrad")
    for number in range(5):
        search.update(make_draft(title=f"Fahrrad Fahrrad {number}"))
    assert titles("Rathaus Fahrrad") == before


def test_find_of_what_was_withdrawn_finds_nothing_any_more():
    solution = make_findable("Quastenflosser")
    Solution.objects.filter(pk=solution.pk).update(status=Solution.Status.ARCHIVED)
    search.update(solution)
    assert titles("Quastenflosser") == []
    assert titles("Quastenflosser", list(Audience)) == ["Quastenflosser"]


# What it costs


@pytest.mark.parametrize(
    "text", ["Bauantrag", "Bauantrg", "Fahrrad reparieren", "nichts davon gibt es", "Bauantrg Fahrad"]
)
def test_find_needs_few_questions_for_1_and_10_documents(text):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            find(text, audiences=ALL).hits[:10]
        return len(captured)

    make_findable("Bauantrag")
    count()
    few = count()
    for number in range(9):
        make_findable(f"Bauantrag {number}")
    assert count() <= 4  # reads anew what is kept while nothing is written
    assert few == count() <= 4


# Hostile input


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "%",
        "_",
        "'; DROP TABLE",
        "\\",
        "a" * 5000,
        "🎉",
        "-",
        "--- ---",
        "((((",
        "*",
        "\u202e",
        "ß" * 100,
        "1" * 100,
        "99999",
        "x" * 60 + "y",
        "und oder",
        "#thema:1",
    ],
)
def test_find_of_strange_text_finds_nothing_and_stands(text):
    make_findable("Bauantrag")
    assert find(text, audiences=ALL).ids == []


def test_find_of_very_many_words_stands():
    make_findable("Bauantrag")
    assert find("Bauantrag " * 500, audiences=ALL).ids
    assert MissedSearch.objects.count() == 0
