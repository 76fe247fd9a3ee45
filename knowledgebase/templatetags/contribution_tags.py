"""What somebody has given to the Wissensdatenbank, on the page that is their own."""

from django import template

from knowledgebase.models import Reuse, Solution
from ogl_portal.directory.models import belongs_to_group

register = template.Library()


@register.inclusion_tag("knowledgebase/_my_contributions.html")
def my_contributions(user):
    """What the signed-in user has proposed, and the reuses that the user has reported."""
    reuses = Reuse.objects.of(user).select_related("solution")
    return {"may_write": belongs_to_group(user), "proposals": Solution.objects.of(user), "reuses": reuses}
