"""Jobs that run one at a time, here played by processes of their own, as on several machines."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from ogl_portal.lib.locks import AlreadyRunning, only_one
from tests.load import ROOT, database_url

pytestmark = pytest.mark.django_db

HOLD = """
import django, sys
django.setup()
from ogl_portal.lib.locks import only_one
with only_one("prune"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process():
    """Another process that is at „prune“."""
    names = {"DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"], "TEST_DATABASE_URL": database_url()}
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", HOLD], cwd=ROOT, env=os.environ | names, stdin=pipe, stdout=pipe)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_job_runs_once_at_a_time_until_its_process_is_killed(other_process, capsys):
    with pytest.raises(AlreadyRunning, match="„prune“ läuft schon") as refused:
        call_command("prune")
    assert refused.value.returncode == 0
    with only_one("rebuild_search"):
        call_command("remind")
    other_process.kill()
    other_process.wait()
    for _ in range(2):
        call_command("prune")
    assert "läuft schon" not in capsys.readouterr().out


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_lock_of_a_job_that_broke_the_transaction_is_given_back():
    with pytest.raises(DatabaseError), transaction.atomic(), only_one("backup"), connection.cursor() as cursor:
        cursor.execute("SELECT nothing_of_that_name")
    assert not advisory_locks()


def advisory_locks() -> list:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory'")
        return cursor.fetchall()
