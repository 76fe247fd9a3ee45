"""Who stands on the list of an event that had moved or was off already knows that: the update tells nobody anew."""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

OFF_PLAN = Q(status="cancelled") | Q(status="moved", moved_from__isnull=False)


def note_as_known(apps, schema_editor):
    alias, model = schema_editor.connection.alias, apps.get_model("sessions_app", "EventMail")
    events = apps.get_model("sessions_app", "Event").objects.using(alias)
    for event in events.filter(OFF_PLAN, is_published=True, starts_at__gt=timezone.now()).exclude(kind="session"):
        told = model.objects.using(alias).filter(event=event).values("person")
        untold = event.attendances.using(alias).filter(status__in=["invited", "accepted"]).exclude(person__in=told)
        model.objects.using(alias).bulk_create(
            model(event=event, person_id=person, stage=event.status, starts_at=event.starts_at)
            for person in untold.values_list("person", flat=True)
        )


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0008_what_people_know_of_events")]

    # Backwards there is nothing to take away: the rows say what is true.
    operations = [migrations.RunPython(note_as_known, migrations.RunPython.noop)]
