"""What belongs to an event on its admin page: files, and who speaks."""

from django.contrib import admin

from ogl_portal.lib.admin import PortalStackedInline, PortalTabularInline
from ogl_portal.lib.upload_forms import FileRowForm, FileRowFormSet, stored_file

from ..models import EventMaterial, EventSpeaker


class MaterialForm(FileRowForm):
    class Meta(FileRowForm.Meta):
        model = EventMaterial
        fields = ["position", "title", "file", "is_public"]


class MaterialInline(PortalStackedInline):
    model = EventMaterial
    form = MaterialForm
    formset = FileRowFormSet
    fields = [("position", "is_public"), "title", "file", "stored"]
    readonly_fields = ["stored"]
    view_on_site = False

    @admin.display(description="liegt vor")
    def stored(self, material):
        return stored_file(material)


class SpeakerInline(PortalTabularInline):
    model = EventSpeaker
    autocomplete_fields = ["person", "organisation"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__organisation", "organisation")
