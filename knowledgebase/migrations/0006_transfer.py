"""Solutions that came from examples of the questionnaire: one each, with what follows when those change."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("knowledgebase", "0005_second_look_consents_and_titles"),
        ("surveys", "0003_matches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_named", models.BooleanField(editable=False, verbose_name="mit Name der Organisation")),
                ("digests", models.JSONField(editable=False, verbose_name="Prüfsummen")),
                (
                    "transferred_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="übernommen am"
                    ),
                ),
                ("changed_at", models.DateTimeField(editable=False, null=True, verbose_name="Quelle geändert am")),
                ("changed_keys", models.JSONField(default=list, editable=False, verbose_name="geänderte Fragen")),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Freigabe zurückgezogen am"),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="warum"),
                ),
            ],
            options={
                "verbose_name": "Lösung aus dem Fragebogen",
                "verbose_name_plural": "Lösungen aus dem Fragebogen",
                "ordering": ["-transferred_at"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.UniqueConstraint(
                fields=("origin",),
                name="one_solution_per_example",
                violation_error_message="Aus diesem Beispiel gibt es schon eine Lösung.",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="response",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="surveys.response",
                verbose_name="Rückmeldung",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="solution",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transfer",
                to="knowledgebase.solution",
                verbose_name="Musterlösung",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="transferred_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="übernommen von",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                ),
                name="a_withdrawn_example_says_why",
                violation_error_message="Wer eine Freigabe als zurückgezogen vermerkt, sagt warum.",
            ),
        ),
    ]
