"""Pages of series and events."""

from datetime import timedelta

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404
from django.utils import timezone
from django.views.generic import DetailView, ListView

from ogl_portal.directory.models import Organisation, belongs_to_group
from ogl_portal.lib.kept import BrieflyKeptMixin
from ogl_portal.lib.registry import event_annotations
from ogl_portal.lib.structured_data import script

from .. import pictures, structured_data
from ..models import Event, Recommendation, Registration, Report, ReportVersion, Series

KINDS = {"sessions": Event.Kind.SESSION, "sitzungen": Event.Kind.MEETING, "workshops": Event.Kind.WORKSHOP}
KIND_LABELS = {"": "Alle", "sessions": "Sessions", "sitzungen": "AG-Sitzungen", "workshops": "Workshops"}
OF_EVENT = Recommendation.objects.filter(event=OuterRef("pk"))
LONG = [f"report__current_version__{name}" for name in ReportVersion.LONG]
"""What only the page of a report needs."""
KEPT_SECONDS = 600
"""How long the ready text of a published event is kept; a change shows at once."""


class EventListView(BrieflyKeptMixin, ListView):
    """All events, coming ones first; ``?art=`` keeps one kind."""

    template_name = "sessions_app/event_list.html"
    paginate_by = 20

    def get_queryset(self):
        events = Event.objects.visible_to(self.request.user).coming_first().select_related("series")
        events = events.annotate(taken_places=Registration.objects.taken_places())
        kind = KINDS.get(self.request.GET.get("art", ""))
        return events.filter(kind=kind) if kind else events

    def get_context_data(self, **kwargs):
        chosen = self.request.GET.get("art", "")
        return super().get_context_data(kinds=KIND_LABELS, chosen=chosen if chosen in KINDS else "", **kwargs)


class EventDetailView(BrieflyKeptMixin, DetailView):
    """One event, from its announcement to its result; series, report and neighbours come with the same query."""

    template_name = "sessions_app/event_detail.html"

    def get_object(self):
        slug = self.kwargs["slug"]
        events = Event.objects.visible_to(self.request.user).with_neighbours(slug)
        related = events.select_related("series", "report__current_version").defer(*LONG)
        self.around = list(related.annotate(**what_there_is()))
        event = next((event for event in self.around if event.slug == slug), None)
        if not event:
            raise Http404
        return event

    def get_context_data(self, **kwargs):
        user, event = self.request.user, self.object
        previous, following = event.neighbours(self.around)
        in_group = belongs_to_group(user)
        return super().get_context_data(
            may_join=event.may_be_joined_by(user),
            report=report_of(event, user),
            previous=previous,
            following=following,
            in_group=in_group,
            materials=event.materials.all() if in_group else event.materials.filter(is_public=True),
            kept_seconds=KEPT_SECONDS if event.is_published else 0,
            **people_of(event, in_group=in_group),
            **kwargs,
        )


def what_there_is() -> dict:
    """What the query for an event tells of the rest of its page, so that nothing is asked for in vain."""
    taken = Registration.objects.taken_places()
    return {"is_recommending": Exists(OF_EVENT), "taken_places": taken, **dict(event_annotations.ask())}


def report_of(event: Event, user) -> Report | None:
    """The report of an event that came with it, where the user may see it."""
    report = getattr(event, "report", None)
    return report if report and (report.is_public or report.draft_readable_by(user)) else None


def people_of(event: Event, *, in_group: bool) -> dict:
    """Who organises and who speaks; for search engines only what everybody may read of a published event."""
    organisers = event.organisers_in_one_go()
    speakers = list(event.speakers.select_related("person__organisation__logo_row", "organisation__logo_row"))
    facts = structured_data.describe(event, organisers, speakers) if event.is_published else None
    return {
        "organisers": organisers,
        "speakers": [(speaker.name(in_group=in_group), speaker.role, speaker.house) for speaker in speakers],
        "json_ld": script(facts) if facts else "",
        "picture_text": pictures.describe(event),
    }


NEWS_EXPECTED = timedelta(days=366)
"""How long after its last session a series may still have news."""
SESSIONS_ON_A_PAGE = 50


class SeriesDetailView(BrieflyKeptMixin, DetailView):
    """A series with its aim and its sessions; of a long one first the page with what comes next."""

    template_name = "sessions_app/series_detail.html"

    def get_queryset(self):
        user, organisers = self.request.user, Prefetch("organisers", Organisation.objects.with_logo())
        return Series.objects.visible_to(user).with_progress(user).prefetch_related(organisers)

    def get_context_data(self, **kwargs):
        series = self.object
        page = page_of(series, self.request.user, self.request.GET.get("page", ""))
        facts = structured_data.describe_series(series, page, series.organisers.all())
        return super().get_context_data(
            page_obj=page,
            json_ld=script(facts),
            is_public=any(event.is_published for event in page),
            is_going_on=series.events_end is not None and series.events_end > timezone.now() - NEWS_EXPECTED,
            **kwargs,
        )


def page_of(series: Series, user, asked: str):
    """The page of events asked for, else the one with the next event; raises Http404 where there is none such."""
    events = Event.objects.visible_to(user).filter(series=series).order_by("starts_at", "pk")
    events = events.annotate(taken_places=Registration.objects.taken_places())
    paginator = Paginator(events, SESSIONS_ON_A_PAGE)
    paginator.count = series.events_all
    try:
        return paginator.page(asked or min(series.events_over // SESSIONS_ON_A_PAGE + 1, paginator.num_pages))
    except InvalidPage:
        raise Http404 from None
