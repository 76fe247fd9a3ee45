"""manage.py import_solutions: what was exported comes back, and what is wrong changes nothing."""

import csv
import json
import uuid
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledgebase import interchange, workflow
from knowledgebase.models import Attachment, LifeSituation, PublicService, Snapshot, Solution
from knowledgebase.open_data import csv_file, documents, json_file, publiccode
from ogl_portal.directory.models import Organisation
from ogl_portal.lib.text import plain
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import make_complete, make_draft, make_published, make_reuse

from .whole import make_published_whole

pytestmark = pytest.mark.django_db
WRITERS = {"json": json_file.write, "csv": csv_file.write}
NOT_EXPORTED = {"attachments"}
"""What stays behind: the files themselves are no part of these exports, but of the ZIP (test_bundle.py)."""


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a file with this content; what it printed, or the error it ended with."""

    def run_on(content, *options, name="loesungen.json") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("import_solutions", str(path), *options)
        return capsys.readouterr().out

    return run_on


@pytest.fixture
def refused(run, capsys):
    """The same for a file that is refused: all that was said, and nothing is written."""

    def run_on(content, *options, **names) -> str:
        before = everything()
        with pytest.raises(CommandError) as refusal:
            run(content, *options, **names)
        assert everything() == before
        return capsys.readouterr().out + str(refusal.value)

    return run_on


def everything() -> tuple:
    solutions = interchange.with_content(Solution.objects.order_by("pk"))
    models = [Organisation, LifeSituation, PublicService, Snapshot]
    dumps = [(each.status, each.revision, interchange.dump(each, contacts=True)) for each in solutions]
    return dumps, *(model.objects.count() for model in models)


def exported(kind: str) -> str:
    return "".join(WRITERS[kind]())


def as_file(*entries: dict, **head) -> str:
    return json.dumps({"solutions": list(entries), **head})


def dumps() -> dict[str, dict]:
    """The content of every solution by uuid, as far as an export carries it."""
    found = [interchange.dump(each, contacts=True) for each in interchange.with_content(Solution.objects.all())]
    for content in found:
        for step in content["steps"]:
            step["attachment"] = None
    return {each["uuid"]: {name: each[name] for name in each.keys() - NOT_EXPORTED} for each in found}


def published_dumps() -> dict[str, dict]:
    shown = {str(uuid) for uuid in Solution.objects.published().values_list("uuid", flat=True)}
    found = {uuid: content for uuid, content in dumps().items() if uuid in shown}
    for content in found.values():
        content["relations"] = [row for row in content["relations"] if row["other"] in shown]
    return found


# There and back


def test_export_of_the_demo_as_csv_comes_back_field_by_field(run, kept_demo):
    """As JSON it does in test_bundle.py."""
    with transaction.atomic():
        kept_demo.load()
        before, text = published_dumps(), exported("csv")
        transaction.set_rollback(True)
    assert len(before) > 5 and not Solution.objects.exists()
    run(text, "--create-missing", "--keep-consents", name="export.csv")
    after = dumps()
    assert set(Solution.objects.values_list("status", flat=True)) == {"draft"}
    assert set(after) == set(before)
    assert {
        (each, name) for each in before for name in before[each] if before[each][name] != after[each][name]
    } == set()


@pytest.mark.parametrize("kind", WRITERS)
def test_export_of_whole_entries_comes_back_field_by_field(run, kind):
    with transaction.atomic():
        make_reuse(make_published_whole())
        before, text = published_dumps(), exported(kind)
        transaction.set_rollback(True)
    out = run(text, "--create-missing", "--keep-consents", name=f"export.{kind}")
    assert dumps() == before
    assert "Die Datei zu „Muster“ ist nicht dabei" in out
    assert "Verwaltungsleistung „Eintragung“: angelegt" in out


HOSTILE = st.text(min_size=1, max_size=60).map(plain).filter(lambda text: text.strip())
LINE = HOSTILE.map(lambda text: text.replace("\n", " ").replace("\r", " ")).filter(str.strip)


@pytest.mark.parametrize("kind", WRITERS)
@settings(
    max_examples=settings.default.max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(title=LINE, summary=LINE, text=HOSTILE, features=st.lists(LINE, max_size=4))
def test_export_of_hostile_texts_comes_back(run, kind, title, summary, text, features):
    made = timezone.now()  # consents here end with the day
    with time_machine.travel(made, tick=False), transaction.atomic():
        fields = {"title": f"T{title}", "summary": summary, "problem": text, "features": "\n".join(features)}
        solution = make_published(**fields)
        solution.steps.create(position=2, title=summary, text=text, role=title)
        before, file = published_dumps(), exported(kind)
        transaction.set_rollback(True)
    with time_machine.travel(made, tick=False), transaction.atomic():
        run(file, "--create-missing", "--keep-consents", name=f"export.{kind}")
        assert dumps() == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", WRITERS)
def test_export_into_the_same_portal_changes_nothing(run, kind):
    make_published_whole()
    before = everything()
    out = run(exported(kind), name=f"export.{kind}")
    assert "2 unverändert" in out
    assert everything() == before


def test_publiccode_comes_back_as_far_as_it_goes(run):
    with transaction.atomic():
        solution = make_published_whole(maintenance="contract", maintained_until="2030-01-01")
        before = dumps()[str(solution.uuid)]
        text = publiccode.write(documents.with_use(Solution.objects.all()).get(pk=solution.pk))
        transaction.set_rollback(True)
    out = run(text, "--create-missing", name="publiccode.yml")
    [after] = dumps().values()
    carried = {"title", "summary", "description", "features", "kind", "stage", "software_type", "platforms",
               "languages", "software_version", "released_on", "licence", "links", "maintenance",
               "maintained_until"}  # fmt: skip
    assert {name: after[name] for name in carried} == {name: before[name] for name in carried}
    imported = Solution.objects.get()
    assert imported.publisher.name.startswith("Organisation")
    assert imported.operator.website == "https://betrieb.example.org"
    assert "Nicht übernommen: usedBy" not in out
    assert "Themen und Zielgruppen wählen Sie bitte in der Verwaltung" in out


def test_publiccode_of_known_software_changes_it(run):
    solution = make_published_whole()
    text = publiccode.write(documents.with_use(Solution.objects.all()).get(pk=solution.pk))
    assert "unverändert" in run(text, name="publiccode.yml")
    out = run(text.replace("softwareVersion: '1.10'", "softwareVersion: '1.11'"), name="publiccode.yml")
    assert "geändert: Version der Software" in out
    solution.refresh_from_db()
    assert (solution.software_version, solution.status) == ("1.11", "published")


# New and known entries


def test_new_entry_is_a_draft_with_history(run):
    out = run(as_file({"title": "Digitales Fundbüro", "summary": "Gefunden."}))
    solution = Solution.objects.get()
    assert (solution.status, solution.slug, solution.published_at) == ("draft", "digitales-fundbuero", None)
    assert solution.snapshots.get().message == "Importiert aus loesungen.json."
    assert out.splitlines() == ["Eintrag 1 „Digitales Fundbüro“: neu als Entwurf", "Übernommen: 1 neu als Entwurf."]


def test_known_entry_changes_what_the_file_mentions_and_keeps_its_state(run):
    solution = make_published(title="Alt", summary="Alt.")
    revision = solution.revision
    out = run(as_file({"uuid": str(solution.uuid), "title": "Neu", "slug": "anders", "features": ["Schnell"]}))
    assert "Eintrag 1 „Neu“: geändert: Titel, Funktionen" in out
    slug = solution.slug
    solution.refresh_from_db()
    assert (solution.title, solution.summary, solution.slug, solution.status) == ("Neu", "Alt.", slug, "published")
    assert solution.revision > revision
    assert solution.snapshots.first().content["title"] == "Neu"


def test_known_entry_keeps_its_contacts(run):
    solution = make_published()
    run(as_file({"uuid": str(solution.uuid), "contacts": []}))
    assert solution.contacts.count() == 1


def test_published_entry_stays_complete(refused):
    solution = make_published()
    said = refused(as_file({"uuid": str(solution.uuid), "steps": []}))
    assert "Die Lösung ist veröffentlicht, und danach fehlte: mindestens ein Schritt" in said


def test_contacts_come_without_consent_unless_asked_for(run):
    with transaction.atomic():
        make_published()
        text = exported("json")
        transaction.set_rollback(True)
    run(text, "--create-missing")
    contact = Solution.objects.get().contacts.get()
    assert (contact.name, contact.consented_on, contact.valid_until) == ("Karla Kontakt", None, None)
    assert not contact.is_public


def test_entries_may_refer_to_each_other_in_any_order(run):
    first, second = (str(uuid.uuid4()) for _ in range(2))
    run(as_file({"uuid": first, "title": "A", "relations": [{"kind": "needs", "other": second}]},
                {"uuid": second, "title": "B", "relations": [{"kind": "alternative", "other": first}]}))  # fmt: skip
    assert Solution.objects.get(title="A").relations.get().other.title == "B"


def test_relation_to_an_entry_that_is_not_here_is_named(run):
    other = str(uuid.uuid4())
    out = run(as_file({"title": "A", "relations": [{"kind": "needs", "other": other}]}))
    assert f"Hinweis: verwandte Lösungen: „{other}“ gibt es hier nicht." in out


def test_entries_with_the_same_kind_of_name_get_addresses_of_their_own(run):
    make_draft(slug="fundbuero")
    run(as_file({"title": "Fundbüro"}, {"title": "Fundbuero"}, {"title": "Drittes", "slug": "fundbuero-2"}))
    assert set(Solution.objects.values_list("slug", flat=True)) == {
        "fundbuero", "fundbuero-2", "fundbuero-3", "fundbuero-4",
    }  # fmt: skip


def test_attachment_that_is_still_here_is_described_anew(run):
    solution = make_published_whole()
    content = interchange.dump(solution)
    rows = [row | {"title": "Neuer Name"} for row in content["attachments"]]
    out = run(as_file({"uuid": content["uuid"], "attachments": rows}))
    assert "geändert: Anlagen" in out
    assert Attachment.objects.get().title == "Neuer Name"


# Dry run


def test_dry_run_says_what_would_happen_and_changes_nothing(run):
    known, same = make_published(title="Bekannt"), make_published(title="Gleich")
    entries = [{"title": "Neue"}, {"uuid": str(known.uuid), "summary": "Anders."}, interchange.dump(same)]
    before = everything()
    lines = run(as_file(*entries), "--dry-run").splitlines()
    assert lines == [
        "Eintrag 1 „Neue“: neu als Entwurf",
        "Eintrag 2: geändert: in einem Satz",
        "Eintrag 3 „Gleich“: unverändert",
        "Probe, nichts wurde geändert: 1 neu als Entwurf, 1 geändert, 1 unverändert.",
    ]
    assert everything() == before


def test_dry_run_names_faults_beside_what_would_happen(refused):
    said = refused(as_file({"title": "Gut"}, {"title": "Schlecht", "kind": "quatsch"}), "--dry-run")
    assert "Eintrag 1 „Gut“: neu als Entwurf" in said
    assert "Eintrag 2 „Schlecht“: abgelehnt\n  Art (kind): Wert 'quatsch'" in said


def test_dry_run_creates_no_organisations(run):
    organisation = {"slug": "neu", "name": "Neue GmbH"}
    text = as_file({"title": "A", "publisher": "neu"}, organisations=[organisation])
    assert "Organisation „Neue GmbH“: angelegt" in run(text, "--create-missing", "--dry-run")
    assert not Organisation.objects.filter(slug="neu").exists()


# What is refused


def test_one_wrong_entry_stops_all(refused):
    said = refused(as_file({"title": "Gut"}, {"title": "Schlecht", "topics": ["mondfahrt"]}))
    assert "Themen (topics): „mondfahrt“ gibt es hier nicht." in said
    assert "Nichts wurde geändert" in said


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({}, "Der Titel (title) fehlt"),
        ([], "Eintrag 1: abgelehnt\n  Hier wird ein Eintrag mit Namen und Werten erwartet"),
        (None, "Hier wird ein Eintrag"),
        ({"title": "A", "state": "published"}, "Das Feld „state“ kennt das Portal nicht"),
        ({"title": "A", "status": "published"}, "Das Feld „status“ kennt das Portal nicht"),
        ({"title": "A", "publisher": "wer"}, "Die Organisation „wer“ gibt es hier nicht"),
        ({"title": "A", "services": [{"name": "X"}]}, "Verwaltungsleistungen (services): „X“ gibt es hier nicht"),
        ({"title": "A", "description": "x" * 21_000}, "Beschreibung (description): Der Text ist zu lang"),
        ({"title": "A", "problem": "a\0b"}, "Ausgangslage (problem): enthält Zeichen, die kein Text sind"),
        ({"title": "A", "effort_days_from": 3, "effort_days_to": 1}, "Bitte geben Sie die Personentage von–bis an"),
        ({"title": "A", "once_kind": "range"}, "Bitte geben Sie die einmaligen Kosten von–bis an"),
        ({"title": "A", "slug": "vorschlagen"}, "Adresse"),
        ({"title": "Vergeben"}, "Der Titel „Vergeben“ gehört schon zu einer anderen Lösung"),
        ({"title": "A", "slug": "vergeben"}, "Die Adresse „vergeben“ gehört schon zu einer anderen Lösung"),
    ],
)  # fmt: skip
def test_wrong_entry_is_refused_with_the_reason(refused, entry, message):
    make_draft(title="Vergeben", slug="vergeben")
    assert message in refused(as_file(entry))


@pytest.mark.parametrize("name", ["uuid", "title", "slug"])
def test_entries_that_claim_the_same_are_refused(refused, name):
    entries = [{"uuid": str(uuid.uuid4()), "title": f"T{number}", "slug": f"s{number}"} for number in range(2)]
    entries[1][name] = entries[0][name]
    assert "steht mehrmals in der Datei" in refused(as_file(*entries))


def test_hostile_markdown_is_text_and_shown_as_such(run, visitor):
    solution = make_published()
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> " + "Wort " * 30
    run(as_file({"uuid": str(solution.uuid), "description": hostile}))
    html = visitor.client.get(solution.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Zeile 1, Spalte 1: Hier ist das JSON kaputt"),
        (b'{"solutions": [\n{"title": }]}', "Zeile 2, Spalte 11: Hier ist das JSON kaputt"),
        (b"\xff\xfe", "Zeile 1: Die Datei ist kein Text in UTF-8"),
        (b'{"solutions": [],\n"x": "\xff"}', "Zeile 2: Die Datei ist kein Text in UTF-8"),
        (b"[]", "fehlt die Liste „solutions“"),
        (b'{"solutions": {}}', "fehlt die Liste „solutions“"),
        (b'{"solutions": [], "solutions": []}', "„solutions“ steht in der Datei zweimal"),
        (b'{"solutions": [NaN]}', "eine Zahl, die keine ist"),
        (b'{"solutions": [' + b"9" * 5000 + b"]}", "eine Zahl, die keine ist"),
        (b"[" * 100_000, "zu tief verschachtelt"),
        (b'{"solutions": [], "format_version": 2}', "Die Datei hat das Format 2; lesbar ist 1"),
        (b'{"solutions": [], "organisations": 1}', "„organisations“ muss eine Liste"),
    ],
)  # fmt: skip
def test_json_that_is_none_is_refused(refused, content, message):
    assert message in refused(content)


HEAD = "uuid;title;summary\r\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Zeile 1: Die Spalte „title“ fehlt"),
        ("uuid,title\n", "Zeile 1: Die Spalte „uuid,title“ kennt das Portal nicht"),
        ("title;title\n", "oder eine ist doppelt"),
        (HEAD + ";A\r\n", "Zeile 2: abgelehnt\n  Die Zeile hat 2 statt 3 Zellen"),
        (HEAD + ';"A\r\nB";x\r\n;C\r\n', "Zeile 4: abgelehnt"),
        (HEAD + ';"A"B;\r\n', "Zeile 2: Hier ist die Tabelle kaputt"),
        (HEAD + ';"offen', "Zeile 2: Hier ist die Tabelle kaputt"),
        ("title;duration_weeks\nA;bald\n", "Zeile 2 „A“: abgelehnt\n  Dauer in Wochen (duration_weeks): „bald“"),
        ("title;is_example\nA;vielleicht\n", "(is_example): „vielleicht“ ist nicht lesbar"),
        ("title;steps\nA;[1\n", "Schritte (steps): „[1“ ist nicht lesbar"),
        ("title;steps\nA;{}\n", "Schritte (steps): muss eine Liste von Angaben"),
        ("title;attachments\nA;[1]\n", "Anlagen (attachments): muss eine Liste von Angaben"),
        (b"title\n\xff", "Zeile 2: Die Datei ist kein Text in UTF-8"),
    ],
)  # fmt: skip
def test_csv_that_is_wrong_is_refused_with_the_line(refused, content, message):
    assert message in refused(content, name="loesungen.csv")


def test_csv_that_a_german_spreadsheet_has_saved_is_understood(run):
    solution = make_published_whole()
    rows = list(csv.reader(StringIO(exported("csv").removeprefix("\ufeff"), newline=""), delimiter=";"))
    place = {name: number for number, name in enumerate(rows[0])}
    row = next(row for row in rows if row[0] == str(solution.uuid))
    row[place["released_on"]], row[place["is_example"]] = "27.05.2021", "FALSCH"
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    assert "2 unverändert" in run("\ufeff" + text.getvalue(), name="loesungen.csv")


def test_publiccode_that_is_wrong_is_refused_with_the_line(refused):
    assert "Zeile 2: Verweise" in refused("a: &a [x]\nb: [*a]\n", name="publiccode.yml")


def test_large_file_is_refused_unless_asked_for(refused, run):
    text = as_file({"title": "A"}) + " " * 10_000_000
    assert "hat mehr als 10 MB" in refused(text)
    assert "1 neu als Entwurf" in run(text, "--max-mb", "20")


def test_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="lässt sich nicht öffnen: No such file"):
        call_command("import_solutions", str(tmp_path / "nichts.json"))
    with pytest.raises(CommandError, match="lässt sich nicht öffnen"):
        call_command("import_solutions", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "content"),
    [("daten", '\ufeff {"solutions": []}'), ("daten", "title\nA\n"), ("daten.txt", "publiccodeYmlVersion: '0.5'\n")],
)
def test_format_is_told_by_the_content_where_the_name_says_nothing(run, name, content):
    try:
        assert "Übernommen" in run(content, name=name)
    except CommandError as refusal:
        assert "name: Dieser Schlüssel fehlt" in str(refusal)


def test_format_may_be_named(refused):
    assert "JSON kaputt" in refused("title\nA\n", "--format", "json", name="loesungen.csv")


# Organisations and lists


def test_missing_organisation_is_created_when_asked_for(run):
    facts = {"slug": "neu", "name": "Neue GmbH", "kind": "small-company", "place": "Musterdorf"}
    unused = {"slug": "unbenutzt", "name": "Unbenutzt"}
    run(as_file({"title": "A", "publisher": "neu"}, organisations=[facts, unused]), "--create-missing")
    assert Solution.objects.get().publisher.place == "Musterdorf"
    assert not Organisation.objects.filter(slug="unbenutzt").exists()


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"slug": "neu"}, "Name (name) fehlt"),
        ({"slug": "neu", "name": "N", "kind": "quatsch"}, "Art (kind)"),
        ({"slug": "neu", "name": "N", "fremd": 1}, "„fremd“ kennt das Portal nicht"),
        ({"slug": "neu", "name": "N\0"}, "Zeichen, die kein Text sind"),
        ({"slug": "neu", "name": "Vergeben"}, "So heißt hier schon die Organisation mit dem Kürzel „vergeben“"),
    ],
)
def test_missing_organisation_with_faults_is_refused(refused, facts, message):
    make_organisation(name="Vergeben", slug="vergeben")
    said = refused(as_file({"title": "A", "publisher": "neu"}, organisations=[facts]), "--create-missing")
    assert message in said


def test_missing_topic_is_never_created(refused):
    assert "„neu“ gibt es hier nicht" in refused(as_file({"title": "A", "topics": ["neu"]}), "--create-missing")


def test_service_whose_key_belongs_to_another_is_refused(refused):
    PublicService.objects.create(name="Anders", leika_key="9" * 14)
    entry = {"title": "A", "services": [{"name": "Eintragung", "leika_key": "9" * 14}]}
    assert "LeiKa-Schlüssel gibt es schon" in refused(as_file(entry), "--create-missing")


def test_draft_that_somebody_submitted_stays_submitted(run):
    solution = make_complete()
    workflow.submit_solution(solution=solution, by=None)
    run(as_file({"uuid": str(solution.uuid), "summary": "Neu."}))
    solution.refresh_from_db()
    assert (solution.status, solution.summary) == ("submitted", "Neu.")


NAMES = ["title", "uuid", "steps", "topics", "kind", "url", "attachments", "effort_days_to", "services", "contacts"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), each, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=settings.default.max_examples * 6 // 5)
@given(ANYTHING)
def test_check_of_any_values_is_an_answer(document):
    [entry], _ = json_file.read(json.dumps({"solutions": [document]}).encode())
    assert isinstance(interchange.check(entry.content), list)
