"""The audit trail, and what makes the database keep it.

A later migration that alters the table on SQLite builds it anew and so loses the triggers: it ends with ``install``.
"""

import django.utils.timezone
from django.db import migrations, models

REFUSAL = "audit records are neither changed nor deleted before their day"
SQLITE = [
    f"""CREATE TRIGGER audit_records_stay_as_written BEFORE UPDATE ON lib_auditrecord
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_records_stay_until_their_day BEFORE DELETE ON lib_auditrecord
    WHEN OLD.kept_until >= date('now') BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    # REPLACE deletes without asking the trigger above.
    f"""CREATE TRIGGER audit_records_are_not_replaced BEFORE INSERT ON lib_auditrecord
    WHEN NEW.id IN (SELECT id FROM lib_auditrecord) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",  # noqa: S608
]
POSTGRESQL = [
    f"""CREATE FUNCTION keep_audit_records() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.kept_until < CURRENT_DATE THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER audit_records_stay BEFORE UPDATE OR DELETE ON lib_auditrecord
    FOR EACH ROW EXECUTE FUNCTION keep_audit_records()""",
    """CREATE TRIGGER audit_records_are_not_emptied BEFORE TRUNCATE ON lib_auditrecord
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_records()""",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS audit_records_stay_as_written",
        "DROP TRIGGER IF EXISTS audit_records_stay_until_their_day",
        "DROP TRIGGER IF EXISTS audit_records_are_not_replaced",
    ],
    "postgresql": ["DROP FUNCTION IF EXISTS keep_audit_records() CASCADE"],
}


def install(apps, schema_editor):
    """Let the database refuse changes, and deletions before the day that stands in the row."""
    execute(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def remove(apps, schema_editor):
    execute(schema_editor, UNDO)


def execute(schema_editor, statements):
    with schema_editor.connection.cursor() as cursor:
        for statement in statements[schema_editor.connection.vendor]:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("lib", "0007_mails_without_an_answer")]

    operations = [
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Zeitpunkt")),
                ("actor", models.CharField(max_length=200, verbose_name="Person")),
                ("actor_key", models.BigIntegerField(null=True, verbose_name="Nummer der Anmeldung")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("read", "gelesen"),
                            ("changed", "geändert"),
                            ("exported", "exportiert"),
                            ("consent", "Einwilligung"),
                            ("access", "Zugang"),
                            ("deleted", "gelöscht"),
                            ("pruned", "aufgeräumt"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="was")),
                ("model", models.CharField(blank=True, max_length=100, verbose_name="Tabelle")),
                ("object_key", models.CharField(blank=True, max_length=40, verbose_name="Nummer")),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="woran")),
                ("page", models.CharField(blank=True, max_length=300, verbose_name="auf der Seite")),
                (
                    "kept_until",
                    models.DateField(verbose_name="bleibt bis"),
                ),
            ],
            options={
                "verbose_name": "Eintrag im Prüfpfad",
                "verbose_name_plural": "Prüfpfad",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["at"], name="audit_by_time"),
                    models.Index(fields=["actor", "-id"], name="audit_by_actor"),
                    models.Index(fields=["kind", "-id"], name="audit_by_kind"),
                    models.Index(fields=["model", "object_key"], name="audit_by_object"),
                    models.Index(fields=["kept_until"], name="audit_by_end"),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
