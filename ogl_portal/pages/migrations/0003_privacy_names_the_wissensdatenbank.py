"""The page on privacy says what the Wissensdatenbank keeps; a text that the operator has changed stays as it is."""

from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parent / "required_pages" / "privacy.md"
BEFORE = "## Wer auf öffentlichen Seiten mit Namen steht\n"
NEW = """## Wenn Sie suchen

Wonach Sie suchen, speichern wir nicht. Nur was niemand findet, zählen wir: die Wörter, wie oft und an welchen Tagen, ohne Sie und Ihren Anschluss. So merken wir, was fehlt. Nach 180 Tagen ohne eine weitere solche Suche löschen wir die Wörter.

## Wenn Sie auf eine Lösung hinweisen oder eine Nachnutzung melden

Ihr Hinweis auf eine Lösung liegt bei der OGL-Leitung. Name und E-Mail-Adresse sind freiwillig. Lehnt sie ihn ab, wird er nach 90 Tagen gelöscht; wird ein Eintrag daraus, löschen wir nach 90 Tagen Ihren Namen und Ihre Adresse.

Von einer Nachnutzung stehen die Organisation, ihr Ort und Ihre Angaben zur Nutzung öffentlich bei der Lösung, sobald eine zweite Person sie bestätigt hat. Ihr Name und Ihre Adresse stehen nirgends öffentlich. Wir brauchen die Adresse, um nach einem Jahr zu fragen, ob es noch stimmt. Abgelehnte Meldungen löschen wir nach 90 Tagen; endet eine Nutzung oder antworten Sie nicht auf unsere Frage, löschen wir 90 Tage danach Ihren Namen und Ihre Adresse.

## Wenn Sie Ansprechperson einer Lösung sind

Ihr Name, Ihre Rolle und Ihre E-Mail-Adresse stehen nur mit Ihrer Einwilligung bei der Lösung, auch im PDF und in den offenen Daten. Wir speichern den Wortlaut und wann die Einwilligung festgehalten wurde. Bei der Veröffentlichung bekommen Sie eine Mail mit einem Link, mit dem Sie das jederzeit sofort beenden. Läuft die Einwilligung ab, stehen Sie vom nächsten Tag an nicht mehr da, und nach 90 Tagen löschen wir die Angaben.

"""


def shipped() -> str:
    return SHIPPED.read_text(encoding="utf-8")


def replace(apps, schema_editor, *, old, new):
    pages = apps.get_model("pages", "Page").objects.using(schema_editor.connection.alias)
    pages.filter(key="privacy", body=old).update(body=new)


def add_sections(apps, schema_editor):
    replace(apps, schema_editor, old=shipped(), new=shipped().replace(BEFORE, NEW + BEFORE))


def take_sections_away(apps, schema_editor):
    replace(apps, schema_editor, old=shipped().replace(BEFORE, NEW + BEFORE), new=shipped())


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_required_pages")]

    operations = [migrations.RunPython(add_sections, take_sections_away)]
