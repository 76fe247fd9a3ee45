"""Where members meet the drafts that wait for their eyes."""

from django import template
from django.utils import timezone

from ogl_portal.directory.models import belongs_to_group

from ..models import Report

register = template.Library()


@register.inclusion_tag("sessions_app/_my_reviews.html")
def my_reviews(user):
    """The drafts that the member may check and has not confirmed, the first to end first."""
    if not belongs_to_group(user):
        return {"reports": []}
    waiting = Report.objects.in_review(on=timezone.localdate()).exclude(confirmations__user=user)
    return {"reports": waiting.order_by("review_until", "pk")}
