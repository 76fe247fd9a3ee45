"""Before a workshop the members learn which topics it works on."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import mail
from ogl_portal.lib.history import record

from ..models import Event, TopicCollection


@transaction.atomic
def inform_members(*, collection: TopicCollection, by: User) -> int:
    """Mail the chosen topics to everybody who is a member today, each address once; return to how many.

    Raises ValidationError when nothing is chosen, the workshop is hidden, cancelled or has begun, or when they know.
    """
    event, topics = collection.event, list(collection.topics.chosen().with_dots().most_wanted_first())
    refuse_informing(event, topics)
    if not TopicCollection.objects.filter(pk=collection.pk, informed_at=None).update(informed_at=timezone.now()):
        raise ValidationError("Die Mitglieder sind schon informiert.")
    addresses = Person.objects.members().exclude(email="").values_list("email", flat=True).distinct()
    context = {"event": event, "topics": topics, "url": settings.SITE_URL + collection.get_absolute_url()}
    for address in addresses:
        mail.send("workshop_topics", to=address, context=context, valid_until=event.ends_at, at_once=False)
    record(by, collection, f"{len(addresses)} Mitglieder über die Themen informiert.")
    return len(addresses)


def refuse_informing(event: Event, topics: list) -> None:
    if not topics:
        raise ValidationError("Bitte legen Sie zuerst fest, welche Themen der Workshop bearbeitet.")
    if not event.is_published or event.status == Event.Status.CANCELLED:
        raise ValidationError(f"„{event.title}“ ist nicht veröffentlicht oder abgesagt.")
    if event.starts_at <= timezone.now():
        raise ValidationError(f"„{event.title}“ hat schon begonnen.")
