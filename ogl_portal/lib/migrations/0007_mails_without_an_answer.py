from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0006_calendar_of_a_mail")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="handed_over_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="übergeben, ohne Antwort"),
        ),
    ]
