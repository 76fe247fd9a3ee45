"""Which action items there are, as words to be chained."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from ogl_portal.directory.models import Person, User, belongs_to_group
from sessions_app.models import Event, Report, ReportVersion

LONG = [f"report__current_version__{name}" for name in ReportVersion.LONG]
"""What only the page of a report needs."""
A_YEAR = timedelta(days=365)
"""After so long an overdue item counts as one without news."""


def awaits_date() -> Q:
    """Due at an event that was moved and has no new date; the same as ``item.due_event.is_postponed``."""
    return Q(due_event__status=Event.Status.MOVED, due_event__moved_from=None)


def took_place() -> Q:
    """Done by their event: it is over and was not cancelled. Never stored, always computed."""
    is_over = Q(is_done_by_event=True, due_event__ends_at__lte=timezone.now())
    return is_over & ~Q(due_event__status=Event.Status.CANCELLED) & ~awaits_date()


def stands() -> Q:
    """Agreed for everybody to read: of no report, or in a version of it that is released. The same as ``item.stands``.

    While a report is corrected, what was added since waits for the next version.
    """
    is_in_version = Q(report__current_version__number__gte=F("since_version"))
    return Q(report=None) | Q(report__status=Report.Status.RELEASED) | is_in_version


class ActionItemQuerySet(models.QuerySet):
    def with_due(self):
        """Add ``due``, the due moment: exclusive, null where the Termin is open. The same as ``item.due_at``."""
        moment = Coalesce("due_event__ends_at", "dated_due_at")
        return self.annotate(due=Case(When(awaits_date(), then=None), default=moment))

    def open(self):
        """Items that somebody still has to do."""
        return self.filter(status__in=self.model.UNSETTLED).exclude(took_place())

    def done(self):
        """Items that were done, those among them that an event did."""
        return self.filter(Q(status=self.model.Status.DONE) | (Q(status__in=self.model.UNSETTLED) & took_place()))

    def due_before(self, moment: datetime):
        """Items, settled ones too, whose due moment has come at ``moment`` (aware)."""
        return self.with_due().filter(due__lte=moment)

    def overdue(self):
        """Open items whose due moment has passed. Never stored, always computed."""
        return self.open().due_before(timezone.now())

    def without_news(self):
        """Overdue for more than a year: what became of them is simply not known."""
        return self.open().due_before(timezone.now() - A_YEAR)

    def upcoming(self):
        """Open items whose due moment lies ahead, the next one first."""
        return self.open().with_due().filter(due__gt=timezone.now()).order_by("due", "pk")

    def of_released_reports(self):
        """Items that stand: those of a report once they are released with it, and those of none."""
        return self.filter(stands())

    def public(self):
        """What everybody may see: public items, but those of a report only once it is released."""
        return self.of_released_reports().filter(is_public=True)

    def visible_to(self, user):
        """Everybody sees the public items, members also internal ones, the lead also those of drafts."""
        if not belongs_to_group(user):
            return self.public()
        return self if user.is_lead else self.filter(stands() | Q(report__status=Report.Status.IN_REVIEW))

    def of_person(self, person):
        """Items that name the person, or that a member must do: the person's organisation or everyone has to."""
        kinds = self.model.ResponsibleKind
        mine = Q(responsible_kind=kinds.EVERYONE) | self.naming(person)
        if person.organisation_id:
            mine |= Q(responsible_kind=kinds.ORGANISATION, responsible_organisation=person.organisation_id)
        return self.filter(mine)

    def naming(self, person) -> Q:
        """Of items that name the person."""
        pks = self.model.responsible_pks(person.pk)
        return Q(responsible_kind=self.model.ResponsibleKind.PERSONS, pk__in=pks)

    def still_to_do_by(self, person):
        """What stands and a person still has to do, as far as they may read it: for mails to people of any kind.

        Guests and who has left the AG have what names them alone; what is internal is for the AG, and what the lead
        has to do for the lead.
        """
        is_member = Person.objects.members().filter(pk=person.pk).exists()
        is_lead = User.objects.leads().filter(person=person.pk).exists()
        readable = (self.of_released_reports() if is_member or is_lead else self.public()).open()
        items = readable.of_person(person) if is_member else readable.filter(self.naming(person))
        return (readable.with_those_of_the_lead(items) if is_lead else items).not_ticked_off_by(person.pk)

    def of(self, user):
        """Items that this user is responsible for, alone or with others."""
        is_known = user.is_authenticated
        found = self.of_person(user.person) if is_known and user.is_member else self.none()
        return self.with_those_of_the_lead(found) if is_known and user.is_lead else found

    def with_those_of_the_lead(self, items):
        """These items and all that the OGL-Leitung is responsible for."""
        return self.filter(Q(pk__in=items.values("pk")) | Q(responsible_kind=self.model.ResponsibleKind.LEAD))

    def ticked_off_by(self, person_id: int | None):
        """What everyone has to do, and this person has done the own share of; see ``item.has_shares``."""
        everyone = self.filter(responsible_kind=self.model.ResponsibleKind.EVERYONE, round=None)
        return everyone.filter(shares__person=person_id) if person_id else self.none()

    def not_ticked_off_by(self, person_id: int | None):
        """All but what this person has done the own share of."""
        return self.exclude(pk__in=self.ticked_off_by(person_id).values("pk"))

    def carried_over_to(self, event):
        """Items of earlier meetings that are still open, with ``meetings_open``: how many meetings they have waited.

        Meetings are AG-Sitzungen and workshops that took place after the item's own, up to and with ``event``.
        """
        passed = Event.objects.exclude(kind=Event.Kind.SESSION).exclude(status=Event.Status.CANCELLED)
        waited = passed.filter(starts_at__gt=OuterRef("report__event__starts_at"), starts_at__lte=event.starts_at)
        counted = waited.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")
        earlier = self.open().filter(report__event__starts_at__lt=event.starts_at)
        return earlier.annotate(meetings_open=Coalesce(Subquery(counted), 0)).order_by(
            "report__event__starts_at", "letter", "pk"
        )

    def in_full(self):
        """With all that a row of a table says: four queries for any number of rows."""
        people = models.Prefetch("responsible_persons", Person.objects.select_related("organisation"))
        related = self.select_related(
            "report__event", "report__current_version", "due_event", "responsible_organisation"
        )
        return related.defer(*LONG).prefetch_related("days", people)

    def most_urgent_first(self):
        """Open before settled, then by due moment, open Termine last; what is without news follows the open ones."""
        is_open, a_year_ago = Q(status__in=self.model.UNSETTLED) & ~took_place(), timezone.now() - A_YEAR
        group = Case(When(is_open & Q(due__lte=a_year_ago), then=1), When(is_open, then=0), default=2)
        return self.with_due().order_by(group, F("due").asc(nulls_last=True), "pk")


class ActionItemManager(models.Manager.from_queryset(ActionItemQuerySet)):
    """The items themselves, without the rows that hold what a running correction makes of them."""

    def get_queryset(self):
        return super().get_queryset().filter(corrects=None)
