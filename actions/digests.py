"""Reminding of what is due: to each responsible person one mail for all of it, each stage once, whatever cron does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import MailPreference, Membership, Person, User
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from .models import ActionItem, ItemMail

WEEK, DAY = timedelta(days=7), timedelta(days=1)
WEEKS_OVERDUE = 8
"""After so many weeks nobody is reminded any more: the item stays on the lead's desk."""


@dataclass(frozen=True)
class Line:
    """One item of a digest, and why it is in it."""

    item: ActionItem
    stage: int

    @property
    def is_overdue(self) -> bool:
        return self.stage < 0


def stage_at(due_at: datetime, now: datetime) -> int | None:
    """The stage that has come: 7 or 1 (days before), -1 to -8 (weeks overdue), None before and after.

    Of several that have come only the last one counts: after a long pause nobody gets two at once.
    """
    if now < due_at:
        return 1 if now >= due_at - DAY else 7 if now >= due_at - WEEK else None
    weeks = (now - due_at) // WEEK + 1
    return -weeks if weeks <= WEEKS_OVERDUE else None


def send_digests(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the digests that are due at ``now`` (aware) into the outbox and yield them."""
    lines: dict[Person, list[Line]] = defaultdict(list)
    groups = Groups(now)
    for item in items_to_mind(now):
        stage = stage_at(item.due_at, now)
        for person in groups.responsible_for(item) if stage else ():
            lines[person].append(Line(item, stage))
    for person, wanted in lines.items():
        if sent := send_digest(person, wanted, now):
            yield sent


def items_to_mind(now: datetime):
    """Open items of released reports, or of none, whose stages lie around ``now``; a round reminds by itself."""
    items = ActionItem.objects.open().of_released_reports().filter(round=None).with_due()
    return items.filter(due__gt=now - WEEKS_OVERDUE * WEEK, due__lte=now + WEEK).in_full().order_by("due", "pk")


class Groups:
    """Who is responsible, with the members and leads of the day read once."""

    def __init__(self, now: datetime) -> None:
        memberships = Membership.objects.on(timezone.localdate(now)).select_related("person__mail_preference")
        self.members = {row.person_id: row.person for row in memberships}
        self.of_organisation: dict[int, list[Person]] = defaultdict(list)
        for person in self.members.values():
            self.of_organisation[person.organisation_id].append(person)
        self.leads = list(Person.objects.filter(user__in=User.objects.leads()).select_related("mail_preference"))

    def responsible_for(self, item: ActionItem) -> Iterable[Person]:
        """The persons with an address who have to do something for the item."""
        kinds = ActionItem.ResponsibleKind
        people = {
            kinds.PERSONS: lambda: item.responsible_persons.all(),
            kinds.EVERYONE: lambda: self.who_has_not_ticked(item),
            kinds.LEAD: lambda: self.leads,
            kinds.ORGANISATION: lambda: self.of_organisation[item.responsible_organisation_id],
        }.get(item.responsible_kind, list)()
        return (person for person in people if person.email)

    def who_has_not_ticked(self, item: ActionItem) -> list[Person]:
        done = {share.person_id for share in item.shares.all()}
        return [person for pk, person in self.members.items() if pk not in done]


def wants(person: Person, line: Line) -> bool:
    """Whether the person chose to get this one."""
    preference = getattr(person, "mail_preference", None)
    steps = preference.steps if preference else MailPreference.Steps.ALL
    return steps == MailPreference.Steps.ALL or (steps == MailPreference.Steps.ONCE and is_the_one(person, line))


def is_the_one(person: Person, line: Line) -> bool:
    """Whether the line is the only one that somebody wants: a day before, or later where that day was missed."""
    had = ItemMail.objects.filter(item=line.item, person=person, due_at=line.item.due_at, stage__lte=1)
    return line.stage <= 1 and not had.exists()


@transaction.atomic
def send_digest(person: Person, lines: list[Line], now: datetime) -> OutgoingMail | None:
    """Send one digest with what was not sent before, remembered in the same transaction; None where nothing is new."""
    new = [line for line in lines if wants(person, line) and claim(person, line, now)]
    if not new:
        return None
    context = {
        "person": person,
        "overdue": [line.item for line in new if line.is_overdue],
        "coming": [line.item for line in new if not line.is_overdue],
        "url": settings.SITE_URL + reverse("directory:my-area"),
        "preferences_url": settings.SITE_URL + reverse("directory:mail-preferences"),
    }
    return mail.send("action_digest", to=person.email, context=context, at_once=False)


def claim(person: Person, line: Line, now: datetime) -> bool:
    """Note that the person gets this line; only one of several processes succeeds."""
    key = {"item": line.item, "person": person, "due_at": line.item.due_at, "stage": line.stage}
    return ItemMail.objects.get_or_create(**key, defaults={"sent_at": now})[1]
