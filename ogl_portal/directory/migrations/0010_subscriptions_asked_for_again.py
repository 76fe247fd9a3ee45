from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_former_names")]

    operations = [
        migrations.AddField(
            model_name="groupsubscription",
            name="asked_again_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="noch einmal gewünscht"),
        ),
    ]
