from django.urls import path

from . import views
from .open_data.views import PubliccodeView

app_name = "knowledgebase"
urlpatterns = [
    path("", views.SolutionListView.as_view(), name="solution-list"),
    path("eignung/", views.SuitabilityView.as_view(), name="suitability"),
    path("feed.atom", views.FeedView.as_view(), name="feed"),
    path("vorschlagen/", views.ProposeView.as_view(), name="propose"),
    path("vorschlagen/hinweis/", views.SuggestView.as_view(), name="suggest"),
    path("vorschlagen/hinweis/danke/", views.SuggestThanksView.as_view(), name="suggest-thanks"),
    path("vorschlagen/neu/", views.AddProposalView.as_view(), name="proposal-add"),
    path("vorschlagen/<uuid:uuid>/", views.ProposalView.as_view(), name="proposal"),
    path("vorschlagen/<uuid:uuid>/einreichen/", views.SubmitProposalView.as_view(), name="proposal-submit"),
    path("vorschlagen/<uuid:uuid>/loeschen/", views.DeleteProposalView.as_view(), name="proposal-delete"),
    path("vorschlagen/<uuid:uuid>/<slug:key>/", views.ProposalSectionView.as_view(), name="proposal-section"),
    path("nachnutzung/danke/", views.ReuseAnsweredView.as_view(), name="reuse-answered"),
    path("nachnutzung/weiter/<str:token>/", views.RenewReuseView.as_view(), name="reuse-renew"),
    path("ansprechperson/danke/", views.ConsentWithdrawnView.as_view(), name="contact-withdrawn"),
    path("ansprechperson/widerruf/<str:token>/", views.WithdrawConsentView.as_view(), name="contact-withdraw"),
    path("<slug:slug>.pdf", views.PackageView.as_view(), name="package"),
    path("<slug:slug>/anlagen/<uuid:uuid>/", views.AttachmentView.as_view(), name="attachment"),
    path("<slug:slug>/nachnutzung/", views.ReportReuseView.as_view(), name="report-reuse"),
    path("<slug:slug>/nachnutzung/danke/", views.ReuseThanksView.as_view(), name="reuse-thanks"),
    path("<slug:slug>/publiccode.yml", PubliccodeView.as_view(), name="publiccode"),
    path("<slug:slug>/", views.SolutionDetailView.as_view(), name="solution-detail"),
]
