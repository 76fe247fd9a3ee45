"""Calendars to subscribe to: of all events, of a series, one event, and everybody's own."""

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.views import View
from django.views.decorators.http import conditional_page

from ogl_portal.lib.kept import BrieflyKeptMixin
from ogl_portal.lib.signed_out import ButtonMixin

from .. import workflow
from ..models import Event, PersonalCalendar

KEPT_SECONDS = 3600


def files():
    """What writes calendars: its library takes a quarter of a second to import, which no other page should pay."""
    from .. import calendars

    return calendars


def respond(content: bytes, name: str) -> HttpResponse:
    """Send a calendar to be opened by the program for calendars, under this name where it is stored."""
    headers = {"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "public, no-cache"}
    return HttpResponse(content, headers={**headers, "Content-Disposition": f'inline; filename="{name}.ics"'})


@method_decorator(conditional_page, name="dispatch")
class CalendarView(BrieflyKeptMixin, View):
    """All events of the last year and all that come; written anew only where one of them has changed."""

    http_method_names = ["get", "head"]

    def get(self, request, slug=""):
        state = f"{slug}:{files().state_of(self.events(slug))}"
        content = caches["default"].get_or_set(f"calendar:{state}", lambda: self.make(slug), KEPT_SECONDS)
        response = respond(content, slug or "termine")
        response.headers["ETag"] = quote_etag(state)
        return response

    def events(self, slug: str):
        return files().recent_events()

    def make(self, slug: str) -> bytes:
        return files().public_calendar(self.events(slug), files().NAME, reverse("sessions_app:event-list"))


class SeriesCalendarView(CalendarView):
    """The events of one series, from its beginning."""

    def events(self, slug):
        return Event.objects.in_calendars().filter(series__slug=slug)

    def make(self, slug):
        events = list(self.events(slug))
        if not events:
            raise Http404
        series = events[0].series
        return files().public_calendar(events, series.title, series.get_absolute_url())


@method_decorator(conditional_page, name="dispatch")
class EventCalendarView(BrieflyKeptMixin, View):
    """One published event, as a file to take over."""

    http_method_names = ["get", "head"]

    def get(self, request, slug):
        event = get_object_or_404(Event.objects.published().select_related("series"), slug=slug)
        return respond(files().public_calendar([event], event.title, event.get_absolute_url()), slug)


@method_decorator(conditional_page, name="dispatch")
class PersonalCalendarView(View):
    """Somebody's own calendar; nothing but its address says whose it is."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        calendar = PersonalCalendar.objects.with_token(token)
        if not calendar:
            raise Http404
        response = respond(files().private_calendar(calendar.user), "meine-termine")
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class RenewCalendarView(ButtonMixin, View):
    """Makes the address of the own calendar, or a new one in the place of one that others have seen."""

    def page(self):
        return reverse("directory:my-area") + "#mein-kalender"

    def post(self, request):
        workflow.renew_calendar(user=request.user)
        messages.success(request, "Ihr Kalender hat jetzt eine neue Adresse. Sie können ihn hier abonnieren.")
        return redirect(f"{reverse('directory:my-area')}#mein-kalender")
