"""When the lead withdraws the consent to name a person, or deletes the person, the name goes from what is public."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import HttpResponseRedirect
from django.urls import reverse

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.personal_data import Refused

from . import leads, own_data
from .models import User


class NamesMixin:
    """For the admin of people. Names are taken out beside the transaction in which the form is saved or the person
    deleted: PDFs take their time, and what is released at the same moment must see that the consent is gone. What
    failed there is made up for when the person is saved again."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "name_is_public" in form.changed_data:
            what = f"Name darf {'' if obj.name_is_public else 'nicht mehr '}öffentlich genannt werden"
            audit.record(AuditRecord.Kind.CONSENT, what, by=request.user, thing=obj)
        request.withdrawn = obj if change and not obj.name_is_public else None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        self.withdraw(request, getattr(request, "withdrawn", None))
        return answer

    def delete_view(self, request, object_id, extra_context=None):
        try:
            self.withdraw(request, self.about_to_be_deleted(request, object_id))
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            messages.error(request, refusal.messages[0])
            return HttpResponseRedirect(reverse("admin:directory_person_change", args=[object_id]))

    def about_to_be_deleted(self, request, object_id):
        """The person, if the deletion was confirmed and nothing known stands in its way.

        Raises ValidationError, in German, where nobody else leads.
        """
        person = self.get_object(request, unquote(object_id)) if request.method == "POST" else None
        if not person or not self.has_delete_permission(request, person):
            return None
        *_, missing_rights, protected = self.get_deleted_objects([person], request)
        leads.require_others(list(User.objects.leads().filter(person=person)))
        return None if missing_rights or protected else person

    def delete_model(self, request, obj):
        """Raises Refused: then nothing was deleted."""
        own_data.forget_name(obj)
        audit.record(AuditRecord.Kind.DELETED, "Person gelöscht", by=request.user, thing=obj)
        super().delete_model(request, obj)

    def withdraw(self, request, person) -> None:
        """Take the name out, and say where it stood."""
        for sentence in own_data.withdraw_name(person):
            messages.info(request, sentence)
