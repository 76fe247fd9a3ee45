"""What machines ask of the portal: its health, and where search engines may look. Wiring that is imported by nobody."""

import logging

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ogl_portal.lib import health, sitemaps

logger = logging.getLogger(__name__)
NOT_FOR_ROBOTS = ["/admin/", "/anmelden/", "/abmelden/", "/mein-bereich/", "/suche/"]


@require_safe
@cache_control(no_store=True)
def healthz(request):
    """200 or 503; what is wrong stands in the log and in „manage.py health“, not here."""
    found = [word for word, _sentence in health.problems()]
    if found:
        logger.warning("healthz: %s", ", ".join(found))
    return JsonResponse({"status": "failing" if found else "ok"}, status=503 if found else 200)


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request):
    """Every address that everybody may read."""
    return django_sitemap(request, sitemaps.sections())


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """RFC 9309. Pages behind a token are linked nowhere and say „noindex“ themselves."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
