import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="second_factor_since",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="zweiter Faktor seit"),
        ),
        migrations.CreateModel(
            name="SignedInBrowser",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="Gerät")),
                ("signed_in_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="angemeldet")),
                ("used_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="zuletzt benutzt")),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="browser", to="sessions.session"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="browsers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "angemeldetes Gerät",
                "verbose_name_plural": "angemeldete Geräte",
                "ordering": ["-used_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BackupCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="backup_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Backup-Code",
                "verbose_name_plural": "Backup-Codes",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "code_hash"), name="a_backup_code_of_a_user_exists_once")
                ],
            },
        ),
    ]
