from django.urls import path

from . import views

app_name = "actions"
urlpatterns = [
    path("", views.ItemListView.as_view(), name="item-list"),
    path("<int:number>/", views.ItemDetailView.as_view(), name="item-detail"),
    path("<int:number>/anteil/", views.ShareView.as_view(), name="item-share"),
    path("<int:number>/kommentar/", views.CommentView.as_view(), name="item-comment"),
]
