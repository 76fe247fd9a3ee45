"""Remember which items a correction has struck, so that their addresses can say so."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0007_items_of_matches"),
        ("sessions_app", "0001_series_events_and_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="StruckItem",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="Nummer")),
                ("is_public", models.BooleanField(verbose_name="war öffentlich")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="struck_items",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "verbose_name": "gestrichener Schritt",
                "verbose_name_plural": "Gestrichene Schritte",
                "default_permissions": (),
            },
        ),
    ]
