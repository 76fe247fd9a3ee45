"""Take out of the audit trail the tokens of two personal links that came into it with the address of the page.

Rows are append-only: the triggers step aside for this statement, within its transaction, and stand again after it.
"""

import re
from importlib import import_module

from django.db import migrations
from django.db.models import Q

triggers = import_module("ogl_portal.lib.migrations.0008_audit_trail")
PATHS = ["/vernetzung/einwilligung/", "/ansprechperson/widerruf/"]
TOKEN = re.compile(f"({'|'.join(PATHS)})[^/]+")


def forget_tokens(apps, schema_editor):
    records = apps.get_model("lib", "AuditRecord").objects
    found = records.filter(Q(page__contains=PATHS[0]) | Q(page__contains=PATHS[1]))
    triggers.remove(apps, schema_editor)
    for page in list(found.order_by().values_list("page", flat=True).distinct()):
        records.filter(page=page).update(page=TOKEN.sub(r"\1…", page))
    triggers.install(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("lib", "0009_unsubscribe_address_of_a_mail")]

    operations = [migrations.RunPython(forget_tokens, migrations.RunPython.noop)]
