from django.db import migrations, models

STAGES = {
    "EventMail": {
        "invited": "eingeladen", "answered": "hat geantwortet", "week-before": "7 Tage vorher",
        "day-before": "24 Stunden vorher",
    },
    "RegistrationMail": {
        "answered": "Platz oder Warteliste", "week-before": "7 Tage vorher", "day-before": "24 Stunden vorher",
    },
    "SubscriptionMail": {"announced": "angekündigt"},
}  # fmt: skip
NEWS = {
    "moved": "verschoben", "postponed": "verschoben, neuer Termin folgt", "changed": "geändert",
    "cancelled": "abgesagt", "reinstated": "findet doch statt",
}  # fmt: skip


def stages_of(name):
    choices = list((STAGES[name] | NEWS).items())
    return models.CharField(choices=choices, max_length=12, verbose_name="Anlass")


def tell_as_moved(apps, schema_editor):
    """Backwards: the code before does not know the stage; what it knows that comes nearest is „verschoben“."""
    for name in STAGES:
        rows = apps.get_model("sessions_app", name).objects.using(schema_editor.connection.alias)
        rows.filter(stage="postponed").update(stage="moved")


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0010_what_people_know_word_by_word")]

    operations = [
        *(migrations.AlterField(name.lower(), "stage", stages_of(name)) for name in STAGES),
        migrations.RunPython(migrations.RunPython.noop, tell_as_moved),
    ]
