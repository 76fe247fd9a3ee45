"""Vernetzung: pairs of projects, offers and requests, and what both sides allow."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("lib", "0004_synonyms"),
        ("surveys", "0002_mails_kept_drafts_and_published_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("pair", models.CharField(blank=True, editable=False, max_length=50)),
                (
                    "reason",
                    models.TextField(
                        help_text="Steht so auf der Seite „Vernetzung“ und in der Mail.",
                        max_length=1000,
                        verbose_name="Grund",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="Punkte")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "vorgeschlagen"),
                            ("approved", "freigegeben"),
                            ("rejected", "verworfen"),
                            ("introduced", "einander vorgestellt"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=12,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="angelegt"),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="entschieden am")),
                (
                    "requested_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Vorstellung gewünscht am"),
                ),
                (
                    "introduced_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="einander vorgestellt am"),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talked", "haben sich ausgetauscht"),
                            ("together", "arbeiten zusammen"),
                            ("nothing", "nichts daraus geworden"),
                        ],
                        max_length=12,
                        verbose_name="Ergebnis",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Sieht nur die OGL-Leitung.",
                        max_length=4000,
                        verbose_name="interne Notiz",
                    ),
                ),
                ("forgotten_at", models.DateTimeField(editable=False, null=True, verbose_name="anonymisiert am")),
                ("is_example", models.BooleanField(default=False, editable=False, verbose_name="Beispiel")),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
                ("mails", models.ManyToManyField(editable=False, related_name="+", to="lib.outgoingmail")),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="matches",
                        to="surveys.round",
                        verbose_name="Runde",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vernetzung",
                "verbose_name_plural": "Vernetzung",
                "ordering": ["-score", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MatchSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="Nr.")),
                ("title", models.CharField(max_length=120, verbose_name="Vorhaben, Angebot oder Gesuch")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Wo das veröffentlicht ist. Nötig, wo keine Rückmeldung vorliegt.",
                        max_length=200,
                        verbose_name="Quelle",
                    ),
                ),
                (
                    "consented_on",
                    models.DateField(
                        blank=True,
                        help_text="Auf anderem Weg erhalten? Dann tragen Sie sie hier ein.",
                        null=True,
                        verbose_name="Einwilligung zur Vorstellung am",
                    ),
                ),
                (
                    "consent_wording",
                    models.CharField(blank=True, max_length=600, verbose_name="wie und mit welchen Worten"),
                ),
                ("asked_at", models.DateTimeField(editable=False, null=True, verbose_name="gefragt am")),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_sides",
                        to="surveys.entry",
                        verbose_name="Eintrag",
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sides",
                        to="surveys.match",
                        verbose_name="Vernetzung",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.person",
                        verbose_name="Ansprechperson",
                    ),
                ),
            ],
            options={
                "verbose_name": "Seite",
                "verbose_name_plural": "Seiten",
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["status", "-score"], name="match_by_status_and_score"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pair", ""), _negated=True),
                fields=("pair",),
                name="a_pair_is_matched_once",
                violation_error_message="Diese beiden Einträge sind schon verbunden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "introduced"), _negated=True), ("introduced_at__isnull", False), _connector="OR"
                ),
                name="an_introduction_has_its_moment",
                violation_error_message="Wer einander vorgestellt ist, ist es seit einem Zeitpunkt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("result", ""), ("status", "introduced"), _connector="OR"),
                name="a_result_follows_an_introduction",
                violation_error_message="Ein Ergebnis gibt es erst, wenn beide einander vorgestellt sind.",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchside",
            constraint=models.UniqueConstraint(
                fields=("match", "position"),
                name="a_match_has_a_first_and_a_second_side",
                violation_error_message="Diese Nummer gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchside",
            constraint=models.CheckConstraint(
                condition=models.Q(("entry__isnull", False), models.Q(("source", ""), _negated=True), _connector="OR"),
                name="a_side_by_hand_names_its_source",
                violation_error_message="Bitte nennen Sie die Quelle: Ohne Rückmeldung gilt nur Veröffentlichtes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchside",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_hash", ""), _negated=True),
                fields=("token_hash",),
                name="a_link_to_consent_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchside",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consented_on", None), models.Q(("consent_wording", ""), _negated=True), _connector="OR"
                ),
                name="a_consent_to_an_introduction_has_its_words",
                violation_error_message="Bitte halten Sie fest, wie und mit welchen Worten eingewilligt wurde.",
            ),
        ),
    ]
