import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_action_items"),
        ("directory", "0004_mail_preferences"),
        ("sessions_app", "0002_versions_review_and_annexes"),
        ("surveys", "0001_questionnaires_and_responses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="Kommentar")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="am")),
            ],
            options={
                "verbose_name": "Kommentar",
                "verbose_name_plural": "Kommentare",
                "ordering": ["at", "pk"],
                "default_permissions": ("view", "delete"),
            },
        ),
        migrations.CreateModel(
            name="ItemMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(verbose_name="fällig")),
                ("stage", models.SmallIntegerField(verbose_name="Stufe")),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="in den Postausgang gelegt"),
                ),
            ],
            options={
                "verbose_name": "Erinnerung an einen Schritt",
                "verbose_name_plural": "Erinnerungen an Schritte",
                "ordering": ["-sent_at"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="erledigt am")),
            ],
            options={
                "verbose_name": "eigener Anteil",
                "verbose_name_plural": "eigene Anteile",
                "ordering": ["done_at", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="actionitem",
            name="an_item_has_one_due_moment",
        ),
        migrations.AddField(
            model_name="actionitem",
            name="is_done_by_event",
            field=models.BooleanField(
                default=False,
                help_text="Der Schritt gilt als erledigt, sobald der Termin der AG stattgefunden hat.",
                verbose_name="mit dem Termin erledigt",
            ),
        ),
        migrations.AddField(
            model_name="actionitem",
            name="round",
            field=models.ForeignKey(
                blank=True,
                help_text="Dann zeigt der Schritt, wie viele schon geantwortet haben.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="action_items",
                to="surveys.round",
                verbose_name="Fragebogenrunde",
            ),
        ),
        migrations.AlterField(
            model_name="actionitem",
            name="due_kind",
            field=models.CharField(
                choices=[
                    ("day", "ein Tag"),
                    ("days", "mehrere Tage"),
                    ("event", "ein Termin der AG"),
                    ("months", "Monate von–bis"),
                    ("open", "offen"),
                    ("unset", "noch nicht angegeben"),
                ],
                default="unset",
                max_length=10,
                verbose_name="Art des Termins (T)",
            ),
        ),
        migrations.AlterField(
            model_name="actionitem",
            name="responsible_kind",
            field=models.CharField(
                choices=[
                    ("persons", "Personen"),
                    ("everyone", "alle AG-Mitglieder"),
                    ("lead", "OGL-Leitung"),
                    ("organisation", "eine Organisation"),
                    ("open", "offen"),
                    ("unset", "noch nicht angegeben"),
                ],
                default="unset",
                max_length=15,
                verbose_name="Art der Verantwortung (V)",
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
                        ("due_kind__in", ["event", "open", "unset"]),
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
                condition=models.Q(("is_done_by_event", False), ("due_kind", "event"), _connector="OR"),
                name="an_item_done_by_an_event_is_due_at_one",
                violation_error_message="Mit dem Termin erledigt sein kann nur, was an einem Termin der AG fällig ist.",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="von",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="actions.actionitem",
                verbose_name="Nächster Schritt",
            ),
        ),
        migrations.AddField(
            model_name="itemmail",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="actions.actionitem",
                verbose_name="Nächster Schritt",
            ),
        ),
        migrations.AddField(
            model_name="itemmail",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="item_mails",
                to="directory.person",
                verbose_name="Person",
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="shares",
                to="actions.actionitem",
                verbose_name="Nächster Schritt",
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="shares",
                to="directory.person",
                verbose_name="Mitglied",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemmail",
            constraint=models.UniqueConstraint(
                fields=("item", "person", "due_at", "stage"), name="one_reminder_per_item_person_and_stage"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(fields=("item", "person"), name="one_share_per_member_and_item"),
        ),
    ]
