from django.db import migrations, models
from django.db.models import F, Min


def let_items_of_running_corrections_wait(apps, schema_editor):
    """What was added to a report since its released version stands from the next one on."""
    items = apps.get_model("actions", "ActionItem").objects.exclude(report__status="released")
    since = items.annotate(began=Min("history__at")).filter(began__gt=F("report__current_version__released_at"))
    for item in since.select_related("report__current_version"):
        items.filter(pk=item.pk).update(since_version=item.report.current_version.number + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0002_shares_comments_and_reminders"),
        ("sessions_app", "0002_versions_review_and_annexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="actionitem",
            name="since_version",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="seit Fassung"),
        ),
        migrations.RunPython(let_items_of_running_corrections_wait, migrations.RunPython.noop),
    ]
