from django.urls import path

from . import own_data_views, views

app_name = "directory"
urlpatterns = [
    path("anmelden/", views.SignInView.as_view(), name="sign-in"),
    path("anmelden/gesendet/", views.SignInSentView.as_view(), name="sign-in-sent"),
    path("anmelden/<str:token>/", views.SignInLinkView.as_view(), name="sign-in-link"),
    path("abmelden/", views.SignOutView.as_view(), name="sign-out"),
    path("mein-bereich/", views.MyAreaView.as_view(), name="my-area"),
    path("mein-bereich/mails/", views.MailPreferencesView.as_view(), name="mail-preferences"),
    path("mein-bereich/daten/", own_data_views.OwnDataView.as_view(), name="own-data"),
    path("mein-bereich/daten/export.json", own_data_views.OwnDataFileView.as_view(), name="own-data-file"),
    path("mein-bereich/daten/loeschen/", own_data_views.DeleteOwnDataView.as_view(), name="own-data-delete"),
    # In front of the admin's own pages, so that it has no password form.
    path("admin/login/", views.AdminSignInView.as_view(), name="admin-sign-in"),
    path("admin/logout/", views.SignOutView.as_view(), name="admin-sign-out"),
]
