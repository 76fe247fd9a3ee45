"""Where somebody is signed in: noted at the sign-in and while the portal is used, and ended on the server.

The session holds the moment of the last use itself, so that asking for it costs no query, and noting it one only
every few minutes.
"""

import time
from datetime import timedelta

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ogl_portal.lib.browsers import browser_in_words

from .models import SignedInBrowser

LAST_USE = "last_use"
NOTED_EVERY = timedelta(minutes=3)


def note_sign_in(sender, request, user, **kwargs) -> None:
    """Receive Django's user_logged_in: note the browser, and from when its session is in use."""
    session = request.session
    session[LAST_USE] = int(time.time())
    if not session.session_key:  # somebody else was signed in here: Django has emptied the session
        session.create()
    name = browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
    if not SignedInBrowser.objects.filter(session=session.session_key).update(name=name, signed_in_at=timezone.now()):
        SignedInBrowser.objects.create(session_id=session.session_key, user=user, name=name)


def unused_for(session) -> timedelta:
    """How long the session was not used; as long as can be where nobody noted it."""
    return timedelta(seconds=time.time() - session.get(LAST_USE, 0))


def note_use(session) -> None:
    """Note that the session is in use, at most every few minutes."""
    if unused_for(session) >= NOTED_EVERY:
        session[LAST_USE] = int(time.time())
        SignedInBrowser.objects.filter(session=session.session_key).update(used_at=timezone.now())


@transaction.atomic
def renew_key(session) -> None:
    """Go on under another session id: whoever knew the old one is not let in further with it.

    Raises SessionInterrupted (an answer of 400) where the session was ended or renewed since it was read: two requests
    at once would make two of it, one of which no list shows and nobody can end.
    """
    session.keys()  # reads it: a cookie of a session that is long over has no key then
    if session.session_key and not Session.objects.select_for_update().filter(pk=session.session_key).first():
        raise SessionInterrupted
    browser = SignedInBrowser.objects.filter(session=session.session_key).first()
    session.cycle_key()
    if browser:
        browser.session_id = session.session_key
        browser.save(force_insert=True)


def end(browsers: QuerySet) -> int:
    """Sign these browsers out, on the server and at once; return how many there were."""
    sessions = Session.objects.filter(browser__in=browsers)
    count = sessions.count()
    sessions.delete()
    return count


def let_go(session) -> None:
    """Forget the session of this request where it was ended: there is nothing to save any more."""
    if session.session_key and not session.exists(session.session_key):
        session.flush()
