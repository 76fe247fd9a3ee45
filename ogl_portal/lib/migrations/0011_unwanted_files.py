import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0010_pages_of_the_audit_trail_without_tokens")]

    operations = [
        migrations.CreateModel(
            name="UnwantedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"default_permissions": ()},
        ),
    ]
