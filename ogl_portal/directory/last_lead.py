"""The admin never leaves the portal without OGL-Leitung: what would is refused, whoever asks for it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect

from ogl_portal.lib.forms import PlainTextModelForm

from . import leads
from .models import LEAD_GROUP, User


class UserForm(PlainTextModelForm):
    """A sign-in in the admin; ``led`` and ``leads`` say whether it was one of the OGL-Leitung, and will be.

    The admin has asked for ``leads.lock`` before it read the sign-in.
    """

    def clean(self):
        data = super().clean()
        self.led, self.leads = leads.is_lead(self.instance), self.will_lead(data)
        if self.led and not self.leads:
            leads.require_others([self.instance])
        return data

    def will_lead(self, data: dict) -> bool:
        """Whether all that makes a lead stays or comes; what the form does not ask for stays as it is."""
        is_let_in = all(data.get(name, getattr(self.instance, name)) for name in ["is_active", "is_staff"])
        return is_let_in and data.get("groups", self.instance.groups).filter(name=LEAD_GROUP).exists()


class LastLeadStaysMixin:
    """Mixed into an admin whose rows take sign-ins with them when they are deleted."""

    users_by = "pk"
    """The field by which a sign-in belongs to a row."""

    def get_actions(self, request):
        """Each deletion is asked for by itself: it may be refused."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def delete_model(self, request, obj):
        with leads.parting_with(User.objects.filter(**{self.users_by: obj.pk}), by=request.user):
            super().delete_model(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
