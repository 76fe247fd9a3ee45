import json

import pytest
from django.core.management import CommandError, call_command

from knowledgebase.models import LifeSituation, PublicService

pytestmark = pytest.mark.django_db
HEAD = "art;bezeichnung;themenfeld;leika;ozg\n"
EXAMPLE = "knowledgebase/examples/ozg-beispiel.csv"
GOOD = "Lebenslage;Umziehen;Bauen & Wohnen;;\nLeistung;Wohnsitz ummelden;;12345678901234;10001\n"


@pytest.fixture
def run(tmp_path, capsys):
    """Write a file, import it, and return what the command says."""

    def run(content: str | bytes, name: str = "liste.csv", **options) -> str:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("import_ozg", str(file), **options)
        return capsys.readouterr().out

    return run


def stored() -> tuple[set, set]:
    situations = LifeSituation.objects.values_list("kind", "name", "ozg_field")
    return set(situations), set(PublicService.objects.values_list("name", "leika_key", "ozg_id"))


def test_import_takes_situations_and_services_and_twice_changes_nothing(run):
    assert "Lebens- und Geschäftslagen: 1 neu, 0 geändert, 0 unverändert." in run(HEAD + GOOD)
    expected = ({("L", "Umziehen", "bauen-wohnen")}, {("Wohnsitz ummelden", "12345678901234", "10001")})
    assert stored() == expected
    assert "Verwaltungsleistungen: 0 neu, 0 geändert, 1 unverändert." in run(HEAD + GOOD)
    assert stored() == expected


def test_import_changes_what_the_key_knows_and_deletes_nothing(run):
    run(HEAD + GOOD)
    said = run(HEAD + "Leistung;Ummelden;;12345678901234;10002\nLebenslage;Umziehen;Bildung;;\n")
    assert said.count("0 neu, 1 geändert, 0 unverändert") == 2
    assert stored() == ({("L", "Umziehen", "bildung")}, {("Ummelden", "12345678901234", "10002")})
    run(HEAD + "Geschäftslage;Umziehen;Bildung;;\n")
    assert LifeSituation.objects.count() == 2


def test_import_of_json_and_of_an_excel_file_gives_the_same(run):
    rows = [dict(zip(HEAD.strip().split(";"), line.split(";"), strict=True)) for line in GOOD.splitlines()]
    run(json.dumps(rows), "liste.JSON")
    first = stored()
    LifeSituation.objects.all().delete()
    PublicService.objects.all().delete()
    run(b"\xef\xbb\xbf" + (HEAD + GOOD).replace(";", ",").replace("\n", "\r\n").encode())
    assert stored() == first


def test_import_as_dry_run_says_what_would_happen(run):
    said = run(HEAD + GOOD, dry_run=True)
    assert said.count("1 neu, 0 geändert") == 2 and "Probelauf" in said
    assert stored() == (set(), set())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Leistung;X;;123;", "Zeile 4: LeiKa-Schlüssel: Der LeiKa-Schlüssel hat genau 14 Ziffern."),
        ("Leistung;X;;9,9E+13;", "Zeile 4: LeiKa-Schlüssel"),
        ("Leistung;X;;;1234", "Zeile 4: OZG-Nummer: Die OZG-Nummer hat genau 5 Ziffern."),
        ("Leistung;;;;", "Zeile 4: Bezeichnung: "),
        ("Leistung;" + "x" * 251 + ";;;", "Zeile 4: Bezeichnung: "),
        ("Leistung;Y;;12345678901234;", "Zeile 4: Das steht schon in Zeile 3."),
        ("Lebenslage;Umziehen;Bildung;;", "Zeile 4: Das steht schon in Zeile 2."),
        ("Lebenslage;X;Quatsch;;", "Zeile 4: „Quatsch“ ist keines der 14 Themenfelder des OZG."),
        ("Lage;X;Bildung;;", "Zeile 4: „Lage“ ist keine Art. Möglich sind Lebenslage, Geschäftslage und Leistung."),
        ("Leistung;X\x1f;;;", "Zeile 4: Der Text enthält unsichtbare Steuerzeichen."),
        ("Leistung;X;;;;mehr", "Zeile 4: Die Zeile hat mehr Spalten als die erste."),
    ],
)
def test_import_with_one_wrong_line_says_which_and_changes_nothing(run, line, message):
    with pytest.raises(CommandError) as refusal:
        run(HEAD + GOOD + line + "\n")
    assert message in str(refusal.value) and "Es wurde nichts geändert." in str(refusal.value)
    assert stored() == (set(), set())


def test_import_names_every_wrong_line(run):
    with pytest.raises(CommandError, match=r"(?s)Zeile 2: .*Zeile 4: "):
        run(HEAD + "Leistung;X;;1;\nLeistung;Y;;;\nLeistung;Z;;2;\n")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("", "a.csv", "Zeile 1: Es fehlt die Spalte art, bezeichnung."),
        (HEAD, "a.csv", "Die Datei enthält keine Einträge."),
        ("art;bezeichnung;farbe\n", "a.csv", "Die Spalte „farbe“ ist unbekannt."),
        (HEAD.encode() + "Leistung;Müll;;;".encode("cp1252"), "a.csv", "Zeile 2: Die Datei ist nicht in UTF-8"),
        (HEAD + 'Leistung;"' + "x" * 200_000 + '";;;\n', "a.csv", "lässt sich nicht als CSV lesen"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv", "größer als 10 MB"),
        ("[\n{\n", "a.json", "Zeile 3: Das ist kein gültiges JSON."),
        ("{}", "a.json", "Die Datei muss eine Liste von Einträgen sein."),
        ("[1]", "a.json", "Eintrag 1: Ein Eintrag hat nur art, bezeichnung"),
        ('[{"art": "Leistung", "bezeichnung": "X", "ozg": 10001}]', "a.json", "Eintrag 1: „ozg“ muss in Anführungs"),
        ('[{"art": "Leistung", "farbe": "X"}]', "a.json", "Eintrag 1: Ein Eintrag hat nur"),
        ("[" * 100_000, "a.json", "zu tief verschachtelt"),
    ],
)
def test_import_of_a_file_that_is_none_says_so(run, content, name, message):
    with pytest.raises(CommandError) as refusal:
        run(content, name)
    assert message in str(refusal.value)


def test_import_without_the_file_says_so():
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        call_command("import_ozg", "gibt-es-nicht.csv")


def test_import_of_the_example_works_and_its_keys_are_plainly_none(capsys):
    call_command("import_ozg", EXAMPLE)
    assert LifeSituation.objects.count() >= 5 and PublicService.objects.count() >= 5
    for service in PublicService.objects.all():
        assert "(Beispiel)" in service.name and service.leika_key[:12] in {"", "000000000000"}
