"""The group OGL-Leitung. Its permissions follow after each migrate run, see ``apps.py``."""

from django.db import migrations

LEAD_GROUP = "OGL-Leitung"


def create_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).get_or_create(name=LEAD_GROUP)


def delete_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name=LEAD_GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_people_and_organisations")]

    operations = [migrations.RunPython(create_group, delete_group)]
