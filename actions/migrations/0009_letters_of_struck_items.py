"""Let a new item take the letter of one that the same correction of the report strikes, or gives another letter."""

from django.db import migrations, models
from django.db.models import Count, Q

TAKEN = "Diesen Buchstaben gibt es in dem Report schon."
NAME = "one_item_per_letter_in_a_report"
CONDITION = ~Q(letter="") & Q(corrects=None)


def forget_letters_that_stand_twice(apps, schema_editor):
    """On the way back the later item loses a letter that stands twice in its report."""
    items = apps.get_model("actions", "ActionItem").objects.filter(CONDITION)
    twice = items.order_by().values("report", "letter").annotate(number=Count("pk")).filter(number__gt=1)
    for row in twice:
        first = items.filter(report=row["report"], letter=row["letter"]).order_by("since_version", "pk").first()
        items.filter(report=row["report"], letter=row["letter"]).exclude(pk=first.pk).update(letter="")


class Migration(migrations.Migration):
    dependencies = [("actions", "0008_struck_items")]

    operations = [
        migrations.RemoveConstraint(model_name="actionitem", name=NAME),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.UniqueConstraint(
                condition=CONDITION,
                fields=("report", "letter", "since_version"),
                name=NAME,
                violation_error_message=TAKEN,
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_letters_that_stand_twice),
    ]
