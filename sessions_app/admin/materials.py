"""What belongs to an event on its admin page: files, and who speaks."""

from django.contrib import admin
from django.forms import BaseInlineFormSet

from ogl_portal.lib.admin import PortalStackedInline, PortalTabularInline
from ogl_portal.lib.files import FileForm, delete_files, put_file, stored_link

from ..models import EventMaterial, EventSpeaker


class MaterialForm(FileForm):
    class Meta(FileForm.Meta):
        model = EventMaterial
        fields = ["position", "title", "file", "is_public"]

    def save(self, commit=True):
        if self.checked:
            delete_files(EventMaterial.objects.filter(pk=self.instance.pk))
            put_file(self.instance, self.checked)
        return super().save(commit)


class MaterialFormSet(BaseInlineFormSet):
    def delete_existing(self, obj, commit=True):
        """The stored file goes with its row."""
        delete_files([obj])
        super().delete_existing(obj, commit)


class MaterialInline(PortalStackedInline):
    model = EventMaterial
    form = MaterialForm
    formset = MaterialFormSet
    fields = [("position", "is_public"), "title", "file", "stored"]
    readonly_fields = ["stored"]
    view_on_site = False

    @admin.display(description="liegt vor")
    def stored(self, material):
        return stored_link(material)


class SpeakerInline(PortalTabularInline):
    model = EventSpeaker
    autocomplete_fields = ["person", "organisation"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__organisation", "organisation")
