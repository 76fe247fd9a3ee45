"""The public pages of next steps."""

from ogl_portal.lib.registry import PublicPages, public_pages

from .models import ActionItem


@public_pages.register
def public_items():
    yield PublicPages("massnahmen-liste", lambda: ["actions:item-list"])
    yield PublicPages("massnahmen", lambda: ActionItem.objects.public().order_by("pk"))
