"""The server dies while it submits: at every single statement, and under load with kill -9 from outside."""

import os
import signal
import warnings
from contextlib import nullcontext
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from ogl_portal.lib.models import OutgoingMail
from surveys.models import Response
from surveys.workflow import submitting
from tests.factories.surveys import make_complete_response, submit

from .whole import is_untouched, is_whole, torn_responses

pytestmark = pytest.mark.django_db(transaction=True)
WRITES = ("INSERT", "UPDATE", "DELETE")


class DiesAt:
    """Ends the process, as kill -9 does, just before its n-th statement that writes."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= sql.lstrip().startswith(WRITES)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def submit_in_a_process_that_dies(response: Response, number: int, key: UUID) -> bool:
    """Whether the process died; each process has its own connection."""
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the child does nothing but this
        child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(DiesAt(number)):
                submit(response, key=key)
        finally:
            connection.close()
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def die_at_every_statement(response: Response) -> list[str]:
    """How the response was left at each place where the server can die, until the submission comes through."""
    states, key = [], uuid4()
    for number in range(1, 40):
        if not submit_in_a_process_that_dies(response, number, key):
            return states
        response.refresh_from_db()
        states.append("untouched" if is_untouched(response) else "whole" if is_whole(response) else "torn")
    raise AssertionError("The submission never came through")


def test_server_that_dies_at_any_statement_leaves_all_or_nothing(member):
    response = make_complete_response(member.person)
    states = die_at_every_statement(response)
    assert states.count("untouched") >= 5 and "torn" not in states
    response.refresh_from_db()
    assert is_whole(response)
    assert OutgoingMail.objects.filter(recipient=member.person.email).count() == 1


def test_without_a_transaction_the_same_test_finds_a_torn_response(member, monkeypatch):
    response = make_complete_response(member.person)
    monkeypatch.setattr(submitting, "transaction", SimpleNamespace(atomic=nullcontext))
    submit_in_a_process_that_dies(response, 3, uuid4())
    assert torn_responses() == [response]


def test_repeated_submission_counts_once(member):
    response = make_complete_response(member.person)
    key = uuid4()
    assert submit(response, key=key) == submit(response, key=key)
    response.refresh_from_db()
    assert is_whole(response)
