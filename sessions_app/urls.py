from django.urls import path

from . import views

app_name = "sessions_app"
urlpatterns = [
    path("termine/", views.EventListView.as_view(), name="event-list"),
    path("termine/kalender.ics", views.CalendarView.as_view(), name="calendar"),
    path("termine/feed.atom", views.EventFeedView.as_view(), name="event-feed"),
    path("termine/<slug:slug>.ics", views.EventCalendarView.as_view(), name="event-calendar"),
    path("termine/<slug:slug>/bild.png", views.PictureView.as_view(), name="event-picture"),
    path("termine/<slug:slug>/unterlagen/<uuid:uuid>/", views.MaterialView.as_view(), name="event-material"),
    path("termine/<slug:slug>/", views.EventDetailView.as_view(), name="event-detail"),
    path("serien/<slug:slug>/", views.SeriesDetailView.as_view(), name="series-detail"),
    path("serien/<slug:slug>/kalender.ics", views.SeriesCalendarView.as_view(), name="series-calendar"),
    path("kalender/neu/", views.RenewCalendarView.as_view(), name="calendar-renew"),
    path("kalender/<str:token>.ics", views.PersonalCalendarView.as_view(), name="personal-calendar"),
    path("reports/", views.ReportListView.as_view(), name="report-list"),
    path("reports/feed.atom", views.ReportFeedView.as_view(), name="report-feed"),
    path("reports/<slug:slug>/", views.ReportDetailView.as_view(), name="report-detail"),
    path("reports/<slug:slug>/anmerkung/<int:number>/", views.CommentView.as_view(), name="report-comment"),
    path("reports/<slug:slug>/bestaetigen/", views.ConfirmView.as_view(), name="report-confirm"),
    path("reports/<slug:slug>.pdf", views.ReportPDFView.as_view(), name="report-pdf"),
]
