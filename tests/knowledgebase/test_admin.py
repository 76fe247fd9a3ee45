from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import FileInput
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Audience, Contact, EfaCheck, LifeSituation, PublicService, Review, Solution
from tests.factories.knowledgebase import make_archived, make_contact, make_draft, make_published, make_submitted
from tests.factories.surveys import make_entry, make_response

pytestmark = pytest.mark.django_db
LIST = reverse("admin:knowledgebase_solution_changelist")
ADD = reverse("admin:knowledgebase_solution_add")
PARTS = ["steps", "contacts", "attachments", "links", "relations", "efa_checks", "reviews"]
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
NO_INLINES = {f"{part}-{name}": 0 for part in PARTS
              for name in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]}  # fmt: skip


def errors(response) -> str:
    form = response.context["adminform"].form
    return " ".join(message for messages in form.errors.values() for message in messages)


def act(actor, action, *solutions) -> str:
    chosen = {"action": action, "_selected_action": [solution.pk for solution in solutions]}
    return actor.client.post(LIST, chosen, follow=True).content.decode()


def change_url(solution) -> str:
    return reverse("admin:knowledgebase_solution_change", args=[solution.pk])


def test_admin_publishes_what_is_complete_and_links_to_what_is_missing(lead):
    complete, draft = make_submitted(title="Fertig"), make_submitted(title="Unfertig", summary="", once_kind="")
    draft.steps.all().delete()
    html = act(lead, "publish", complete, draft)
    assert "„Fertig“ ist veröffentlicht." in html
    assert "„Unfertig“ lässt sich noch nicht veröffentlichen. Es fehlt:" in html
    for target in ["id_summary", "id_once_kind", "steps-group"]:
        assert f'<a href="{change_url(draft)}#{target}">' in html
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
        ({"topics": ["9" * 30]}, "gültige"),
        ({"services": ["9" * 5000]}, "gültige"),
        ({"publisher": "99999"}, "gültige"),
        ({"publisher": "9" * 30}, "gültige"),
        ({"operator": "9" * 5000}, "gültige"),
        ({"once_kind": "range", "once_from": "9", "once_to": "5"}, "einmaligen Kosten"),
        ({"once_kind": "range", "once_from": "1", "once_to": "9" * 30}, "100000000"),
        ({"effort_days_to": "4"}, "Personentage"),
        ({"problem": "Was\x00 nun"}, "unsichtbare Steuerzeichen"),
        ({"description": "x" * 21_000}, "zu lang"),
    ],
)
def test_admin_says_in_german_what_is_wrong(lead, fields, message):
    make_published(title="Doppelt")
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
    values = {field.html_name: field.value() for field in fields if not isinstance(field.field.widget, FileInput)}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"steps-0-DELETE": "on"}, "mindestens ein Schritt"),
        ({"topics": []}, "darf nichts fehlen: Themen"),
        ({"target_groups": []}, "darf nichts fehlen: Zielgruppen"),
    ],
)
def test_admin_keeps_the_last_step_of_what_is_published(lead, change, message):
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


def press(actor, solution, button: str, **changes):
    """Send the form of the solution as it stands with the changes, by one of its buttons."""
    url = change_url(solution)
    return actor.client.post(url, form_data(actor.client.get(url)) | changes | {button: "x"}, follow=True)


def test_buttons_take_a_solution_through_its_life(lead, second_lead):
    solution = make_draft(title="Fundbüro")
    response = press(lead, solution, "_submit", summary="Gefundenes melden.")
    assert "ist eingereicht" in response.content.decode()
    solution.refresh_from_db()
    assert (solution.status, solution.summary, solution.submitted_by) == ("submitted", "Gefundenes melden.", lead.user)
    assert "haben Sie selbst eingereicht" in press(lead, solution, "_publish").content.decode()
    html = press(second_lead, solution, "_publish").content.decode()
    assert f'Es fehlt: <a href="{change_url(solution)}#id_kind">Art</a>' in html
    press(lead, solution, "_archive")
    press(lead, solution, "_reopen")
    solution.refresh_from_db()
    assert solution.status == "draft"


def test_button_on_an_outdated_form_saves_nothing_and_moves_nothing(lead):
    solution = make_draft()
    data = form_data(lead.client.get(change_url(solution)))
    workflow.submit_solution(solution=solution, by=None)
    response = lead.client.post(change_url(solution), data | {"summary": "Veraltet.", "_archive": "x"})
    assert response.status_code == 409
    solution.refresh_from_db()
    assert (solution.status, solution.summary) == ("submitted", "")


@pytest.mark.parametrize(("make", "buttons"), [
    (make_draft, {"_submit", "_review", "_archive"}),
    (make_submitted, {"_publish", "_return", "_review", "_archive"}),
    (make_published, {"_review", "_archive"}),
    (make_archived, {"_reopen"}),
])  # fmt: skip
def test_buttons_are_those_of_the_state(lead, make, buttons):
    html = lead.client.get(change_url(make())).content.decode()
    known = {"_submit", "_publish", "_return", "_review", "_archive", "_reopen"}
    assert {name for name in known if f'name="{name}"' in html} == buttons


def test_draft_says_what_is_still_missing_with_links_to_fields_that_exist(lead):
    solution = make_draft(once_kind="range", once_from=1, once_to=2)
    response = lead.client.get(change_url(solution))
    html = response.content.decode()
    assert "Noch offen" in html
    targets = [url.partition("#")[2] for url, label in response.context["gaps"]]
    assert {"id_summary", "id_topics", "id_cost_basis", "id_publisher", "steps-group", "contacts-group"} <= set(targets)
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_draft_that_is_complete_has_no_list_of_gaps(lead):
    html = lead.client.get(change_url(make_submitted())).content.decode()
    assert "Noch offen" not in html
    assert "Eine zweite Person kann den Eintrag veröffentlichen." in html


def test_return_page_asks_for_a_note_and_keeps_what_was_typed(lead, member):
    solution = make_submitted(by=member.user)
    answer = press(lead, solution, "_return")
    url = reverse("admin:knowledgebase_solution_return", args=[solution.pk])
    assert answer.request["PATH_INFO"] == url
    refused = lead.client.post(url, {"note": "x" * 2001})
    assert "x" * 2001 in refused.content.decode() and "noch nichts gespeichert" in refused.content.decode()
    assert lead.client.post(url, {"note": " "}).status_code == 200
    html = lead.client.post(url, {"note": "Was kostet das?"}, follow=True).content.decode()
    assert "ist zurückgegeben" in html and "Was kostet das?" in html
    assert "noch nicht eingereicht" in lead.client.post(url, {"note": "Noch etwas."}).content.decode()


def test_review_page_keeps_who_checked_and_proposes_a_year(lead):
    solution = make_published()
    url = reverse("admin:knowledgebase_solution_review", args=[solution.pk])
    offered = lead.client.get(url).context["form"].initial["next_review_on"]
    assert 364 < (offered - timezone.localdate()).days < 367
    for day in ["", timezone.localdate(), "0001-01-01", "9999-01-01", "quatsch"]:
        assert lead.client.post(url, {"next_review_on": day}).status_code == 200
    html = lead.client.post(url, {"next_review_on": offered, "note": "Alles aktuell."}, follow=True).content.decode()
    assert "ist festgehalten" in html and "Alles aktuell." in html
    review = Review.objects.get(solution=solution)
    assert (review.checked_by, review.checked_on, review.next_review_on) == (lead.user, timezone.localdate(), offered)


def test_audiences_are_ticked_and_unticked(lead):
    solution = make_draft()
    Audience.objects.create(solution=solution, kind="district")
    kept = Audience.objects.create(solution=solution, kind="chamber")
    press(lead, solution, "_continue", audiences=["chamber", "company-micro"])
    assert set(solution.audiences.values_list("kind", flat=True)) == {"chamber", "company-micro"}
    assert solution.audiences.filter(pk=kept.pk).exists()
    refused = lead.client.post(change_url(solution), form_data(lead.client.get(change_url(solution)))
                               | {"audiences": ["king"]})  # fmt: skip
    assert "king ist keine" in errors(refused)


def test_efa_check_offers_every_area_once_and_keeps_what_has_a_result(lead):
    solution = make_draft()
    EfaCheck.objects.create(solution=solution, area="logic", result="met")
    press(lead, solution, "_continue", **{"efa_checks-1-result": "partly"})
    assert dict(solution.efa_checks.values_list("area", "result")) == {"logic": "met", "design": "partly"}
    rows = lead.client.get(change_url(solution)).context["inline_admin_formsets"][5].formset
    assert sorted(form["area"].value() for form in rows) == sorted(EfaCheck.Area.values)


def attach(actor, solution, content: bytes, name: str = "muster.pdf", **changes):
    row = {"attachments-TOTAL_FORMS": 1, "attachments-0-title": "Muster", "attachments-0-kind": "template",
           "attachments-0-language": "de", "attachments-0-file": SimpleUploadedFile(name, content)}  # fmt: skip
    return actor.client.post(change_url(solution), form_data(actor.client.get(change_url(solution))) | row | changes)


def test_attachment_is_stored_with_what_tells_it_from_others(lead):
    solution = make_draft()
    assert attach(lead, solution, PDF, "Mein Muster.html").status_code == 302
    stored = solution.attachments.get()
    assert (stored.name, stored.content_type, stored.size) == ("Mein Muster.html.pdf", "application/pdf", len(PDF))
    assert stored.sha256 == sha256(PDF).hexdigest()
    with stored.file.open() as file:
        assert file.read() == PDF and "muster" not in file.name.rpartition("/")[2].lower()
    assert stored.get_absolute_url() in lead.client.get(change_url(solution)).content.decode()


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"", b"\x89PNG\r\n\x1a\nnothing"])
def test_attachment_that_is_refused_costs_no_text(lead, content):
    solution = make_draft()
    response = attach(lead, solution, content, summary="Mühsam getippt.", **{"attachments-0-title": "Mein Titel"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Mühsam getippt." in html and "Mein Titel" in html
    assert not solution.attachments.exists()


def test_attachment_that_is_replaced_or_deleted_leaves_no_file(lead, django_capture_on_commit_callbacks):
    solution = make_draft()
    attach(lead, solution, PDF)
    first = solution.attachments.get()
    with django_capture_on_commit_callbacks(execute=True):
        attach(lead, solution, PDF + b"%%EOF", **{"attachments-INITIAL_FORMS": 1, "attachments-0-id": first.pk})
    second = solution.attachments.get()
    assert second.sha256 != first.sha256 and second.uuid == first.uuid
    assert not first.file.storage.exists(first.file.name) and second.file.storage.exists(second.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, solution, "_continue", **{"attachments-0-DELETE": "on"})
    assert not solution.attachments.exists() and not second.file.storage.exists(second.file.name)


def test_step_names_a_file_of_its_own_solution_only(lead):
    solution, other = make_published(), make_draft()
    for each in [solution, other]:
        attach(lead, each, PDF)
    own, foreign = solution.attachments.get(), other.attachments.get()
    url = change_url(solution)
    data = form_data(lead.client.get(url))
    assert lead.client.post(url, data | {"steps-0-attachment": foreign.pk}).status_code == 200
    assert lead.client.post(url, data | {"steps-0-attachment": own.pk}).status_code == 302
    assert solution.steps.get().attachment == own


def test_draft_is_deleted_with_its_files_and_what_was_public_is_not(lead, django_capture_on_commit_callbacks):
    draft, archived = make_draft(), make_archived()
    attach(lead, draft, PDF)
    file = draft.attachments.get().file
    for solution, status in [(draft, 302), (archived, 403)]:
        url = reverse("admin:knowledgebase_solution_delete", args=[solution.pk])
        with django_capture_on_commit_callbacks(execute=True):
            assert lead.client.post(url, {"post": "yes"}).status_code == status
    assert set(Solution.objects.all()) == {archived}
    assert not file.storage.exists(file.name)
    assert "delete_selected" not in lead.client.get(LIST).content.decode()


@pytest.mark.parametrize("slug", ["vorschlagen", "nachnutzung"])
def test_address_that_the_portal_needs_itself_is_refused(lead, slug):
    response = lead.client.post(ADD, NO_INLINES | {"title": "Neu", "slug": slug})
    assert "braucht das Portal selbst" in errors(response)


def test_list_finds_due_reviews_and_ending_consents(lead):
    today = timezone.localdate()
    ago, soon = {"reviewed_on": today - timedelta(days=400)}, today + timedelta(days=9)
    due = make_published(title="Fällig", **ago, next_review_on=today)
    near = make_published(title="Bald", **ago, next_review_on=soon)
    make_published(title="Später")
    for solution, until in [(due, today + timedelta(days=400)), (near, soon)]:
        solution.contacts.all().delete()
        make_contact(solution, name="Karla Kontakt", valid_until=until)
    Contact.objects.exclude(solution__in=[due, near]).update(valid_until=today + timedelta(days=31))
    nobody = make_draft(title="Niemand")
    make_contact(nobody, consented_on=today - timedelta(days=9), valid_until=today - timedelta(days=1))
    asked = {"pruefung=faellig": {due}, "pruefung=bald": {near}, "einwilligung=bald": {near, nobody},
             "einwilligung=keine": {nobody}, "pruefung=quatsch": set(Solution.objects.all())}  # fmt: skip
    Contact.objects.filter(solution=due).delete()
    asked |= {"einwilligung=keine": {nobody, due}, "einwilligung=fehlt": {due}}
    for query, expected in asked.items():
        assert set(lead.client.get(f"{LIST}?{query}").context["cl"].queryset) == expected, query
    html = lead.client.get(LIST).content.decode()
    assert "Prüfung fällig" in html and f"Einwilligung von Karla Kontakt gilt bis {soon:%d.%m.%Y}" in html
    assert f"Karla Kontakt: gilt bis {soon:%d.%m.%Y}" in lead.client.get(change_url(near)).content.decode()


def test_list_needs_the_same_queries_for_1_and_30_solutions(lead, django_assert_num_queries):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert lead.client.get(LIST).status_code == 200
        return len(queries)

    make_published()
    count()
    one = count()
    for _ in range(4):
        make_published()
    assert count() == one


def test_entry_of_the_questionnaire_is_named_with_a_link(lead, member):
    entry = make_entry(make_response(member.person))
    solution = make_draft(origin=entry)
    html = lead.client.get(change_url(solution)).content.decode()
    assert f'<a href="{reverse("admin:surveys_entry_change", args=[entry.pk])}">' in html


@pytest.mark.parametrize(("model", "fields", "message"), [
    ("publicservice", {"name": "Beispiel", "leika_key": "123"}, "genau 14 Ziffern"),
    ("publicservice", {"name": "Beispiel", "leika_key": "1" * 13 + "²"}, "genau 14 Ziffern"),
    ("publicservice", {"name": "Beispiel", "ozg_id": "123456"}, "5 Zeichen"),
    ("publicservice", {"name": "Beispiel", "ozg_id": "12a45"}, "genau 5 Ziffern"),
    ("publicservice", {"name": "Beispiel", "leika_key": "9" * 14}, "gibt es schon"),
    ("lifesituation", {"name": "Doppelt", "kind": "L", "ozg_field": "bildung"}, "Diese Lage gibt es schon"),
])  # fmt: skip
def test_keys_of_the_ozg_are_checked(lead, model, fields, message):
    PublicService.objects.create(name="Andere", leika_key="9" * 14)
    LifeSituation.objects.create(name="Doppelt", kind="L", ozg_field="umwelt")
    response = lead.client.post(reverse(f"admin:knowledgebase_{model}_add"), fields)
    assert response.status_code == 200
    assert message in errors(response)


@pytest.mark.parametrize(("app_label", "model_name", "field"), [
    ("knowledgebase", "solution", "services"), ("knowledgebase", "solution", "life_situations"),
    ("knowledgebase", "solution", "publisher"), ("knowledgebase", "relation", "other"),
])  # fmt: skip
def test_long_lists_are_searched(lead, member, app_label, model_name, field):
    asked = {"app_label": app_label, "model_name": model_name, "field_name": field, "term": "x"}
    assert lead.client.get(reverse("admin:autocomplete"), asked).status_code == 200
    assert member.client.get(reverse("admin:autocomplete"), asked).status_code == 302
