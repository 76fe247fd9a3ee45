from django.apps import AppConfig
from django.db.models.signals import post_migrate

from .permissions import grant_after_migrate


class DirectoryConfig(AppConfig):
    name = "ogl_portal.directory"
    label = "directory"
    verbose_name = "Personen und Organisationen"

    def ready(self):
        post_migrate.connect(grant_after_migrate, dispatch_uid="permissions-of-ogl-leitung")
