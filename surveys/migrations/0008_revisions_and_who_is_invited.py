"""Rounds and the parts of questionnaires get a revision; a reminder knows the deadline that it was about.

Who answered on paper is among the invited, and who has submitted is not „nicht zuständig“ any more.
"""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

EDITED_BY_TWO = ["questionnaire", "section", "question", "round"]
TO_BE_FILLED = "2000-01-01"
INSTANT = timedelta(microseconds=1)


def invite_who_answered_on_paper(apps, schema_editor):
    """Whoever has a return on paper counts among the invited of its round."""
    Invitation = apps.get_model("surveys", "Invitation")
    papers = apps.get_model("surveys", "Response").objects.filter(is_paper=True)
    pairs = papers.values_list("round_id", "respondent_id")
    invitations = [Invitation(round_id=round, person_id=person) for round, person in pairs]
    Invitation.objects.bulk_create(invitations, ignore_conflicts=True)


def take_declining_back(apps, schema_editor):
    """Whoever has submitted is responsible after all."""
    submitted = apps.get_model("surveys", "Response").objects.exclude(status="draft")
    own = submitted.filter(round=models.OuterRef("round"), respondent=models.OuterRef("person"))
    declined = apps.get_model("surveys", "Invitation").objects.filter(models.Exists(own), declined_at__isnull=False)
    declined.update(declined_at=None, declined_reason="")


def note_deadlines(apps, schema_editor):
    """What was sent before counts for the deadline that the round has now."""
    Reminder = apps.get_model("surveys", "Reminder")
    for round in apps.get_model("surveys", "Round").objects.all():
        last_day = timezone.localtime(round.closes_at - INSTANT).date()
        Reminder.objects.filter(invitation__round=round).update(last_day=last_day)


def keep_one_of_each_stage(apps, schema_editor):
    """Going back: of the reminders of one stage the first one stays."""
    Reminder = apps.get_model("surveys", "Reminder")
    earlier = Reminder.objects.filter(
        invitation=models.OuterRef("invitation"), stage=models.OuterRef("stage"), pk__lt=models.OuterRef("pk")
    )
    again = list(Reminder.objects.filter(models.Exists(earlier)).values_list("pk", flat=True))
    Reminder.objects.filter(pk__in=again).delete()


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_needs_split_and_titles_of_sides")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="revision",
                field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung"),
            )
            for name in EDITED_BY_TWO
        ),
        migrations.AddField(
            model_name="reminder",
            name="last_day",
            field=models.DateField(default=TO_BE_FILLED, verbose_name="letzter Tag"),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="reminder", name="each_reminder_goes_out_once"),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("invitation", "stage", "last_day"), name="each_reminder_goes_out_once"
            ),
        ),
        migrations.RunPython(note_deadlines, keep_one_of_each_stage),
        migrations.RunPython(invite_who_answered_on_paper, migrations.RunPython.noop),
        migrations.RunPython(take_declining_back, migrations.RunPython.noop),
    ]
