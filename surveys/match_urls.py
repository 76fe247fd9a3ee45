from django.urls import path

from . import views

app_name = "matches"
urlpatterns = [
    path("", views.MatchListView.as_view(), name="match-list"),
    path("einwilligung/<str:token>/", views.MatchConsentView.as_view(), name="consent"),
]
