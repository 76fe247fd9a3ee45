"""The public pages of rounds and needs."""

from ogl_portal.lib.registry import PublicPages, public_pages

from .models import Need, Round


@public_pages.register
def public_surveys():
    yield PublicPages("fragebogen-listen", lambda: ["surveys:round-list", "needs:need-list"])
    yield PublicPages("fragebogen", lambda: Round.objects.published().order_by("pk"))
    yield PublicPages("bedarfe", lambda: Need.objects.released().order_by("pk"))
