import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_topics_and_target_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail_preference",
                        serialize=False,
                        to="directory.person",
                        verbose_name="Person",
                    ),
                ),
                (
                    "steps",
                    models.CharField(
                        choices=[
                            ("all", "7 Tage und 1 Tag vorher, danach jede Woche"),
                            ("once", "nur 1 Tag vorher"),
                            ("none", "keine Erinnerung"),
                        ],
                        default="all",
                        max_length=5,
                        verbose_name="Nächste Schritte",
                    ),
                ),
                (
                    "events",
                    models.CharField(
                        choices=[
                            ("all", "7 Tage und 24 Stunden vorher"),
                            ("once", "nur 24 Stunden vorher"),
                            ("none", "keine Erinnerung"),
                        ],
                        default="all",
                        max_length=5,
                        verbose_name="Sitzungen und Workshops",
                    ),
                ),
            ],
            options={
                "verbose_name": "Wunsch zu Mails",
                "verbose_name_plural": "Wünsche zu Mails",
                "default_permissions": ("view",),
            },
        ),
    ]
