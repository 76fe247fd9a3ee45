"""What the group OGL-Leitung may do: everything in the admin that our apps offer, and nothing else.

An app narrows this with ``Meta.default_permissions`` of its models or in its admin classes. Users' groups and
superuser rights belong to ``django.contrib.auth`` and to superusers; who leads, leads decide, too (``leads``).
"""

from django.apps import apps as installed_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS, transaction

LEAD_GROUP = "OGL-Leitung"


def grant_after_migrate(sender, using=DEFAULT_DB_ALIAS, apps=installed_apps, **kwargs) -> None:
    """Receive Django's post_migrate: grant the permissions of the app just migrated, if it is one of ours."""
    if sender.name in settings.OWN_APPS and has_tables(apps):
        # Django creates permissions in the same signal, perhaps after this receiver, so ask for it first.
        create_permissions(sender, verbosity=0, interactive=False, using=using, apps=apps)
        grant_permissions_of(sender.label, using=using, apps=apps)


def has_tables(apps) -> bool:
    """Tell whether this state of the migrations knows groups and permissions."""
    return {"auth", "contenttypes"} <= set(apps.app_configs)


def grant_permissions_of(label: str, *, using: str = DEFAULT_DB_ALIAS, apps=installed_apps) -> None:
    """Give the group every permission of the app with this label."""
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    with transaction.atomic(using=using):
        group, _ = group_model.objects.using(using).get_or_create(name=LEAD_GROUP)
        group.permissions.add(*permission_model.objects.using(using).filter(content_type__app_label=label))
