from django.contrib import admin

from ogl_portal.lib.admin import RevisedAdmin

from .models import BarrierReport, Page


@admin.register(Page)
class PageAdmin(RevisedAdmin):
    list_display = ["title", "reviewed_on", "updated_at"]
    search_fields = ["title", "body"]
    fields = ["title", "body", "reviewed_on", "updated_at"]
    readonly_fields = ["updated_at"]


@admin.register(BarrierReport)
class BarrierReportAdmin(RevisedAdmin):
    """A ticket: what was reported stands, the lead notes the answer."""

    list_display = ["where", "created_at", "due_on", "status", "is_overdue"]
    list_filter = ["status", "due_on"]
    search_fields = ["where", "what", "name", "email", "answer"]
    fieldsets = [
        ("Die Meldung", {"fields": ["where", "what", "name", "email", "created_at"]}),
        ("Die Antwort", {"fields": ["due_on", "status", "answer", "answered_on"]}),
    ]
    readonly_fields = ["where", "what", "name", "email", "created_at", "due_on"]

    @admin.display(description="überfällig", boolean=True)
    def is_overdue(self, report):
        return report.is_overdue

    def has_add_permission(self, request):
        return False
