import pytest
from django.urls import reverse

from knowledgebase import workflow
from knowledgebase.models import Solution
from tests.factories.knowledgebase import make_complete, make_draft, make_published

pytestmark = pytest.mark.django_db
LIST = reverse("admin:knowledgebase_solution_changelist")
ADD = reverse("admin:knowledgebase_solution_add")
NO_INLINES = {f"{part}-{name}": 0 for part in ["steps", "contacts", "links"]
              for name in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]}  # fmt: skip


def errors(response) -> str:
    form = response.context["adminform"].form
    return " ".join(message for messages in form.errors.values() for message in messages)


def act(actor, action, *solutions) -> str:
    chosen = {"action": action, "_selected_action": [solution.pk for solution in solutions]}
    return actor.client.post(LIST, chosen, follow=True).content.decode()


def test_admin_publishes_what_is_complete_and_says_what_is_missing(lead):
    complete, draft = make_complete(title="Fertig"), make_draft(title="Unfertig")
    html = act(lead, "publish", complete, draft)
    assert "„Fertig“ ist veröffentlicht." in html
    assert "„Unfertig“ lässt sich noch nicht veröffentlichen. Es fehlt:" in html
    assert set(Solution.objects.published()) == {complete}
    assert Solution.objects.get(title="Fertig").published_by == lead.user


def test_admin_submits_and_archives(lead):
    draft, published = make_draft(), make_published()
    assert "ist eingereicht" in act(lead, "submit", draft)
    assert "ist archiviert" in act(lead, "archive", published)
    assert set(Solution.objects.values_list("status", flat=True)) == {"submitted", "archived"}
    assert "ist schon archiviert" in act(lead, "archive", published)


def test_admin_adds_a_draft_with_a_title_only(lead):
    response = lead.client.post(ADD, NO_INLINES | {"title": "Neu", "slug": "neu", "status": "published"})
    assert response.status_code == 302
    assert Solution.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "Doppelt"}, "Eine Lösung mit diesem Titel gibt es schon."),
        ({"summary": "x" * 151}, "150"),
        ({"features": "Zeile\n" * 21}, "höchstens 20 Funktionen"),
        ({"topics": ["1", "2", "3", "4"]}, "höchstens drei Themen"),
        ({"topics": ["99999"]}, "gültige"),
        ({"publisher": "99999"}, "gültige"),
        ({"once_kind": "range", "once_from": "9", "once_to": "5"}, "einmaligen Kosten"),
        ({"once_kind": "range", "once_from": "1", "once_to": "9" * 30}, "100000000"),
        ({"effort_days_to": "4"}, "Personentage"),
        ({"problem": "Was\x00 nun"}, "unsichtbare Steuerzeichen"),
        ({"description": "x" * 21_000}, "zu lang"),
    ],
)
def test_admin_says_in_german_what_is_wrong(lead, fields, message):
    make_draft(title="Doppelt")
    response = lead.client.post(ADD, NO_INLINES | {"title": "Neu", "slug": "neu"} | fields)
    assert response.status_code == 200
    assert message in errors(response)
    assert Solution.objects.count() == 1


def test_admin_keeps_published_solutions_complete(lead):
    solution = make_published()
    url = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    response = lead.client.post(url, NO_INLINES | {"title": solution.title, "seen_revision": solution.revision})
    assert "Die Lösung ist veröffentlicht, deshalb darf nichts fehlen" in errors(response)
    assert lead.client.get(url).status_code == 200


@pytest.mark.parametrize("role", ["visitor", "guest", "member"])
def test_admin_is_for_the_lead(role, request):
    assert request.getfixturevalue(role).client.get(LIST).status_code in {302, 403, 404}


def test_address_of_a_solution_stays_once_it_was_published(lead):
    addresses = {}
    for solution in [make_draft(), make_published()]:
        url = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
        fields = lead.client.get(url).context["adminform"].form.fields
        addresses[solution.status] = "slug" in fields
    assert addresses == {"draft": True, "published": False}


def form_data(response) -> dict:
    """What the browser would send from the form of a solution."""
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    parts = [context["adminform"].form, *(part for rows in formsets for part in [rows.management_form, *rows])]
    fields = [field for part in parts for field in part]
    values = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"steps-0-DELETE": "on"}, "mindestens ein Schritt"),
        ({"contacts-0-DELETE": "on"}, "eine Ansprechperson mit Einwilligung"),
        ({"contacts-0-consented_on": "", "contacts-0-valid_until": ""}, "eine Ansprechperson mit Einwilligung"),
        ({"topics": []}, "darf nichts fehlen: Themen"),
        ({"target_groups": []}, "darf nichts fehlen: Zielgruppen"),
    ],
)
def test_admin_keeps_the_last_step_and_contact_of_what_is_published(lead, change, message):
    solution = make_published()
    url = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    response = lead.client.post(url, form_data(lead.client.get(url)) | change)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert workflow.missing_fields(Solution.objects.get(pk=solution.pk)) == []
    workflow.archive_solution(solution=solution, by=lead.user)
    assert lead.client.post(url, form_data(lead.client.get(url)) | change).status_code == 302


def test_admin_saves_a_published_solution_as_it_stands(lead):
    solution = make_published()
    url = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    assert lead.client.post(url, form_data(lead.client.get(url)) | {"summary": "Kürzer."}).status_code == 302
    solution.refresh_from_db()
    assert solution.summary == "Kürzer."
