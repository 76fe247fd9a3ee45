"""The lead's workplace for people, organisations and the vocabulary."""

from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django_otp.plugins.otp_totp.admin import TOTPDevice  # this import registers it

from ogl_portal.lib import audit
from ogl_portal.lib.admin import LastingAddressMixin, PortalAdmin, PortalStackedInline, RevisedAdmin
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.audit.reading import note_reading
from ogl_portal.lib.files import delete_files, stored_link
from ogl_portal.lib.registry import changed_addresses
from ogl_portal.lib.subscription_admin import BaseSubscriptionAdmin

from . import browsers, group_news, second_factor, workflow
from .forms import LogoForm, LogoFormSet, MembershipFormSet, MembershipInlineForm, PersonForm
from .last_lead import LastLeadStaysMixin, UserForm
from .lead_actions import LeadActionsMixin
from .leads import LEADS_NO_MORE, NOW_LEADS, lock, may_touch, tell_leads
from .models import GroupSubscription, Logo, Membership, Organisation, Person, TargetGroup, Topic, User
from .names_in_admin import NamesMixin

admin.site.unregister(TOTPDevice)  # nobody reads or writes the secret of somebody else's app

Kind = AuditRecord.Kind


class SecondFactorFilter(admin.SimpleListFilter):
    title = "Zweiter Faktor"
    parameter_name = "zweiter-faktor"

    def lookups(self, request, model_admin):
        return [("ja", "eingerichtet"), ("fehlt", "fehlt noch für die Verwaltung")]

    def queryset(self, request, queryset):
        if self.value() == "fehlt":
            return queryset.without_second_factor()
        return queryset.exclude(second_factor_since=None) if self.value() == "ja" else queryset


class MemberTodayFilter(admin.SimpleListFilter):
    title = "Mitglied heute"
    parameter_name = "mitglied"

    def lookups(self, request, model_admin):
        return [("ja", "Ja"), ("frueher", "Früher"), ("nie", "Nie")]

    def queryset(self, request, queryset):
        today = queryset.members()
        if self.value() == "ja":
            return today
        if self.value() == "frueher":
            return queryset.filter(memberships__begins_on__lte=timezone.localdate()).exclude(pk__in=today).distinct()
        return queryset.filter(memberships=None) if self.value() == "nie" else queryset


class MembershipInline(PortalStackedInline):
    model = Membership
    form = MembershipInlineForm
    fields = [("begins_on", "ends_on"), "organisation"]
    formset = MembershipFormSet
    autocomplete_fields = ["organisation"]


class LogoInline(PortalStackedInline):
    model = Logo
    form = LogoForm
    formset = LogoFormSet
    fields = ["file", "alternative_text", "stored"]
    readonly_fields = ["stored"]
    view_on_site = False

    @admin.display(description="liegt vor")
    def stored(self, logo):
        return stored_link(logo)


@admin.register(Organisation)
class OrganisationAdmin(PortalAdmin):
    inlines = [LogoInline]
    list_display = ["name", "kind", "place", "is_example"]
    list_filter = ["kind", "is_example"]
    search_fields = ["name", "place"]
    prepopulated_fields = {"slug": ["name"]}

    def delete_model(self, request, obj):
        """The stored logo goes with the organisation."""
        delete_files(Logo.objects.filter(organisation=obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        delete_files(Logo.objects.filter(organisation__in=queryset))
        super().delete_queryset(request, queryset)


@admin.register(Person)
class PersonAdmin(LastLeadStaysMixin, NamesMixin, RevisedAdmin):
    """People with their memberships; from here the lead gives them a sign-in and sees the Verteiler."""

    users_by = "person"
    form = PersonForm
    change_list_template = "directory/admin_person_list.html"
    list_display = ["full_name", "organisation", "email", "is_member_today", "has_access"]
    list_filter = [MemberTodayFilter, "organisation__kind", "name_is_public", "is_example"]
    list_select_related = ["organisation", "user"]
    search_fields = ["family_name", "given_name", "email", "role", "organisation__name"]
    autocomplete_fields = ["organisation"]
    inlines = [MembershipInline]
    actions = ["create_access"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_membership_today()

    @admin.display(description="Name", ordering="family_name")
    def full_name(self, person):
        return person.full_name

    @admin.display(description="Mitglied heute", boolean=True, ordering="is_member_today")
    def is_member_today(self, person):
        return person.is_member_today

    @admin.display(description="Zugang", boolean=True)
    def has_access(self, person):
        return hasattr(person, "user")

    @admin.display(description="Frühere Schreibweisen")
    def former_spellings(self, person):
        """By these, too, a withdrawal finds the name."""
        return ", ".join(person.former_full_names)

    def get_readonly_fields(self, request, obj=None):
        """Whoever could change a superuser's address could sign in as that superuser."""
        user = getattr(obj, "user", None)
        fixed = ["email"] if user and user.is_superuser and not request.user.is_superuser else []
        return [*fixed, "former_spellings"] if obj and obj.former_names else fixed

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data and workflow.follow_email(person=obj, by=request.user):
            browsers.let_go(request.session)
            messages.info(request, f"{obj} meldet sich ab jetzt mit {obj.email} an.")
        for sentence in changed_addresses.ask(person=obj) if change and "email" in form.changed_data else []:
            messages.info(request, sentence)

    def delete_model(self, request, obj):
        workflow.withdraw_mails(person=obj)
        super().delete_model(request, obj)

    @admin.action(description="Zugang anlegen", permissions=["change"])
    def create_access(self, request, queryset):
        for person in queryset:
            try:
                user = workflow.create_access(person=person, by=request.user)
            except workflow.NoSignInPossible as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, f"{person} kann sich jetzt mit {user.email} anmelden.")

    def get_urls(self):
        view = self.admin_site.admin_view(self.distribution_view)
        return [path("verteiler/", view, name="directory_person_distribution"), *super().get_urls()]

    def distribution_view(self, request):
        """„Verteiler AG, Stand“ of a day that the lead chooses."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = request.GET.get("tag", "")
        day = day_of(wanted)
        if wanted and not day:
            messages.error(request, f"„{wanted}“ ist kein Tag. Bitte schreiben Sie zum Beispiel 27.05.2021.")
        note_reading(request, "Verteiler gelesen", label="Verteiler AG")
        context = {**self.admin_site.each_context(request), "title": "Verteiler AG", "opts": self.opts}
        context["day"] = day or timezone.localdate()
        return TemplateResponse(request, "directory/admin_distribution.html", context)


def day_of(text: str) -> date | None:
    """Return the day of 2021-05-27 or 27.05.2021, or None."""
    parts = text.strip().split(".")
    try:
        return parse_date("-".join(reversed(parts)) if len(parts) == 3 else text.strip())
    except ValueError:
        return None


@admin.register(Membership)
class MembershipAdmin(PortalAdmin):
    list_display = ["person", "organisation", "begins_on", "ends_on"]
    list_filter = ["begins_on", "ends_on", "organisation__kind"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__family_name", "person__given_name", "organisation__name"]
    autocomplete_fields = ["person", "organisation"]


@admin.register(User)
class UserAdmin(LeadActionsMixin, LastLeadStaysMixin, PortalAdmin):
    """The sign-ins of people. Leads decide who leads; other rights, staff and superusers are for superusers."""

    form = UserForm
    list_display = ["email", "person", "is_active", "is_staff", "second_factor_since", "last_login"]
    list_filter = ["is_active", "is_staff", SecondFactorFilter, "groups"]
    list_select_related = ["person"]
    search_fields = ["email", "person__family_name", "person__given_name"]
    fields = ["email", "person", "is_active", "is_staff", "groups", "is_superuser"]
    fields += ["second_factor_since", "last_login", "created_at"]
    readonly_fields = ["email", "person", "second_factor_since", "last_login", "created_at"]
    filter_horizontal = ["groups"]
    actions = ["mail_link", "reset_second_factor", "appoint_leads", "release_leads"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and may_touch(request.user, obj)

    def get_object(self, request, object_id, from_field=None):
        """Who leads stays as it is while a form decides about it; two leads may save at once."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            lock()
        return super().get_object(request, object_id, from_field)

    def get_readonly_fields(self, request, obj=None):
        reserved = [] if request.user.is_superuser else ["is_staff", "groups", "is_superuser"]
        return [*self.readonly_fields, *reserved]

    def save_model(self, request, obj, form, change):
        """What decides who may come in is recorded; who is blocked is signed out for good, not for the time being."""
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and not obj.is_active:
            workflow.shut_out(user=obj)
            browsers.let_go(request.session)
        if form.led != form.leads:
            tell_leads(obj, (NOW_LEADS if form.leads else LEADS_NO_MORE).format(obj, request.user))
        if changed := ", ".join(str(form.fields[name].label) for name in form.changed_data):
            audit.record(Kind.ACCESS, f"Rechte geändert: {changed}", by=request.user, thing=obj)

    def delete_model(self, request, obj):
        audit.record(Kind.ACCESS, "Zugang gelöscht", by=request.user, thing=obj)
        super().delete_model(request, obj)

    @admin.action(description="Anmeldelink mailen", permissions=["change"])
    def mail_link(self, request, queryset):
        users = queryset.filter(is_active=True).select_related("person")
        for user in users:
            workflow.mail_sign_in_link(user=user)
            audit.record(Kind.ACCESS, "Anmeldelink gemailt", by=request.user, thing=user)
        messages.success(request, f"{len(users)} Anmeldelink(s) gehen per Mail hinaus.")

    @admin.action(description="Zweiten Faktor zurücksetzen (Gerät verloren)", permissions=["change"])
    def reset_second_factor(self, request, queryset):
        for user in queryset.select_related("person"):
            if user == request.user or not may_touch(request.user, user):
                messages.warning(request, f"{user}: Das geht hier nicht. Den eigenen ändern Sie in „Mein Bereich“.")
            elif user.second_factor_since is None:
                messages.info(request, f"{user} hat keinen zweiten Faktor.")
            else:
                second_factor.reset(user=user, by=request.user)
                self.log_change(request, user, "Zweiten Faktor zurückgesetzt.")
                messages.success(request, f"{user} richtet den zweiten Faktor beim nächsten Mal neu ein.")


@admin.register(Topic)
class VocabularyAdmin(LastingAddressMixin, PortalAdmin):
    list_display = ["name", "position", "synonyms"]
    list_editable = ["position"]
    search_fields = ["name", "synonyms"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(TargetGroup)
class TargetGroupAdmin(VocabularyAdmin, RevisedAdmin):
    """The words for a target group, and what its page says to it."""

    fields = ["name", "slug", "summary", "introduction", "synonyms", "position"]


@admin.register(GroupSubscription)
class GroupSubscriptionAdmin(BaseSubscriptionAdmin):
    """Who hears what is new for a target group; the address goes when somebody asks for it."""

    end_subscription = group_news.end_subscription
    list_display = ["email", "group", "requested_at", "confirmed_at", "mailed_at"]
    list_filter = ["group", "confirmed_at"]
    list_select_related = ["group"]
    search_fields = ["email"]
    fields = readonly_fields = ["group", "email", "requested_at", "asked_again_at", "confirmed_at", "mailed_at"]
