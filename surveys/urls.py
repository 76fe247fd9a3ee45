from django.urls import path

from . import views

app_name = "surveys"
urlpatterns = [
    path("", views.RoundListView.as_view(), name="round-list"),
    path("e/<str:token>/", views.PersonalLinkView.as_view(), name="personal-link"),
    path("<slug:slug>/", views.RoundDetailView.as_view(), name="round-detail"),
    path("<slug:slug>/leer.pdf", views.BlankPdfView.as_view(), name="blank-pdf"),
    path("<slug:slug>/beginnen/", views.BeginView.as_view(), name="begin"),
    path("<slug:slug>/nicht-zustaendig/", views.DeclineView.as_view(), name="decline"),
    path("<slug:slug>/mitarbeit/", views.TeamView.as_view(), name="team"),
    path("<slug:slug>/mitarbeit/<int:number>/widerrufen/", views.RevokeLinkView.as_view(), name="team-revoke"),
    path("<slug:slug>/link-schliessen/", views.LeaveView.as_view(), name="leave"),
    path("<slug:slug>/pruefen/", views.ReviewView.as_view(), name="review"),
    path("<slug:slug>/absenden/", views.SubmitView.as_view(), name="submit"),
    path("<slug:slug>/abgesendet/", views.SubmittedView.as_view(), name="submitted"),
    path("<slug:slug>/abschnitt/<str:key>/", views.SectionView.as_view(), name="section"),
    path("<slug:slug>/abschnitt/<str:key>/neu/", views.AddEntryView.as_view(), name="entry-add"),
    path("<slug:slug>/abschnitt/<str:key>/nichts/", views.SkipSectionView.as_view(), name="section-skip"),
    path("<slug:slug>/eintrag/<uuid:uuid>/", views.EntryView.as_view(), name="entry"),
    path("<slug:slug>/eintrag/<uuid:uuid>/zwischenspeichern/", views.AutosaveView.as_view(), name="autosave"),
    path("<slug:slug>/eintrag/<uuid:uuid>/entfernen/", views.RemoveEntryView.as_view(), name="entry-remove"),
    path("<slug:slug>/eintrag/<uuid:uuid>/zurueckholen/", views.RestoreEntryView.as_view(), name="entry-restore"),
    path("<slug:slug>/meine-antworten.pdf", views.MyAnswersPdfView.as_view(), name="my-answers-pdf"),
    path("<slug:slug>/freigaben/", views.ConsentsView.as_view(), name="consents"),
    path("<slug:slug>/freigaben/<int:pk>/widerrufen/", views.WithdrawConsentView.as_view(), name="consent-withdraw"),
    path("<slug:slug>/loeschen/", views.DeleteResponseView.as_view(), name="delete"),
    path("<slug:slug>/datei/<uuid:uuid>/", views.UploadView.as_view(), name="upload"),
]
