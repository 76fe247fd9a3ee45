from django.db import migrations
from django.db.models import F

WORDING = [
    "letter", "title", "description", "round_id", "is_public", "is_done_by_event",
    "due_kind", "due_from", "due_until", "time_from", "time_until", "due_event_id", "dated_due_at",
    "responsible_kind", "responsible_organisation_id",
]  # fmt: skip


def begin_corrections(apps, schema_editor):
    """Items of a report that is being corrected keep what they say now; the next version is written beside them."""
    items = apps.get_model("actions", "ActionItem").objects
    running = items.exclude(report__status="released").filter(
        corrects=None, report__current_version__number__gte=F("since_version")
    )
    for item in running.order_by("pk"):
        wording = {name: getattr(item, name) for name in WORDING}
        correction = items.create(corrects=item, report_id=item.report_id, is_example=item.is_example, **wording)
        copy_parts(item, correction)


def end_corrections(apps, schema_editor):
    """The items themselves are what is worked on again."""
    items = apps.get_model("actions", "ActionItem").objects
    corrections = items.exclude(corrects=None).select_related("corrects")
    items.filter(pk__in=corrections.values("corrects")).update(letter="")
    for correction in corrections:
        items.filter(pk=correction.corrects_id).update(**{name: getattr(correction, name) for name in WORDING})
        copy_parts(correction, correction.corrects)
        correction.delete()


def copy_parts(source, target):
    """Give an item the persons and the days of another."""
    target.responsible_persons.set(source.responsible_persons.all())
    target.days.all().delete()
    for day in source.days.values_list("day", flat=True):
        target.days.create(day=day)


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0005_corrections_of_items"),
        ("sessions_app", "0008_what_people_know_of_events"),
    ]

    operations = [
        migrations.RunPython(begin_corrections, end_corrections),
    ]
