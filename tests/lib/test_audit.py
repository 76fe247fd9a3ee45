"""The audit trail: who read, changed and exported what; nobody changes or deletes a row before its day."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory import workflow as directory_workflow
from ogl_portal.lib import audit
from ogl_portal.lib.audit.guards import triggers
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.audit.pages import current_page, current_user
from ogl_portal.lib.registry import Removal, retention_rules
from surveys import workflow
from surveys.models import Response
from tests.addresses import all_addresses
from tests.factories.directory import make_person
from tests.factories.needs import make_coding
from tests.factories.surveys import make_complete_response, submit

pytestmark = pytest.mark.django_db
Kind = AuditRecord.Kind
ANSWER = "Bauantrag digital begleiten"
CUSTOM = {
    "admin:surveys_entry_code": "entry",
    "admin:surveys_response_reopen": "response",
    "admin:surveys_response_paper": "",
    "admin:surveys_round_overview": "round",
    "admin:surveys_round_statistics": "round",
    "admin:surveys_round_export_xlsx": "round",
    "admin:surveys_round_export_csv": "round",
    "admin:surveys_round_codings_csv": "round",
    "admin:surveys_need_split": "need",
}
"""What else the admin shows of responses, and whose key its address holds."""


@pytest.fixture
def entry(member):
    response = make_complete_response(member.person)
    submit(response)
    return response.entries.get(section_key="B")


@pytest.fixture
def keys(entry):
    coding = make_coding(entry=entry, words=ANSWER)
    found = {"entry": entry, "response": entry.response, "round": entry.response.round, "need": coding.need}
    return {name: thing.pk for name, thing in found.items()} | {"coding": coding.pk}


def rows_after(client, path: str) -> tuple:
    """The answer, and the rows that it left."""
    before = set(AuditRecord.objects.values_list("pk", flat=True))
    response = client.get(path)
    return response, list(AuditRecord.objects.exclude(pk__in=before))


def pages(keys) -> list[str]:
    """Every admin page about the questionnaire that can be read with what there is."""
    paths = [reverse(name, kwargs={"pk": keys[key]} if key else {}) for name, key in CUSTOM.items()]
    names = {address.name for address in all_addresses()}
    for name in sorted(name for name in names if name.startswith("admin:surveys_")):
        model, _, page = name.removeprefix("admin:surveys_").rpartition("_")
        if page == "changelist":
            paths.append(reverse(name))
        if page in {"change", "history"} and model in keys:
            paths.append(reverse(name, args=[keys[model]]))
    return paths


def test_every_admin_page_that_shows_a_response_leaves_exactly_one_row(lead, keys):
    reading = [reverse(name, kwargs={"pk": keys[key]} if key else {}) for name, key in CUSTOM.items()]
    reading += [reverse(f"admin:surveys_{name}_changelist") for name in ["response", "entry", "coding", "match"]]
    reading += [reverse("admin:surveys_response_change", args=[keys["response"]])]
    wrong = {}
    for path in pages(keys):
        response, rows = rows_after(lead.client, path)
        assert response.status_code == 200, path
        shows = ANSWER in str(response.content, "utf-8", "ignore") or path in reading
        if len(rows) != 1 and (shows or rows):
            wrong[path] = len(rows)
        for row in rows:
            assert (row.actor, row.actor_key, row.page) == (str(lead.user), lead.user.pk, path)
            assert ANSWER not in f"{row.what}{row.label}" and "Mia" not in f"{row.what}{row.label}"
    assert wrong == {}


def test_row_names_the_object_as_its_table_does_however_the_address_is_written(lead, entry):
    lead.client.get(f"/admin/surveys/response/00{entry.response_id}/change/")
    assert AuditRecord.objects.about(Response, [entry.response_id]).count() == 1


def test_page_that_is_refused_leaves_no_row(member, keys):
    _, rows = rows_after(member.client, reverse("admin:surveys_entry_change", args=[keys["entry"]]))
    assert rows == []


def test_page_is_known_without_the_token_of_any_route_and_with_who_is_signed_in_until_the_answer(rf, member):
    seen, request = [], rf.get("/neu/geheim/")
    middleware = audit.PageMiddleware(lambda request: seen.append((current_page(), current_user())))
    for kwargs, user in [({"token": "geheim"}, member.user), ({"slug": "geheim"}, AnonymousUser()), (None, None)]:
        request.resolver_match, request.user = kwargs and SimpleNamespace(kwargs=kwargs), user
        middleware(request)
    assert seen == [("/neu/…/", member.user), ("/neu/geheim/", None), ("/neu/geheim/", None)]
    assert (current_page(), current_user()) == ("", None)
    audit.PageMiddleware(lambda request: seen.append(current_page()))(rf.get("/" + "x" * 400))
    assert len(seen[-1]) == AuditRecord._meta.get_field("page").max_length


def test_reading_an_entry_costs_one_insert(lead, entry, django_assert_num_queries):
    request = type("Request", (), {"user": lead.user})
    with django_assert_num_queries(1):
        audit.record(Kind.READ, "Gelesen", by=request.user, thing=entry.response)


def test_changes_of_a_response_are_recorded_with_the_change(lead, entry):
    review = {"entry": entry, "revision": 0, "by": lead.user}
    workflow.judge_entry(state="reviewed", note="Geheim", **review)
    with pytest.raises(workflow.ChangedMeanwhile):
        workflow.judge_entry(state="query", note="", **review)
    workflow.withdraw_consent(consent=entry.response.consents.given().get(question_key="G5"))
    found = AuditRecord.objects.about(Response, [entry.response_id]).values_list("kind", "what", "actor")
    assert list(found) == [
        ("consent", "Freigabe G5 widerrufen", "wer geantwortet hat"),
        ("changed", "Eintrag B1: Stand der Prüfung „geprüft“", str(lead.user)),
    ]


def test_rights_and_sign_ins_are_recorded(superuser, lead):
    person = make_person(family_name="Neu")
    user = directory_workflow.create_access(person=person, by=lead.user)
    page = reverse("admin:directory_user_change", args=[user.pk])
    assert superuser.client.post(page, {"is_active": "on", "is_staff": "on"}).status_code == 302
    found = AuditRecord.objects.filter(kind=Kind.ACCESS).values_list("what", "actor_key", "label")
    label = f"Zugang zum Portal {user.pk}"
    assert list(found) == [
        ("Rechte geändert: Darf in die Verwaltung", superuser.user.pk, label),
        ("Zugang angelegt", lead.user.pk, label),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lib_auditrecord SET actor = 'niemand'",
        "DELETE FROM lib_auditrecord",
        "UPDATE lib_auditrecord SET kept_until = '2000-01-01'",
    ],
)
def test_row_cannot_be_changed_or_deleted_by_sql(statement):
    audit.record(Kind.READ, "Gelesen")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditRecord.objects.get().actor == "Portal"


def test_row_cannot_be_changed_or_deleted_by_objects_or_replaced_also_after_a_restore(lead):
    audit.record(Kind.READ, "Gelesen")
    row, (guard,) = AuditRecord.objects.get(), triggers()
    guard.remove(SimpleNamespace(connection=connection))
    AuditRecord.objects.update(actor="Portal")  # while it is restored, the rows may be written
    guard.install(SimpleNamespace(connection=connection))
    row.actor = "niemand"
    acts = [row.save, row.delete, AuditRecord.objects.all().delete, lambda: AuditRecord.objects.update(actor="x")]
    acts.append(lambda: AuditRecord.objects.bulk_update([row], ["actor"]))
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    emptying = {"sqlite": f"REPLACE INTO lib_auditrecord SELECT * FROM lib_auditrecord WHERE id = {row.pk}"}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(emptying.get(connection.vendor, "TRUNCATE lib_auditrecord"))
    assert AuditRecord.objects.get().actor == "Portal"


def test_tokens_in_pages_of_earlier_rows_are_forgotten():
    migration = import_module("ogl_portal.lib.migrations.0010_pages_of_the_audit_trail_without_tokens")
    paths = ["/wissensdatenbank/ansprechperson/widerruf/{}/", "/vernetzung/einwilligung/{}/", "/admin/{}/"]
    for path in paths:
        AuditRecord.objects.create(what="x", page=path.format("WzEsIm:1"), kept_until=timezone.localdate())
    migration.forget_tokens(apps, SimpleNamespace(connection=connection))
    pages = [path.format(token) for path, token in zip(paths, ["…", "…", "WzEsIm:1"], strict=True)]
    assert list(AuditRecord.objects.order_by("pk").values_list("page", flat=True)) == pages
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditRecord.objects.update(page="")


def test_prune_lets_rows_go_after_their_day_and_not_before(settings, time_machine):
    audit.record(Kind.READ, "Jung")
    settings.AUDIT_RECORD_DAYS = -3
    audit.record(Kind.READ, "Alt")
    call_command("prune", "--dry-run")
    assert AuditRecord.objects.filter(what="Alt").exists()
    settings.AUDIT_RECORD_DAYS = 730
    call_command("prune")
    assert set(AuditRecord.objects.exclude(kind=Kind.PRUNED).values_list("what", flat=True)) == {"Jung"}
    time_machine.move_to(timezone.now() + timedelta(days=3000))
    call_command("prune")  # whatever the clock of a machine says, that of the database counts
    assert AuditRecord.objects.filter(what="Jung").exists()


def test_prune_that_breaks_off_leaves_a_row_of_what_went(monkeypatch):
    def rules(**question):
        yield Removal("alte Dinge", 3)
        yield Removal("nichts", 0)
        raise RuntimeError("broken")

    monkeypatch.setattr(retention_rules, "functions", [rules])
    with pytest.raises(RuntimeError):
        call_command("prune")
    assert AuditRecord.objects.get().what == "Abgebrochen. Gelöscht: 3 × alte Dinge"


def test_trail_is_filtered_by_person_kind_and_day_and_offers_nothing_to_change(lead, entry):
    lead.client.get(reverse("admin:surveys_entry_change", args=[entry.pk]))
    url = reverse("admin:lib_auditrecord_changelist")
    page = lead.client.get(
        url, {"kind__exact": "read", "actor": str(lead.user), "at__gte": "2020-01-01 00:00:00+01:00"}
    )
    assert page.context["cl"].result_count == 1 and "Eintrag B1 gelesen" in page.content.decode()
    row = AuditRecord.objects.first()
    assert lead.client.post(reverse("admin:lib_auditrecord_change", args=[row.pk]), {}).status_code == 403
    assert lead.client.post(reverse("admin:lib_auditrecord_delete", args=[row.pk])).status_code == 403
    assert lead.client.get(url, {"what__startswith": "a"}).status_code == 400


def test_pages_of_a_paper_return_are_the_only_way_in_beside_the_form():
    """Who adds a page to the admin of responses adds it to ``CUSTOM``."""
    own = {a.name for a in all_addresses() if a.name.startswith(("admin:surveys_response_", "admin:surveys_entry_"))}
    standard = {"add", "autocomplete", "change", "changelist", "delete", "history"}
    assert {name for name in own if name.rpartition("_")[2] not in standard} <= set(CUSTOM)
