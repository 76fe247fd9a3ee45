from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0011_events_without_a_new_date")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="asked_again_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="noch einmal gewünscht"),
        ),
    ]
