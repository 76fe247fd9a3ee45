"""A real server under load: gunicorn as in production, and people who submit again until they hear that it arrived."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from .cast import member
from .factories.surveys import make_complete_response, make_round

ROOT = Path(__file__).resolve().parent.parent
SECRET = "k" * 32
PATIENCE = 120


@dataclass
class Job:
    """One person's submission, from the review page to the word that it arrived."""

    path: str
    revision: int
    cookie: str
    key: UUID = field(default_factory=uuid4)
    attempts: int = 0

    @classmethod
    def of(cls, response, client) -> "Job":
        """The submission of a response by a client that is signed in."""
        name = settings.SESSION_COOKIE_NAME
        cookie = f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={SECRET}"
        return cls(f"/fragebogen/{response.round.slug}/absenden/", response.revision, cookie)

    @property
    def request(self) -> tuple:
        body = urlencode({"revision": self.revision, "key": self.key, "csrfmiddlewaretoken": SECRET})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return "POST", self.path, body, headers


def make_jobs(count: int) -> list[Job]:
    """So many people whose responses are ready."""
    people = [member() for _ in range(count)]
    round = make_round(*(each.person for each in people))
    return [Job.of(make_complete_response(each.person, round), each.client) for each in people]


class Server:
    """gunicorn as in production, with two workers of four threads each, on the test's database."""

    def __init__(self, application: str = "ogl_portal.wsgi") -> None:
        self.application = application
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        lasting = ["--max-requests", "0"]  # who measures a worker loses one that is replaced meanwhile
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", *lasting, self.application]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | self.environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < end, "gunicorn does not start"
            time.sleep(0.05)

    @property
    def environment(self) -> dict[str, str]:
        ours = {"PORTAL_BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "2", "WEB_THREADS": "4"}
        settings_module = os.environ["DJANGO_SETTINGS_MODULE"]
        return ours | {"DJANGO_SETTINGS_MODULE": settings_module, "TEST_DATABASE_URL": database_url()}

    def answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.ask("GET", "/anmelden/") == 200
        return False

    def ask(self, *request) -> int:
        """Send a request and return the status; raises OSError or HTTPException where no answer comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(*request)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9 for the master and its workers."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def database_url() -> str:
    """The address of the database that the test itself uses."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    account = facts["USER"] + (f":{facts['PASSWORD']}" if facts["PASSWORD"] else "")
    host = f"/{facts['HOST']}" if facts["HOST"].startswith("/") else facts["HOST"]  # a socket is a folder
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    return f"postgres://{account}@{host}{port}/{facts['NAME']}"


def submit_until_acknowledged(server: Server, job: Job) -> int:
    """Do as browsers and people do: send the same form again while no answer comes; return the status."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        job.attempts += 1
        with suppress(OSError, http.client.HTTPException):
            return server.ask(*job.request)
        time.sleep(0.02)
    raise AssertionError(f"No answer to {job}")


def submit_all(server: Server, jobs: Iterable[Job], *, writers: int = 16) -> list[int]:
    """Let so many people submit at the same time; return the statuses."""
    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(lambda job: submit_until_acknowledged(server, job), jobs))
