"""The catalogue of the OZG as far as the portal needs it; ``import_ozg`` brings whole lists."""

from django.contrib import admin

from ogl_portal.lib.admin import PortalAdmin

from ..models import LifeSituation, PublicService


@admin.register(LifeSituation)
class LifeSituationAdmin(PortalAdmin):
    list_display = ["name", "kind", "ozg_field"]
    list_filter = ["kind", "ozg_field"]
    search_fields = ["name"]


@admin.register(PublicService)
class PublicServiceAdmin(PortalAdmin):
    list_display = ["name", "leika_key", "ozg_id"]
    search_fields = ["name", "leika_key", "ozg_id"]
