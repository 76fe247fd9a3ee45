"""A stamp that differs after every change of the search index."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0004_synonyms")]

    operations = [migrations.AddField("searchstate", "stamp", models.UUIDField(default=uuid.uuid4))]
