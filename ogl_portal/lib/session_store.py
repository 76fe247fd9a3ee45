"""Django's sessions in the database, read with a prepared query: every request of somebody signed in reads its own."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from .prepared import Given, prepared_rows


@prepared_rows
def running_sessions():
    return Session.objects.filter(session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField()))


class SessionStore(db.SessionStore):
    """The same store, under the same name: it stands in the signature of what is stored."""

    def load(self) -> dict:
        """What the session holds; one that is over or that nobody knows loses its key, as Django does it."""
        session = running_sessions.first(key=self.session_key, now=timezone.now())
        if session is None:
            self._session_key = None
            return {}
        return self.decode(session.session_data)
