"""What nobody found is counted without a trace of who searched, and may become a synonym."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ogl_portal.lib.search import Audience, find
from ogl_portal.lib.search.misses import NEW_A_DAY
from ogl_portal.lib.search.models import MissedSearch, SynonymGroup
from tests.factories.search import make_findable

pytestmark = pytest.mark.django_db
PAGE = "/admin/lib/missedsearch/"


def miss(text: str, **options) -> None:
    find(text, audiences=[Audience.ALL], **options)


def test_search_without_a_hit_is_counted_by_its_plain_text(time_machine):
    time_machine.move_to("2026-03-01 12:00+00:00")
    miss("  Quasten-Flosser\t")
    time_machine.move_to("2026-03-05 12:00+00:00")
    miss("quasten-flosser")
    missed = MissedSearch.objects.get()
    assert (missed.text, missed.count) == ("quasten-flosser", 2)
    assert (missed.first_on, missed.last_on) == (date(2026, 3, 1), date(2026, 3, 5))


def test_search_with_a_hit_is_not_counted():
    make_findable("Bauantrag")
    for text in ["Bauantrag", "Bauantrg", "Bauantrag Quastenflosser"]:
        miss(text)
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "mia.mitglied@example.org",
        "0175 1234567",
        "03461/123456",
        "12345",
        "https://example.org/x",
        "www.example.org",
        "ein sehr langer Satz mit vielen Wörtern darin der etwas erzählt",
        "x" * 61,
        "und oder",
        "?",
    ],
)
def test_text_that_may_be_personal_or_says_nothing_is_not_kept(text):
    miss(text)
    assert not MissedSearch.objects.exists()


def test_literal_search_without_a_hit_is_not_counted():
    miss("Quastenflosser", literal=True)
    assert not MissedSearch.objects.exists()


def test_so_many_new_texts_a_day_are_noted_and_no_more(time_machine):
    MissedSearch.objects.bulk_create(MissedSearch(text=f"wort{number}") for number in range(NEW_A_DAY + 1))
    miss("Quastenflosser")
    assert not MissedSearch.objects.filter(text="quastenflosser").exists()
    time_machine.move_to(timezone.now() + timedelta(days=1))
    miss("Quastenflosser")
    assert MissedSearch.objects.filter(text="quastenflosser").exists()


def test_prune_forgets_what_was_not_searched_for_half_a_year(capsys):
    today = timezone.localdate()
    for days in [181, 179]:
        last = today - timedelta(days=days)
        MissedSearch.objects.create(text=f"vor {days}", first_on=today - timedelta(days=400), last_on=last)
    call_command("prune", dry_run=True)
    assert MissedSearch.objects.count() == 2
    call_command("prune")
    assert MissedSearch.objects.get().text == "vor 179"
    assert "1 × Suchen ohne Treffer" in capsys.readouterr().out


def test_lead_sees_the_most_wanted_first_and_takes_one_as_a_synonym(lead):
    MissedSearch.objects.create(text="selten")
    MissedSearch.objects.create(text="oft & gern", count=9)
    html = lead.client.get(PAGE).content.decode()
    assert html.index("oft &amp; gern") < html.index("selten")
    form = lead.client.get("/admin/lib/synonymgroup/add/?words=oft+%26+gern")
    assert form.context["adminform"].form.initial["words"] == "oft & gern"
    assert "?words=oft+%26+gern" in html


def test_lead_takes_several_into_one_group_of_synonyms(lead):
    rows = [MissedSearch.objects.create(text=text) for text in ["eins", "zwei"]]
    chosen = {"action": "make_synonyms", "_selected_action": [row.pk for row in rows]}
    response = lead.client.post(PAGE, chosen, follow=True)
    words = response.context["adminform"].form.initial["words"].splitlines()
    assert sorted(words) == ["eins", "zwei"]


def test_synonym_taken_from_a_miss_makes_it_a_hit(lead):
    make_findable("Fahrrad mieten")
    miss("Drahtesel")
    lead.client.post("/admin/lib/synonymgroup/add/", {"words": "Drahtesel\nFahrrad", "seen_revision": 0})
    assert SynonymGroup.objects.own().filter(words="Drahtesel\nFahrrad").exists()
    assert len(find("Drahtesel", audiences=[Audience.ALL]).ids) == 1
