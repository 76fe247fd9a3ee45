"""The rows of a solution on its admin page: steps, people to ask, files, links, relations, EfA check, reviews."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from ogl_portal.lib.admin import NamedDeletionFormSet, PortalStackedInline, PortalTabularInline
from ogl_portal.lib.fields import MarkdownField

from .. import workflow
from ..forms.admin import FEW_LINES, NOTHING_MISSING, AttachmentForm, ContactForm
from ..models import Attachment, Contact, EfaCheck, Link, Relation, Review, Step


class StepFormSet(BaseInlineFormSet):
    """At least one step stays as long as the solution is published."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]
        if self.instance.is_published and not any(self.errors) and not kept:
            raise ValidationError(NOTHING_MISSING.format("mindestens ein Schritt"))


class StepInline(PortalStackedInline):
    model = Step
    formset = StepFormSet
    fields = ["position", "title", "text", "role", "duration", "done_when", "attachment"]
    formfield_overrides = {**PortalStackedInline.formfield_overrides, MarkdownField: {"widget": FEW_LINES}}

    def get_formset(self, request, obj=None, **kwargs):
        """A step names a file of its own solution."""
        formset = super().get_formset(request, obj, **kwargs)
        if field := formset.form.base_fields.get("attachment"):
            field.queryset = Attachment.objects.filter(solution=obj)
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return formset


class ContactFormSet(BaseInlineFormSet):
    def delete_existing(self, obj, commit=True):
        """A consent ends with the contact, and that is kept."""
        if obj.consented_on:
            workflow.note_consent(obj, "")
        super().delete_existing(obj, commit)


class ContactInline(PortalStackedInline):
    """A consent may end or be withdrawn at any time, so none of them has to stay."""

    model = Contact
    form = ContactForm
    formset = ContactFormSet
    fields = ["name", "role", "email", "scope", ("consented_on", "valid_until")]


class AttachmentFormSet(BaseInlineFormSet):
    def delete_existing(self, obj, commit=True):
        """The stored file goes with its row."""
        workflow.delete_files([obj])
        super().delete_existing(obj, commit)


class AttachmentInline(PortalStackedInline):
    model = Attachment
    form = AttachmentForm
    formset = AttachmentFormSet
    fields = ["title", "kind", "file", "stored", ("version", "language", "licence"), "is_accessible"]
    readonly_fields = ["stored"]
    view_on_site = False

    @admin.display(description="liegt vor")
    def stored(self, attachment):
        """The file that is there, to be looked at, with what tells it from every other."""
        if not attachment.pk:
            return "noch keine Datei"
        facts = [attachment.get_absolute_url(), attachment.name, filesizeformat(attachment.size)]
        return format_html('<a href="{}">{}</a>, {}, SHA-256 {}…', *facts, attachment.sha256[:12])


class LinkInline(PortalTabularInline):
    model = Link


class RelationInline(PortalTabularInline):
    model = Relation
    fk_name = "solution"
    autocomplete_fields = ["other"]


class EfaCheckFormSet(NamedDeletionFormSet):
    """One row for each area; what has no result is not kept."""

    def __init__(self, *args, instance=None, **kwargs):
        known = {check.area for check in instance.efa_checks.all()} if instance and instance.pk else set()
        kwargs["initial"] = [{"area": area} for area in EfaCheck.Area if area not in known]
        super().__init__(*args, instance=instance, **kwargs)


class EfaCheckInline(PortalTabularInline):
    model = EfaCheck
    formset = EfaCheckFormSet
    max_num = len(EfaCheck.Area)
    classes = ["collapse"]

    def get_extra(self, request, obj=None, **kwargs):
        return self.max_num - (obj.efa_checks.count() if obj else 0)


class ReviewInline(PortalTabularInline):
    """Who checked when; new ones come from „Geprüft“."""

    model = Review
    fields = readonly_fields = ["checked_on", "checked_by", "next_review_on", "note"]
    can_delete = False
    classes = ["collapse"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("checked_by__person")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
