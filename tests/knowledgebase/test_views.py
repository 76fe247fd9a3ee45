"""The entry's page, its files, and the newest entries on the start page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import EfaCheck, LifeSituation, Link, PublicService, Relation, Solution
from ogl_portal.lib import search
from tests.factories.knowledgebase import (
    make_archived,
    make_attachment,
    make_contact,
    make_draft,
    make_published,
    make_reuse,
)

pytestmark = pytest.mark.django_db


def shown(actor, solution) -> str:
    return actor.client.get(solution.get_absolute_url()).content.decode()


def relate(solution, kind, other) -> Relation:
    return Relation.objects.create(solution=solution, kind=kind, other=other)


def raised(solution, **values) -> Solution:
    """The solution with other values, written as workflow and admin do."""
    Solution.objects.filter(pk=solution.pk).update(**values, revision=solution.revision + 1)
    search.update(solution)
    solution.refresh_from_db()
    return solution


# The entry


def test_solution_page_shows_figures_with_basis_and_date_steps_and_contact(visitor):
    solution = make_published(
        once_kind="range", once_from=1500, once_to=3000, costs_as_of=timezone.localdate().replace(day=1, month=2),
        features="Schnell\n\nEinfach", funding="Land", roles="IT\nBüro",
    )  # fmt: skip
    Link.objects.create(solution=solution, kind="repository", url="https://example.org/quelltext")
    html = shown(visitor, solution)
    for text in [
        "1.500–3.000 Euro", "2–4 Personentage", "(gering)", "3 Wochen", "Kosten pauschal berechnet, Stand 01.02.",
        "Finanzierung und Förderung: Land", "IT, Büro", "Anfangen", "karla@example.org", "Schnell", "Geprüft am",
        "https://example.org/quelltext", "Land Sachsen-Anhalt", "Organisationen jeder Art",
    ]:  # fmt: skip
        assert text in html
    assert "Die nächste Prüfung war am" not in html


def test_solution_page_shows_requirements_by_kind_and_privacy(visitor):
    solution = make_published(
        technical_requirements="Ein **Server**", legal_requirements="Eine Satzung", organisational_requirements="Zeit",
        interfaces="XTA 2\nREST", needs_impact_assessment=True, has_processing_agreement=False,
        accessibility_statement="https://example.org/barrierefrei",
    )  # fmt: skip
    html = shown(visitor, solution)
    for text in ["<strong>Server</strong>", "Eine Satzung", "Zeit", "<li>REST</li>", "<dd>nötig</dd>",
                 "<dd>nicht vorhanden</dd>", "https://example.org/barrierefrei"]:  # fmt: skip
        assert text in html


def test_solution_page_shows_files_with_size_kind_accessibility_and_checksum(visitor):
    solution = make_published()
    attachment = make_attachment(solution, title="Checkliste", kind="checklist", is_accessible=False)
    solution.steps.update(attachment=attachment)
    html = shown(visitor, solution)
    for text in ["PDF, 1 KB", "nicht barrierefrei", attachment.sha256, attachment.get_absolute_url()]:
        assert text in html
    assert html.count(f'href="{attachment.get_absolute_url()}"') == 2


def test_solution_page_shows_what_belongs_to_the_ozg(visitor):
    solution = make_published(
        target_group="hochschulen", ozg_field="bildung", maturity_model="2.0", maturity_level=4,
        maturity_on=timezone.localdate(),
    )  # fmt: skip
    solution.services.add(PublicService.objects.create(name="Anmeldung", leika_key="9" * 14, ozg_id="10123"))
    solution.life_situations.add(LifeSituation.objects.create(name="Studium", kind="L", ozg_field="bildung"))
    EfaCheck.objects.create(solution=solution, area="payment", result="partly")
    html = shown(visitor, solution)
    for text in ["9" * 14, "10123", "Studium (Lebenslage)", "4, Reifegradmodell 2.0", "teilweise erfüllt", "Bezahlen",
                 "Erfahrung, keine amtliche Auskunft"]:  # fmt: skip
        assert text in html


def test_solution_page_of_a_company_says_nothing_of_the_ozg(visitor):
    assert "Onlinezugangsgesetz" not in shown(visitor, make_published(target_group="hochschulen"))


def test_solution_page_shows_who_uses_it(visitor):
    solution = make_published()
    make_reuse(solution, organisation_name="Stadt A", verdict="Lohnt sich.", effort_days=1200, cost=0, adapted="Farben")
    make_reuse(solution, organisation_name="Stadt B", status="interested")
    html = shown(visitor, solution)
    for text in ["Eine Stelle nutzt diese Lösung", "Stadt A", "in Musterdorf seit 2024 produktiv", "Lohnt sich.",
                 "1.200 Personentage", "tatsächlich: 0 Euro", "Farben", "Stadt B"]:  # fmt: skip
        assert text in html


def test_solution_page_shows_confirmed_uses_only_and_no_names_of_people(visitor):
    solution = make_published()
    make_reuse(solution, organisation_name="Ungeprüft", confirmed_at=None, confirm_again_on=None)
    make_reuse(solution, organisation_name="Überfällig", days=0)
    make_reuse(solution, organisation_name="Gut", reporter_name="Rita Meldet", reporter_email="rita@example.org")
    html = shown(visitor, solution)
    assert "Gut" in html
    assert not [text for text in ["Ungeprüft", "Überfällig", "Rita", "rita@"] if text in html]


def test_solution_page_shows_20_uses_at_most(visitor):
    solution = make_published()
    for _ in range(21):
        make_reuse(solution)
    html = shown(visitor, solution)
    assert html.count("in Musterdorf seit") == 20
    assert "die 20 neuesten von 21" in html


def test_solution_page_hides_contacts_whose_consent_ended(visitor):
    solution = make_published()
    assert "karla@example.org" in shown(visitor, solution)
    solution.contacts.update(consented_on=None)
    search.update(solution)
    html = shown(visitor, solution)
    assert "karla@example.org" not in html
    assert "Karla" not in html
    assert "keine Ansprechperson öffentlich genannt" in html


def test_solution_page_leads_from_its_top_to_whom_to_ask(visitor):
    html = shown(visitor, make_published())
    assert html.index('href="#fragen"') < html.index("Auf einen Blick") < html.index('id="fragen"')


def test_solution_page_says_when_a_review_is_due(visitor):
    today = timezone.localdate()
    solution = make_published(reviewed_on=today - timedelta(days=400), next_review_on=today + timedelta(days=1))
    assert "Die nächste Prüfung war am" not in shown(visitor, solution)
    raised(solution, next_review_on=today)
    assert "Die nächste Prüfung war am" in shown(visitor, solution)


def test_solution_page_shows_published_relations_in_both_directions_once(visitor):
    solution, other, successor = (make_published(title=title) for title in ["Diese", "Andere", "Nachfolgerin"])
    relate(solution, "alternative", other)
    relate(other, "alternative", solution)
    relate(successor, "replaces", solution)
    relate(solution, "needs", make_draft(title="Entwurf"))
    relate(make_archived(title="Archiviert"), "variant", solution)
    html = shown(visitor, solution)
    assert html.count("ist eine Alternative zu") == 1
    assert "wird ersetzt durch" in html
    assert "Entwurf" not in html
    assert "Archiviert" not in html


def test_solution_page_follows_each_change_at_once(visitor):
    solution = make_published(title="Vorher")
    assert "Eine Satzung" not in shown(visitor, solution)
    raised(solution, legal_requirements="Eine Satzung")
    assert "Eine Satzung" in shown(visitor, solution)


def test_solution_page_can_be_kept_and_passed_on(visitor):
    solution = make_published(title="Büro & Co.")
    html = shown(visitor, solution)
    address = f"http://testserver{solution.get_absolute_url()}"
    assert f'<dd class="ogl-address">{address}</dd>' in html
    assert "mailto:?subject=B%C3%BCro%20%26%20Co.&amp;body=" in html
    assert "http%3A%2F%2Ftestserver%2Fwissensdatenbank%2F" in html
    assert f'<link rel="canonical" href="{address}">' in html
    assert '<meta property="og:title" content="Büro &amp; Co.">' in html


def test_solution_page_of_a_draft_is_the_leads_only_and_tells_machines_nothing(visitor, guest, member, lead, superuser):
    url = make_draft(summary="Noch nicht fertig").get_absolute_url()
    assert [actor.client.get(url).status_code for actor in [visitor, guest, member]] == [404, 404, 404]
    answers = [actor.client.get(url) for actor in [lead, superuser]]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert b"ld+json" not in answers[0].content
    assert b"og:title" not in answers[0].content


def test_draft_is_never_shown_from_the_cache(lead):
    draft = make_draft(summary="Neu")
    shown(lead, draft)
    Link.objects.create(solution=draft, kind="demo", url="https://example.org/neu")
    assert "https://example.org/neu" in shown(lead, draft)


def queries(client, solution) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(solution.get_absolute_url()).status_code == 200
    return len(captured)


def fill(solution, number: int) -> None:
    """Give it so many of everything that may be many."""
    for count in range(number):
        make_reuse(solution)
        make_contact(solution, name=f"Person {count}")
        relate(solution, "needs", make_published())
        attachment = make_attachment(solution)
        solution.steps.create(position=count + 2, title="Weiter", attachment=attachment)
        Link.objects.create(solution=solution, kind="demo", url=f"https://example.org/{count}")


def test_solution_page_needs_one_query_once_it_was_drawn(visitor):
    small, large = make_published(), make_published()
    fill(large, 12)
    cold = [queries(visitor.client, solution) for solution in [small, large]]
    assert [queries(visitor.client, solution) for solution in [small, large]] == [1, 1]
    for cache in caches.all():
        cache.clear()
    assert cold[1] == queries(visitor.client, large) <= 16


def test_solution_page_needs_the_same_queries_for_the_lead_once_it_was_drawn(lead):
    small, large = make_published(), make_published()
    fill(large, 12)
    [queries(lead.client, solution) for solution in [small, large]]
    counts = [queries(lead.client, solution) for solution in [small, large]]
    assert counts[0] == counts[1] <= 9  # three of them are about who asks


@pytest.mark.parametrize("actor", ["visitor", "lead"])
def test_solution_page_shows_at_once_what_is_called_otherwise_now(actor, request):
    actor, solution = request.getfixturevalue(actor), make_published()
    solution.services.add(service := PublicService.objects.create(name="Hundeschein"))
    search.update(solution)
    assert "Hundeschein" in shown(actor, solution)
    group, topic = solution.target_groups.get(), solution.topics.get()
    for thing, name in [(group, "Rathäuser"), (topic, "Allerlei"), (service, "Katzenschein"),
                        (solution.publisher, "Haus Elfentanz")]:  # fmt: skip
        thing.name = name
        thing.save()
        search.update(thing)
        assert name in shown(actor, solution)


def test_solution_page_unchanged_is_not_sent_again(visitor):
    solution = make_published()
    etag = visitor.client.get(solution.get_absolute_url()).headers["ETag"]
    again = visitor.client.get(solution.get_absolute_url(), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


# Files


@pytest.mark.logs_errors
def test_attachment_whose_stored_file_is_gone_is_not_found_and_logged(visitor, caplog):
    attachment = make_attachment(make_published())
    attachment.file.storage.delete(attachment.file.name)
    assert visitor.client.get(attachment.get_absolute_url()).status_code == 404
    assert "fehlt in der Ablage" in caplog.text


def test_entry_whose_review_is_due_says_so_where_it_tells_of_itself(visitor):
    today = timezone.localdate()
    solution = make_published(reviewed_on=today - timedelta(days=365), next_review_on=today)
    page = visitor.client.get(solution.get_absolute_url()).content.decode()
    assert f"nächste Prüfung war am {today:%d.%m.%Y} fällig" in page
    assert f"nächste Prüfung am {today:%d.%m.%Y}" not in page


def test_attachment_is_sent_to_be_saved_and_never_run(visitor):
    solution = make_published()
    response = visitor.client.get(make_attachment(solution).get_absolute_url())
    assert response.content.startswith(b"%PDF-1.7")
    assert response.headers["Content-Disposition"] == 'attachment; filename="muster.pdf"'
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_attachment_is_as_private_as_its_solution(visitor, member, lead):
    solution = make_published()
    url = make_attachment(solution).get_absolute_url()
    workflow.archive_solution(solution=solution, by=None)
    assert [actor.client.get(url).status_code for actor in [visitor, member]] == [404, 404]
    assert lead.client.get(url).headers["Cache-Control"] == "private, no-store"


# The start page


def newest() -> str:
    return Template("{% load knowledge_tags %}{% newest_solutions %}").render(Context({"user": AnonymousUser()}))


def test_newest_solutions_are_three_and_published():
    for number in range(4):
        make_published(title=f"Nummer {number}")
    make_archived(title="Archiviert")
    html = newest()
    assert [f"Nummer {number}" in html for number in range(4)] == [False, True, True, True]
    assert html.index("Nummer 3") < html.index("Nummer 2")
    assert "Archiviert" not in html


def test_newest_solutions_without_any_say_so():
    assert "Noch ist keine Lösung veröffentlicht" in newest()
