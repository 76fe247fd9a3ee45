"""Datenschutz and Hilfe name signed-in browsers, the second factor, subscriptions and the page of one's own data.

They are the operator's to word: only sentences of the shipped texts are replaced: what the operator has worded anew stays as it is.
"""

from django.db import migrations
from django.db.models import F

CHANGES = [
    (
        "privacy",
        "Das Cookie gilt höchstens 14 Tage und endet, wenn Sie sich abmelden.",
        "Das Cookie gilt 14 Tage ab der letzten Nutzung und endet, wenn Sie sich abmelden.",
    ),
    (
        "privacy",
        "Von Mails, die das Portal verschickt, bleibt gespeichert,",
        "Solange Sie angemeldet sind, speichern wir, mit welchem Browser auf welcher Art von Gerät (zum Beispiel "
        "„Firefox auf Windows“), seit wann und wann zuletzt. So können Sie fremde Anmeldungen "
        "[erkennen und beenden](/mein-bereich/geraete/). Die IP-Adresse gehört nicht dazu. Wer in der Verwaltung "
        "arbeitet, hat einen zweiten Faktor: Gespeichert sind das Geheimnis der App und Prüfwerte der Backup-Codes, bis "
        "er entfernt wird.\n\nVon Mails, die das Portal verschickt, bleibt gespeichert,",
    ),
    (
        "privacy",
        "Schreiben Sie dazu an die Adresse im [Impressum](/impressum/).",
        "Wer angemeldet ist, sieht unter [Meine Daten](/mein-bereich/daten/), was gespeichert ist, nimmt es als Datei mit "
        "und löscht es. Sonst schreiben Sie an die Adresse im [Impressum](/impressum/).",
    ),
    (
        "privacy",
        "Für das Abo einer Serie speichern wir",
        "Für das Abo einer Serie oder einer Zielgruppe speichern wir",
    ),
    (
        "help",
        "Sie bleiben auf diesem Gerät bis zu 14 Tage angemeldet.",
        "Sie bleiben auf diesem Gerät angemeldet, bis Sie das Portal 14 Tage lang nicht benutzen. In "
        "[Mein Bereich](/mein-bereich/) sehen Sie, wo Sie angemeldet sind, und melden andere Geräte ab.",
    ),
]


def reword(apps, schema_editor):
    for key, before, after in CHANGES:
        replace(apps, schema_editor, key, before, after)


def take_back(apps, schema_editor):
    for key, before, after in CHANGES:
        replace(apps, schema_editor, key, after, before)


def replace(apps, schema_editor, key: str, old: str, new: str) -> None:
    """Change the text, and let a form that was opened before know that it is outdated."""
    pages = apps.get_model("pages", "Page").objects.using(schema_editor.connection.alias)
    for page in pages.filter(key=key, body__contains=old):
        pages.filter(pk=page.pk).update(body=page.body.replace(old, new, 1), revision=F("revision") + 1)


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_privacy_of_registrations")]

    operations = [migrations.RunPython(reword, take_back)]
