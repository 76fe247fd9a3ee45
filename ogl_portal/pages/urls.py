from django.urls import path

from . import views
from .models import Page

app_name = "pages"
urlpatterns = [
    path("impressum/", views.PageView.as_view(key=Page.Key.IMPRINT), name="imprint"),
    path("datenschutz/", views.PageView.as_view(key=Page.Key.PRIVACY), name="privacy"),
    path("barrierefreiheit/", views.PageView.as_view(key=Page.Key.ACCESSIBILITY), name="accessibility"),
    path("leichte-sprache/", views.PageView.as_view(key=Page.Key.PLAIN_LANGUAGE), name="plain-language"),
    path("suche/", views.SearchView.as_view(), name="search"),
    path("hilfe/", views.PageView.as_view(key=Page.Key.HELP, template_name="pages/help.html"), name="help"),
    path("kontakt/", views.ContactView.as_view(), name="contact"),
    path("kontakt/danke/<uuid:key>/", views.ContactThanksView.as_view(), name="contact-thanks"),
    path("barriere-melden/", views.ReportBarrierView.as_view(), name="report-barrier"),
    path("barriere-melden/danke/<uuid:key>/", views.BarrierThanksView.as_view(), name="barrier-thanks"),
]
