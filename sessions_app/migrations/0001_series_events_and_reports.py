# The first version of series, events and reports.

import uuid

import django.db.models.deletion
from django.db import migrations, models

import ogl_portal.lib.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0003_topics_and_target_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("session", "Session"), ("meeting", "AG-Sitzung"), ("workshop", "Workshop")],
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Nummer in der Serie")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Adresse")),
                ("summary", models.CharField(blank=True, max_length=250, verbose_name="in einem Satz")),
                ("description", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Beschreibung")),
                ("starts_at", models.DateTimeField(verbose_name="Beginn")),
                ("ends_at", models.DateTimeField(verbose_name="Ende")),
                (
                    "time_is_known",
                    models.BooleanField(
                        default=True,
                        help_text="Ohne Häkchen zeigt die Website nur den Tag (Uhrzeit nicht überliefert).",
                        verbose_name="Uhrzeit bekannt",
                    ),
                ),
                ("is_online", models.BooleanField(default=True, verbose_name="online")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Bei Terminen vor Ort. Leer, solange der Ort offen ist.",
                        max_length=200,
                        verbose_name="Ort",
                    ),
                ),
                (
                    "join_url",
                    models.URLField(
                        blank=True,
                        help_text="Sehen die Mitglieder der Arbeitsgruppe und wer unter „Teilnahme“ steht.",
                        verbose_name="Link zur Teilnahme",
                    ),
                ),
                (
                    "is_open_to_all",
                    models.BooleanField(
                        default=False,
                        help_text="Dann sehen alle den Link zur Teilnahme, auch ohne Anmeldung.",
                        verbose_name="offen für alle",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "geplant"),
                            ("confirmed", "bestätigt"),
                            ("moved", "verschoben"),
                            ("cancelled", "abgesagt"),
                        ],
                        default="confirmed",
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "status_note",
                    models.CharField(
                        blank=True,
                        help_text="Etwa der Grund oder der neue Termin.",
                        max_length=200,
                        verbose_name="Hinweis zum Stand",
                    ),
                ),
                ("outcome", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Was herauskam")),
                ("is_published", models.BooleanField(default=False, verbose_name="veröffentlicht")),
                ("is_example", models.BooleanField(default=False, verbose_name="Beispiel")),
                (
                    "organisers",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Leer lassen, wenn es dieselben sind wie bei der Serie.",
                        related_name="events",
                        to="directory.organisation",
                        verbose_name="veranstaltet von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Termin",
                "verbose_name_plural": "Termine",
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Adresse")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("in-review", "Mitgliederprüfung"), ("released", "freigegeben")],
                        default="draft",
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="freigegeben am")),
                (
                    "distribution_date",
                    models.DateField(
                        help_text="Der Verteiler dieses Tages hängt dem Report an.", verbose_name="Verteiler AG, Stand"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="sessions_app.event",
                        verbose_name="Termin",
                    ),
                ),
                (
                    "next_meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announced_by",
                        to="sessions_app.event",
                        verbose_name="nächste AG-Sitzung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Report",
                "verbose_name_plural": "Reports",
                "ordering": ["-event__starts_at"],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Einführung"),
                            (2, "Worum ging es heute?"),
                            (3, "Wer war beteiligt?"),
                            (4, "Status Quo"),
                            (5, "Wo setzen wir Schwerpunkte in der Zukunft, welche Hilfe brauchen wir dabei?"),
                            (6, "Nächste Schritte"),
                            (7, "Nächste AG-Sitzung"),
                        ],
                        verbose_name="Abschnitt",
                    ),
                ),
                ("body", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Text")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abschnitt",
                "verbose_name_plural": "Abschnitte",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Adresse")),
                ("summary", models.CharField(blank=True, max_length=250, verbose_name="in einem Satz")),
                ("description", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Beschreibung")),
                (
                    "aim",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="Was soll vorliegen, wenn die Serie endet?", verbose_name="Ziel"
                    ),
                ),
                (
                    "organisers",
                    models.ManyToManyField(
                        blank=True, related_name="series", to="directory.organisation", verbose_name="veranstaltet von"
                    ),
                ),
            ],
            options={
                "verbose_name": "Session-Serie",
                "verbose_name_plural": "Session-Serien",
                "ordering": ["title"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="sessions_app.series",
                verbose_name="Serie",
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "eingeladen"),
                            ("accepted", "zugesagt"),
                            ("declined", "abgesagt"),
                            ("attended", "dabei"),
                        ],
                        default="invited",
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="directory.person",
                        verbose_name="Person",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="sessions_app.event",
                        verbose_name="Termin",
                    ),
                ),
            ],
            options={
                "verbose_name": "Teilnahme",
                "verbose_name_plural": "Teilnahmen",
                "ordering": ["person__family_name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "person"),
                        name="one_attendance_per_person_and_event",
                        violation_error_message="Die Person steht schon auf der Liste.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="TOP")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("description", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Erläuterung")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="sessions_app.event",
                        verbose_name="Termin",
                    ),
                ),
            ],
            options={
                "verbose_name": "Tagesordnungspunkt",
                "verbose_name_plural": "Tagesordnung",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "position"),
                        name="one_agenda_item_per_position",
                        violation_error_message="Diese TOP-Nummer gibt es schon.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "released"), _negated=True), ("released_at__isnull", False), _connector="OR"
                ),
                name="a_released_report_has_its_moment",
                violation_error_message="Ein freigegebener Report braucht den Zeitpunkt der Freigabe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsection",
            constraint=models.UniqueConstraint(
                fields=("report", "number"),
                name="one_section_per_number",
                violation_error_message="Diesen Abschnitt gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsection",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 7))),
                name="a_report_has_seven_sections",
                violation_error_message="Ein Report hat die Abschnitte 1 bis 7.",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["is_published", "starts_at"], name="event_published_by_start"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="an_event_ends_after_it_begins",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", None), ("series__isnull", False), _connector="OR"),
                name="a_numbered_event_belongs_to_a_series",
                violation_error_message="Eine Nummer hat ein Termin nur innerhalb einer Serie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("series", "number"),
                name="one_event_per_number_in_a_series",
                violation_error_message="Diese Nummer gibt es in der Serie schon.",
            ),
        ),
    ]
