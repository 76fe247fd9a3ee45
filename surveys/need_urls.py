from django.urls import path

from . import views

app_name = "needs"
urlpatterns = [
    path("bedarfe/", views.NeedListView.as_view(), name="need-list"),
    path("bedarfe.pdf", views.NeedsPdfView.as_view(), name="pdf"),
    path("bedarfe/<slug:slug>/", views.NeedDetailView.as_view(), name="need-detail"),
]
