import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ogl_portal.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0005_registrations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            name="TopicCollection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                (
                    "introduction",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True, help_text="Steht über den Themen, nur für Mitglieder.", verbose_name="Worum es geht"
                    ),
                ),
                (
                    "closes_at",
                    models.DateTimeField(
                        help_text="Bis dahin schlagen Mitglieder vor und verteilen Punkte.", verbose_name="offen bis"
                    ),
                ),
                (
                    "informed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Mitglieder informiert"),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_collection",
                        to="sessions_app.event",
                        verbose_name="Workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "Themensammlung",
                "verbose_name_plural": "Themensammlungen",
                "ordering": ["-event__starts_at"],
            },
        ),
        migrations.CreateModel(
            name="WorkshopTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung")),
                ("title", models.CharField(max_length=200, verbose_name="Frage")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="Erläuterung")),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="vorgeschlagen am"
                    ),
                ),
                (
                    "is_chosen",
                    models.BooleanField(default=False, editable=False, verbose_name="für den Workshop festgelegt"),
                ),
                (
                    "result",
                    ogl_portal.lib.fields.MarkdownField(
                        blank=True,
                        help_text="Kommt in den Report des Workshops, sobald er begonnen wird.",
                        verbose_name="Ergebnis im Workshop",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="sessions_app.topiccollection",
                        verbose_name="Themensammlung",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged_topics",
                        to="sessions_app.workshoptopic",
                        verbose_name="aufgegangen in",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="workshop_topics",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorgeschlagen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Workshop-Thema",
                "verbose_name_plural": "Workshop-Themen",
                "ordering": ["collection", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TopicDot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Punkt des Mitglieds")),
                ("place", models.PositiveSmallIntegerField(verbose_name="Punkt auf dem Thema")),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dots",
                        to="sessions_app.topiccollection",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_dots",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Mitglied",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dots",
                        to="sessions_app.workshoptopic",
                        verbose_name="Thema",
                    ),
                ),
            ],
            options={
                "verbose_name": "Punkt",
                "verbose_name_plural": "Punkte",
                "ordering": ["collection", "member", "number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TopicComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=1000, verbose_name="Kommentar")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="am")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="von",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="sessions_app.workshoptopic",
                        verbose_name="Thema",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kommentar zu einem Thema",
                "verbose_name_plural": "Kommentare zu Themen",
                "ordering": ["at", "pk"],
                "default_permissions": ("view", "delete"),
            },
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
                        condition=models.Q(("status", "draft"), ("event__isnull", False), _connector="OR"),
                        name="a_public_recommendation_names_its_session",
                        violation_error_message="Eine abgestimmte Empfehlung nennt die Session, auf die sie sich stützt.",
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
        migrations.AddConstraint(
            model_name="workshoptopic",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("is_chosen", False), _connector="OR"),
                name="a_merged_topic_is_not_chosen",
                violation_error_message="Ein Thema, das in einem anderen aufgegangen ist, kann nicht festgelegt sein.",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshoptopic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None), models.Q(("merged_into", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="a_topic_is_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="topicdot",
            constraint=models.UniqueConstraint(
                fields=("collection", "member", "number"), name="a_member_gives_each_dot_of_a_workshop_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="topicdot",
            constraint=models.UniqueConstraint(
                fields=("topic", "member", "place"), name="a_member_has_each_place_on_a_topic_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="topicdot",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 5))), name="a_member_has_five_dots_for_a_workshop"
            ),
        ),
        migrations.AddConstraint(
            model_name="topicdot",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__range", (1, 3))), name="at_most_three_dots_of_a_member_on_a_topic"
            ),
        ),
    ]
