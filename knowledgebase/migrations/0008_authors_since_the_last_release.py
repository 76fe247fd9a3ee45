"""Who has written at an entry since a second person last released it: those do not release it themselves."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

RELEASED = {"Veröffentlicht.", "Änderung gegengelesen."}


def keep_authors(apps, schema_editor):
    """Of entries that wait for a release, who made the snapshots since the last one that changed what they hold."""
    alias = schema_editor.connection.alias
    solutions = apps.get_model("knowledgebase", "Solution").objects.using(alias)
    for solution in solutions.filter(~Q(status="published") | Q(changed_alone_at__isnull=False)):
        authors, before = {solution.changed_alone_by_id}, None
        for snapshot in solution.snapshots.order_by("number").iterator(chunk_size=20):
            if snapshot.message in RELEASED:
                authors = {solution.changed_alone_by_id}
            elif snapshot.content != before:
                authors.add(snapshot.made_by_id)
            before = snapshot.content
        solution.authors.set(authors - {None})


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("knowledgebase", "0007_solutions_that_answer_needs"),
    ]

    operations = [
        migrations.AddField(
            model_name="solution",
            name="authors",
            field=models.ManyToManyField(
                editable=False, related_name="+", to=settings.AUTH_USER_MODEL,
                verbose_name="seit der letzten Freigabe geändert von",
            ),
        ),
        migrations.RunPython(keep_authors, migrations.RunPython.noop),
    ]  # fmt: skip
