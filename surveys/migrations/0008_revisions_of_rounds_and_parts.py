"""Rounds, questionnaires, their sections and questions get a revision, so that an outdated form is refused."""

from django.db import migrations, models

EDITED_BY_TWO = ["questionnaire", "section", "question", "round"]


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_needs_split_and_titles_of_sides")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung"),
        )
        for name in EDITED_BY_TWO
    ]
