from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0008_audit_trail")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="unsubscribe_url",
            field=models.TextField(blank=True, verbose_name="Adresse zum Abbestellen"),
        ),
    ]
