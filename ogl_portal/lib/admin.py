"""Base classes of the admin, and the outbox to look into."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet
from django.forms.models import _get_foreign_key
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from . import mail, search
from .audit.models import AuditRecord
from .forms import PlainTextModelForm, RevisedModelForm, plausible_year, show_stored
from .gone_rows import drop_gone_rows
from .models import OutgoingMail
from .numbers import KeyField, KeysField, is_key, small_number
from .search.models import MissedSearch, SynonymGroup

LOST_FILES = "files-are-lost"
"""Sent with a form that had to wait for its sender to sign in again: the files that were chosen did not wait."""
NONE_AGAIN = (
    "Keine der gewählten Mails geht noch einmal hinaus: Ihre Ankunft steht fest, oder sie nützen niemandem mehr."
)
SIMPLE_LOOKUPS = {"", "id", "exact", "isnull", "in", "gte", "lt", "lte", "gt", "year", "month", "day"}


def filter_name(item) -> str | None:
    """The name under which an entry of ``list_filter`` stands in the address."""
    if isinstance(item, str):
        return item
    return item[0] if isinstance(item, tuple) else getattr(item, "parameter_name", None)


def is_plausible_year(value) -> bool:
    """Whether the text is a year that every database and calendar knows."""
    return 1900 <= (small_number(value) or 0) <= 2200


def is_taken(field, value) -> bool:
    """Whether a form field takes the value."""
    try:
        field.clean(value)
    except (ValidationError, OverflowError):  # SQLite's word for a number that it cannot hold
        return False
    return True


class PlainTextAdminMixin:
    """Every admin form takes plain text and days of our time only; an address typed without a scheme means https."""

    form = PlainTextModelForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateField):
            field.validators.append(plausible_year)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **{"form_class": KeyField, **kwargs})

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **{"form_class": KeysField, **kwargs})


class LostFilesMixin:
    """A form that comes back with all that was written in it, for its files have to be chosen again."""

    def clean(self):
        super().clean()
        self.add_error(
            None, "Bitte wählen Sie die Dateien noch einmal aus und sichern Sie dann. Alles andere steht noch da."
        )
        return self.cleaned_data


class PortalAdmin(PlainTextAdminMixin, admin.ModelAdmin):
    """Base of the portal's admin pages."""

    list_per_page = 50

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (LostFilesMixin, form), {}) if LOST_FILES in request.POST else form

    def changelist_view(self, request, extra_context=None):
        """The title is a heading; Django's sentences do not fit German names with an adjective."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        title = capfirst(self.opts.verbose_name) if object_id else f"Neu: {self.opts.verbose_name}"
        return super().changeform_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    def get_changelist_form(self, request, **kwargs):
        """What is typed into the rows of a list is plain text as well."""
        return super().get_changelist_form(request, **{"form": PlainTextModelForm, **kwargs})

    def _get_edited_object_pks(self, request, prefix):
        """The keys of the rows that were changed in a list, without what can be the key of none: SQLite would fail."""
        return [key for key in super()._get_edited_object_pks(request, prefix) if is_key(key)]

    def response_action(self, request, queryset):
        """What was ticked, without what can be the key of no row: Django would ask the database for it and fail."""
        posted = request.POST.copy()
        posted.setlist(ACTION_CHECKBOX_NAME, [key for key in posted.getlist(ACTION_CHECKBOX_NAME) if is_key(key)])
        request.POST = posted
        return super().response_action(request, queryset)

    def lookup_allowed(self, lookup, value, request):
        """Whether the address may filter by this: only as the page itself offers it.

        Django would take any field of the table, and so let a reader guess what it holds letter by letter.
        """
        names = [filter_name(item) for item in self.get_list_filter(request)]
        names += [self.opts.pk.name, self.date_hierarchy]
        name = next((name for name in filter(None, names) if lookup == name or lookup.startswith(f"{name}__")), None)
        parts = lookup.removeprefix(name or lookup).split("__")
        if name is None or not set(parts) <= SIMPLE_LOOKUPS or ("year" in parts and not is_plausible_year(value)):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_changeform_initial_data(self, request):
        """What the address wants to be filled in, as far as each field takes it."""
        initial = super().get_changeform_initial_data(request)
        fields = self.get_form(request, change=False).base_fields
        return {name: value for name, value in initial.items() if name in fields and is_taken(fields[name], value)}

    def get_object(self, request, object_id, from_field=None):
        """What is about to be changed is locked first, and so read as it stands after whoever came before."""
        thing = super().get_object(request, object_id, from_field)
        if thing and request.method == "POST" and transaction.get_connection().in_atomic_block:
            self.model._base_manager.select_for_update().filter(pk=thing.pk).order_by("pk").first()
            thing = super().get_object(request, object_id, from_field)
        return thing

    def save_related(self, request, form, formsets, change):
        """What was saved is found as it stands now, its rows included, from the same moment on."""
        super().save_related(request, form, formsets, change)
        self.update_search(form.instance)

    def update_search(self, thing) -> None:
        """To be left out where a verb that follows does it."""
        search.update(thing)

    def delete_model(self, request, obj):
        with search.removal(obj):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with search.removal(*queryset):
            super().delete_queryset(request, queryset)

    def view_on_site(self, thing) -> str | None:
        """The public page, without the detour that Django's own link takes."""
        return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else None

    def carry_out(self, request, done: str, verb, **what) -> bool:
        """Carry out a verb of the workflow and say what came of it; return whether it was done."""
        try:
            verb(by=request.user, **what)
        except ValidationError as refusal:
            for text in self.refusal_texts(refusal):
                self.message_user(request, text, messages.ERROR)
            return False
        self.message_user(request, done, messages.SUCCESS)
        return True

    def refusal_texts(self, refusal: ValidationError) -> list[str]:
        """What is said of a verb that was refused, each as text or as HTML that is safe."""
        return refusal.messages


class RevisedAdmin(PortalAdmin):
    """Base where two people may edit the same: an outdated form gets 409 and shows both texts (security.md)."""

    form = RevisedModelForm

    def get_fieldsets(self, request, obj=None):
        """The hidden revision goes with the first fieldset, wherever something can be changed."""
        (name, options), *rest = self.fieldsets_for(request, obj)
        fields = [field for field in options["fields"] if field != "seen_revision"]
        if obj and self.has_change_permission(request, obj):
            fields.append("seen_revision")
        return [(name, {**options, "fields": fields}), *rest]

    def fieldsets_for(self, request, obj=None):
        """What the page shows without the revision; to be replaced where that depends on the state of the thing."""
        return super().get_fieldsets(request, obj)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Rows that are gone are left out, and said above the form: nobody could save with them."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            kwargs["files"] = kwargs["files"].copy()
            sent = [kwargs["data"], kwargs["files"]]
            way_up = _get_foreign_key(inline.parent_model, inline.model, fk_name=inline.fk_name)
            notes = drop_gone_rows(*sent, prefix=prefix, rows=kwargs["queryset"].filter(**{way_up.name: obj}))
            obj.gone_rows = [*obj.gone_rows, *notes]
        return kwargs

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        if context["adminform"].form.is_bound and context["adminform"].form.is_refused:
            response.status_code = 409
            for note in context["adminform"].form.instance.gone_rows:
                context["adminform"].form.add_error(None, note)
            for inline in context["inline_admin_formsets"]:
                for form in inline.formset.initial_forms:
                    show_stored(form)
        return response


class LastingAddressMixin:
    """The address of a thing stands in mails and reports: once ``address_stays`` is true, it cannot be changed."""

    def address_stays(self, obj) -> bool:
        return True

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, "slug"] if obj and self.address_stays(obj) else readonly

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj and self.address_stays(obj) else self.prepopulated_fields


class NamedDeletionFormSet(BaseInlineFormSet):
    """Gives the tick that deletes a row its name, which Django's table leaves out (WCAG 4.1.2)."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Zeile löschen"


class PortalTabularInline(PlainTextAdminMixin, admin.TabularInline):
    formset = NamedDeletionFormSet
    extra = 0


class PortalStackedInline(PlainTextAdminMixin, admin.StackedInline):
    extra = 0


class ArrivalFilter(admin.SimpleListFilter):
    """Mails of which nobody knows whether they left."""

    title, parameter_name = "Ankunft", "ankunft"

    def lookups(self, request, model_admin):
        return [("ungewiss", "ungewiss")]

    def queryset(self, request, queryset):
        return queryset.uncertain() if self.value() == "ungewiss" else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(PortalAdmin):
    list_display = ["subject", "recipient", "created_at", "sent_at", "failed_at", "handed_over_at", "attempts"]
    list_filter = ["sent_at", "failed_at", ArrivalFilter]
    search_fields = ["recipient", "subject"]
    fields = readonly_fields = [
        "recipient", "subject", "created_at", "sent_at", "failed_at", "handed_over_at", "attempts", "error"
    ]  # fmt: skip
    actions = ["send_again"]

    @admin.action(description="Noch einmal senden, wo die Ankunft ungewiss ist", permissions=["send"])
    def send_again(self, request, queryset):
        count = mail.send_again(OutgoingMail.objects.filter(pk__in=queryset.values("pk")))
        if count:
            text = f"{count} Mail(s) gehen beim nächsten Lauf von remind noch einmal hinaus."
            self.message_user(request, text, messages.SUCCESS)
        else:
            self.message_user(request, NONE_AGAIN, messages.WARNING)

    def has_send_permission(self, request) -> bool:
        """Who may look into the outbox may not yet send from it."""
        return request.user.is_lead

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(SynonymGroup)
class SynonymGroupAdmin(RevisedAdmin):
    """The words that the OGL-Leitung has said to mean the same; those of topics and target groups stand there."""

    list_display = ["__str__"]
    search_fields = ["words"]
    fields = ["words"]

    def get_queryset(self, request):
        return super().get_queryset(request).own()


@admin.register(MissedSearch)
class MissedSearchAdmin(PortalAdmin):
    """What nobody found, the most wanted first: each may become a synonym."""

    list_display = ["text", "count", "first_on", "last_on", "synonym_link"]
    search_fields = ["text"]
    fields = readonly_fields = ["text", "count", "first_on", "last_on"]
    actions = ["make_synonyms"]

    @admin.display(description="Synonym")
    def synonym_link(self, missed):
        link = '<a href="{}">als Synonym aufnehmen<span class="visually-hidden">: {}</span></a>'
        return format_html(link, address_of_new_group([missed.text]), missed.text)

    @admin.action(description="Als Synonym aufnehmen", permissions=["synonym"])
    def make_synonyms(self, request, queryset):
        """All that was chosen begins one group; what it means the same as is for the lead to add."""
        return HttpResponseRedirect(address_of_new_group(queryset.values_list("text", flat=True)))

    def has_synonym_permission(self, request) -> bool:
        return request.user.has_perm("lib.add_synonymgroup")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(AuditRecord)
class AuditRecordAdmin(PortalAdmin):
    """Nobody adds, changes or deletes anything here; the database would refuse it too."""

    list_display = ["at", "actor", "kind", "what", "label"]
    list_filter = ["kind", "at", "actor"]
    list_per_page = 100
    show_full_result_count = False
    fields = readonly_fields = [
        "at", "actor", "actor_key", "kind", "what", "label", "model", "object_key", "page", "kept_until",
    ]  # fmt: skip
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def history_view(self, request, object_id, extra_context=None):
        raise PermissionDenied


def address_of_new_group(words) -> str:
    """The form for a new group of synonyms that holds these words already."""
    return f"{reverse('admin:lib_synonymgroup_add')}?{urlencode({'words': chr(10).join(words)})}"
