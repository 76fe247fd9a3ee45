from django.urls import path

from . import views

app_name = "open_data"
urlpatterns = [
    path("", views.OpenDataView.as_view(), name="index"),
    path("loesungen.json", views.SolutionsJsonView.as_view(), name="solutions-json"),
    path("loesungen.csv", views.SolutionsCsvView.as_view(), name="solutions-csv"),
    path("katalog.jsonld", views.CatalogueView.as_view(), name="catalogue"),
]
