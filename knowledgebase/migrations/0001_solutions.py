import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ogl_portal.lib.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0003_topics_and_target_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Solution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "title",
                    models.CharField(
                        error_messages={"unique": "Eine Lösung mit diesem Titel gibt es schon."},
                        max_length=120,
                        unique=True,
                        verbose_name="Titel",
                    ),
                ),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Adresse")),
                ("summary", models.CharField(blank=True, max_length=150, verbose_name="in einem Satz")),
                (
                    "description",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="150 bis 10.000 Zeichen.", verbose_name="Beschreibung"
                    ),
                ),
                (
                    "problem",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="Welches Problem gab es?", verbose_name="Ausgangslage"
                    ),
                ),
                (
                    "benefit",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="Was wurde besser, wenn möglich mit einer Zahl?", verbose_name="Nutzen"
                    ),
                ),
                (
                    "features",
                    models.TextField(
                        blank=True, help_text="Eine je Zeile, höchstens 20.", max_length=4000, verbose_name="Funktionen"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("online-service", "Onlinedienst"),
                            ("software", "Software/Fachmodul"),
                            ("process", "Prozess/Vorlage"),
                            ("guide", "Leitfaden"),
                            ("data", "Datensatz/Schnittstelle"),
                            ("organisation", "Organisationslösung"),
                        ],
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
                (
                    "reuse_model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("one-for-all", "Einer für Alle (EfA)"),
                            ("decentral", "nachnutzbare Software, dezentral betrieben"),
                            ("fim", "Eigenentwicklung auf FIM-Grundlage"),
                            ("purchase", "Kauf oder Miete (SaaS)"),
                            ("template", "frei übernehmbare Vorlage"),
                        ],
                        max_length=20,
                        verbose_name="Nachnutzung als",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("concept", "Konzept"),
                            ("development", "in Entwicklung"),
                            ("pilot", "Pilotbetrieb"),
                            ("productive", "im Alltag eingesetzt"),
                            ("superseded", "abgelöst"),
                        ],
                        max_length=20,
                        verbose_name="Entwicklungsstand",
                    ),
                ),
                (
                    "effort_days_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(5000)],
                        verbose_name="Personentage von",
                    ),
                ),
                (
                    "effort_days_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(5000)],
                        verbose_name="Personentage bis",
                    ),
                ),
                (
                    "duration_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(520)],
                        verbose_name="Dauer in Wochen",
                    ),
                ),
                (
                    "once_kind",
                    models.CharField(
                        blank=True,
                        choices=[("none", "keine"), ("on-request", "auf Anfrage"), ("range", "Betrag von–bis")],
                        max_length=12,
                        verbose_name="einmalige Kosten",
                    ),
                ),
                (
                    "once_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="einmalig von (Euro)",
                    ),
                ),
                (
                    "once_to",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="einmalig bis (Euro)",
                    ),
                ),
                (
                    "yearly_kind",
                    models.CharField(
                        blank=True,
                        choices=[("none", "keine"), ("on-request", "auf Anfrage"), ("range", "Betrag von–bis")],
                        max_length=12,
                        verbose_name="laufende Kosten",
                    ),
                ),
                (
                    "yearly_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="im Jahr von (Euro)",
                    ),
                ),
                (
                    "yearly_to",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="im Jahr bis (Euro)",
                    ),
                ),
                (
                    "requirements",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True,
                        help_text="Technik, Recht, Organisation, Schnittstellen.",
                        verbose_name="Voraussetzungen",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EUPL-1.2", "EUPL 1.2"),
                            ("AGPL-3.0-or-later", "GNU AGPL 3 oder neuer"),
                            ("GPL-3.0-or-later", "GNU GPL 3 oder neuer"),
                            ("Apache-2.0", "Apache 2.0"),
                            ("MIT", "MIT"),
                            ("CC-BY-4.0", "CC BY 4.0 (Namensnennung)"),
                            ("CC-BY-SA-4.0", "CC BY-SA 4.0 (Namensnennung, gleiche Bedingungen)"),
                            ("CC0-1.0", "CC0 1.0 (ohne Bedingungen)"),
                            ("LicenseRef-amtliches-Werk", "amtliches Werk (§ 5 UrhG)"),
                            ("LicenseRef-proprietaer", "proprietär"),
                        ],
                        max_length=40,
                        verbose_name="Lizenz",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="geprüft am")),
                ("next_review_on", models.DateField(blank=True, null=True, verbose_name="nächste Prüfung am")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Entwurf"),
                            ("submitted", "eingereicht"),
                            ("published", "veröffentlicht"),
                            ("archived", "archiviert"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="veröffentlicht am")),
                (
                    "is_example",
                    models.BooleanField(
                        default=False, help_text="Erfunden, zum Ausprobieren.", verbose_name="Beispiel"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="veröffentlicht von",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="solutions",
                        to="directory.organisation",
                        verbose_name="herausgegeben von",
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True, related_name="solutions", to="directory.targetgroup", verbose_name="Zielgruppen"
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Ein bis drei.",
                        related_name="solutions",
                        to="directory.topic",
                        verbose_name="Themen",
                    ),
                ),
            ],
            options={
                "verbose_name": "Musterlösung",
                "verbose_name_plural": "Musterlösungen",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("landing", "Internetseite"),
                            ("demo", "Vorführung"),
                            ("documentation", "Dokumentation"),
                            ("repository", "Quelltext"),
                            ("api", "Schnittstelle"),
                        ],
                        max_length=15,
                        verbose_name="Art",
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="Adresse")),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="knowledgebase.solution",
                        verbose_name="Musterlösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Link",
                "verbose_name_plural": "Links",
                "ordering": ["kind", "url"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "role",
                    models.CharField(
                        choices=[("subject", "fachlich"), ("technical", "technisch"), ("legal", "rechtlich")],
                        default="subject",
                        max_length=12,
                        verbose_name="Rolle",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail")),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        help_text="Zum Beispiel „Auskunft, ein Telefonat“.",
                        max_length=120,
                        verbose_name="Umfang",
                    ),
                ),
                ("consented_on", models.DateField(blank=True, null=True, verbose_name="eingewilligt am")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="gilt bis (letzter Tag)")),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="knowledgebase.solution",
                        verbose_name="Musterlösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ansprechperson",
                "verbose_name_plural": "Ansprechpersonen",
                "ordering": ["role", "name"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="Nr.")),
                ("title", models.CharField(max_length=120, verbose_name="Schritt")),
                ("text", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Was ist zu tun?")),
                ("role", models.CharField(blank=True, max_length=120, verbose_name="Wer?")),
                (
                    "duration",
                    models.CharField(
                        blank=True, help_text="Zum Beispiel „2 Stunden“.", max_length=60, verbose_name="Wie lange?"
                    ),
                ),
                ("done_when", models.CharField(blank=True, max_length=200, verbose_name="Erledigt, wenn …")),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="knowledgebase.solution",
                        verbose_name="Musterlösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Schritt",
                "verbose_name_plural": "Schritte",
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="solution",
            index=models.Index(fields=["status", "-published_at"], name="solution_newest_published"),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="a_published_solution_has_its_moment",
                violation_error_message="Eine veröffentlichte Lösung braucht den Zeitpunkt der Veröffentlichung.",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effort_days_from", None), ("effort_days_to", None)),
                    models.Q(
                        ("effort_days_from__lte", models.F("effort_days_to")),
                        ("effort_days_from__isnull", False),
                        ("effort_days_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="effort_runs_from_less_to_more",
                violation_error_message="Bitte geben Sie die Personentage von–bis an, den größeren Wert bei „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("once_kind", "range"),
                        ("once_from__isnull", False),
                        ("once_from__lte", models.F("once_to")),
                        ("once_to__isnull", False),
                    ),
                    models.Q(models.Q(("once_kind", "range"), _negated=True), ("once_from", None), ("once_to", None)),
                    _connector="OR",
                ),
                name="once_cost_has_amounts_where_it_is_a_range",
                violation_error_message="Bitte geben Sie die einmaligen Kosten von–bis an, den größeren Betrag bei „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("yearly_kind", "range"),
                        ("yearly_from__isnull", False),
                        ("yearly_from__lte", models.F("yearly_to")),
                        ("yearly_to__isnull", False),
                    ),
                    models.Q(
                        models.Q(("yearly_kind", "range"), _negated=True), ("yearly_from", None), ("yearly_to", None)
                    ),
                    _connector="OR",
                ),
                name="yearly_cost_has_amounts_where_it_is_a_range",
                violation_error_message="Bitte geben Sie die laufenden Kosten von–bis an, den größeren Betrag bei „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_review_on", None),
                    models.Q(("next_review_on__gt", models.F("reviewed_on")), ("reviewed_on__isnull", False)),
                    _connector="OR",
                ),
                name="a_next_review_follows_a_review",
                violation_error_message="Die nächste Prüfung muss nach der letzten liegen („geprüft am“).",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("solution", "kind", "url"),
                name="one_link_per_kind_and_address",
                violation_error_message="Diesen Link gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consented_on", None),
                    models.Q(("valid_until__gte", models.F("consented_on")), ("valid_until__isnull", False)),
                    _connector="OR",
                ),
                name="a_consent_has_an_end",
                violation_error_message="Bitte geben Sie an, bis wann die Einwilligung gilt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("solution", "position"),
                name="one_step_per_position",
                violation_error_message="Diese Nummer gibt es schon.",
            ),
        ),
    ]
