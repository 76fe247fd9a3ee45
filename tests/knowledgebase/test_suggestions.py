from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Link, Solution, Suggestion
from ogl_portal.lib.models import OutgoingMail
from tests.factories.knowledgebase import make_draft

from .outside import SUGGEST, suggestion

pytestmark = pytest.mark.django_db
LIST = reverse("admin:knowledgebase_suggestion_changelist")


def make_suggestion(**values) -> Suggestion:
    return Suggestion.objects.create(**{"title": "Terminbuchung", "text": "Läuft seit einem Jahr."} | values)


def recipients() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("recipient", flat=True))


def test_decision_is_about_one_suggestion(lead):
    first, second, third = make_suggestion(), make_suggestion(), make_suggestion()
    workflow.take_suggestion(suggestion=first, by=lead.user)
    workflow.decline_suggestion(suggestion=second, by=lead.user)
    assert list(Suggestion.objects.waiting()) == [third]
    assert list(Suggestion.objects.filter(solution__isnull=False)) == [first]
    assert (first.decided_by, first.solution.links.count()) == (lead.user, 0)
    notes = LogEntry.objects.filter(user=lead.user).order_by("pk").values_list("object_id", "change_message")
    assert list(notes) == [
        (str(first.pk), "Entwurf daraus gemacht."),
        (str(first.solution.pk), "Aus einem Vorschlag von außen angelegt."),
        (str(second.pk), "Abgelehnt."),
    ]


# Sending


def test_suggestion_by_a_visitor_waits_and_every_lead_is_told(visitor, lead, second_lead):
    response = visitor.client.post(SUGGEST, suggestion(url="www.example.org"))
    assert response.url == reverse("knowledgebase:suggest-thanks")
    assert visitor.client.get(response.url).status_code == 200
    waiting = Suggestion.objects.waiting().get()
    assert (waiting.title, waiting.url, waiting.email) == ("Terminbuchung", "https://www.example.org", "")
    assert recipients() == sorted([lead.user.email, second_lead.user.email])


def test_suggestion_needs_no_session(visitor):
    response = visitor.client.post(SUGGEST, suggestion())
    assert "sessionid" not in response.cookies


def test_suggestion_sent_twice_is_kept_once_and_a_changed_one_beside_it(visitor, lead):
    data = suggestion(email="berta@example.org")
    for text in ["Läuft.", "Läuft.", "Läuft gut."]:
        assert visitor.client.post(SUGGEST, data | {"text": text}).status_code == 302
    assert sorted(Suggestion.objects.values_list("text", flat=True)) == ["Läuft gut.", "Läuft."]
    assert recipients().count("berta@example.org") == 2


def test_address_that_was_typed_gets_a_mail_without_any_of_the_text(visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.client.post(SUGGEST, suggestion(title="KAUFEN", text="SOFORT", name="GELD", email="opfer@example.org"))
    [message] = mail.outbox
    assert message.to == ["opfer@example.org"]
    whole = message.subject + message.body + message.alternatives[0].content
    assert not [word for word in ["KAUFEN", "SOFORT", "GELD"] if word in whole]
    assert "Sie müssen nichts tun" in message.body


def test_address_that_was_typed_is_not_flooded(visitor):
    for number in range(5):
        visitor.client.post(SUGGEST, suggestion(title=f"Nr. {number}", email="Opfer@example.org"))
    assert Suggestion.objects.count() == 5
    assert recipients() == ["Opfer@example.org"] * 3


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": ""}, "wie die Lösung heißt"),
        ({"text": ""}, "in ein paar Sätzen"),
        ({"email": "keine"}, "vollständige E-Mail-Adresse"),
        ({"url": "javascript:alert(1)"}, "gültige"),
        ({"title": "x" * 121}, "120"),
        ({"text": "Bild\x00 dazu"}, "Steuerzeichen"),
        ({"text": "x" * 100_000}, "4000"),
        ({"text": "https://a.example " * 6}, "höchstens 5 Internetadressen"),
        ({"homepage": "https://spam.example"}, "automatischen Sendung"),
        ({"seal": "alt"}, "lange geöffnet"),
        ({"age": 0}, "sehr schnell"),
    ],
)
def test_suggestion_that_cannot_be_taken_says_why_and_keeps_the_text(visitor, values, message):
    response = visitor.client.post(SUGGEST, suggestion(**{"name": "Berta Beispiel"} | values))
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "Berta Beispiel" in page
    assert "<title>Fehler: " in page
    assert not Suggestion.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_suggestions_beyond_the_limit_of_a_client_get_429_and_keep_the_text(visitor):
    for number in range(10):
        assert visitor.client.post(SUGGEST, suggestion(title=f"Nr. {number}")).status_code == 302
    response = visitor.client.post(SUGGEST, suggestion(text="Viel geschrieben."))
    assert response.status_code == 429
    assert "Viel geschrieben." in response.content.decode()
    assert Suggestion.objects.count() == 10


def test_leads_get_no_mail_for_each_thing_of_a_flood(visitor, lead):
    for number in range(25):
        visitor.client.post(SUGGEST, suggestion(title=f"Nr. {number}"), REMOTE_ADDR=f"192.0.2.{number}")
    assert Suggestion.objects.count() == 25
    assert recipients() == [lead.user.email] * 20


def test_suggestion_stands_on_no_page_of_others(visitor, member):
    made = make_suggestion(title="Geheimtipp", text="Geheimtipp", name="Berta", email="berta@example.org")
    for client in [visitor.client, member.client]:
        for path in ["/wissensdatenbank/", "/wissensdatenbank/vorschlagen/", "/"]:
            assert made.text not in client.get(path).content.decode()


# Deciding


def act(actor, action: str, *suggestions, follow=True):
    chosen = {"action": action, "_selected_action": [each.pk for each in suggestions]}
    return actor.client.post(LIST, chosen, follow=follow)


def test_lead_makes_a_draft_that_holds_what_was_suggested(lead):
    made = make_suggestion(title="Digitales Fundbüro", url="https://example.org", email="berta@example.org")
    response = act(lead, "take", made, follow=False)
    solution = Solution.objects.get()
    assert response.url == reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    assert (solution.title, solution.slug, solution.status) == ("Digitales Fundbüro", "digitales-fundbuero", "draft")
    assert solution.description == made.text
    assert list(solution.links.values_list("kind", "url")) == [(Link.Kind.LANDING, "https://example.org")]
    made.refresh_from_db()
    assert (made.solution, made.decided_by) == (solution, lead.user)
    [snapshot] = solution.snapshots.all()
    assert snapshot.made_by == lead.user
    assert "berta@example.org" not in str(snapshot.content)


def test_lead_decides_once_about_a_suggestion(lead, second_lead):
    made = make_suggestion()
    assert "ist abgelehnt" in act(lead, "decline", made).content.decode()
    assert "schon entschieden" in act(second_lead, "take", made).content.decode()
    assert not Solution.objects.exists()
    assert Suggestion.objects.declined().get().decided_by == lead.user


def test_taking_a_suggestion_twice_makes_one_draft(lead):
    made = make_suggestion()
    twin = Suggestion.objects.get()
    workflow.take_suggestion(suggestion=made, by=lead.user)
    with pytest.raises(ValidationError, match="schon entschieden"):
        workflow.take_suggestion(suggestion=twin, by=lead.user)
    assert Solution.objects.count() == 1


def test_draft_gets_a_title_and_an_address_of_its_own(lead):
    make_draft(title="Terminbuchung", slug="terminbuchung")
    solution = workflow.take_suggestion(suggestion=make_suggestion(), by=lead.user)
    assert (solution.title, solution.slug) == ("Terminbuchung (2)", "terminbuchung-2")


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Vorschlagen", "vorschlagen-2"), ("Grüße & Maße", "gruesse-masse"), ("日本", "loesung"), ("x" * 120, "x" * 110)],
)
def test_draft_gets_an_address_that_is_free_and_readable(lead, title, slug):
    assert workflow.take_suggestion(suggestion=make_suggestion(title=title), by=lead.user).slug == slug


def test_page_of_a_suggestion_offers_the_decision_until_it_is_made(lead):
    made = make_suggestion(text="<script>alert(1)</script>")
    path = reverse("admin:knowledgebase_suggestion_change", args=[made.pk])
    page = lead.client.get(path).content.decode()
    assert "Entwurf daraus machen" in page
    assert "<script>alert" not in page
    workflow.decline_suggestion(suggestion=made, by=lead.user)
    assert "Entwurf daraus machen" not in lead.client.get(path).content.decode()
    assert lead.client.post(path, {"title": "anders"}).status_code == 403


@pytest.mark.parametrize(("word", "title"), [("offen", "A"), ("uebernommen", "B"), ("abgelehnt", "C"), ("", "ABC")])
def test_list_of_suggestions_is_narrowed_by_decision(lead, word, title):
    for each in "ABC":
        made = make_suggestion(title=f"Titel-{each}")
        if each != "A":
            verb = {"B": workflow.take_suggestion, "C": workflow.decline_suggestion}[each]
            verb(suggestion=made, by=lead.user)
    response = lead.client.get(LIST, {"entscheidung": word})
    assert {row.title[-1] for row in response.context["cl"].result_list} == set(title)


def test_list_of_suggestions_asks_as_much_for_30_as_for_1(lead, django_assert_max_num_queries):
    make_suggestion()
    lead.client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        lead.client.get(LIST)
    for number in range(30):
        workflow.take_suggestion(suggestion=make_suggestion(title=f"Nr. {number}"), by=lead.user)
    with django_assert_max_num_queries(len(few)):
        lead.client.get(LIST)


# Retention


def test_prune_deletes_declined_ones_and_forgets_who_suggested_the_others(lead, time_machine, capsys):
    declined, taken, waiting = (
        make_suggestion(title=title, name="Berta", email="berta@example.org") for title in ["nein", "ja", "offen"]
    )
    workflow.decline_suggestion(suggestion=declined, by=lead.user)
    solution = workflow.take_suggestion(suggestion=taken, by=lead.user)
    call_command("prune")
    assert Suggestion.objects.count() == 3
    time_machine.move_to(timezone.now() + timedelta(days=91))
    call_command("prune", "--dry-run")
    assert "1 × abgelehnte Hinweise auf Lösungen" in capsys.readouterr().out
    assert Suggestion.objects.count() == 3
    call_command("prune")
    assert set(Suggestion.objects.values_list("title", "email", "solution")) == {
        ("ja", "", solution.pk),
        ("offen", "berta@example.org", None),
    }
    assert waiting.title == "offen"
