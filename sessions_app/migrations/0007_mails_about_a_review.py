import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("sessions_app", "0006_recommendations_and_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="in den Postausgang gelegt"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_mails",
                        to="directory.person",
                        verbose_name="Person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_mails",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bitte um Prüfung",
                "verbose_name_plural": "Bitten um Prüfung",
                "ordering": ["-sent_at"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "person"), name="one_mail_per_member_and_review_of_a_report"
                    )
                ],
            },
        ),
    ]
