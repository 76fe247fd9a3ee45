"""What was entered before there was a history: one snapshot of it, so that the first change can be taken back."""

from datetime import date

from django.db import migrations

LINES = {"features", "roles", "interfaces", "platforms", "languages"}
NEW_ROWS = ["life_situations", "services", "audiences", "efa_checks", "attachments", "relations"]


def plain(field, value):
    if isinstance(value, date):
        return value.isoformat()
    if field.name in LINES:
        return value.split("\n") if value else []
    if field.is_relation:
        return value.slug if value else None
    return str(value) if field.name == "uuid" else value


def rows(things, left_out):
    fields = [field for field in things.model._meta.concrete_fields if field.editable and not field.primary_key]
    names = [field for field in fields if field.name not in left_out]
    return [{field.name: plain(field, getattr(thing, field.name)) for field in names} for thing in things]


def content(solution):
    fields = [field for field in solution._meta.concrete_fields if field.editable and not field.primary_key]
    document = {"uuid": str(solution.uuid)}
    document |= {field.name: plain(field, getattr(solution, field.name)) for field in fields}
    document |= {name: sorted(getattr(solution, name).values_list("slug", flat=True))
                 for name in ["topics", "target_groups"]}  # fmt: skip
    document |= {name: [] for name in NEW_ROWS}
    document["steps"] = rows(solution.steps.order_by("position"), {"solution"})
    document["links"] = rows(solution.links.order_by("kind", "url"), {"solution"})
    return document


def keep_first_snapshots(apps, schema_editor):
    alias = schema_editor.connection.alias
    solutions = apps.get_model("knowledgebase", "Solution").objects.using(alias).filter(snapshots=None)
    snapshots = apps.get_model("knowledgebase", "Snapshot").objects.using(alias)
    for solution in solutions:
        snapshots.create(solution=solution, number=1, message="So stand es, als der Verlauf begann.",
                         content=content(solution))  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("knowledgebase", "0003_published_solutions_have_a_version")]

    operations = [migrations.RunPython(keep_first_snapshots, migrations.RunPython.noop)]
