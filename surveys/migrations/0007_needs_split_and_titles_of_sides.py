"""Needs know what they were split from; sides of the Vernetzung say titles as they were redacted before."""

from django.db import migrations, models

WITHOUT_TITLE = "Vorhaben ohne Titel"


def say_redacted_titles(apps, schema_editor):
    """Where the lead has redacted a title, the side that was made of it says so too."""
    sides = apps.get_model("surveys", "MatchSide").objects.filter(entry__review__isnull=False)
    for side in sides.select_related("entry__review"):
        redacted = side.entry.review.redacted
        if "D1" in redacted:
            side.title = redacted["D1"][:120].strip() or WITHOUT_TITLE
            side.save(update_fields=["title"])


class Migration(migrations.Migration):
    dependencies = [("surveys", "0006_who_reads_a_note")]

    operations = [
        migrations.AddField(
            model_name="need",
            name="split_from",
            field=models.ManyToManyField(
                blank=True,
                editable=False,
                related_name="split_into",
                to="surveys.need",
                verbose_name="abgeteilt von",
            ),
        ),
        migrations.RunPython(say_redacted_titles, migrations.RunPython.noop),
    ]
