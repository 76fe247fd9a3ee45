import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F
from django.utils import timezone

import sessions_app.models.materials


def date_past_events(apps, schema_editor):
    """What is over was changed last when it began, as far as anybody knows; what comes counts as changed now."""
    past = apps.get_model("sessions_app", "Event").objects.filter(starts_at__lt=timezone.now())
    past.update(changed_at=F("starts_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("sessions_app", "0003_kept_annexes_and_comment_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalCalendar",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Anmeldung",
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "renewed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="Adresse vom"),
                ),
            ],
            options={
                "verbose_name": "persönlicher Kalender",
                "verbose_name_plural": "persönliche Kalender",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="zuletzt wesentlich geändert"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="moved_from",
            field=models.DateTimeField(
                blank=True,
                help_text="Füllt sich von selbst, wenn Sie bei einem veröffentlichten Termin den Beginn ändern und den Stand „verschoben“ wählen.",
                null=True,
                verbose_name="bisheriger Beginn",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="sequence",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Änderungen des Termins"),
        ),
        migrations.CreateModel(
            name="EventMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=150, verbose_name="Titel")),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=sessions_app.models.materials.random_path, verbose_name="Datei"
                    ),
                ),
                ("name", models.CharField(editable=False, max_length=130, verbose_name="Dateiname")),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="Dateiart")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="Größe (Byte)")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="Prüfsumme (SHA-256)")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False, help_text="Sonst nur für Mitglieder.", verbose_name="öffentlich"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="sessions_app.event",
                        verbose_name="Termin",
                    ),
                ),
            ],
            options={
                "verbose_name": "Unterlage",
                "verbose_name_plural": "Unterlagen",
                "ordering": ["position", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventSpeaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="Reihenfolge")),
                (
                    "role",
                    models.CharField(
                        blank=True, help_text="Etwa Vortrag oder Moderation.", max_length=120, verbose_name="Aufgabe"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="sessions_app.event",
                        verbose_name="Termin",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leer lassen, wenn es die der Person ist.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="directory.organisation",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="Öffentlich steht der Name nur mit Einwilligung, sonst die Organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
                        to="directory.person",
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "mitwirkende Person oder Organisation",
                "verbose_name_plural": "Mitwirkende",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", False), ("organisation__isnull", False), _connector="OR"),
                        name="a_speaker_is_a_person_or_an_organisation",
                        violation_error_message="Bitte wählen Sie eine Person oder eine Organisation aus.",
                    )
                ],
            },
        ),
        migrations.RunPython(date_past_events, migrations.RunPython.noop),
    ]
