"""A confirmation knows the text that it was given to; of earlier ones nobody knows, they count as given to another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0012_asked_again_and_mails_of_versions")]

    operations = [
        migrations.AddField(
            model_name="reviewconfirmation",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Stand des Entwurfs"),
        ),
    ]
