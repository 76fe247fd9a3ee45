from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0006_calendar_of_a_mail")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="unsubscribe_url",
            field=models.TextField(blank=True, verbose_name="Adresse zum Abbestellen"),
        ),
    ]
