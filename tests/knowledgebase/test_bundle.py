"""The ZIP with solutions and files: all comes back into an empty portal, and what is wrong changes nothing."""

import json
import zipfile
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from knowledgebase import interchange
from knowledgebase.models import Attachment, Contact, Solution
from knowledgebase.open_data import bundle
from tests.factories.knowledgebase import make_attachment, make_published

from .whole import make_published_whole

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 Muster %%EOF"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "loesungen.zip"


def world() -> dict[str, dict]:
    """Every published solution by uuid, with its files."""
    shown = interchange.with_content(Solution.objects.all())
    dumps = {str(each.uuid): interchange.dump(each, contacts=True) for each in shown}
    files = {str(each.uuid): read(each) for each in Attachment.objects.all()}
    return {uuid: content | {"files": [files[row["uuid"]] for row in content["attachments"]]}
            for uuid, content in dumps.items()}  # fmt: skip


def read(attachment: Attachment) -> bytes:
    with attachment.file.open("rb") as file:
        return file.read()


def of_published(found: dict[str, dict]) -> dict[str, dict]:
    """Without entries and relations that no export tells of."""
    shown = {str(uuid) for uuid in Solution.objects.published().values_list("uuid", flat=True)}
    kept = {uuid: content for uuid, content in found.items() if uuid in shown}
    for content in kept.values():
        content["relations"] = [row for row in content["relations"] if row["other"] in shown]
    return kept


def test_export_of_the_demo_with_files_comes_back_into_an_empty_portal_field_by_field(path, capsys, kept_demo):
    with transaction.atomic():
        kept_demo.load()
        make_published_whole()
        before = of_published(world())
        call_command("export_solutions", str(path))
        transaction.set_rollback(True)
    assert not Solution.objects.exists() and not Attachment.objects.exists()
    linked = [step for content in before.values() for step in content["steps"] if step["attachment"]]
    assert len(linked) >= 3 and sum(len(content["files"]) for content in before.values()) >= 4
    call_command("import_solutions", str(path), "--create-missing", "--keep-consents")
    after = world()
    assert set(after) == set(before)
    assert {
        (uuid, name) for uuid in before for name in before[uuid] if before[uuid][name] != after[uuid][name]
    } == set()
    assert not Contact.objects.exclude(consent_wording__startswith=f"Übernommen aus {path.name}").exists()
    assert "nicht dabei" not in capsys.readouterr().out
    stored = set(default_storage.listdir("wissensdatenbank")[1])
    call_command("import_solutions", str(path))
    assert "geändert" not in capsys.readouterr().out and world() == after
    assert set(default_storage.listdir("wissensdatenbank")[1]) == stored


def packed(path, changes: dict, *, members: dict | None = None, row: dict | None = None) -> dict:
    """Write a ZIP with one new entry and its file, told otherwise by ``row``, with other ``members``."""
    facts = {"uuid": "0b7e3f0c-5d5e-4f53-9a77-0d2f6a0c2f11", "title": "Muster", "name": "muster.pdf", "size": len(PDF),
             "content_type": "application/pdf", "sha256": sha256(PDF).hexdigest()} | (row or {})  # fmt: skip
    document = {"solutions": [{"title": "Neu", "attachments": [facts]}]} | changes
    named = {bundle.DATA: json.dumps(document), bundle.member_of(facts): PDF} | (members or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named.items():
            if content is not None:
                archive.writestr(name, content)
    return facts


def refusal(path, capsys, *options) -> str:
    """All that is said of a ZIP that is refused; nothing is written, and nothing stored."""
    before = (Solution.objects.count(), Attachment.objects.count(), stored_files())
    with pytest.raises(CommandError) as refused:
        call_command("import_solutions", str(path), *options)
    assert (Solution.objects.count(), Attachment.objects.count(), stored_files()) == before
    return capsys.readouterr().out + str(refused.value)


def stored_files() -> list[str]:
    known = default_storage.exists("wissensdatenbank")
    return sorted(default_storage.listdir("wissensdatenbank")[1]) if known else []


MEMBER = "anlagen/0b7e3f0c-5d5e-4f53-9a77-0d2f6a0c2f11.pdf"
SCRIPT = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("members", "row", "message"),
    [
        ({MEMBER: None}, {}, f"Anlage „Muster“: Die Datei {MEMBER} fehlt in der ZIP-Datei."),
        ({MEMBER: b"%PDF-1.7 Andere %%EOF"}, {}, "Anlage „Muster“: Die Datei passt nicht zu Größe und Prüfsumme"),
        ({}, {"size": 7}, "passt nicht zu Größe und Prüfsumme"),
        ({MEMBER: bytes(11_000_000)}, {}, "Anlage „Muster“: Die Datei ist größer als 10 MB."),
        ({MEMBER: SCRIPT}, {"sha256": sha256(SCRIPT).hexdigest(), "size": len(SCRIPT)}, "ist keine Datei, die wir"),
        ({}, {"name": "muster.exe"}, "Dateiname oder Dateiart passen nicht zum Inhalt"),
        ({}, {"name": "../../muster.pdf"}, "Dateiname oder Dateiart passen nicht zum Inhalt"),
        ({"../../evil.pdf": b"x"}, {}, "einen Pfad, der hinausführt: „../../evil.pdf“"),
        ({"C:\\evil.pdf": b"x"}, {}, "einen Pfad, der hinausführt"),
        ({bundle.DATA: None}, {}, "In der ZIP-Datei fehlt loesungen.json"),
        ({bundle.DATA: b"{"}, {}, "Hier ist das JSON kaputt"),
        ({bundle.DATA: b'{"solutions": []}' + b" " * 11_000_000}, {}, "loesungen.json ist größer als 10 MB"),
    ],
)  # fmt: skip
def test_zip_with_something_wrong_is_refused_and_nothing_changes(path, capsys, members, row, message):
    packed(path, {}, members=members, row=row)
    assert message in refusal(path, capsys)


def test_zip_that_unpacks_to_too_much_or_is_none_is_refused(path, capsys):
    packed(path, {}, members={f"mehr/{number}": bytes(700_000) for number in range(3)})
    assert "Ausgepackt hat die ZIP-Datei mehr als 2 MB" in refusal(path, capsys, "--max-mb", "2")
    path.write_bytes(b"PK\x03\x04 kaputt")
    assert "Das ist keine ZIP-Datei" in refusal(path, capsys)


def test_broken_bytes_and_an_attachment_of_another_entry_are_refused(path, capsys):
    packed(path, {}, members={MEMBER: PDF})
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(MEMBER).header_offset + 30 + len(MEMBER)
    path.write_bytes(content[:start] + b"\xff" * 8 + content[start + 8 :])
    assert "lässt sich nicht auspacken" in refusal(path, capsys)
    other = make_attachment(make_published())
    packed(path, {}, row={"uuid": str(other.uuid)})
    assert "gehört schon zu einer anderen Anlage" in refusal(path, capsys)


def test_dry_run_stores_no_file_and_a_new_file_takes_the_place_of_the_old(
    path, capsys, django_capture_on_commit_callbacks
):
    solution = make_published()
    attachment = make_attachment(solution)
    attachment.file.delete()
    Attachment.objects.filter(pk=attachment.pk).update(sha256="0" * 64)
    before, pk = stored_files(), attachment.pk
    row = {"uuid": str(attachment.uuid), "title": "Neue Fassung"}
    packed(path, {}, row=row)
    document = json.loads(zipfile.ZipFile(path).read(bundle.DATA))
    packed(path, {"solutions": [document["solutions"][0] | {"uuid": str(solution.uuid)}]}, row=row)
    call_command("import_solutions", str(path), "--dry-run")
    assert "geändert: Titel, Anlagen" in capsys.readouterr().out and stored_files() == before
    with django_capture_on_commit_callbacks(execute=True):
        call_command("import_solutions", str(path))
    attachment = Attachment.objects.get()
    assert (attachment.title, read(attachment), attachment.pk) == ("Neue Fassung", PDF, pk)


def test_export_without_a_file_that_is_lost_writes_nothing(path):
    attachment = make_attachment(make_published(title="Fundbüro"))
    default_storage.delete(attachment.file.name)
    with pytest.raises(CommandError, match="„Fundbüro“, Anlage „Muster“: Die Datei fehlt oder ist beschädigt"):
        call_command("export_solutions", str(path))
    assert not list(path.parent.iterdir())
