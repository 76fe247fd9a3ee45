"""Addresses of the portal: the contract of routes.md, in German."""

from django.contrib import admin
from django.urls import include, path

from . import operations, views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    # Those with a first step of their own come first: of the others every single address is compared.
    path("fragebogen/", include("surveys.urls")),
    path("vernetzung/", include("surveys.match_urls")),
    path("wissensdatenbank/", include("knowledgebase.urls")),
    path("", include("ogl_portal.directory.urls")),
    path("", include("ogl_portal.pages.urls")),
    path("", include("sessions_app.urls")),
    path("", include("actions.urls")),
    path("", include("surveys.need_urls")),
    path("daten/", include("knowledgebase.open_data.urls")),
    path("admin/", admin.site.urls),
    path("healthz", operations.healthz, name="healthz"),
    path("sitemap.xml", operations.sitemap, name="sitemap"),
    path("robots.txt", operations.robots, name="robots"),
    path(".well-known/security.txt", operations.security_text, name="security-text"),
]

handler400 = "ogl_portal.views.bad_request"
handler403 = "ogl_portal.views.permission_denied"
handler404 = "ogl_portal.views.page_not_found"
handler500 = "ogl_portal.views.server_error"
