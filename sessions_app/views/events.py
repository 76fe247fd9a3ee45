"""Pages of series and events."""

from django.views.generic import DetailView, ListView

from ..models import Event, Report, Series

KINDS = {"sessions": Event.Kind.SESSION, "sitzungen": Event.Kind.MEETING, "workshops": Event.Kind.WORKSHOP}
KIND_LABELS = {"": "Alle", "sessions": "Sessions", "sitzungen": "AG-Sitzungen", "workshops": "Workshops"}


class EventListView(ListView):
    """All events, coming ones first; ``?art=`` keeps one kind."""

    template_name = "sessions_app/event_list.html"
    paginate_by = 20

    def get_queryset(self):
        events = Event.objects.visible_to(self.request.user).coming_first().select_related("series")
        kind = KINDS.get(self.request.GET.get("art", ""))
        return events.filter(kind=kind) if kind else events

    def get_context_data(self, **kwargs):
        chosen = self.request.GET.get("art", "")
        return super().get_context_data(kinds=KIND_LABELS, chosen=chosen if chosen in KINDS else "", **kwargs)


class EventDetailView(DetailView):
    """One event, from its announcement to its result."""

    template_name = "sessions_app/event_detail.html"

    def get_queryset(self):
        return Event.objects.visible_to(self.request.user).with_organisers().prefetch_related("agenda")

    def get_context_data(self, **kwargs):
        user, event = self.request.user, self.object
        previous, following = event.neighbours(Event.objects.visible_to(user))
        return super().get_context_data(
            may_join=event.may_be_joined_by(user),
            report=Report.objects.visible_to(user).filter(event=event).first(),
            previous=previous,
            following=following,
            **kwargs,
        )


class SeriesDetailView(DetailView):
    """A series with its aim and its sessions."""

    template_name = "sessions_app/series_detail.html"

    def get_queryset(self):
        return Series.objects.visible_to(self.request.user).prefetch_related("organisers")

    def get_context_data(self, **kwargs):
        events = list(Event.objects.visible_to(self.request.user).filter(series=self.object).order_by("starts_at"))
        counted = [event for event in events if event.status != Event.Status.CANCELLED]
        return super().get_context_data(
            events=events, total=len(counted), done=sum(event.is_over for event in counted), **kwargs
        )
