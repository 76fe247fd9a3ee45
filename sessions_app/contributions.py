"""What series, events and reports contribute to the questions of lib: the Fahrplan, and what a report lacks."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import (
    DeskBox,
    Gap,
    Milestone,
    desk_boxes,
    due_mails,
    forgotten_names,
    milestones,
    release_checks,
    retention_rules,
    unfinished_work,
    withdrawn_names,
)
from ogl_portal.lib.retention import remove
from ogl_portal.lib.subscriptions import UNCONFIRMED_DAYS

from . import named_texts, personal_data  # noqa: F401 - they register themselves
from .models import (
    POSTPONED,
    AgendaProposal,
    Event,
    Recommendation,
    Registration,
    Report,
    ReportSection,
    ReportVersion,
    ReviewComment,
    Subscription,
    TopicCollection,
)
from .own_topics import old_topics
from .workflow import (
    draw_missing_pdfs,
    forget_name,
    gaps,
    redact_versions,
    send_event_mails,
    send_registration_mails,
    send_review_mails,
    send_series_news,
)


@milestones.register
def events(user) -> Iterator[Milestone]:
    """Yield every published event that has a day: neither cancelled nor put off without a new one."""
    for event in Event.objects.published().exclude(POSTPONED).exclude(status=Event.Status.CANCELLED):
        yield Milestone(
            moment=event.starts_at,
            until=event.ends_at,
            label=event.title,
            kind=event.get_kind_display(),
            url=event.get_absolute_url(),
            is_example=event.is_example,
        )


@release_checks.register
def empty_sections(report: Report) -> Iterator[Gap]:
    """Sections that hold nothing and do not say „entfällt“; 3 refers to the Verteiler, 7 may name the next meeting."""
    sections = {section.number: section for section in report.sections.all()}
    page = reverse("admin:sessions_app_report_change", args=[report.pk])
    for position, number in enumerate(ReportSection.Number):
        section = sections.get(number)
        if is_needed(number, report) and not (section and (section.body.strip() or section.is_omitted)):
            yield Gap(f"Text in {number}. {number.label}", f"{page}#id_sections-{position}-body")


def is_needed(number: ReportSection.Number, report: Report) -> bool:
    """Whether nothing but its text fills a section."""
    is_next = number == ReportSection.Number.NEXT_MEETING and not report.next_meeting_id
    return number in ReportSection.NEEDS_TEXT or is_next


due_mails.register(send_event_mails)
due_mails.register(send_registration_mails)
due_mails.register(send_review_mails)
due_mails.register(send_series_news)


@retention_rules.register
def registrations(*, now, dry_run):
    """Who registered is forgotten some days after the event; what nobody confirmed, and who cancelled, in a week.

    Whoever waits for the new date of an event is kept until that.
    """
    before = now - timedelta(days=UNCONFIRMED_DAYS)
    dropped = Registration.objects.dropped(before)
    yield remove("unbestätigte und abgemeldete Anmeldungen", dropped, dry_run=dry_run, after=UNCONFIRMED_DAYS)
    events = Event.objects.past(now - timedelta(days=settings.REGISTRATION_DAYS))
    past = Registration.objects.filter(event__in=events)
    facts = {"after": settings.REGISTRATION_DAYS, "setting": "REGISTRATION_DAYS"}
    yield remove("Anmeldungen zu vergangenen Terminen", past, dry_run=dry_run, **facts)
    asked = Subscription.objects.given_up(before)
    yield remove("unbestätigte Abos", asked, dry_run=dry_run, after=UNCONFIRMED_DAYS)


retention_rules.register(old_topics)


@withdrawn_names.register
def names_in_reports(person) -> Iterator[str]:
    """The public part of released reports names the person no more."""
    count = redact_versions(person=person)
    if not count:
        return
    yield f"Freigegebene Fassungen von Reports, in denen der Name nicht mehr öffentlich steht: {count}."
    if missing := ReportVersion.objects.without_public_pdf().count():
        yield (
            f"Öffentliche PDFs, die noch nicht neu hergestellt sind: {missing}. So lange sind sie nicht abrufbar; das "
            "Portal versucht es von selbst wieder."
        )


@forgotten_names.register
def names_in_working_texts(person) -> Iterator:
    """The next version of a report does not bring the name back."""
    forget_name(person=person)
    yield from ()


@unfinished_work.register
def pdfs_without_withdrawn_names() -> Iterator:
    """What could not be drawn at the withdrawal."""
    draw_missing_pdfs()
    yield from ()


@desk_boxes.register
def reports_to_write(user) -> Iterator[DeskBox]:
    """What was held and is not recorded, drafts that wait, comments that nobody answered."""
    without = Event.objects.past().filter(report=None).exclude(kind=Event.Kind.SESSION)
    yield box("Termine ohne Report", without.exclude(status=Event.Status.CANCELLED), 10)
    drafts = Report.objects.exclude(status=Report.Status.RELEASED).order_by("-event__starts_at")
    yield box("Reports in Arbeit", drafts, 20, note=what_is_missing)
    comments = ReviewComment.objects.filter(outcome=ReviewComment.Outcome.OPEN).select_related("section__report")
    yield box("Anmerkungen ohne Antwort", comments, 30, "?outcome__exact=open")


@desk_boxes.register
def events_without_a_date(user) -> Iterator[DeskBox]:
    """What was put off and whose former date has passed: people wait, and what is stored of them stays so long."""
    waiting = Event.objects.filter(POSTPONED, ends_at__lte=timezone.now()).order_by("starts_at")
    yield box("Verschobene Termine ohne neuen Tag", waiting, 12, "?status__exact=moved")


@desk_boxes.register
def reports_without_public_pdf(user) -> Iterator[DeskBox]:
    """What was withheld for it named somebody, and waits to be drawn anew."""
    waiting = Report.objects.filter(versions__in=ReportVersion.objects.without_public_pdf()).distinct()
    yield box("Reports ohne öffentliches PDF", waiting, 15, note=lambda report: "wird ohne den Namen neu hergestellt")


@desk_boxes.register
def proposals_for_agendas(user) -> Iterator[DeskBox]:
    """What members would like to talk about, and nobody has decided on."""
    yield box("Vorschläge zur Tagesordnung", AgendaProposal.objects.open(), 35, "?outcome__exact=open")


@desk_boxes.register
def recommendations_to_hand_over(user) -> Iterator[DeskBox]:
    """What politics is to hear and has not; what goes to companies, they read here."""
    agreed = Recommendation.objects.filter(status=Recommendation.Status.AGREED)
    politics = agreed.filter(addressee=Recommendation.Addressee.POLITICS).order_by("agreed_on", "pk")
    yield box(
        "Empfehlungen an die Politik zu übergeben", politics, 36, "?status__exact=agreed&addressee__exact=politics"
    )


@desk_boxes.register
def topics_to_choose(user) -> Iterator[DeskBox]:
    """Closed collections of coming workshops whose members do not know the topics yet."""
    now = timezone.now()
    waiting = TopicCollection.objects.shown().filter(informed_at=None, closes_at__lte=now, event__starts_at__gt=now)
    yield box("Workshop-Themen festlegen und mitteilen", waiting.exclude(event__status=Event.Status.CANCELLED), 35)


def what_is_missing(report: Report) -> str:
    """How much stands in the way of the release."""
    count = len(gaps(report))
    return f"{report.get_status_display()}, {count} Angaben fehlen" if count else report.get_status_display()
