"""When an item was saved last, for the calendars of those who have to do it; of older changes nobody knows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0009_letters_of_struck_items")]

    operations = [
        migrations.AddField(
            model_name="actionitem",
            name="changed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="zuletzt gesichert am"),
        ),
    ]
