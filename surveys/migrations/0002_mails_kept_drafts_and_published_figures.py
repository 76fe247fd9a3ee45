"""Mails about a response go with it, kept texts with their entry, and published figures stay."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lib", "0002_undeliverable_mails"),
        ("surveys", "0001_questionnaires_and_responses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="response",
            name="mails",
            field=models.ManyToManyField(editable=False, related_name="+", to="lib.outgoingmail"),
        ),
        migrations.CreateModel(
            name="KeptDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("fields", models.JSONField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_drafts", to="surveys.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "aufgehobener Text",
                "verbose_name_plural": "aufgehobene Texte",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PublishedFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField(editable=False, verbose_name="Dokument")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="Prüfsumme (SHA-256)")),
                ("published_at", models.DateTimeField(editable=False, verbose_name="festgeschrieben")),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="festgeschrieben von",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published_figures",
                        to="surveys.round",
                        verbose_name="Runde",
                    ),
                ),
            ],
            options={
                "verbose_name": "festgeschriebene Auswertung",
                "verbose_name_plural": "festgeschriebene Auswertungen",
                "default_permissions": (),
            },
        ),
    ]
