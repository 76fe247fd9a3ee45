import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ogl_portal.lib.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0003_topics_and_target_groups"),
        ("sessions_app", "0001_series_events_and_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False, verbose_name="Nummer")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                (
                    "letter",
                    models.CharField(
                        blank=True,
                        help_text="Wie im Report; Lücken sind erlaubt.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{1,2}$", "Bitte ein oder zwei Kleinbuchstaben, zum Beispiel „a“."
                            )
                        ],
                        verbose_name="Buchstabe",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="Nächster Schritt")),
                ("description", ogl_portal.lib.fields.MarkdownField(blank=True, verbose_name="Erläuterung")),
                (
                    "due_kind",
                    models.CharField(
                        choices=[
                            ("day", "ein Tag"),
                            ("days", "mehrere Tage"),
                            ("event", "ein Termin der AG"),
                            ("months", "Monate von–bis"),
                            ("open", "offen"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="Art des Termins (T)",
                    ),
                ),
                (
                    "due_from",
                    models.DateField(
                        blank=True, help_text="Nur bei Monaten: ein Tag im ersten Monat.", null=True, verbose_name="von"
                    ),
                ),
                (
                    "due_until",
                    models.DateField(
                        blank=True, help_text="Der Tag; bei Monaten einer im letzten.", null=True, verbose_name="bis"
                    ),
                ),
                ("time_from", models.TimeField(blank=True, null=True, verbose_name="Uhrzeit von")),
                (
                    "time_until",
                    models.TimeField(
                        blank=True, help_text="Bei mehreren Tagen jeweils.", null=True, verbose_name="Uhrzeit bis"
                    ),
                ),
                ("dated_due_at", models.DateTimeField(editable=False, null=True, verbose_name="fällig")),
                (
                    "responsible_kind",
                    models.CharField(
                        choices=[
                            ("persons", "Personen"),
                            ("everyone", "alle AG-Mitglieder"),
                            ("lead", "OGL-Leitung"),
                            ("organisation", "eine Organisation"),
                            ("open", "offen"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="Art der Verantwortung (V)",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "offen"),
                            ("in-progress", "in Arbeit"),
                            ("done", "erledigt"),
                            ("dropped", "entfallen"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "status_is_example",
                    models.BooleanField(default=False, editable=False, verbose_name="Stand ist ein Beispiel"),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=True,
                        help_text="Sonst sehen ihn nur die Mitglieder und die OGL-Leitung.",
                        verbose_name="öffentlich",
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="Beispiel")),
                (
                    "due_event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_items",
                        to="sessions_app.event",
                        verbose_name="Termin der AG",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="sessions_app.report",
                        verbose_name="Report",
                    ),
                ),
                (
                    "responsible_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="directory.organisation",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "responsible_persons",
                    models.ManyToManyField(
                        blank=True, related_name="action_items", to="directory.person", verbose_name="Personen"
                    ),
                ),
            ],
            options={
                "verbose_name": "Nächster Schritt",
                "verbose_name_plural": "Nächste Schritte",
                "ordering": ["-report__event__starts_at", "letter", "number"],
            },
        ),
        migrations.CreateModel(
            name="DueDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="Tag")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="actions.actionitem",
                        verbose_name="Nächster Schritt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Tag",
                "verbose_name_plural": "Tage",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "offen"),
                            ("in-progress", "in Arbeit"),
                            ("done", "erledigt"),
                            ("dropped", "entfallen"),
                        ],
                        max_length=15,
                        verbose_name="von",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("open", "offen"),
                            ("in-progress", "in Arbeit"),
                            ("done", "erledigt"),
                            ("dropped", "entfallen"),
                        ],
                        max_length=15,
                        verbose_name="zu",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="am")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="Notiz")),
                (
                    "note_is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="Notiz ist öffentlich"),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="Beispiel")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="durch",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="history",
                        to="actions.actionitem",
                        verbose_name="Nächster Schritt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Änderung des Stands",
                "verbose_name_plural": "Verlauf",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="actionitem",
            index=models.Index(fields=["status", "dated_due_at"], name="item_by_status_and_due"),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("letter", ""), _negated=True),
                fields=("report", "letter"),
                name="one_item_per_letter_in_a_report",
                violation_error_message="Diesen Buchstaben gibt es in dem Report schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("letter", ""), ("report__isnull", False), _connector="OR"),
                name="a_letter_belongs_to_a_report",
                violation_error_message="Ein Buchstabe gehört zu einem Report: Bitte wählen Sie den Report aus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_kind", "day"), _negated=True), ("due_until__isnull", False), _connector="OR"
                ),
                name="an_item_due_on_a_day_names_the_day",
                violation_error_message="Bitte geben Sie bei „bis“ den Tag an oder wählen Sie als Art „offen“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_kind", "days"), _negated=True),
                    models.Q(("due_from__isnull", False), ("due_until__isnull", False)),
                    _connector="OR",
                ),
                name="an_item_due_on_several_days_names_them",
                violation_error_message="Bitte geben Sie die Tage an oder wählen Sie als Art des Termins „offen“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_kind", "months"), _negated=True),
                    models.Q(("due_from__isnull", False), ("due_until__isnull", False)),
                    _connector="OR",
                ),
                name="an_item_due_in_months_names_both",
                violation_error_message="Bitte geben Sie bei „von“ und „bis“ den ersten und den letzten Monat an.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_from", None), ("due_from__lte", models.F("due_until")), _connector="OR"),
                name="a_termin_ends_after_it_begins",
                violation_error_message="„Bis“ darf nicht vor „von“ liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_event__isnull", False), ("due_kind", "event")),
                    models.Q(models.Q(("due_kind", "event"), _negated=True), ("due_event", None)),
                    _connector="OR",
                ),
                name="an_item_due_at_an_event_names_the_event",
                violation_error_message="Bitte wählen Sie den Termin der AG aus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dated_due_at__isnull", False), ("due_kind__in", ["day", "days", "months"])),
                    models.Q(
                        ("dated_due_at", None),
                        ("due_from", None),
                        ("due_kind__in", ["event", "open"]),
                        ("due_until", None),
                    ),
                    _connector="OR",
                ),
                name="an_item_has_one_due_moment",
                violation_error_message="Zu diesem Termin passt der Zeitpunkt nicht, zu dem er fällig ist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("time_from", None), ("time_until", None)),
                    models.Q(
                        ("time_from__isnull", False),
                        ("time_from__lt", models.F("time_until")),
                        ("time_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="hours_of_an_item_end_after_they_begin",
                violation_error_message="Bitte geben Sie beide Uhrzeiten an, die spätere bei „Uhrzeit bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("responsible_kind", "organisation"), _negated=True),
                    ("responsible_organisation__isnull", False),
                    _connector="OR",
                ),
                name="an_item_of_an_organisation_names_it",
                violation_error_message="Bitte wählen Sie die verantwortliche Organisation aus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dueday",
            constraint=models.UniqueConstraint(
                fields=("item", "day"),
                name="one_row_per_day_of_an_item",
                violation_error_message="Diesen Tag gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_status", models.F("to_status")), _negated=True),
                name="a_status_change_changes_the_status",
                violation_error_message="Der Schritt hat diesen Stand schon.",
            ),
        ),
    ]
