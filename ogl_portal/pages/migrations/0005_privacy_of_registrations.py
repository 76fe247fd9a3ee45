"""The Datenschutz page names what registrations and subscriptions keep; it is the operator's to word from then on.

The section goes in front of a heading of the shipped text. Where the operator has taken that heading away, the text is
theirs alone and stays as it is.
"""

from django.db import migrations
from django.db.models import F

BEFORE = "## Wenn Sie eine Barriere melden"
SECTION = """\
## Wenn Sie sich zu einem Termin anmelden oder eine Serie abonnieren

Für die Anmeldung speichern wir Ihren Namen, Ihre E-Mail-Adresse und, wenn Sie sie nennen, Ihre Organisation. Die Angaben \
sieht nur die OGL-Leitung; sie dienen allein diesem Termin. Gezählt wird erst, was Sie mit dem Link aus unserer Mail \
bestätigen. Sie können sich jederzeit mit einem Klick abmelden. Gelöscht werden Ihre Angaben 30 Tage nach dem Termin, \
unbestätigte und zurückgezogene Anmeldungen nach 7 Tagen.

Für das Abo einer Serie speichern wir allein Ihre E-Mail-Adresse, bis Sie es beenden. Unbestätigte Abos löschen wir nach \
7 Tagen.

"""


def add(apps, schema_editor):
    for page in privacy(apps, schema_editor):
        if SECTION not in page.body:
            rewrite(page, page.body.replace(BEFORE, SECTION + BEFORE, 1))


def take_away(apps, schema_editor):
    for page in privacy(apps, schema_editor):
        rewrite(page, page.body.replace(SECTION, ""))


def privacy(apps, schema_editor):
    return apps.get_model("pages", "Page").objects.using(schema_editor.connection.alias).filter(key="privacy")


def rewrite(page, body: str) -> None:
    """Change the text, and let a form that was opened before know that it is outdated."""
    if body != page.body:
        type(page).objects.using(page._state.db).filter(pk=page.pk).update(body=body, revision=F("revision") + 1)


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_contact_requests")]

    operations = [migrations.RunPython(add, take_away)]
