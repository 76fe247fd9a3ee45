import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STRIKE = "Mit der Freigabe wird der Schritt gelöscht, samt Verlauf und Kommentaren. Soll er sichtbar bleiben, geben Sie ihm stattdessen auf seiner Seite den Stand „entfallen“."


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0004_items_that_answer_needs"),
    ]

    operations = [
        migrations.AddField(
            model_name="actionitem",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="correction",
                to="actions.actionitem",
                verbose_name="korrigiert",
            ),
        ),
        migrations.AddField(
            model_name="actionitem",
            name="is_struck",
            field=models.BooleanField(default=False, help_text=STRIKE, verbose_name="streichen"),
        ),
        migrations.RemoveConstraint(model_name="actionitem", name="one_item_per_letter_in_a_report"),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.UniqueConstraint(
                condition=~Q(letter="") & Q(corrects=None),
                fields=("report", "letter"),
                name="one_item_per_letter_in_a_report",
                violation_error_message="Diesen Buchstaben gibt es in dem Report schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=Q(corrects=None) | Q(report__isnull=False),
                name="a_correction_of_an_item_belongs_to_a_report",
                violation_error_message="Korrigiert wird ein Schritt mit seinem Report.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=Q(is_struck=False) | Q(corrects__isnull=False),
                name="an_item_is_struck_by_a_correction",
                violation_error_message="Streichen lässt sich ein Schritt nur mit einer Korrektur seines Reports.",
            ),
        ),
    ]
