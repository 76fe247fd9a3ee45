"""The public pages of the Wissensdatenbank."""

from ogl_portal.lib.registry import PublicPages, public_pages

from .models import Solution

LISTS = ["knowledgebase:solution-list", "knowledgebase:suitability", "open_data:index"]


@public_pages.register
def public_solutions():
    yield PublicPages("wissensdatenbank-listen", lambda: LISTS)
    yield PublicPages("wissensdatenbank", lambda: Solution.objects.published().order_by("pk"), "changed_at")
