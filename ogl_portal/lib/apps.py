from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LibConfig(AppConfig):
    name = "ogl_portal.lib"
    label = "lib"
    verbose_name = "Werkzeuge"

    def ready(self):
        autodiscover_modules("contributions", "search", "sitemap")
