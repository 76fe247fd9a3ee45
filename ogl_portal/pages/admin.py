from django.contrib import admin, messages

from ogl_portal.lib.admin import RevisedAdmin

from . import workflow
from .models import BarrierReport, ContactRequest, Page


@admin.register(Page)
class PageAdmin(RevisedAdmin):
    list_display = ["title", "reviewed_on", "updated_at"]
    search_fields = ["title", "body"]
    fields = ["title", "body", "reviewed_on", "updated_at"]
    readonly_fields = ["updated_at"]


class TicketAdmin(RevisedAdmin):
    """A ticket: what was written stands, the lead answers."""

    list_filter = ["status", "due_on"]
    about = ()

    def get_list_display(self, request):
        return [self.about[0], "created_at", "due_on", "status", "is_overdue"]

    def get_search_fields(self, request):
        return [*self.about, "name", "email", "answer"]

    def get_fieldsets(self, request, obj=None):
        self.fieldsets = [
            ("Was ankam", {"fields": [*self.about, "name", "email", "created_at"]}),
            ("Die Antwort", {"fields": ["due_on", "status", "answer", "answered_on"]}),
        ]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return [*self.about, "name", "email", "created_at", "due_on"]

    @admin.display(description="überfällig", boolean=True)
    def is_overdue(self, ticket):
        return ticket.is_overdue

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        """With the answer the ticket is closed, and the answer leaves once."""
        super().save_model(request, obj, form, change)
        is_answered = "status" in form.changed_data and obj.status == obj.Status.ANSWERED
        if is_answered and workflow.send_answer(ticket=obj):
            self.message_user(request, f"Die Antwort geht an {obj.email}.", messages.SUCCESS)


@admin.register(BarrierReport)
class BarrierReportAdmin(TicketAdmin):
    about = ("where", "what")


@admin.register(ContactRequest)
class ContactRequestAdmin(TicketAdmin):
    about = ("subject", "message")
