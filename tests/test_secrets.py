"""What only the OGL-Leitung may know stands nowhere else: answers of others, and needs that are not released.

A word is planted in each, and looked for in everything that visitors and members can open or fetch.
"""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils import timezone

from actions.models import ActionItem, ItemForNeed
from knowledgebase.models import Solution, SolutionForNeed
from ogl_portal.directory.models import GroupSubscription, TargetGroup
from ogl_portal.lib import pdf, search
from ogl_portal.lib.models import OutgoingMail
from surveys import workflow
from tests import cast
from tests.addresses import all_addresses
from tests.factories.matches import make_match
from tests.factories.needs import WISH, make_coding, make_need, make_released_need, make_told
from tests.factories.recommendations import make_recommendation
from tests.factories.surveys import make_round
from tests.factories.transfer import make_transferred

pytestmark = pytest.mark.django_db
SAID, UNRELEASED, PLANNED = "Zwiebelturm", "Apfelbaum", "Kirschkern"
SECRETS = [SAID, UNRELEASED, PLANNED]


def open_paths() -> list[str]:
    """Every address of the portal that needs no object, and every one of each object that has a page."""
    named = [each for each in all_addresses() if not each.is_admin and each.name]
    paths = {reverse(each.name) for each in named if not each.samples}
    things = [
        thing for model in apps.get_models() if hasattr(model, "get_absolute_url") for thing in model.objects.all()
    ]
    for match in [resolve(thing.get_absolute_url()) for thing in things]:
        beside = [each for each in named if each.route.startswith(match.route.removesuffix("/"))]
        alike = [each for each in beside if {name for name, _ in each.samples} == match.kwargs.keys()]
        paths |= {reverse(each.name, kwargs=match.kwargs) for each in alike}
    return sorted(paths)


@pytest.fixture
def planted(lead):
    """A released need with words nobody may quote, a draft that all kinds of things answer, a plan nobody may see."""
    round = make_round()
    need, draft = make_need(title="Sichtbares"), make_need(title=f"{UNRELEASED} pflanzen")
    for _ in range(5):
        entry = make_told(round=round, quotable=False, text=f"Am {SAID} fehlt jemand.")
        for each in [need, draft]:
            make_coding(need=each, entry=entry, words=f"Am {SAID} fehlt jemand.")
    workflow.release_need(need=need, by=lead.user)
    make_match(first={"G3": "no", "project": {"D1": f"{PLANNED} zählen"}})
    return answer(draft)


def answer(draft) -> list[str]:
    """Link everything that may answer a need; the addresses of these things and of the draft itself."""
    recommendation = make_recommendation()
    draft.recommendations.add(recommendation)
    draft.events.add(recommendation.event)
    facts = {"slug": "hilfe", "status": "published", "published_at": timezone.now()}
    solution, item = Solution.objects.create(title="Hilfe", **facts), ActionItem.objects.create(title="Schritt")
    SolutionForNeed.objects.create(need=draft, solution=solution)
    ItemForNeed.objects.create(need=draft, item=item)
    things = [recommendation, recommendation.event, solution, item, draft]
    return [thing.get_absolute_url() for thing in things]


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_answers_of_others_and_unreleased_needs_stand_nowhere(planted, reader, request, monkeypatch):
    as_page = lambda template, context, **options: render_to_string(template, context).encode()  # noqa: E731
    monkeypatch.setattr(pdf, "render", as_page)
    client, paths = request.getfixturevalue(reader).client, {*open_paths(), *planted, "/suche/?q=fehlt+jemand"}
    assert len(paths) > 75
    for path in paths:
        response = client.get(path)
        assert response.status_code < 500, path
        assert [word for word in SECRETS if word in response.getvalue().decode("utf-8", "replace")] == [], path


def test_unreleased_needs_are_offered_as_choices_to_no_staff_who_may_not_see_them(planted, member):
    cast.make_staff(member, "view_actionitem", "change_actionitem")
    choice = {"app_label": "actions", "model_name": "itemforneed", "field_name": "need", "term": UNRELEASED}
    answer = member.client.get("/admin/autocomplete/", choice)
    assert answer.status_code == 403 and UNRELEASED not in answer.content.decode()


def test_no_mail_and_no_search_tells_of_answers_or_unreleased_needs(planted):
    search.rebuild()
    everybody = [search.Audience.ALL, search.Audience.MEMBERS]
    hits = [hit for word in SECRETS for hit in search.find(word, audiences=everybody, literal=True).hits]
    assert [hit for hit in hits if not hit.is_similar] == []
    group = TargetGroup.objects.get(slug="kommunalverwaltungen")
    GroupSubscription.objects.create(group=group, email="abo@example.org", confirmed_at=timezone.now())
    call_command("remind", verbosity=0)
    mails = OutgoingMail.objects.all()
    assert mails.filter(subject__contains="Neues für Kommunalverwaltungen").exists()
    assert [mail.subject for mail in mails for word in SECRETS if word in mail.text + mail.html + mail.subject] == []


def test_lead_sees_what_is_hidden_from_others(planted, lead):
    assert UNRELEASED in lead.client.get("/admin/surveys/need/").content.decode()
    assert SAID in lead.client.get("/admin/surveys/coding/").content.decode()


def where(client, word: str, paths: list[str]) -> list[str]:
    """At which of the addresses everybody reads the word."""
    return [path for path in paths if word in client.get(path).content.decode()]


def test_withdrawn_consents_take_solution_and_words_off_everything_at_once(client, lead, monkeypatch):
    as_page = lambda template, context, **options: render_to_string(template, context).encode()  # noqa: E731
    monkeypatch.setattr(pdf, "render", as_page)
    solution, need = make_transferred(by=lead.user), make_released_need()
    group = "/zielgruppen/kommunalverwaltungen/"
    shown = ["/", solution.get_absolute_url(), "/wissensdatenbank/", "/wissensdatenbank/feed.atom", group,
             f"{group}feed.atom", "/daten/loesungen.json", "/daten/loesungen.csv",
             "/suche/?q=schnell+antworten"]  # fmt: skip
    quoted = [need.get_absolute_url(), "/bedarfe.pdf"]
    assert (where(client, solution.slug, shown), where(client, WISH, quoted)) == (shown, quoted)
    for response, key in [(solution.origin.response, "G1"), (need.codings.get().response, "G2")]:
        workflow.withdraw_consent(consent=response.consents.current().get(question_key=key))
    assert (where(client, solution.slug, shown), where(client, WISH, quoted)) == ([], [])
