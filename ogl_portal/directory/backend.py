"""Who is signed in: asked by every request of a session."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import BigIntegerField

from ogl_portal.lib.prepared import Given, prepared_rows

from .models import User


@prepared_rows
def users_of_key():
    return User.objects.filter(pk=Given("pk", BigIntegerField())).order_by()


class SignInBackend(ModelBackend):
    """Django's own, with a prepared query."""

    def get_user(self, user_id: int) -> User | None:
        user = users_of_key.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
