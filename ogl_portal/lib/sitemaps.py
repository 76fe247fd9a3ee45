"""The sitemap (sitemaps.org, 0.9): what everybody may read, as each app's ``sitemap.py`` says."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from .registry import PublicPages, public_pages


class PagesSitemap(Sitemap):
    """The pages of one kind, at the portal's own address whatever name it was asked by."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def __init__(self, pages: PublicPages):
        self.pages = pages

    def items(self) -> Iterable:
        return self.pages.things()

    def location(self, item) -> str:
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()

    def lastmod(self, item):
        return getattr(item, self.pages.changed) if self.pages.changed else None

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.SITE_URL).netloc


def sections() -> dict[str, PagesSitemap]:
    """The parts of the sitemap, by name."""
    return {pages.name: PagesSitemap(pages) for pages in public_pages.ask()}
