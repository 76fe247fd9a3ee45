import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sessions_app.models.versions


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("sessions_app", "0001_series_events_and_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="reason",
            field=models.CharField(
                blank=True, help_text="Steht bei der neuen Fassung.", max_length=300, verbose_name="Grund der Korrektur"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="review_until",
            field=models.DateField(
                blank=True,
                help_text="Bis dahin bestätigen oder kommentieren die Mitglieder den Entwurf.",
                null=True,
                verbose_name="Mitgliederprüfung bis (letzter Tag)",
            ),
        ),
        migrations.AddField(
            model_name="reportsection",
            name="is_omitted",
            field=models.BooleanField(
                default=False, help_text="Ausdrücklich: Dazu gibt es nichts zu sagen.", verbose_name="entfällt"
            ),
        ),
        migrations.CreateModel(
            name="ReportAnnex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=150, verbose_name="Titel")),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=sessions_app.models.versions.random_path, verbose_name="Datei"
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annexes",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anlage",
                "verbose_name_plural": "Anlagen",
                "ordering": ["position", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Fassung")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Grund")),
                ("released_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="freigegeben am")),
                ("distribution", models.JSONField(verbose_name="Verteiler")),
                ("public_html", models.TextField(verbose_name="Text für alle")),
                ("members_html", models.TextField(verbose_name="Text für Mitglieder")),
                ("public_document", models.TextField(verbose_name="Dokument für alle")),
                (
                    "public_pdf",
                    models.FileField(
                        max_length=200, upload_to=sessions_app.models.versions.random_path, verbose_name="PDF für alle"
                    ),
                ),
                ("public_sha256", models.CharField(max_length=64, verbose_name="Prüfsumme PDF für alle (SHA-256)")),
                (
                    "members_pdf",
                    models.FileField(
                        max_length=200,
                        upload_to=sessions_app.models.versions.random_path,
                        verbose_name="PDF für Mitglieder",
                    ),
                ),
                (
                    "members_sha256",
                    models.CharField(max_length=64, verbose_name="Prüfsumme PDF für Mitglieder (SHA-256)"),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="an den Verteiler gesendet")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="Namen entfernt am")),
                ("redaction_reason", models.CharField(blank=True, max_length=300, verbose_name="Grund dafür")),
                (
                    "former_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="Prüfsumme davor (SHA-256)"),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="freigegeben von",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "verbose_name": "freigegebene Fassung",
                "verbose_name_plural": "freigegebene Fassungen",
                "ordering": ["-number"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="report",
            name="current_version",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.reportversion",
                verbose_name="öffentliche Fassung",
            ),
        ),
        migrations.CreateModel(
            name="ReviewComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="Anmerkung")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="am"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("open", "offen"), ("answered", "beantwortet"), ("taken-over", "übernommen")],
                        default="open",
                        max_length=12,
                        verbose_name="Stand",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="Antwort")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="beantwortet am"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beantwortet von",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="von",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="sessions_app.reportsection",
                        verbose_name="Abschnitt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anmerkung",
                "verbose_name_plural": "Anmerkungen",
                "ordering": ["section__number", "created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="am")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_confirmations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Mitglied",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bestätigung",
                "verbose_name_plural": "Bestätigungen",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("week-before", "7 Tage vorher"),
                            ("day-before", "24 Stunden vorher"),
                            ("moved", "verschoben"),
                            ("cancelled", "abgesagt"),
                        ],
                        max_length=12,
                        verbose_name="Anlass",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="für den Beginn")),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="in den Postausgang gelegt"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="sessions_app.event",
                        verbose_name="Termin",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event_mails",
                        to="directory.person",
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mail zu einem Termin",
                "verbose_name_plural": "Mails zu Terminen",
                "ordering": ["-sent_at"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "person", "stage", "starts_at"), name="one_mail_per_event_person_and_stage"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportversion",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="one_version_per_number_of_a_report"),
        ),
        migrations.AddConstraint(
            model_name="reviewconfirmation",
            constraint=models.UniqueConstraint(
                fields=("report", "user"), name="one_confirmation_per_member_and_report"
            ),
        ),
    ]
