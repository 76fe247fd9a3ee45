"""What can be found of series, events and reports."""

from html import unescape

from django.db.models import Q
from django.utils import timezone
from django.utils.html import strip_tags

from ogl_portal.directory.models import Organisation
from ogl_portal.lib import markdown
from ogl_portal.lib.registry import search_sources
from ogl_portal.lib.search import Audience, Entry, Source

from .models import Event, Recommendation, Report, Series
from .workflow import without_private_names

REPORT_AUDIENCES = {
    Report.Status.RELEASED: Audience.ALL,
    Report.Status.IN_REVIEW: Audience.MEMBERS,
    Report.Status.DRAFT: Audience.LEAD,
}


def events():
    return Event.objects.with_organisers().prefetch_related("agenda")


def event_entry(event: Event) -> Entry:
    """An event with its agenda and what came of it; the link to take part is nobody's to find."""
    agenda = [text for item in event.agenda.all() for text in (item.title, item.description)]
    series = [event.series.title] if event.series else []
    organisers = [organisation.name for organisation in event.organised_by]
    return Entry(
        title=event.title,
        url=event.get_absolute_url(),
        kind=event.get_kind_display(),
        audience=Audience.ALL if event.is_published else Audience.LEAD,
        summary=event.summary,
        texts=(event.description, *agenda, event.outcome, event.place, event.status_note, *series, *organisers),
        date=timezone.localdate(event.starts_at),
        is_example=event.is_example,
    )


def events_naming(thing) -> Q | None:
    """The events that say the name of an organisation or a series."""
    if isinstance(thing, Organisation):
        return Q(organisers=thing) | Q(series__organisers=thing)
    return Q(series=thing) if isinstance(thing, Series) else None


def series():
    return Series.objects.prefetch_related("organisers", "events")


def series_entry(each: Series) -> Entry:
    """A series is found by everybody as soon as one of its events is."""
    is_public = any(event.is_published for event in each.events.all())
    return Entry(
        title=each.title,
        url=each.get_absolute_url(),
        kind="Session-Serie",
        audience=Audience.ALL if is_public else Audience.LEAD,
        summary=each.summary,
        texts=(each.description, each.aim, *(organisation.name for organisation in each.organisers.all())),
    )


def series_naming(thing) -> Q | None:
    """The series of an organisation, and those whose audience an event may change: its own, or the one it left."""
    if isinstance(thing, Organisation):
        return Q(organisers=thing)
    if isinstance(thing, Event):
        return Q(pk=thing.series_id) | ~Q(pk__in=Event.objects.published().exclude(series=None).values("series"))
    return None


def reports():
    unread = ["current_version__distribution", "current_version__members_html", "current_version__public_document"]
    return Report.objects.select_related("event", "current_version").defer(*unread).prefetch_related("sections")


def report_entry(report: Report) -> Entry:
    """A report as it was released last, else with its sections; the annexes with names are nobody's to find."""
    version = report.current_version
    return Entry(
        title=version.title if version else report.title,
        url=report.get_absolute_url(),
        kind="Report",
        audience=Audience.ALL if version else REPORT_AUDIENCES[report.status],
        texts=(report.event.title, *([markdown.escape(version.public_text)] if version else sections_of(report))),
        date=timezone.localdate(report.event.starts_at),
        is_example=report.event.is_example,
    )


def sections_of(report: Report) -> list[str]:
    """The working text; of a release of which no version was kept everybody finds it, so names are taken out."""
    texts = [section.body for section in report.sections.all()]
    return [*map(as_the_public_reads, texts)] if report.is_released else texts


def as_the_public_reads(text: str) -> str:
    """Markdown that says what everybody reads of a text: names are found, and taken out, in its HTML."""
    return markdown.escape(unescape(strip_tags(without_private_names(markdown.to_html(text)))))


def reports_naming(thing) -> Q | None:
    return Q(event=thing) if isinstance(thing, Event) else None


def recommendations():
    return Recommendation.objects.with_sources()


def recommendation_entry(recommendation: Recommendation) -> Entry:
    """A recommendation with its reasoning and what was answered, from its agreement on for everybody."""
    event = recommendation.event
    return Entry(
        title=recommendation.title,
        url=recommendation.get_absolute_url(),
        kind=f"Empfehlung an {recommendation.addressed_to}",
        audience=Audience.ALL if recommendation.is_public else Audience.LEAD,
        texts=(
            recommendation.text,
            recommendation.reasoning,
            recommendation.answer if recommendation.status == recommendation.Status.ANSWERED else "",
            recommendation.series.title,
            event.title if event else "",
        ),
        date=recommendation.agreed_on,
        is_example=recommendation.is_example,
    )


def recommendations_naming(thing) -> Q | None:
    """The recommendations that say the title of a series or a session."""
    if isinstance(thing, Event):
        return Q(event=thing)
    return Q(series=thing) if isinstance(thing, Series) else None


@search_sources.register
def sources():
    yield Source("events", "termine", "Termine", Event, events, event_entry, events_naming)
    yield Source("series", "serien", "Session-Serien", Series, series, series_entry, series_naming)
    yield Source("reports", "reports", "Reports", Report, reports, report_entry, reports_naming)
    yield Source(
        "recommendations", "empfehlungen", "Empfehlungen", Recommendation, recommendations, recommendation_entry,
        recommendations_naming,
    )  # fmt: skip
