from django.urls import path

from . import views

app_name = "actions"
urlpatterns = [
    path("massnahmen/", views.ItemListView.as_view(), name="item-list"),
    path("massnahmen/<int:number>/", views.ItemDetailView.as_view(), name="item-detail"),
    path("massnahmen/<int:number>/anteil/", views.ShareView.as_view(), name="item-share"),
    path("massnahmen/<int:number>/kommentar/", views.CommentView.as_view(), name="item-comment"),
    path("daten/massnahmen.csv", views.ItemsCsvView.as_view(), name="items-csv"),
]
