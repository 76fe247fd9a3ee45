"""Freezing the figures of a round that may be known outside."""

from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord

from ..definition import digest
from ..models import PublishedFigures, Round
from ..publication import describe
from ..statistics import Statistics
from .errors import NotOver, TooFewResponses


@transaction.atomic
def publish_figures(*, round: Round, by: User) -> PublishedFigures:
    """Freeze the figures for publication as they stand; once frozen, the same come back whatever happens to answers.

    Raises NotOver while the round takes answers, and TooFewResponses.
    """
    round = Round.objects.select_for_update(no_key=True, of=["self"]).select_related("version").get(pk=round.pk)
    figures = PublishedFigures.objects.filter(round=round).first()
    if figures:
        return figures
    if not round.is_over:
        raise NotOver
    statistics = Statistics(round, for_publication=True)
    if not statistics.is_shown:
        raise TooFewResponses
    document = describe(statistics)
    facts = {"document": document, "sha256": digest(document), "published_at": timezone.now(), "published_by": by}
    audit.record(AuditRecord.Kind.CHANGED, "Zahlen zur Veröffentlichung festgeschrieben", by=by, thing=round)
    return PublishedFigures.objects.create(round=round, **facts)
