"""The demo holds the report's items, exactly as dated, and says what is made up."""

import pytest

from actions.models import ActionItem, StatusChange

pytestmark = pytest.mark.django_db

REPORT = [
    ("a", "03.06. und 17.06.2021, jeweils 17.00–18.30 Uhr", "offen"),
    ("b", "12.07.2021", "alle AG-Mitglieder"),
    ("c", "30.07.2021", "OGL-Leitung"),
    ("d", "AG-Sitzung am 04.11.2021", "offen"),
    ("f", "Juli–August 2021", "Frau Reichel"),
]


def test_demo_has_the_items_of_the_report_as_agreed(demo_data):
    items = ActionItem.objects.exclude(report=None).order_by("letter")
    assert [(item.letter, item.due_text, item.responsible_text) for item in items] == REPORT


def test_demo_shows_at_step_b_how_many_have_answered(demo_data, visitor):
    page = visitor.client.get(ActionItem.objects.get(letter="b").get_absolute_url()).content.decode()
    assert "Rückmeldungen: 9 von 12 abgesendet" in " ".join(page.split())


def test_demo_claims_nothing_about_what_became_of_them(demo_data):
    changes = StatusChange.objects.exclude(item__report=None)
    assert all(change.is_example for change in changes.exclude(from_status=""))
    f = ActionItem.objects.get(letter="f")
    assert (f.status, f.is_without_news) == ("open", True)
    assert "nicht bekannt" in f.history.get().note


def test_demo_has_living_items_that_say_beispiel(demo_data):
    today = ActionItem.objects.filter(report=None)
    assert today.count() == 4
    assert all(item.is_example for item in today)
    assert today.filter(responsible_persons__email="mitglied1@example.org").exists()
