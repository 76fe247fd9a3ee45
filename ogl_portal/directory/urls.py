from django.urls import path
from django.views.generic import TemplateView

from . import browser_views, group_views, own_data_views, second_factor_views, views

app_name = "directory"
urlpatterns = [
    path("anmelden/", views.SignInView.as_view(), name="sign-in"),
    path("anmelden/gesendet/", views.SignInSentView.as_view(), name="sign-in-sent"),
    path("anmelden/<str:token>/", views.SignInLinkView.as_view(), name="sign-in-link"),
    path("abmelden/", views.SignOutView.as_view(), name="sign-out"),
    path("mein-bereich/", views.MyAreaView.as_view(), name="my-area"),
    path("mein-bereich/mails/", views.MailPreferencesView.as_view(), name="mail-preferences"),
    path("organisationen/<slug:slug>/logo.png", views.LogoView.as_view(), name="logo"),
    path("zielgruppen/", group_views.TargetGroupListView.as_view(), name="target-group-list"),
    path(
        "zielgruppen/abo/beendet/",
        TemplateView.as_view(template_name="directory/subscription_ended.html"),
        name="group-subscription-ended",
    ),
    path("zielgruppen/abo/<str:token>/", group_views.GroupSubscriptionView.as_view(), name="group-subscription"),
    path(
        "zielgruppen/abo/<str:token>/abbestellen/",
        group_views.OneClickView.as_view(),
        name="group-subscription-one-click",
    ),
    path("zielgruppen/<slug:slug>/", group_views.TargetGroupView.as_view(), name="target-group"),
    path("zielgruppen/<slug:slug>/feed.atom", group_views.TargetGroupFeedView.as_view(), name="target-group-feed"),
    path("zielgruppen/<slug:slug>/abonnieren/", group_views.SubscribeToGroupView.as_view(), name="subscribe-to-group"),
    path(
        "zielgruppen/<slug:slug>/abonnieren/gesendet/",
        group_views.SubscribeToGroupSentView.as_view(),
        name="subscribe-to-group-sent",
    ),
    path("mein-bereich/geraete/", browser_views.BrowsersView.as_view(), name="browsers"),
    path("mein-bereich/geraete/beenden/", browser_views.EndOtherBrowsersView.as_view(), name="end-browsers"),
    path("mein-bereich/geraete/<uuid:key>/beenden/", browser_views.EndBrowserView.as_view(), name="end-browser"),
    path("mein-bereich/zweiter-faktor/", second_factor_views.SecondFactorView.as_view(), name="second-factor"),
    path("mein-bereich/zweiter-faktor/code/", second_factor_views.CodeView.as_view(), name="second-factor-code"),
    path(
        "mein-bereich/zweiter-faktor/einrichten/", second_factor_views.SetUpView.as_view(), name="second-factor-set-up"
    ),
    path(
        "mein-bereich/zweiter-faktor/backup-codes/",
        second_factor_views.NewCodesView.as_view(),
        name="second-factor-codes",
    ),
    path(
        "mein-bereich/zweiter-faktor/entfernen/", second_factor_views.RemoveView.as_view(), name="second-factor-remove"
    ),
    path("mein-bereich/daten/", own_data_views.OwnDataView.as_view(), name="own-data"),
    path("mein-bereich/daten/export.json", own_data_views.OwnDataFileView.as_view(), name="own-data-file"),
    path("mein-bereich/daten/loeschen/", own_data_views.DeleteOwnDataView.as_view(), name="own-data-delete"),
    # In front of the admin's own pages, so that it has no password form.
    path("admin/login/", views.AdminSignInView.as_view(), name="admin-sign-in"),
    path("admin/logout/", views.SignOutView.as_view(), name="admin-sign-out"),
]
