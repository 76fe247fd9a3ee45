"""What every page knows."""

from django.conf import settings


def site(request) -> dict:
    """Name and public address of this installation, for head and mails."""
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
