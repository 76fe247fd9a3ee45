"""What the questionnaire adds to the Fahrplan, the reminders of its deadlines, and how long answers are kept."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import (
    Milestone,
    NextStep,
    changed_addresses,
    desk_boxes,
    due_mails,
    entry_steps,
    event_annotations,
    milestones,
    retention_rules,
)
from ogl_portal.lib.retention import remove, rule

from . import group_news, named_texts, personal_data  # noqa: F401 - they register themselves
from .answering import answers_to
from .models import Entry, EntryReview, KeptDraft, Match, Need, Response, Round
from .naming import whose
from .workflow import (
    delete_raw_answers,
    end_old_links,
    end_old_questions,
    introduce_waiting,
    send_due_reminders,
    withdraw_old_mails,
)


@milestones.register
def deadlines_of_rounds(user):
    """The end of every published round; it is exclusive, so shown with the filter ``deadline``."""
    for round in Round.objects.published():
        yield Milestone(
            moment=round.closes_at,
            label=f"Rückmeldung: {round.title}",
            kind="Frist",
            url=round.get_absolute_url(),
            is_deadline=True,
            is_done=round.is_over,
            is_example=round.is_example,
        )


@event_annotations.register
def answered_needs():
    """Whether an event answers a released need."""
    yield "answers_needs", Exists(Need.objects.released().filter(events=OuterRef("pk")))


due_mails.register(send_due_reminders)
due_mails.register(introduce_waiting)


@changed_addresses.register
def links_to_old_address(person):
    """Whoever still reads the old mailbox no longer gets into the response."""
    for invitation in end_old_links(person=person):
        gone = f"„{invitation.round}“: Der persönliche Link an die alte Adresse gilt nicht mehr."
        again = "Einen neuen senden Sie aus der Liste der Einladungen."
        yield gone if invitation.round.is_over or not person.email else f"{gone} {again}"


@changed_addresses.register
def questions_to_old_address(person):
    """Nor do they decide whether the person is introduced to somebody."""
    for match in end_old_questions(person=person):
        gone = f"„{match}“: Der Link zur Einwilligung, der an die alte Adresse ging, gilt nicht mehr."
        yield f"{gone} Fehlt sie noch, fragt „Sichern und einander vorstellen“ noch einmal."


@changed_addresses.register
def mails_to_old_address(person):
    """Nor do they read what was still waiting."""
    if count := withdraw_old_mails(person=person):
        yield f"Mails, die noch nicht an die alte Adresse hinausgegangen waren, gehen nicht mehr hinaus: {count}."


@desk_boxes.register
def entries_to_review(user):
    """Submitted entries that nobody has looked at, and questions that wait for an answer."""
    submitted = Entry.objects.submitted().select_related("response__respondent", "response__organisation")
    submitted = submitted.order_by("response__submitted_at", "pk")
    State = EntryReview.State
    new = submitted.filter(Q(review=None) | Q(review__state=State.NEW))
    yield box("Antworten zu prüfen", new, 60, "?review=new", note=whose)
    yield box("Offene Rückfragen", submitted.filter(review__state=State.QUERY), 70, "?review=query", note=whose)


@desk_boxes.register
def matches_that_wait(user):
    """Proposed pairs to decide on, and introductions that wait for a consent."""
    proposed = Match.objects.waiting().with_sides()
    yield box("Vernetzung: Vorschläge", proposed, 72, "?status__exact=proposed")
    asked = Match.objects.filter(status=Match.Status.APPROVED, requested_at__isnull=False).with_sides()
    yield box("Vernetzung: wartet auf Einwilligung", asked.order_by("requested_at"), 74, "?status__exact=approved")


@entry_steps.register
def matches_of_entry(entry, user):
    """The way from an answer to the pairs it belongs to."""
    for match in Match.objects.filter(sides__entry=entry, forgotten_at=None).with_sides():
        url = reverse("admin:surveys_match_change", args=[match.pk])
        yield NextStep(f"Vernetzung: {match}", url, match.get_status_display())


@desk_boxes.register
def needs_without_answer(user):
    """Released needs to which nothing is linked that everybody may read."""
    released = Need.objects.released()
    answered = answers_to(released.values_list("pk", flat=True), AnonymousUser())
    waiting = released.exclude(pk__in=answered).with_organisations().by_weight()
    yield box("Unbeantwortete Bedarfe", waiting, 75, "?status__exact=released&antwort=keine", note=said_by)


def said_by(need: Need) -> str:
    """How many organisations say it."""
    return f"{need.organisations} Organisation{'' if need.organisations == 1 else 'en'}"


@retention_rules.register
def raw_answers(*, now, dry_run):
    """Raw answers go on the day that the round names; what the lead has opened again, after that."""
    due = list(Response.objects.overdue(now))
    for response in due if not dry_run else []:
        delete_raw_answers(response=response, now=now)
    day = "am Tag, den die Runde nennt"
    yield rule("Rückmeldungen mit Antworten und Dateien", len(due), Response.objects.all(), day)


@retention_rules.register
def kept_drafts(*, now, dry_run):
    """What waits for a sign-in is kept as long as the session that asks for it."""
    days = settings.SESSION_COOKIE_AGE // 86_400
    yield remove(
        "Texte, die auf eine Anmeldung warteten", KeptDraft.objects.forgotten(now), dry_run=dry_run, after=days
    )
