"""Keep what people were told of an event word by word, so that a mail can name what changed: end, place or link."""

from hashlib import sha256

from django.db import migrations
from django.utils import timezone

TOLD = {"EventMail": "event", "RegistrationMail": "registration__event", "SubscriptionMail": "event"}
ALL_CHANGED = "?.?.?"


def facts_of(event):
    link = event.join_url if event.is_online else ""
    return [event.ends_at.timestamp(), (event.is_online, event.place)], [link]


def in_one_word(event, with_link):
    (ends_at, place), link = facts_of(event)
    return sha256(repr([ends_at, *place] + (link if with_link else [])).encode()).hexdigest()


def word_by_word(event, with_link):
    facts, link = facts_of(event)
    words = [sha256(repr(fact).encode()).hexdigest()[:20] for fact in facts + (link if with_link else [])]
    return ".".join(words if with_link else [*words, ""])


def rewrite(apps, schema_editor, before, after, otherwise):
    alias = schema_editor.connection.alias
    for event in apps.get_model("sessions_app", "Event").objects.using(alias).filter(starts_at__gt=timezone.now()):
        for name, path in TOLD.items():
            rows = apps.get_model("sessions_app", name).objects.using(alias).filter(**{path: event})
            for with_link in [True, False]:
                rows.filter(details=before(event, with_link)).update(details=after(event, with_link))
            known = ["", after(event, True), after(event, False)]
            rows.exclude(details__in=known).update(details=otherwise)


def split(apps, schema_editor):
    """What is no longer true, and was not told yet, is told with the next mail."""
    rewrite(apps, schema_editor, in_one_word, word_by_word, ALL_CHANGED)


def join(apps, schema_editor):
    rewrite(apps, schema_editor, word_by_word, in_one_word, "?")


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0009_what_people_knew_before")]

    operations = [migrations.RunPython(split, join)]
