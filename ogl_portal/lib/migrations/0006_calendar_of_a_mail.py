from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0005_stamp_of_the_search_index")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="calendar",
            field=models.TextField(blank=True, verbose_name="Kalenderdatei"),
        ),
    ]
