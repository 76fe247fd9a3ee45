"""The required pages as shipped; from then on their texts belong to the operator and are never overwritten."""

from datetime import date
from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).parent / "required_pages"
TITLES = {
    "imprint": "Impressum",
    "privacy": "Datenschutz",
    "accessibility": "Erklärung zur Barrierefreiheit",
    "plain-language": "Das Portal in Leichter Sprache",
    "help": "Hilfe",
}
REVIEWED_ON = {"accessibility": date(2026, 11, 22)}


def load(apps, schema_editor):
    pages = apps.get_model("pages", "Page").objects.using(schema_editor.connection.alias)
    for key, title in TITLES.items():
        body = (TEXTS / f"{key}.md").read_text(encoding="utf-8")
        pages.get_or_create(key=key, defaults={"title": title, "body": body, "reviewed_on": REVIEWED_ON.get(key)})


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_pages_and_barriers")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
