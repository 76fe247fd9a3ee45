"""More of knowledgebase.md: classification, attachments, reuse, reviews, editions, suggestions."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import knowledgebase.models.parts
import ogl_portal.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_topics_and_target_groups"),
        ("knowledgebase", "0001_solutions"),
        ("surveys", "0001_questionnaires_and_responses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("replaces", "ersetzt"),
                            ("needs", "braucht"),
                            ("alternative", "ist eine Alternative zu"),
                            ("variant", "ist eine Variante von"),
                        ],
                        max_length=12,
                        verbose_name="Beziehung",
                    ),
                ),
            ],
            options={
                "verbose_name": "verwandte Lösung",
                "verbose_name_plural": "verwandte Lösungen",
                "ordering": ["kind", "other__title"],
            },
        ),
        migrations.CreateModel(
            name="Reuse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("organisation_name", models.CharField(max_length=200, verbose_name="Name der Organisation")),
                ("place", models.CharField(max_length=120, verbose_name="Ort")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("interested", "interessiert"),
                            ("introducing", "in Einführung"),
                            ("productive", "produktiv"),
                            ("ended", "beendet"),
                        ],
                        max_length=12,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "since_year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="seit (Jahr)",
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="eingesetzte Version")),
                ("adapted", models.TextField(blank=True, max_length=1000, verbose_name="angepasst wurde")),
                (
                    "effort_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(5000)],
                        verbose_name="tatsächlicher Aufwand (Personentage)",
                    ),
                ),
                (
                    "cost",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="tatsächliche Kosten (Euro)",
                    ),
                ),
                ("verdict", models.TextField(blank=True, max_length=500, verbose_name="Fazit")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="öffentliche Quelle")),
                (
                    "contact_released",
                    models.BooleanField(default=False, verbose_name="Kontakt darf weitergegeben werden"),
                ),
                ("reporter_name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                ("reporter_email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                (
                    "reported_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gemeldet am"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="bestätigt am"),
                ),
                (
                    "confirm_again_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="zählt bis zur erneuten Bestätigung am"
                    ),
                ),
                (
                    "asked_for",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="erneut gefragt für"),
                ),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="abgelehnt am"),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False, help_text="Erfunden, zum Ausprobieren.", verbose_name="Beispiel"
                    ),
                ),
            ],
            options={
                "verbose_name": "Nachnutzung",
                "verbose_name_plural": "Nachnutzungen",
                "ordering": ["-reported_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_on", models.DateField(verbose_name="geprüft am")),
                ("next_review_on", models.DateField(verbose_name="nächste Prüfung am")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="Bemerkung")),
            ],
            options={
                "verbose_name": "Prüfung",
                "verbose_name_plural": "Prüfungen",
                "ordering": ["-checked_on", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Nr.")),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="wann"),
                ),
                ("message", models.CharField(max_length=200, verbose_name="was")),
                ("content", models.JSONField(verbose_name="Inhalt")),
            ],
            options={
                "verbose_name": "früherer Stand",
                "verbose_name_plural": "frühere Stände",
                "ordering": ["-number"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="Wie heißt die Lösung?")),
                ("text", models.TextField(max_length=4000, verbose_name="Was leistet sie, und wo läuft sie?")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Adresse im Netz")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="Ihr Name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="Ihre E-Mail")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="eingegangen"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="entschieden am"),
                ),
            ],
            options={
                "verbose_name": "Vorschlag von außen",
                "verbose_name_plural": "Vorschläge von außen",
                "ordering": ["-created_at"],
                "default_permissions": ("view", "delete"),
            },
        ),
        migrations.RenameField(
            model_name="solution",
            old_name="requirements",
            new_name="technical_requirements",
        ),
        migrations.AddField(
            model_name="solution",
            name="accessibility_statement",
            field=models.URLField(blank=True, max_length=500, verbose_name="Erklärung zur Barrierefreiheit"),
        ),
        migrations.AddField(
            model_name="solution",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="zuletzt geändert"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="cost_basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("flat", "pauschal"),
                    ("per-inhabitant", "je Einwohnerin und Einwohner"),
                    ("per-case", "je Vorgang"),
                    ("per-workplace", "je Arbeitsplatz"),
                ],
                max_length=15,
                verbose_name="Kosten berechnet",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="costs_as_of",
            field=models.DateField(blank=True, null=True, verbose_name="Kosten Stand"),
        ),
        migrations.AddField(
            model_name="solution",
            name="funding",
            field=models.CharField(blank=True, max_length=300, verbose_name="Finanzierung und Förderung"),
        ),
        migrations.AddField(
            model_name="solution",
            name="has_processing_agreement",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="Muster für die Auftragsverarbeitung vorhanden"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="interfaces",
            field=models.TextField(
                blank=True, help_text="Eine je Zeile.", max_length=2000, verbose_name="Schnittstellen"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="legal_requirements",
            field=ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Voraussetzungen: Recht"),
        ),
        migrations.AddField(
            model_name="solution",
            name="maturity_level",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Reifegrad"),
        ),
        migrations.AddField(
            model_name="solution",
            name="maturity_model",
            field=models.CharField(
                blank=True,
                choices=[("2.0", "Reifegradmodell 2.0 (0–7)"), ("1.1", "Reifegradmodell 1.1 (0–4)")],
                help_text="Für Onlinedienste der Verwaltung; bei Lösungen für Unternehmen bleibt es leer.",
                max_length=5,
                verbose_name="Reifegradmodell",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="maturity_on",
            field=models.DateField(blank=True, null=True, verbose_name="Reifegrad Stand"),
        ),
        migrations.AddField(
            model_name="solution",
            name="needs_impact_assessment",
            field=models.BooleanField(blank=True, null=True, verbose_name="Datenschutz-Folgenabschätzung nötig"),
        ),
        migrations.AddField(
            model_name="solution",
            name="operator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="operated_solutions",
                to="directory.organisation",
                verbose_name="betrieben von",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="organisational_requirements",
            field=ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Voraussetzungen: Organisation"),
        ),
        migrations.AddField(
            model_name="solution",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="solutions",
                to="surveys.entry",
                verbose_name="aus dem Fragebogen",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="ozg_field",
            field=models.CharField(
                blank=True,
                choices=[
                    ("arbeit-ruhestand", "Arbeit & Ruhestand"),
                    ("bauen-wohnen", "Bauen & Wohnen"),
                    ("bildung", "Bildung"),
                    ("ein-auswanderung", "Ein- & Auswanderung"),
                    ("engagement-hobby", "Engagement & Hobby"),
                    ("familie-kind", "Familie & Kind"),
                    ("forschung-foerderung", "Forschung & Förderung"),
                    ("gesundheit", "Gesundheit"),
                    ("mobilitaet-reisen", "Mobilität & Reisen"),
                    ("querschnitt", "Querschnitt"),
                    ("recht-ordnung", "Recht & Ordnung"),
                    ("steuern-zoll", "Steuern & Zoll"),
                    ("umwelt", "Umwelt"),
                    ("unternehmensfuehrung-entwicklung", "Unternehmensführung & -entwicklung"),
                ],
                max_length=40,
                verbose_name="OZG-Themenfeld",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="platforms",
            field=models.TextField(
                blank=True, help_text="Eine Angabe je Zeile.", max_length=500, verbose_name="läuft auf"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposed_solutions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vorgeschlagen von",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="released_on",
            field=models.DateField(blank=True, null=True, verbose_name="Version erschienen am"),
        ),
        migrations.AddField(
            model_name="solution",
            name="return_note",
            field=models.TextField(blank=True, editable=False, max_length=2000, verbose_name="Bitte um Ergänzung"),
        ),
        migrations.AddField(
            model_name="solution",
            name="review_mailed_for",
            field=models.DateField(editable=False, null=True, verbose_name="an die Prüfung erinnert für"),
        ),
        migrations.AddField(
            model_name="solution",
            name="roles",
            field=models.TextField(
                blank=True, help_text="Eine je Zeile.", max_length=1000, verbose_name="beteiligte Rollen"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="software_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("standalone/web", "Webanwendung"),
                    ("standalone/desktop", "Programm für den Arbeitsplatz"),
                    ("standalone/mobile", "App"),
                    ("standalone/backend", "Dienst im Hintergrund"),
                    ("library", "Programmbibliothek"),
                    ("addon", "Erweiterung eines anderen Programms"),
                    ("configurationFiles", "Konfiguration"),
                ],
                max_length=25,
                verbose_name="Art der Software",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="consent_wording",
            field=models.TextField(
                blank=True, editable=False, max_length=1000, verbose_name="Wortlaut der Einwilligung"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="languages",
            field=models.TextField(
                blank=True,
                help_text="Ein Kürzel je Zeile, zum Beispiel de.",
                max_length=200,
                verbose_name="Sprachen der Oberfläche",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="maintenance",
            field=models.CharField(
                blank=True,
                choices=[
                    ("internal", "durch die herausgebende Stelle"),
                    ("contract", "durch ein beauftragtes Unternehmen"),
                    ("community", "durch eine Gemeinschaft"),
                    ("none", "wird nicht gepflegt"),
                ],
                max_length=12,
                verbose_name="Pflege der Software",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="maintained_until",
            field=models.DateField(blank=True, null=True, verbose_name="Pflege vereinbart bis"),
        ),
        migrations.AddField(
            model_name="solution",
            name="software_version",
            field=models.CharField(blank=True, max_length=40, verbose_name="Version der Software"),
        ),
        migrations.AddField(
            model_name="solution",
            name="submitted_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="eingereicht am"),
        ),
        migrations.AddField(
            model_name="solution",
            name="submitted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="eingereicht von",
            ),
        ),
        migrations.AlterField(
            model_name="solution",
            name="technical_requirements",
            field=ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Voraussetzungen: Technik"),
        ),
        migrations.AddField(
            model_name="solution",
            name="version",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="Ausgabe"),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=150, verbose_name="Titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("template", "Muster"),
                            ("contract", "Vertrag"),
                            ("checklist", "Checkliste"),
                            ("screenshot", "Bildschirmfoto"),
                            ("other", "Sonstiges"),
                        ],
                        default="template",
                        max_length=12,
                        verbose_name="Art",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=knowledgebase.models.parts.random_path, verbose_name="Datei"
                    ),
                ),
                ("name", models.CharField(editable=False, max_length=130, verbose_name="Dateiname")),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="Dateiart")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="Größe (Byte)")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="Prüfsumme (SHA-256)")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="Version")),
                (
                    "language",
                    models.CharField(
                        default="de", help_text="Kürzel wie de oder en.", max_length=5, verbose_name="Sprache"
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
                ("is_accessible", models.BooleanField(default=False, verbose_name="barrierefrei")),
                (
                    "uploaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="hochgeladen"),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="knowledgebase.solution",
                        verbose_name="Musterlösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anlage",
                "verbose_name_plural": "Anlagen",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.AddField(
            model_name="step",
            name="attachment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="steps",
                to="knowledgebase.attachment",
                verbose_name="Anlage dazu",
            ),
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("municipality-small", "Gemeinde unter 5.000 Einwohnern"),
                            ("municipality-medium", "Gemeinde mit 5.000 bis 20.000 Einwohnern"),
                            ("municipality-large", "Stadt über 20.000 Einwohner"),
                            ("district", "Landkreis"),
                            ("it-provider", "IT-Dienstleister der Verwaltung"),
                            ("company-micro", "Unternehmen bis 9 Beschäftigte"),
                            ("company-small", "Unternehmen mit 10 bis 49 Beschäftigten"),
                            ("company-medium", "Unternehmen mit 50 bis 249 Beschäftigten"),
                            ("training-company", "Ausbildungsbetrieb"),
                            ("chamber", "Kammer"),
                            ("association", "Verein"),
                        ],
                        db_index=True,
                        max_length=20,
                        verbose_name="geeignet für",
                    ),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audiences",
                        to="knowledgebase.solution",
                        verbose_name="Musterlösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Eignung",
                "verbose_name_plural": "Eignung",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EfaCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("design", "Gestaltung"),
                            ("logic", "Fachlogik"),
                            ("account", "Nutzerkonto"),
                            ("payment", "Bezahlen"),
                            ("exchange", "Datenaustausch"),
                            ("routing", "Zuständigkeit und Transport"),
                            ("legal", "rechtliche Nachnutzung"),
                            ("organisation", "Organisation"),
                        ],
                        max_length=12,
                        verbose_name="Bereich",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("met", "erfüllt"),
                            ("partly", "teilweise erfüllt"),
                            ("not-met", "nicht erfüllt"),
                            ("not-applicable", "trifft nicht zu"),
                        ],
                        max_length=15,
                        verbose_name="Ergebnis",
                    ),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="efa_checks",
                        to="knowledgebase.solution",
                        verbose_name="Musterlösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "EfA-Prüfung",
                "verbose_name_plural": "EfA-Prüfung",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LifeSituation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="Bezeichnung")),
                (
                    "kind",
                    models.CharField(
                        choices=[("L", "Lebenslage"), ("G", "Geschäftslage")], max_length=1, verbose_name="Art"
                    ),
                ),
                (
                    "ozg_field",
                    models.CharField(
                        choices=[
                            ("arbeit-ruhestand", "Arbeit & Ruhestand"),
                            ("bauen-wohnen", "Bauen & Wohnen"),
                            ("bildung", "Bildung"),
                            ("ein-auswanderung", "Ein- & Auswanderung"),
                            ("engagement-hobby", "Engagement & Hobby"),
                            ("familie-kind", "Familie & Kind"),
                            ("forschung-foerderung", "Forschung & Förderung"),
                            ("gesundheit", "Gesundheit"),
                            ("mobilitaet-reisen", "Mobilität & Reisen"),
                            ("querschnitt", "Querschnitt"),
                            ("recht-ordnung", "Recht & Ordnung"),
                            ("steuern-zoll", "Steuern & Zoll"),
                            ("umwelt", "Umwelt"),
                            ("unternehmensfuehrung-entwicklung", "Unternehmensführung & -entwicklung"),
                        ],
                        max_length=40,
                        verbose_name="OZG-Themenfeld",
                    ),
                ),
            ],
            options={
                "verbose_name": "Lebens- oder Geschäftslage",
                "verbose_name_plural": "Lebens- und Geschäftslagen",
                "ordering": ["kind", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "name"),
                        name="one_situation_per_kind_and_name",
                        violation_error_message="Diese Lage gibt es schon.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="solution",
            name="life_situations",
            field=models.ManyToManyField(
                blank=True,
                related_name="solutions",
                to="knowledgebase.lifesituation",
                verbose_name="Lebens- und Geschäftslagen",
            ),
        ),
        migrations.CreateModel(
            name="PublicService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="Bezeichnung")),
                (
                    "leika_key",
                    models.CharField(
                        blank=True,
                        max_length=14,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{14}$", "Der LeiKa-Schlüssel hat genau 14 Ziffern."
                            )
                        ],
                        verbose_name="LeiKa-Schlüssel",
                    ),
                ),
                (
                    "ozg_id",
                    models.CharField(
                        blank=True,
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{5}$", "Die OZG-Nummer hat genau 5 Ziffern.")
                        ],
                        verbose_name="OZG-Nummer",
                    ),
                ),
            ],
            options={
                "verbose_name": "Verwaltungsleistung",
                "verbose_name_plural": "Verwaltungsleistungen",
                "ordering": ["name"],
                "indexes": [models.Index(fields=["ozg_id"], name="service_ozg_id")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("leika_key", ""), _negated=True),
                        fields=("leika_key",),
                        name="one_service_per_leika_key",
                        violation_error_message="Eine Leistung mit diesem LeiKa-Schlüssel gibt es schon.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="solution",
            name="services",
            field=models.ManyToManyField(
                blank=True,
                related_name="solutions",
                to="knowledgebase.publicservice",
                verbose_name="Verwaltungsleistungen",
            ),
        ),
        migrations.AddIndex(
            model_name="solution",
            index=models.Index(fields=["revision", "id"], name="solution_catalogue_stamp"),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("maturity_level", None), ("maturity_model", "")),
                    models.Q(("maturity_level__isnull", False), ("maturity_level__lte", 7), ("maturity_model", "2.0")),
                    models.Q(("maturity_level__isnull", False), ("maturity_level__lte", 4), ("maturity_model", "1.1")),
                    _connector="OR",
                ),
                name="a_maturity_level_belongs_to_its_model",
                violation_error_message="Der Reifegrad geht im Modell 2.0 von 0 bis 7, im Modell 1.1 von 0 bis 4.",
            ),
        ),
        migrations.AddField(
            model_name="relation",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relations_from_others",
                to="knowledgebase.solution",
                verbose_name="andere Lösung",
            ),
        ),
        migrations.AddField(
            model_name="relation",
            name="solution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relations",
                to="knowledgebase.solution",
                verbose_name="Musterlösung",
            ),
        ),
        migrations.AddField(
            model_name="reuse",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="bestätigt von",
            ),
        ),
        migrations.AddField(
            model_name="reuse",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Steht sie schon im Verzeichnis, wählen Sie sie hier.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reuses",
                to="directory.organisation",
                verbose_name="Organisation",
            ),
        ),
        migrations.AddField(
            model_name="reuse",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gemeldet von",
            ),
        ),
        migrations.AddField(
            model_name="reuse",
            name="solution",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reuses",
                to="knowledgebase.solution",
                verbose_name="Musterlösung",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="checked_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="geprüft von",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="solution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="knowledgebase.solution",
                verbose_name="Musterlösung",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="wer",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="solution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="snapshots",
                to="knowledgebase.solution",
                verbose_name="Musterlösung",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entschieden von",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="solution",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="suggestions",
                to="knowledgebase.solution",
                verbose_name="daraus wurde",
            ),
        ),
        migrations.AddConstraint(
            model_name="audience",
            constraint=models.UniqueConstraint(
                fields=("solution", "kind"),
                name="one_audience_per_kind",
                violation_error_message="Diese Angabe steht schon da.",
            ),
        ),
        migrations.AddConstraint(
            model_name="efacheck",
            constraint=models.UniqueConstraint(
                fields=("solution", "area"),
                name="one_efa_result_per_area",
                violation_error_message="Für diesen Bereich gibt es schon ein Ergebnis.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                fields=("solution", "kind", "other"),
                name="one_relation_per_kind_and_solution",
                violation_error_message="Diese Beziehung steht schon da.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("solution", models.F("other")), _negated=True),
                name="a_solution_is_not_related_to_itself",
                violation_error_message="Eine Lösung kann nicht mit sich selbst verwandt sein.",
            ),
        ),
        migrations.AddIndex(
            model_name="reuse",
            index=models.Index(fields=["solution", "confirm_again_on"], name="reuse_counts_until"),
        ),
        migrations.AddConstraint(
            model_name="reuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirm_again_on", None), ("confirmed_at", None)),
                    models.Q(("confirm_again_on__isnull", False), ("confirmed_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_confirmed_reuse_has_an_end",
                violation_error_message="Eine Bestätigung gilt bis zu einem Tag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_at", None), ("declined_at", None), _connector="OR"),
                name="a_reuse_is_confirmed_or_declined",
                violation_error_message="Eine Nachnutzung ist entweder bestätigt oder abgelehnt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("solution", "number"), name="one_snapshot_per_number"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("solution", None), ("decided_at__isnull", False), _connector="OR"),
                name="a_taken_suggestion_is_decided",
                violation_error_message="Wer einen Vorschlag übernimmt, hat über ihn entschieden.",
            ),
        ),
    ]
