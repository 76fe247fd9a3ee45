import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("lib", "0004_synonyms"),
        ("sessions_app", "0004_calendar_and_materials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="Thema")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="Worum geht es?")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="am"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "offen"),
                            ("taken-over", "steht auf der Tagesordnung"),
                            ("declined", "nicht aufgenommen"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        help_text="Lesen die Mitglieder am Vorschlag.",
                        max_length=300,
                        verbose_name="Antwort",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorschlag zur Tagesordnung",
                "verbose_name_plural": "Vorschläge zur Tagesordnung",
                "ordering": ["created_at", "pk"],
                "default_permissions": ("view", "change", "delete"),
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="Organisation")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "noch nicht bestätigt"),
                            ("placed", "angemeldet"),
                            ("waiting", "auf der Warteliste"),
                            ("cancelled", "abgemeldet"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="eingegangen"),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="bestätigt")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="abgemeldet am"),
                ),
                ("has_attended", models.BooleanField(default=False, verbose_name="war dabei")),
            ],
            options={
                "verbose_name": "Anmeldung zu einem Termin",
                "verbose_name_plural": "Anmeldungen zu Terminen",
                "ordering": ["name", "pk"],
                "default_permissions": ("view", "change", "delete"),
            },
        ),
        migrations.CreateModel(
            name="RegistrationLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "Link zu einer Anmeldung",
                "verbose_name_plural": "Links zu Anmeldungen",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RegistrationMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("answered", "Platz oder Warteliste"),
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
            ],
            options={
                "verbose_name": "Mail zu einer Anmeldung",
                "verbose_name_plural": "Mails zu Anmeldungen",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                (
                    "requested_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="eingegangen"),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="bestätigt")),
            ],
            options={
                "verbose_name": "Abo einer Serie",
                "verbose_name_plural": "Abos von Serien",
                "ordering": ["email", "pk"],
                "default_permissions": ("view", "delete"),
            },
        ),
        migrations.CreateModel(
            name="SubscriptionMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("announced", "angekündigt"), ("moved", "verschoben"), ("cancelled", "abgesagt")],
                        max_length=12,
                        verbose_name="Anlass",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="für den Beginn")),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="in den Postausgang gelegt"),
                ),
            ],
            options={
                "verbose_name": "Mail zu einem Abo",
                "verbose_name_plural": "Mails zu Abos",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="capacity",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Sind alle vergeben, führt das Portal eine Warteliste und lässt nachrücken. Leer: beliebig viele.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(9999),
                ],
                verbose_name="Plätze",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="registration_closes_at",
            field=models.DateTimeField(
                blank=True, help_text="Leer: bis zum Beginn des Termins.", null=True, verbose_name="Anmeldung bis"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="takes_registrations",
            field=models.BooleanField(
                default=False,
                help_text="Wer kommen möchte, meldet sich auf der Seite des Termins an.",
                verbose_name="mit Anmeldung",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="join_url",
            field=models.URLField(
                blank=True,
                help_text="Sehen die Mitglieder, wer unter „Teilnahme“ steht und, 24 Stunden vorher, wer angemeldet ist.",
                verbose_name="Link zur Teilnahme",
            ),
        ),
        migrations.AlterField(
            model_name="eventmail",
            name="stage",
            field=models.CharField(
                choices=[
                    ("invited", "eingeladen"),
                    ("week-before", "7 Tage vorher"),
                    ("day-before", "24 Stunden vorher"),
                    ("moved", "verschoben"),
                    ("cancelled", "abgesagt"),
                ],
                max_length=12,
                verbose_name="Anlass",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_open_to_all", False), ("takes_registrations", False), _connector="OR"),
                name="who_may_just_come_need_not_register",
                violation_error_message="Bitte wählen Sie „offen für alle“ oder „mit Anmeldung“, nicht beides.",
            ),
        ),
        migrations.AddField(
            model_name="agendaproposal",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agenda_proposals",
                to="sessions_app.event",
                verbose_name="Termin",
            ),
        ),
        migrations.AddField(
            model_name="agendaproposal",
            name="item",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposal",
                to="sessions_app.agendaitem",
                verbose_name="TOP",
            ),
        ),
        migrations.AddField(
            model_name="agendaproposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agenda_proposals",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vorgeschlagen von",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="event",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="registrations",
                to="sessions_app.event",
                verbose_name="Termin",
            ),
        ),
        migrations.AddField(
            model_name="registrationlink",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="sessions_app.registration"
            ),
        ),
        migrations.AddField(
            model_name="registrationmail",
            name="mail",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="lib.outgoingmail"
            ),
        ),
        migrations.AddField(
            model_name="registrationmail",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="sessions_app.registration"
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to="sessions_app.series",
                verbose_name="Serie",
            ),
        ),
        migrations.AddField(
            model_name="subscriptionmail",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sessions_app.event"
            ),
        ),
        migrations.AddField(
            model_name="subscriptionmail",
            name="subscription",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="sessions_app.subscription"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "declined"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_declined_agenda_proposal_has_an_answer",
                violation_error_message="Bitte schreiben Sie, warum das Thema nicht auf die Tagesordnung kommt.",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["event", "status", "confirmed_at"], name="registration_queue"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("event", "email"), name="one_registration_per_address_and_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="registered_emails_are_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["requested", "cancelled"]), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="who_has_or_awaits_a_place_has_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True), ("cancelled_at__isnull", False), _connector="OR"
                ),
                name="a_cancelled_registration_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationmail",
            constraint=models.UniqueConstraint(
                fields=("registration", "stage", "starts_at"), name="one_mail_per_registration_and_stage"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("series", "email"), name="one_subscription_per_address_and_series"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="subscribed_emails_are_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriptionmail",
            constraint=models.UniqueConstraint(
                fields=("subscription", "event", "stage", "starts_at"), name="one_mail_per_subscription_event_and_stage"
            ),
        ),
    ]
