"""How the names of people were written before, so that a withdrawal finds those spellings too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_pages_of_target_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="former_names",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="frühere Schreibweisen"),
        ),
    ]
