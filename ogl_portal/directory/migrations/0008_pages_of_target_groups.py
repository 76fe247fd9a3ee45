"""Target groups have pages that speak to them, and news by mail; what the lead has written stays."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import ogl_portal.lib.fields

TEXTS = {
    "kleine-unternehmen-handwerk": (
        "Für Betriebe, in denen sich niemand nur um die Technik kümmert: was andere gelernt haben und was Sie übernehmen können.",
        """Sie führen einen kleinen Betrieb, und die Digitalisierung läuft neben dem Tagesgeschäft? Hier steht, was Betriebe \
Ihrer Größe brauchen und was ihnen schon geholfen hat: mit Aufwand, Kosten und Menschen, die Sie fragen können.

Fangen Sie dort an, wo es am meisten drückt. In den Online-Sessions erzählen Betriebe aus der Region, wie sie es gemacht \
haben; Fragen sind erwünscht, eine Anmeldung kostet nichts.""",
    ),
    "mittlere-grosse-unternehmen": (
        "Für Unternehmen mit eigenen Abteilungen: Beispiele, Empfehlungen und Partner für größere Vorhaben.",
        """Sie planen ein Vorhaben, an dem mehrere Abteilungen hängen? Hier finden Sie, was Unternehmen der Region brauchen, \
welche Lösungen sich bewährt haben und was die Arbeitsgruppe aus den Sessions empfiehlt.

Sie haben etwas eingeführt, von dem andere lernen können? Schlagen Sie es für die Wissensdatenbank vor.""",
    ),
    "kommunalverwaltungen": (
        "Für Gemeinden, Städte und den Landkreis: Erfahrungen mit digitalen Leistungen und mit dem Umbau im eigenen Haus.",
        """Sie setzen das Onlinezugangsgesetz um und wollen nicht bei null anfangen? Hier geben Verwaltungen weiter, was bei ihnen \
funktioniert hat und was nicht: welche Leistung sich zuerst lohnt, was die Umstellung gekostet hat, wer gefragt werden kann.

Die Gemeinde Schkopau bringt ihre Digitalisierung in den Open-Government-Prozess ein; andere können daran anknüpfen.""",
    ),
    "schulen-bildungstraeger": (
        "Für Schulen und Bildungsträger: wie Lernende die neue Arbeitswelt kennenlernen und wer dabei hilft.",
        """Sie bereiten Menschen auf Berufe vor, die sich gerade ändern? Hier sehen Sie, was Schulen und Bildungsträger brauchen, \
und finden Betriebe und Hochschulen, die etwas zeigen oder mitmachen.""",
    ),
    "hochschulen": (
        "Für Lehrende, Forschende und Transferstellen: Partner in der Region, offene Fragen aus der Praxis, Beispiele.",
        """Sie suchen Praxispartner, Themen für Projekte oder Wege, junge Leute für Ihr Fach zu gewinnen? Hier stehen die Fragen, \
die Betriebe und Verwaltungen der Region umtreiben, und was schon darauf antwortet.""",
    ),
    "kammern-verbaende-wirtschaftsfoerderung": (
        "Für alle, die beraten und vernetzen: was Ihre Mitglieder brauchen und worauf Sie verweisen können.",
        """Sie werden nach gutem Rat zur Digitalisierung gefragt? Hier finden Sie gesammelt, was Betriebe und Verwaltungen \
brauchen, mit Belegen, und Lösungen und Termine, auf die Sie verweisen können.""",
    ),
    "beschaeftigte-interessenvertretungen": (
        "Für Beschäftigte, Betriebs- und Personalräte: wie sich Arbeit ändert und wie Sie mitreden.",
        """Bei Ihnen kommt ein neues Werkzeug, und Sie wollen wissen, was das für die Arbeit heißt? Hier steht, was Beschäftigte \
dazu sagen, und wie andere Häuser Regeln, Lernzeit und Mitsprache gelöst haben.""",
    ),
    "auszubildende-nachwuchs": (
        "Für junge Leute, und für alle, die sie gewinnen wollen: Berufe der neuen Arbeitswelt kennenlernen.",
        """Du willst wissen, was man in einem Beruf den ganzen Tag macht, bevor du dich bewirbst? Hier steht, was junge Leute \
brauchen, und welche Angebote es in der Region gibt.

Sie bilden aus? Dann lesen Sie hier, wie andere junge Leute ansprechen, und finden Partner dafür.""",
    ),
    "buergerschaft-ehrenamt": (
        "Für Bürgerinnen, Bürger und Vereine: was sich bei Ämtern und im Ehrenamt digital erledigen lässt.",
        """Sie wollen etwas mit dem Amt erledigen oder Ihren Verein einfacher organisieren? Hier sehen Sie, welche Lösungen es in \
der Region gibt, und was noch fehlt. Sagen Sie uns, was Ihnen fehlt: über „Kontakt“.""",
    ),
}
"""Slug: one sentence, and the introduction (Markdown)."""


def load(apps, schema_editor):
    groups = apps.get_model("directory", "TargetGroup").objects.using(schema_editor.connection.alias)
    for slug, (summary, introduction) in TEXTS.items():
        groups.filter(slug=slug, summary="", introduction="").update(summary=summary, introduction=introduction)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_logos"),
    ]

    operations = [
        migrations.AddField(
            model_name="targetgroup",
            name="introduction",
            field=ogl_portal.lib.fields.MarkdownField(
                blank=True,
                help_text="Steht oben auf der Seite der Zielgruppe. Sprechen Sie sie an: „Sie führen …“.",
                verbose_name="Einleitung",
            ),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung"),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="summary",
            field=models.CharField(
                blank=True,
                help_text="Was die Seite dieser Zielgruppe bietet.",
                max_length=200,
                verbose_name="in einem Satz",
            ),
        ),
        migrations.CreateModel(
            name="GroupSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                (
                    "requested_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="eingegangen"),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="bestätigt")),
                ("mailed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="letzte Mail")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="directory.targetgroup",
                        verbose_name="Zielgruppe",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abo einer Zielgruppe",
                "verbose_name_plural": "Abos von Zielgruppen",
                "ordering": ["email", "pk"],
                "abstract": False,
                "default_permissions": ("view", "delete"),
            },
        ),
        migrations.CreateModel(
            name="KnownNews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(verbose_name="Kennung")),
                ("known_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="bekannt seit")),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known_news",
                        to="directory.groupsubscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "bekannte Neuigkeit",
                "verbose_name_plural": "bekannte Neuigkeiten",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="groupsubscription",
            constraint=models.UniqueConstraint(
                fields=("group", "email"), name="one_subscription_per_address_and_target_group"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsubscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="target_group_subscribers_are_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="knownnews",
            constraint=models.UniqueConstraint(fields=("subscription", "key"), name="each_piece_of_news_is_told_once"),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
