"""What is new, for programs that read feeds."""

from django.db.models.functions import Coalesce, Greatest

from ogl_portal.lib import feeds

from ..feeds import EVENTS, REPORTS, event_entry, report_entry
from ..models import Event, Report


class EventFeedView(feeds.FeedView):
    """The published events that changed last."""

    feed = EVENTS

    def entries(self):
        return map(event_entry, Event.objects.published().order_by("-changed_at", "-pk")[: feeds.ENTRIES])


class ReportFeedView(feeds.FeedView):
    """The reports that were released last, without their long texts."""

    feed = REPORTS

    def entries(self):
        reports = Report.objects.released().select_related("event").with_public_title()
        latest = Coalesce("current_version__released_at", "released_at")
        changed = Greatest(latest, Coalesce("current_version__redacted_at", latest))
        return map(report_entry, reports.order_by(changed.desc(), "-pk")[: feeds.ENTRIES])
