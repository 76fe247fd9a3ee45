"""kill -9 from outside, again and again, while people submit."""

import random
import threading

import pytest

from surveys.models import Response
from tests.load import Server, make_jobs, submit_all

from .whole import is_whole, torn_responses

pytestmark = pytest.mark.django_db(transaction=True)
SUBMISSIONS, KILLS = 1000, 75


def kill_again_and_again(server: Server, done: threading.Event, found: list) -> int:
    """Kill the server at random moments until all is submitted; collect what each death left half written."""
    kills = 0
    while not done.wait(random.uniform(0.05, 0.6)):
        if kills < KILLS:
            server.kill()
            kills += 1
            found += torn_responses()
            server.start()
    return kills


def run(application: str, count: int) -> tuple[list, int]:
    """Submit everything while the server dies; return what was half written, and the number of deaths."""
    jobs, found = make_jobs(count), []
    server, done, kills = Server(application), threading.Event(), []
    server.start()
    submitting = threading.Thread(target=lambda: (kills.append(submit_all(server, jobs, writers=4)), done.set()))
    submitting.start()
    try:
        deaths = kill_again_and_again(server, done, found)
    finally:
        done.set()
        submitting.join()
        server.kill()
    return found, deaths


@pytest.mark.long
def test_every_acknowledged_submission_is_whole_and_there_once():
    found, deaths = run("ogl_portal.wsgi", SUBMISSIONS)
    assert found == [] and deaths >= 10
    assert [response for response in Response.objects.all() if not is_whole(response)] == []
    assert Response.objects.count() == SUBMISSIONS


@pytest.mark.long
def test_without_a_transaction_the_same_deaths_leave_torn_responses():
    """On PostgreSQL the writes of one submission take little time, so a death does not always meet them."""
    assert any(run("tests.surveys.server_without_transaction", SUBMISSIONS // 3)[0] for _attempt in range(5))


def test_16_people_submit_at_the_same_time_without_an_error():
    jobs = make_jobs(32)
    server = Server()
    server.start()
    try:
        statuses = submit_all(server, jobs)
    finally:
        server.kill()
    assert statuses == [302] * 32
    assert [response for response in Response.objects.all() if not is_whole(response)] == []
    assert [job.attempts for job in jobs] == [1] * 32
