"""What was published before counted no editions: it is edition 1, unchanged since its publication."""

from django.db import migrations
from django.db.models import F


def count_first_editions(apps, schema_editor):
    solutions = apps.get_model("knowledgebase", "Solution").objects.using(schema_editor.connection.alias)
    solutions.filter(published_at__isnull=False, version=0).update(version=1, changed_at=F("published_at"))


class Migration(migrations.Migration):
    dependencies = [("knowledgebase", "0002_reuse_reviews_and_classification")]

    operations = [migrations.RunPython(count_first_editions, migrations.RunPython.noop)]
