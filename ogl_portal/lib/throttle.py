"""Limits on how often something may be tried, exact under parallel requests and on any number of nodes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from .models import ThrottleCounter


def allow(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try and tell whether it is within ``limit`` tries in the current window of ``seconds``.

    The window begins at a multiple of its length, so nobody is ever locked out for longer than one window.
    """
    counter, is_new = ThrottleCounter.objects.get_or_create(key=hashed(key), window=window_of(seconds))
    if is_new:
        forget_old_counters()
    return bool(ThrottleCounter.objects.filter(pk=counter.pk, count__lt=limit).update(count=F("count") + 1))


def is_first(key: str, *, seconds: int) -> bool:
    """Tell whether nothing with the key came in the last ``seconds`` (a day at most), nor comes at the same time.

    It counts for the window after this one too, so that none ends between two that are the same.
    """
    window = window_of(seconds)
    counters = [(hashed(key), start) for start in (window, window + timedelta(seconds=seconds))]
    this, _ = (ThrottleCounter.objects.get_or_create(key=name, window=start)[1] for name, start in counters)
    if this:
        forget_old_counters()
    return this


def window_of(seconds: int) -> datetime:
    """When the present window of this length began."""
    now = int(timezone.now().timestamp())
    return datetime.fromtimestamp(now - now % seconds, UTC)


def hashed(key: str) -> str:
    """The key as it is stored: it may name an address."""
    return sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()


@contextmanager
def taking_at_least(seconds: float) -> Iterator[None]:
    """Make the block last ``seconds``, so that the waiting time tells nobody what it found."""
    end = time.monotonic() + seconds
    try:
        yield
    finally:
        time.sleep(max(0, end - time.monotonic()))


def forget_old_counters(*, dry_run: bool = False) -> int:
    """Delete counters older than a day, or only count them, and return how many there were."""
    old = ThrottleCounter.objects.filter(window__lt=timezone.now() - timedelta(days=1))
    return old.count() if dry_run else old.delete()[0]
