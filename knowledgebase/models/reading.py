"""Which solutions there are to read: the words of the queryset."""

from datetime import date

from django.db import models
from django.utils import timezone


class SolutionQuerySet(models.QuerySet):
    def published(self):
        """Solutions that everybody may read."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def visible_to(self, user):
        """Published ones; drafts and archived ones for the OGL-Leitung only."""
        return self if user.is_authenticated and user.is_lead else self.published()

    def of(self, user):
        """What this user has proposed; nothing for who is not signed in."""
        return self.filter(proposed_by=user.pk, proposed_by__isnull=False)

    def due_for_review(self, on: date | None = None):
        """Published ones whose next review has come by the day (default: today in Berlin)."""
        return self.published().filter(next_review_on__lte=on or timezone.localdate())

    def changed_alone(self):
        """Published ones that one person has changed and no second has looked at yet."""
        return self.published().filter(changed_alone_at__isnull=False)

    def without_contact(self, on: date | None = None):
        """Those that name nobody whose consent holds on the day (default: today in Berlin)."""
        contacts = self.model._meta.get_field("contacts").related_model.objects.consenting(on)
        return self.filter(~models.Exists(contacts.filter(solution=models.OuterRef("pk"))))

    def named(self, title: str):
        """Published ones with just this title."""
        return self.published().filter(title=title)

    def newest_first(self):
        return self.order_by("-published_at", "title")
