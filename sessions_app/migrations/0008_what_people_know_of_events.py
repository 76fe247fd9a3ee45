from collections import Counter

from django.db import migrations, models

READERS = [
    ("EventMail", ["event_id", "person_id"]),
    ("RegistrationMail", ["registration_id"]),
    ("SubscriptionMail", ["subscription_id", "event_id"]),
]


def number_mails(apps, schema_editor):
    """Number what was told of each event to each reader in the order in which it was told."""
    for model, reader in READERS:
        counts = Counter()
        mails = apps.get_model("sessions_app", model).objects.order_by("sent_at", "pk")
        for mail in mails.iterator():
            key = tuple(getattr(mail, name) for name in reader)
            counts[key] += 1
            if counts[key] > 1:
                mails.filter(pk=mail.pk).update(number=counts[key])


def keep_the_latest(apps, schema_editor):
    """Backwards: of each stage and date only one may stay."""
    for model, reader in READERS:
        seen = set()
        mails = apps.get_model("sessions_app", model).objects.order_by("-number", "-pk")
        for mail in mails.iterator():
            key = (*(getattr(mail, name) for name in reader), mail.stage, mail.starts_at)
            if key in seen:
                mails.filter(pk=mail.pk).delete()
            seen.add(key)


def mark_members(apps, schema_editor):
    """Until now members came onto the list as such; only who never was one is a guest."""
    members = apps.get_model("directory", "Membership").objects.values("person")
    apps.get_model("sessions_app", "Attendance").objects.filter(person__in=members).update(as_member=True)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mail_preferences"),
        ("lib", "0004_synonyms"),
        ("sessions_app", "0007_mails_about_a_review"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="eventmail",
            name="one_mail_per_event_person_and_stage",
        ),
        migrations.RemoveConstraint(
            model_name="registrationmail",
            name="one_mail_per_registration_and_stage",
        ),
        migrations.RemoveConstraint(
            model_name="subscriptionmail",
            name="one_mail_per_subscription_event_and_stage",
        ),
        migrations.AddField(
            model_name="attendance",
            name="as_member",
            field=models.BooleanField(default=False, editable=False, verbose_name="als Mitglied eingeladen"),
        ),
        migrations.AddField(
            model_name="eventmail",
            name="details",
            field=models.CharField(blank=True, max_length=64, verbose_name="für Ende, Ort und Link"),
        ),
        migrations.AddField(
            model_name="eventmail",
            name="number",
            field=models.PositiveIntegerField(default=1, verbose_name="laufende Nummer"),
        ),
        migrations.AddField(
            model_name="registrationlink",
            name="name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="registrationlink",
            name="organisation",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="registrationmail",
            name="details",
            field=models.CharField(blank=True, max_length=64, verbose_name="für Ende, Ort und Link"),
        ),
        migrations.AddField(
            model_name="registrationmail",
            name="number",
            field=models.PositiveIntegerField(default=1, verbose_name="laufende Nummer"),
        ),
        migrations.AddField(
            model_name="subscriptionmail",
            name="details",
            field=models.CharField(blank=True, max_length=64, verbose_name="für Ende, Ort und Link"),
        ),
        migrations.AddField(
            model_name="subscriptionmail",
            name="number",
            field=models.PositiveIntegerField(default=1, verbose_name="laufende Nummer"),
        ),
        migrations.RunPython(number_mails, keep_the_latest),
        migrations.RunPython(mark_members, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="eventmail",
            name="stage",
            field=models.CharField(
                choices=[
                    ("invited", "eingeladen"),
                    ("answered", "hat geantwortet"),
                    ("week-before", "7 Tage vorher"),
                    ("day-before", "24 Stunden vorher"),
                    ("moved", "verschoben"),
                    ("changed", "geändert"),
                    ("cancelled", "abgesagt"),
                    ("reinstated", "findet doch statt"),
                ],
                max_length=12,
                verbose_name="Anlass",
            ),
        ),
        migrations.AlterField(
            model_name="registrationmail",
            name="stage",
            field=models.CharField(
                choices=[
                    ("answered", "Platz oder Warteliste"),
                    ("week-before", "7 Tage vorher"),
                    ("day-before", "24 Stunden vorher"),
                    ("moved", "verschoben"),
                    ("changed", "geändert"),
                    ("cancelled", "abgesagt"),
                    ("reinstated", "findet doch statt"),
                ],
                max_length=12,
                verbose_name="Anlass",
            ),
        ),
        migrations.AlterField(
            model_name="subscriptionmail",
            name="stage",
            field=models.CharField(
                choices=[
                    ("announced", "angekündigt"),
                    ("moved", "verschoben"),
                    ("changed", "geändert"),
                    ("cancelled", "abgesagt"),
                    ("reinstated", "findet doch statt"),
                ],
                max_length=12,
                verbose_name="Anlass",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventmail",
            constraint=models.UniqueConstraint(
                fields=("event", "person", "number"), name="event_mails_are_numbered_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationmail",
            constraint=models.UniqueConstraint(
                fields=("registration", "number"), name="mails_are_numbered_per_registration"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriptionmail",
            constraint=models.UniqueConstraint(
                fields=("subscription", "event", "number"), name="mails_are_numbered_per_subscription_and_event"
            ),
        ),
    ]
