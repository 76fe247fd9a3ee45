"""Feed and open data page find the last change by an index; no column is indexed twice over.

The unique constraints of these rows begin with the solution, so their indexes answer for it.
"""

import django.db.models.deletion
from django.db import migrations, models

ROWS = {
    "audience": ("Musterlösung", "audiences"),
    "efacheck": ("Musterlösung", "efa_checks"),
    "link": ("Musterlösung", "links"),
    "relation": ("Musterlösung", "relations"),
    "snapshot": ("Musterlösung", "snapshots"),
    "solutionforneed": ("Lösung", "answered_needs"),
    "step": ("Musterlösung", "steps"),
}


def without_index(model: str, verbose_name: str, related_name: str) -> migrations.AlterField:
    field = models.ForeignKey(
        "knowledgebase.solution", django.db.models.deletion.CASCADE, db_index=False, verbose_name=verbose_name,
        related_name=related_name,
    )  # fmt: skip
    return migrations.AlterField(model_name=model, name="solution", field=field)


class Migration(migrations.Migration):
    dependencies = [("knowledgebase", "0008_authors_since_the_last_release")]

    operations = [
        migrations.AddIndex(
            model_name="solution",
            index=models.Index(fields=["status", "-changed_at", "-id"], name="solution_last_changed"),
        ),
        *(without_index(model, *names) for model, names in ROWS.items()),
    ]
