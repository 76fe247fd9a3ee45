"""Who did what: the history that the Verwaltung shows beside each thing."""

from django.contrib.admin.models import CHANGE, LogEntry


def record(by, thing, message: str) -> None:
    """Note that the user ``by`` did something to a thing; what no person did (None) leaves no entry."""
    if by:
        LogEntry.objects.log_actions(by.pk, [thing], CHANGE, message, single_object=True)
