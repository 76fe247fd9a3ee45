from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("anmelden/", views.SignInView.as_view(), name="sign-in"),
    path("anmelden/gesendet/", views.SignInSentView.as_view(), name="sign-in-sent"),
    path("anmelden/<str:token>/", views.SignInLinkView.as_view(), name="sign-in-link"),
    path("abmelden/", views.SignOutView.as_view(), name="sign-out"),
    path("mein-bereich/", views.MyAreaView.as_view(), name="my-area"),
    path("mein-bereich/mails/", views.MailPreferencesView.as_view(), name="mail-preferences"),
    path("organisationen/<slug:slug>/logo.png", views.LogoView.as_view(), name="logo"),
    # In front of the admin's own pages, so that it has no password form.
    path("admin/login/", views.AdminSignInView.as_view(), name="admin-sign-in"),
    path("admin/logout/", views.SignOutView.as_view(), name="admin-sign-out"),
]
