"""What other pages show of the people of the AG."""

from django import template

from ..distribution import DistributionList

register = template.Library()


@register.inclusion_tag("directory/_distribution_list.html")
def distribution_list(day, user=None):
    """The annex „Verteiler AG, Stand“ of a day; members and lead see names, the public organisations and numbers."""
    return {"distribution": DistributionList(day, user)}
