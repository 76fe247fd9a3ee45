"""The pages of the portal itself that search engines may know."""

from ogl_portal.lib.registry import PublicPages, public_pages

NAMES = ["home", *(f"pages:{name}" for name in ["help", "plain-language", "imprint", "privacy", "accessibility"])]


@public_pages.register
def own_pages():
    yield PublicPages("seiten", lambda: [*NAMES, "pages:contact", "pages:report-barrier"])
