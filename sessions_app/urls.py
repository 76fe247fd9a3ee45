from django.urls import path
from django.views.generic import TemplateView

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
    path("serien/<slug:slug>/empfehlungen/", views.PaperView.as_view(), name="paper"),
    path("serien/<slug:slug>/empfehlungen.pdf", views.PaperPDFView.as_view(), name="paper-pdf"),
    path("empfehlungen/", views.RecommendationListView.as_view(), name="recommendation-list"),
    path("empfehlungen/<int:number>/", views.RecommendationDetailView.as_view(), name="recommendation-detail"),
    path("themen/", views.TopicListView.as_view(), name="topic-list"),
    path("themen/<slug:slug>/", views.TopicListView.as_view(), name="topic-list-of"),
    path("themen/<slug:slug>/vorschlagen/", views.ProposeTopicView.as_view(), name="topic-propose"),
    path("themen/<slug:slug>/<int:number>/", views.TopicDetailView.as_view(), name="topic-detail"),
    path("themen/<slug:slug>/<int:number>/punkte/", views.TopicDotsView.as_view(), name="topic-dots"),
    path("themen/<slug:slug>/<int:number>/kommentar/", views.TopicCommentView.as_view(), name="topic-comment"),
    path(
        "themen/<slug:slug>/<int:number>/kommentar/<int:comment>/loeschen/",
        views.DeleteTopicCommentView.as_view(),
        name="topic-comment-delete",
    ),
    path("reports/", views.ReportListView.as_view(), name="report-list"),
    path("reports/feed.atom", views.ReportFeedView.as_view(), name="report-feed"),
    path("reports/<slug:slug>/", views.ReportDetailView.as_view(), name="report-detail"),
    path("reports/<slug:slug>/anmerkung/<int:number>/", views.CommentView.as_view(), name="report-comment"),
    path("reports/<slug:slug>/bestaetigen/", views.ConfirmView.as_view(), name="report-confirm"),
    path("reports/<slug:slug>.pdf", views.ReportPDFView.as_view(), name="report-pdf"),
    path("termine/<slug:slug>/anmelden/", views.RegisterView.as_view(), name="register"),
    path("termine/<slug:slug>/anmelden/gesendet/", views.RegisterSentView.as_view(), name="register-sent"),
    path("termine/<slug:slug>/zusage/", views.AnswerView.as_view(), name="event-answer"),
    path("termine/<slug:slug>/vorschlagen/", views.ProposeItemView.as_view(), name="propose-item"),
    path("teilnahme/<str:token>/", views.RegistrationView.as_view(), name="registration"),
    path("zusage/<str:token>/", views.InvitationView.as_view(), name="invitation"),
    path("serien/<slug:slug>/abonnieren/", views.SubscribeView.as_view(), name="subscribe"),
    path("serien/<slug:slug>/abonnieren/gesendet/", views.SubscribeSentView.as_view(), name="subscribe-sent"),
    path(
        "abo/beendet/",
        TemplateView.as_view(template_name="sessions_app/subscription_ended.html"),
        name="subscription-ended",
    ),
    path("abo/<str:token>/", views.SubscriptionView.as_view(), name="subscription"),
]
