import django.db.models.deletion
from django.db import migrations, models

import ogl_portal.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0002_versions_review_and_annexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="paper_introduction",
            field=ogl_portal.lib.fields.MarkdownField(
                blank=True,
                help_text="Steht im Papier vor den Empfehlungen der Serie.",
                verbose_name="Einleitung des Empfehlungspapiers",
            ),
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                (
                    "addressee",
                    models.CharField(
                        choices=[("companies", "KMU"), ("politics", "Politik")],
                        max_length=20,
                        verbose_name="gerichtet an",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Innerhalb der Empfehlungen der Serie an dieselbe Seite.",
                        verbose_name="Reihenfolge",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Empfehlung in einem Satz")),
                (
                    "text",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="Was genau empfohlen wird.", verbose_name="Text"
                    ),
                ),
                (
                    "reasoning",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="Warum, und was sich dadurch ändert.", verbose_name="Begründung"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Entwurf"),
                            ("agreed", "abgestimmt"),
                            ("handed-over", "übergeben"),
                            ("answered", "Antwort erhalten"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="abgestimmt am")),
                ("handed_over_to", models.CharField(blank=True, max_length=200, verbose_name="übergeben an")),
                ("handed_over_on", models.DateField(blank=True, null=True, verbose_name="übergeben am")),
                (
                    "answer",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True,
                        help_text="Was geantwortet wurde, und von wem. Bitte keine Namen von Personen.",
                        verbose_name="Antwort",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="Antwort vom")),
                (
                    "is_example",
                    models.BooleanField(
                        default=False, help_text="Erfunden, zum Ausprobieren.", verbose_name="Beispiel"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        help_text="Der Beleg: In dieser Session der Serie ist die Empfehlung entstanden.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="sessions_app.event",
                        verbose_name="Session",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="sessions_app.series",
                        verbose_name="Serie",
                    ),
                ),
            ],
            options={
                "verbose_name": "Empfehlung",
                "verbose_name_plural": "Empfehlungen",
                "ordering": ["series", "addressee", "position", "pk"],
                "indexes": [models.Index(fields=["addressee", "position", "id"], name="recommendation_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("agreed_on__isnull", False), _connector="OR"),
                        name="a_public_recommendation_has_its_day",
                        violation_error_message="Eine abgestimmte Empfehlung braucht den Tag der Abstimmung.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["handed-over", "answered"]), _negated=True),
                            models.Q(
                                models.Q(("handed_over_to", ""), _negated=True), ("handed_over_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_recommendation_was_handed_to_somebody",
                        violation_error_message="Bitte sagen Sie, an wen und wann die Empfehlung übergeben wurde.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answered_recommendation_has_an_answer",
                        violation_error_message="Bitte tragen Sie die Antwort und ihren Tag ein.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on", None),
                            ("handed_over_on", None),
                            ("answered_on__gte", models.F("handed_over_on")),
                            _connector="OR",
                        ),
                        name="an_answer_follows_the_handing_over",
                        violation_error_message="Die Antwort kann nicht vor der Übergabe liegen.",
                    ),
                ],
            },
        ),
    ]
