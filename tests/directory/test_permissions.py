import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from ogl_portal.directory.models import LEAD_GROUP

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("app", ["directory", "pages", "sessions_app", "surveys", "knowledgebase", "actions"])
def test_lead_has_every_permission_of_our_apps(lead, app):
    codenames = Permission.objects.filter(content_type__app_label=app).values_list("codename", flat=True)
    names = {f"{app}.{codename}" for codename in codenames}
    assert names
    assert lead.user.has_perms(names)


@pytest.mark.parametrize(
    "permission",
    ["auth.add_group", "auth.change_group", "auth.view_permission", "sessions.view_session", "admin.delete_logentry",
     "directory.add_user", "directory.view_signinlink", "lib.change_outgoingmail", "lib.view_throttlecounter"],
)  # fmt: skip
def test_lead_has_no_other_permission(lead, permission):
    assert not lead.user.has_perm(permission)


def test_group_that_was_emptied_is_filled_by_migrate():
    group, _ = Group.objects.get(name="OGL-Leitung"), Group.objects.create(name="Andere")
    before = set(group.permissions.all())
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    assert set(group.permissions.all()) == before


def test_group_holds_permissions_of_our_apps_only():
    own = {config.label for config in apps.get_app_configs() if not config.name.startswith("django")}
    labels = Group.objects.get(name=LEAD_GROUP).permissions.values_list("content_type__app_label", flat=True)
    assert set(labels) <= own
