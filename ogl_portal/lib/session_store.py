"""Django's sessions in the database, read with a prepared query: every request of somebody signed in reads its own."""

from functools import lru_cache
from operator import methodcaller

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from .prepared import Given, Prepared


@Prepared
def running_sessions():
    running = Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    )
    return running.values_list("session_data")


LONGEST_KEPT = 4_000
"""Characters of a stored session; a longer one holds somebody's texts, and none of them stays in memory."""


class Unread:
    """A „serializer“ that hands on what is stored."""

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(2_000)
def verified(stored: str, salt: str, keys: tuple[str, ...]) -> bytes:
    """What stands behind the signature of a stored session, as long as ``keys`` are those of the settings.

    A session is read with each request and changes seldom: the same text under the same keys is as sound as before.
    Raises BadSignature.
    """
    return signing.loads(stored, salt=salt, serializer=Unread)


class SessionStore(db.SessionStore):
    """The same store, under the same name: it stands in the signature of what is stored."""

    def load(self) -> dict:
        """What the session holds; one that is over or that nobody knows loses its key, as Django does it."""
        session = running_sessions.run({"key": self.session_key, "now": timezone.now()}, methodcaller("fetchone"))
        if session is None:
            self._session_key = None
            return {}
        return self.decode(*session)

    def decode(self, session_data: str) -> dict:
        """What is stored; nothing, and a line in the log, where the signature is not ours."""
        if len(session_data) > LONGEST_KEPT:
            return super().decode(session_data)
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        try:
            return self.serializer().loads(verified(session_data, self.key_salt, keys))
        except (signing.BadSignature, ValueError):
            return super().decode(session_data)
