"""How the desk calls what was answered."""

from .models import Entry


def whose(entry: Entry) -> str:
    """The organisation that answers, or the person where there is none."""
    return str(entry.response.organisation or entry.response.respondent)
