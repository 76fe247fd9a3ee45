from django.urls import path

from . import views

app_name = "surveys"
urlpatterns = [
    path("", views.RoundListView.as_view(), name="round-list"),
    path("<slug:slug>/", views.RoundDetailView.as_view(), name="round-detail"),
    path("<slug:slug>/leer.pdf", views.BlankPdfView.as_view(), name="blank-pdf"),
    path("<slug:slug>/beginnen/", views.BeginView.as_view(), name="begin"),
    path("<slug:slug>/pruefen/", views.ReviewView.as_view(), name="review"),
    path("<slug:slug>/absenden/", views.SubmitView.as_view(), name="submit"),
    path("<slug:slug>/abgesendet/", views.SubmittedView.as_view(), name="submitted"),
    path("<slug:slug>/abschnitt/<str:key>/", views.SectionView.as_view(), name="section"),
    path("<slug:slug>/abschnitt/<str:key>/neu/", views.AddEntryView.as_view(), name="entry-add"),
    path("<slug:slug>/abschnitt/<str:key>/nichts/", views.SkipSectionView.as_view(), name="section-skip"),
    path("<slug:slug>/eintrag/<uuid:uuid>/", views.EntryView.as_view(), name="entry"),
    path("<slug:slug>/eintrag/<uuid:uuid>/entfernen/", views.RemoveEntryView.as_view(), name="entry-remove"),
    path("<slug:slug>/eintrag/<uuid:uuid>/zurueckholen/", views.RestoreEntryView.as_view(), name="entry-restore"),
    path("<slug:slug>/datei/<uuid:uuid>/", views.UploadView.as_view(), name="upload"),
]
