"""Opening a round and inviting people to it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import Person

from ..models import Invitation, Round


@transaction.atomic
def open_round(*, round: Round) -> int:
    """Publish the round and invite everybody who is a member today; returns how many are newly invited.

    Repeated, it invites those who have become members since.
    """
    unopened = Round.objects.filter(pk=round.pk, opened_at=None)
    unopened.update(opened_at=timezone.now(), revision=F("revision") + 1)
    round.refresh_from_db()
    known = set(round.invitations.values_list("person", flat=True))
    new = [person for person in Person.objects.members() if person.pk not in known]
    Invitation.objects.bulk_create([Invitation(round=round, person=person) for person in new], ignore_conflicts=True)
    return len(new)


def invite(*, round: Round, person: Person) -> Invitation:
    """Let a person respond, member or not; who is invited already stays so."""
    return Invitation.objects.get_or_create(round=round, person=person)[0]
