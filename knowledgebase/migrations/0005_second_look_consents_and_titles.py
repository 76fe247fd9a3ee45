"""Changes that wait for a second look, when contacts consented and were told, and titles that only the published own.

The history names no contact any more, neither in the snapshots nor in the notes of the admin.
"""

import json
import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AUDIENCES = [
    ("municipality-small", "Gemeinde unter 5.000 Einwohnern"),
    ("municipality-medium", "Gemeinde mit 5.000 bis 20.000 Einwohnern"),
    ("municipality-large", "Stadt über 20.000 Einwohner"),
    ("district", "Landkreis"),
    ("it-provider", "IT-Dienstleister der Verwaltung"),
    ("company-micro", "Unternehmen bis 9 Beschäftigte"),
    ("company-small", "Unternehmen mit 10 bis 49 Beschäftigten"),
    ("company-medium", "Unternehmen mit 50 bis 249 Beschäftigten"),
    ("training-company", "Ausbildungsbetrieb"),
    ("chamber", "Kammer"),
    ("association", "Verein"),
]
CONTACT = "Ansprechperson"
NAMED = re.compile(rf"{CONTACT} [„“”\"].*?\((fachlich|technisch|rechtlich)\)[„“”\"]")
CUT_OFF = re.compile(rf"{CONTACT} [„“”\"].*")
"""What was too long for its column lost the end of the name."""
LAST_ROLE = re.compile(r"\(([^()]*)\)$")


def take_names_out_of_the_history(apps, schema_editor):
    alias = schema_editor.connection.alias
    snapshots = apps.get_model("knowledgebase", "Snapshot").objects.using(alias)
    for snapshot in snapshots.filter(message__contains=CONTACT).only("pk", "message"):
        snapshots.filter(pk=snapshot.pk).update(message=without_name(snapshot.message))
    entries = apps.get_model("admin", "LogEntry").objects.using(alias)
    ours = {"content_type__app_label": "knowledgebase", "content_type__model": "solution"}
    for entry in entries.filter(**ours, change_message__startswith="[").only("pk", "change_message"):
        entries.filter(pk=entry.pk).update(change_message=without_names(entry.change_message))


def without_name(message):
    """The sentence with the role of each person in place of the name."""
    known = NAMED.sub(rf"{CONTACT} (\1)", message)
    return CUT_OFF.sub(CONTACT, known) if CUT_OFF.search(known) else known


def without_names(text):
    """The same for the note that the admin keeps as JSON."""
    try:
        parts = json.loads(text)
    except ValueError:
        return text
    for told in [told for part in parts for told in part.values() if told.get("name") == CONTACT]:
        role = LAST_ROLE.search(told.get("object", ""))
        told["object"] = role[1] if role else ""
    return json.dumps(parts)


def number_titles(apps, schema_editor):
    """On the way back no two entries may have the same title."""
    solutions = apps.get_model("knowledgebase", "Solution").objects.using(schema_editor.connection.alias)
    seen = set()
    for pk, title in solutions.order_by("pk").values_list("pk", "title"):
        if title in seen:
            title = f"{title[:100]} ({pk})"
            solutions.filter(pk=pk).update(title=title)
        seen.add(title)


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("knowledgebase", "0004_existing_solutions_have_a_first_snapshot"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_names_out_of_the_history, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="publicservice", name="service_ozg_id"),
        migrations.AlterField(
            model_name="audience",
            name="kind",
            field=models.CharField(choices=AUDIENCES, max_length=20, verbose_name="geeignet für"),
        ),
        migrations.AddField(
            model_name="contact",
            name="consent_noted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Einwilligung festgehalten"),
        ),
        migrations.AddField(
            model_name="contact",
            name="told_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="über die Veröffentlichung unterrichtet"
            ),
        ),
        migrations.RemoveField(model_name="reuse", name="organisation"),
        migrations.AddField(
            model_name="reuse",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="seit der Meldung geändert von",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="changed_alone_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="seit der Veröffentlichung geändert am"),
        ),
        migrations.AddField(
            model_name="solution",
            name="changed_alone_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="seit der Veröffentlichung geändert von",
            ),
        ),
        migrations.AlterField(
            model_name="solution",
            name="title",
            field=models.CharField(max_length=120, verbose_name="Titel"),
        ),
        migrations.RunPython(migrations.RunPython.noop, number_titles),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("title",),
                name="one_published_solution_per_title",
                violation_error_message="Eine Lösung mit diesem Titel gibt es schon.",
            ),
        ),
    ]
