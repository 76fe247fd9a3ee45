"""Appointing and releasing leads in the admin, each after a page that says what it means."""

from django.contrib import admin, messages
from django.template.response import TemplateResponse

from . import leads


class LeadActionsMixin:
    """Mixed into the admin of the sign-ins."""

    @admin.action(description="In die OGL-Leitung aufnehmen", permissions=["appoint"])
    def appoint_leads(self, request, queryset):
        words = {"done": "{} gehört jetzt zur OGL-Leitung.", "title": "In die OGL-Leitung aufnehmen?"}
        return self.ask_or_do(request, queryset, leads.appoint, **words)

    @admin.action(description="Aus der OGL-Leitung nehmen", permissions=["appoint"])
    def release_leads(self, request, queryset):
        words = {"done": "{} gehört nicht mehr zur OGL-Leitung.", "title": "Aus der OGL-Leitung nehmen?"}
        return self.ask_or_do(request, queryset, leads.release, **words)

    def has_appoint_permission(self, request) -> bool:
        return request.user.is_lead

    def ask_or_do(self, request, queryset, verb, *, done: str, title: str):
        """Carry out a verb for each of the users once it is confirmed; ask for that before."""
        users = queryset.select_related("person")
        if "confirmed" not in request.POST:
            context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "users": users}
            context |= {"action": request.POST.get("action"), "appoints": verb is leads.appoint}
            return TemplateResponse(request, "directory/admin_leads.html", context)
        for user in users:
            if not leads.may_touch(request.user, user):
                messages.warning(request, f"{user}: Das entscheidet nur, wer selbst alle Rechte hat.")
            elif self.carry_out(request, done.format(user), verb, user=user):
                self.log_change(request, user, done.format(user))
        return None
