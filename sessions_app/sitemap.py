"""The public pages of series, events, reports and recommendations."""

from django.contrib.auth.models import AnonymousUser

from ogl_portal.lib.registry import PublicPages, public_pages

from .models import Event, Recommendation, Report, Series

LISTS = ["sessions_app:event-list", "sessions_app:report-list", "sessions_app:recommendation-list"]


@public_pages.register
def public_sessions():
    yield PublicPages("termine-listen", lambda: LISTS)
    yield PublicPages("termine", lambda: Event.objects.published().order_by("pk"), "changed_at")
    yield PublicPages("serien", lambda: Series.objects.visible_to(AnonymousUser()).order_by("pk"))
    yield PublicPages("reports", lambda: Report.objects.released().order_by("pk"))
    yield PublicPages("empfehlungen", lambda: Recommendation.objects.public().order_by("pk"))
