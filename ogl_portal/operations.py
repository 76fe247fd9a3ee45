"""What machines ask of the portal: health, where search engines may look, where weaknesses are reported.

Wiring that is imported by nobody.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ogl_portal.lib import health, sitemaps

logger = logging.getLogger(__name__)
NOT_FOR_ROBOTS = ["/admin/", "/anmelden/", "/abmelden/", "/mein-bereich/", "/suche/"]
SECURITY_TEXT_VALID = timedelta(days=180)
"""How long what is said about reporting weaknesses holds; RFC 9116 recommends less than a year."""


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


@require_safe
@cache_control(public=True, max_age=3600)
def security_text(request):
    """RFC 9116: where weaknesses of the portal are reported. Its last day moves along, so that it never goes stale."""
    last_day = timezone.now().date() + SECURITY_TEXT_VALID
    lines = [
        f"Contact: {settings.SITE_URL}{reverse('pages:contact')}",
        f"Expires: {last_day}T00:00:00Z",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.SITE_URL}{reverse('security-text')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
