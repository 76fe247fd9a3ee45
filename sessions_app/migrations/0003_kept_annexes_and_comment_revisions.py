import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0002_versions_review_and_annexes")]

    operations = [
        migrations.AddField(
            model_name="reportannex",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="entfernt am"),
        ),
        migrations.AlterField(
            model_name="reportannex",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="Sonst nur für Mitglieder. Öffentlich wird die Datei mit der Freigabe; ohne Häkchen ist sie "
                "es nach dem Sichern nicht mehr, auch nicht in früheren Fassungen.",
                verbose_name="öffentlich",
            ),
        ),
        migrations.AddField(
            model_name="reviewcomment",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung"),
        ),
        migrations.CreateModel(
            name="VersionAnnex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_public", models.BooleanField(verbose_name="öffentlich genannt")),
                (
                    "annex",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="namings",
                        to="sessions_app.reportannex",
                        verbose_name="Anlage",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named_annexes",
                        to="sessions_app.reportversion",
                        verbose_name="freigegebene Fassung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anlage einer Fassung",
                "verbose_name_plural": "Anlagen von Fassungen",
                "ordering": ["version", "annex"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="versionannex",
            constraint=models.UniqueConstraint(fields=("version", "annex"), name="one_naming_per_version_and_annex"),
        ),
    ]
