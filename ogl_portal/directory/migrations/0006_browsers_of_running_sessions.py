"""Whoever is signed in already finds these browsers in the list, too, and can end them."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone


def note_browsers(apps, schema_editor):
    sessions = apps.get_model("sessions", "Session").objects.filter(expire_date__gt=timezone.now())
    browsers = apps.get_model("directory", "SignedInBrowser").objects
    users = {str(pk): pk for pk in apps.get_model("directory", "User").objects.values_list("pk", flat=True)}
    for session in sessions.filter(browser=None).iterator():
        user = users.get(SessionStore().decode(session.session_data).get("_auth_user_id"))
        saved_at = session.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if user:
            browsers.create(
                session=session, user_id=user, name="unbekannter Browser", signed_in_at=saved_at, used_at=saved_at
            )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_second_factor_and_browsers"),
    ]

    operations = [
        migrations.RunPython(note_browsers, migrations.RunPython.noop),
    ]
