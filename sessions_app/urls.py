from django.urls import path

from . import views

app_name = "sessions_app"
urlpatterns = [
    path("termine/", views.EventListView.as_view(), name="event-list"),
    path("termine/<slug:slug>/", views.EventDetailView.as_view(), name="event-detail"),
    path("serien/<slug:slug>/", views.SeriesDetailView.as_view(), name="series-detail"),
    path("serien/<slug:slug>/empfehlungen/", views.PaperView.as_view(), name="paper"),
    path("serien/<slug:slug>/empfehlungen.pdf", views.PaperPDFView.as_view(), name="paper-pdf"),
    path("empfehlungen/", views.RecommendationListView.as_view(), name="recommendation-list"),
    path("empfehlungen/<int:number>/", views.RecommendationDetailView.as_view(), name="recommendation-detail"),
    path("reports/", views.ReportListView.as_view(), name="report-list"),
    path("reports/<slug:slug>/", views.ReportDetailView.as_view(), name="report-detail"),
    path("reports/<slug:slug>/anmerkung/<int:number>/", views.CommentView.as_view(), name="report-comment"),
    path("reports/<slug:slug>/bestaetigen/", views.ConfirmView.as_view(), name="report-confirm"),
    path("reports/<slug:slug>.pdf", views.ReportPDFView.as_view(), name="report-pdf"),
]
