from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0004_synonyms"), ("sessions_app", "0011_events_without_a_new_date")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="asked_again_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="noch einmal gewünscht"),
        ),
        migrations.AddField(
            model_name="reportversion",
            name="mails",
            field=models.ManyToManyField(
                editable=False, related_name="+", to="lib.outgoingmail", verbose_name="Mails an den Verteiler"
            ),
        ),
    ]
