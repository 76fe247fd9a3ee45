"""The lead's form: kinds of Termin, status with history, messages instead of errors."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import ActionItem
from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.sessions_app import make_report

pytestmark = pytest.mark.django_db
LIST = reverse("admin:actions_actionitem_changelist")
ADD = reverse("admin:actions_actionitem_add")
NO_INLINES = {f"history-{name}": 0 for name in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]}


def values(item=None, **overrides):
    fields = {"title": "Schritt", "due_kind": "open", "responsible_kind": "open", "status": "open", "is_public": "on"}
    fields |= {"title": item.title, "seen_revision": item.revision, "status": item.status} if item else {}
    return NO_INLINES | fields | overrides


def change(actor, item, **overrides):
    url = reverse("admin:actions_actionitem_change", args=[item.pk])
    return actor.client.post(url, values(item, **overrides))


def errors(response) -> str:
    form = response.context["adminform"].form
    return " ".join(message for messages in form.errors.values() for message in messages)


def test_admin_list_shows_every_kind_and_filters_overdue(lead):
    make_item_of(lead.person, title="Später")
    make_item_due_in(-3, title="Versäumt")
    assert "Lea Leitung" in lead.client.get(LIST).content.decode()
    html = lead.client.get(LIST, {"faellig": "ueberfaellig"}).content.decode()
    assert "Versäumt" in html
    assert "Später" not in html


def test_admin_adds_an_item_on_several_days_with_its_history(lead):
    response = lead.client.post(ADD, values(due_kind="days", days="17.06.2021 und 03.06.2021", time_from="17.00",
                                            time_until="18.30", status="in-progress", note="Läuft"))  # fmt: skip
    assert response.status_code == 302, errors(response)
    item = ActionItem.objects.get()
    assert item.due_text == "03.06. und 17.06.2021, jeweils 17.00–18.30 Uhr"
    assert [(row.to_status, row.by, row.note) for row in item.history.all()] == [
        ("in-progress", lead.user, "Läuft"), ("open", lead.user, "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"due_kind": "day"}, "Bitte geben Sie bei „bis“ den Tag an"),
        ({"due_kind": "days"}, "Bitte geben Sie die Tage an"),
        ({"due_kind": "days", "days": "03.06.2021, gestern"}, "„gestern“ ist kein Datum"),
        ({"due_kind": "days", "days": "31.02.2021"}, "„31.02.2021“ ist kein Datum"),
        ({"due_kind": "event"}, "Bitte wählen Sie den Termin der AG aus"),
        ({"due_kind": "event", "due_event": "99999"}, "gültige"),
        ({"due_kind": "months", "due_from": "01.07.2021"}, "den ersten und den letzten Monat"),
        ({"due_kind": "day", "due_until": "32.13.2021"}, "gültiges Datum"),
        ({"due_kind": "day", "due_until": "31.12.9999"}, "zwischen 2000 und 2100"),
        ({"due_kind": "months", "due_from": "01.01.0001", "due_until": "01.07.2021"}, "zwischen 2000 und 2100"),
        ({"due_kind": "days", "days": "31.12.9999"}, "zwischen 2000 und 2100"),
        ({"responsible_kind": "persons"}, "mindestens eine Person"),
        ({"responsible_kind": "persons", "responsible_persons": ["99999"]}, "gültige"),
        ({"responsible_kind": "organisation"}, "die verantwortliche Organisation"),
        ({"letter": "a"}, "Ein Buchstabe gehört zu einem Report"),
        ({"letter": "A1"}, "Kleinbuchstaben"),
        ({"title": "Was\x00 nun"}, "unsichtbare Steuerzeichen"),
        ({"description": "x" * 21_000}, "zu lang"),
    ],
)
def test_admin_says_in_german_what_is_missing(lead, fields, message):
    response = lead.client.post(ADD, values(**fields))
    assert response.status_code == 200
    assert message in errors(response)
    assert not ActionItem.objects.exists()


def test_admin_refuses_a_letter_twice(lead):
    report = make_report()
    make_item(report=report, letter="a")
    response = lead.client.post(ADD, values(report=report.pk, letter="a"))
    assert "Diesen Buchstaben gibt es in dem Report schon." in errors(response)


def test_admin_status_change_leaves_history_by_the_lead(lead):
    item = make_item()
    assert change(lead, item, status="dropped", note="Nicht mehr nötig").status_code == 302
    item.refresh_from_db()
    row = item.history.get()
    assert (row.from_status, row.to_status, row.by, row.note) == ("open", "dropped", lead.user, "Nicht mehr nötig")
    assert item.status == "dropped"


def test_admin_change_without_new_status_leaves_no_history(lead):
    item = make_item()
    change(lead, item, title="Neuer Name")
    item.refresh_from_db()
    assert item.title == "Neuer Name"
    assert not item.history.exists()
    assert "Bitte ändern Sie auch den Stand" in errors(change(lead, item, note="Nur so"))


def test_admin_of_two_leads_never_overwrites(lead, second_lead):
    item = make_item()
    assert change(lead, item, title="Von Lea").status_code == 302
    assert "Inzwischen hat jemand anderes" in errors(change(second_lead, item, title="Von Luis"))
    assert ActionItem.objects.get().title == "Von Lea"


def test_admin_changing_the_kind_removes_persons_and_days(lead, member):
    day = date(2021, 6, 3)
    item = make_item_of(member.person, due_kind="days", due_from=day, due_until=day, days=[day])
    change(lead, item, responsible_kind="everyone", responsible_persons=[member.person.pk])
    item.refresh_from_db()
    assert (item.responsible_persons.count(), item.days.count(), item.due_until) == (0, 0, None)


def test_admin_action_marks_done_through_the_workflow(lead):
    done, first, second = make_item(status="done"), make_item(), make_item(status="in-progress")
    chosen = {"action": "mark_done", "_selected_action": [done.pk, first.pk, second.pk]}
    html = lead.client.post(LIST, chosen, follow=True).content.decode()
    assert "2 Schritt(e) als erledigt markiert." in html
    assert set(ActionItem.objects.values_list("status", flat=True)) == {"done"}
    assert [first.history.get().by, done.history.count()] == [lead.user, 0]


def test_admin_shows_the_history_but_nobody_edits_it(lead):
    item = make_item()
    change(lead, item, status="done", note="Fertig geworden")
    html = lead.client.get(reverse("admin:actions_actionitem_change", args=[item.pk])).content.decode()
    assert "Fertig geworden" in html
    assert 'name="history-0-note"' not in html


@pytest.mark.parametrize("role", ["visitor", "guest", "member"])
def test_admin_is_for_the_lead(role, request):
    assert request.getfixturevalue(role).client.get(LIST).status_code in {302, 403, 404}


def test_admin_conflict_shows_both_texts_and_can_be_saved_then(lead, second_lead):
    item = make_item()
    change(lead, item, title="Von Lea", due_kind="day", due_until="12.07.2021")
    response = change(second_lead, item, title="Von Luis")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Gespeichert ist: Von Lea" in html
    assert "Gespeichert ist: ein Tag" in html
    assert "Gespeichert ist: 12.07.2021" in html
    assert 'value="Von Luis"' in html
    assert 'name="seen_revision" value="1"' in html
    assert change(second_lead, item, title="Von Luis", seen_revision=1).status_code == 302
    assert ActionItem.objects.get().title == "Von Luis"
