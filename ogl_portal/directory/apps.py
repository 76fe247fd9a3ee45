from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate

from .permissions import grant_after_migrate


class DirectoryConfig(AppConfig):
    name = "ogl_portal.directory"
    label = "directory"
    verbose_name = "Personen und Organisationen"

    def ready(self):
        from .browsers import note_sign_in  # models are there only now

        user_logged_in.connect(note_sign_in, dispatch_uid="browser-of-a-sign-in")
        post_migrate.connect(grant_after_migrate, dispatch_uid="permissions-of-ogl-leitung")
