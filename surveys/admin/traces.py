"""The trace that reading what people answered leaves behind."""

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.utils import timezone

READ = "Gelesen."


def log_reading(model_admin, request, thing) -> None:
    """Leave a trace of who has read what, once a day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    of_thing = LogEntry.objects.filter(content_type=get_content_type_for_model(thing), object_id=str(thing.pk))
    if not of_thing.filter(user=request.user, action_time__gte=today, change_message=READ).exists():
        model_admin.log_change(request, thing, READ)
