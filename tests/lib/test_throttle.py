from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ogl_portal.lib import throttle
from ogl_portal.lib.models import ThrottleCounter

pytestmark = pytest.mark.django_db


def allow(key="mia") -> bool:
    return throttle.allow(key, limit=3, seconds=3600)


def test_allow_within_the_limit_only():
    assert [allow() for _ in range(5)] == [True, True, True, False, False]


def test_allow_counts_keys_apart():
    assert [allow(key) for key in ["mia", "otto"] * 3] == [True] * 6


def test_allow_again_in_the_next_window(time_machine):
    time_machine.move_to("2026-03-02T08:00:01+01:00", tick=False)
    assert [allow() for _ in range(2)] == [True, True]
    time_machine.move_to("2026-03-02T08:59:59+01:00", tick=False)
    assert [allow() for _ in range(2)] == [True, False]
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    assert allow()


def test_counter_stores_no_address_and_nothing_that_tells_it_without_the_secret_key(settings):
    allow("mia@example.org")
    assert "mia" not in str(vars(ThrottleCounter.objects.get()))
    settings.SECRET_KEY = "another"
    allow("mia@example.org")
    assert ThrottleCounter.objects.count() == 2


def test_old_counters_are_forgotten(time_machine):
    time_machine.move_to("2026-03-02T08:00:00+01:00", tick=False)
    allow()
    time_machine.move_to("2026-03-04T08:00:00+01:00", tick=False)
    allow()
    assert ThrottleCounter.objects.count() == 1
    time_machine.move_to("2026-03-05T07:59:00+01:00", tick=False)
    assert throttle.forget_old_counters() == 0
    time_machine.move_to("2026-03-05T08:01:00+01:00", tick=False)
    assert [throttle.forget_old_counters(dry_run=dry_run) for dry_run in [True, False, False]] == [1, 1, 0]


def test_what_came_within_a_window_and_the_one_after_is_not_the_first_and_is_forgotten_later(time_machine):
    def is_first(moment: str) -> list[bool]:
        time_machine.move_to(f"2026-03-{moment}+01:00", tick=False)
        return [throttle.is_first(key, seconds=3600) for key in ["mia", "mia", "otto"]]

    assert is_first("02T08:00:01") == [True, False, True]
    assert is_first("02T09:59:59") == [False, False, False]
    assert is_first("02T12:00:00") == [True, False, True]
    assert is_first("04T12:00:00") == [True, False, True]
    assert ThrottleCounter.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_allow_in_parallel_is_exact():
    start = Barrier(10)

    def try_once(_):
        try:
            start.wait(timeout=20)
            return allow()
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(try_once, range(10))) == 3
