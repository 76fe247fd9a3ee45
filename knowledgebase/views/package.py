"""The Nachnutzungspaket."""

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page

from ogl_portal.lib import pdf

from .solution import SolutionView


@method_decorator(conditional_page, name="dispatch")
class PackageView(SolutionView):
    """All that somebody needs who wants to use a solution, as one tagged PDF."""

    def render_to_response(self, context, **response_kwargs):
        try:
            content = pdf.render("knowledgebase/package_pdf.html", context | {"SITE_URL": settings.SITE_URL})
        except pdf.RenderError as error:
            page = render(self.request, "knowledgebase/package_failed.html", context | {"message": error}, status=503)
            page["Retry-After"], page["Cache-Control"] = "60", "no-store"
            return page
        response = pdf.respond(content, f"{self.object.slug}.pdf")
        if self.request.user.is_anonymous:
            del response["Cache-Control"]
            patch_cache_control(response, public=True, no_cache=True)
        return response
