from django.urls import path

from . import views

app_name = "sessions_app"
urlpatterns = [
    path("termine/", views.EventListView.as_view(), name="event-list"),
    path("termine/<slug:slug>/", views.EventDetailView.as_view(), name="event-detail"),
    path("serien/<slug:slug>/", views.SeriesDetailView.as_view(), name="series-detail"),
    path("reports/", views.ReportListView.as_view(), name="report-list"),
    path("reports/<slug:slug>/", views.ReportDetailView.as_view(), name="report-detail"),
    path("reports/<slug:slug>/anmerkung/<int:number>/", views.CommentView.as_view(), name="report-comment"),
    path("reports/<slug:slug>/bestaetigen/", views.ConfirmView.as_view(), name="report-confirm"),
    path("reports/<slug:slug>/anlagen/<uuid:uuid>/", views.AnnexView.as_view(), name="report-annex"),
    path("reports/<slug:slug>.pdf", views.ReportPDFView.as_view(), name="report-pdf"),
]
