"""Files and the picture of an event."""

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import conditional_page

from ogl_portal.lib.files import send_file

from .. import pictures
from ..models import Event, EventMaterial

KEPT_SECONDS = 3600


class MaterialView(View):
    """A file of an event, for whoever may read it."""

    http_method_names = ["get", "head"]

    def get(self, request, slug, uuid):
        files = EventMaterial.objects.visible_to(request.user).filter(event__slug=slug)
        material = get_object_or_404(files, uuid=uuid)
        response = send_file(material, material.name)
        if request.user.is_anonymous:
            del response["Cache-Control"]
            patch_cache_control(response, public=True, no_cache=True)
        return response


@method_decorator(conditional_page, name="dispatch")
class PictureView(View):
    """The picture of a published event, drawn when somebody asks and kept until the event changes."""

    http_method_names = ["get", "head"]

    def get(self, request, slug):
        event = get_object_or_404(Event.objects.published().select_related("series"), slug=slug)
        key = f"picture:{event.pk}:{event.revision}:{event.series.revision if event.series else 0}"
        content = caches["default"].get_or_set(key, lambda: pictures.draw(event), KEPT_SECONDS)
        headers = {"Content-Type": "image/png", "Cache-Control": "public, no-cache"}
        # Other sites show it: that is what it is for.
        return HttpResponse(content, headers={**headers, "Cross-Origin-Resource-Policy": "cross-origin"})
