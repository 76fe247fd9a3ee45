"""The page of one's own data shows people what was noted of their answers; the field says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_figures_of_needs")]

    operations = [
        migrations.AlterField(
            model_name="entryreview",
            name="note",
            field=models.TextField(
                blank=True,
                help_text="Wer geantwortet hat, liest sie unter „Meine Daten“.",
                max_length=4000,
                verbose_name="interne Notiz",
            ),
        ),
    ]
