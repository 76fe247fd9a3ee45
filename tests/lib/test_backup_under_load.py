"""Backups of a portal that is being used: a real server, people who submit, and what the archives then hold."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from ogl_portal.lib import backup
from surveys.models import Submission
from tests.load import Server, make_jobs, submit_until_acknowledged
from tests.second_portal import in_second_portal
from tests.surveys.whole import torn_responses

SUBMISSIONS, BACKUPS = 300, 4


def submit_and_note(server: Server, jobs: list, heard: list) -> None:
    """Submit everything; note when each key was acknowledged."""

    def submit(job):
        assert submit_until_acknowledged(server, job) == 302
        heard.append((time.monotonic(), job.key))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(submit, jobs))


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_backup_of_a_server_under_load_has_every_acknowledged_submission_whole(tmp_path):
    jobs, heard, taken = make_jobs(SUBMISSIONS), [], []
    server = Server()
    server.start()
    people = threading.Thread(target=submit_and_note, args=[server, jobs, heard])
    people.start()
    try:
        for number in range(BACKUPS):
            time.sleep(0.5)
            before = {key for _moment, key in list(heard)}
            backup.save(tmp_path / f"{number}.zip")
            taken.append((before, len(heard) - len(before)))
    finally:
        people.join()
        server.kill()
    assert len(heard) == SUBMISSIONS and max(during for _before, during in taken) > 0  # nobody waited
    for number, (before, _during) in enumerate(taken):
        assert_whole(tmp_path / str(number), tmp_path / f"{number}.zip", before)


def assert_whole(folder, path, before: set) -> None:
    """A portal restored from the archive has these submissions, and none by halves."""
    folder.mkdir()
    with in_second_portal(folder):
        backup.restore(path, replace=False)
        assert before <= set(Submission.objects.values_list("idempotency_key", flat=True))
        assert torn_responses() == []
        connection.check_constraints()
