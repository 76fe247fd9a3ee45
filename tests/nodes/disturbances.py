"""People submit, timers run everywhere, and meanwhile nodes are killed and the database restarts."""

import threading
import time
from collections import Counter
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from ogl_portal.lib.models import OutgoingMail
from surveys.models import Invitation, Round
from tests.cast import member
from tests.factories.surveys import make_round
from tests.load import Job

from .clients import submit_all
from .machines import Nginx, Node, wait_for
from .mail_sink import MailSink

TIMER_SECONDS = 3


def make_due_reminders(count: int) -> Round:
    """A round that ends the day after tomorrow, and so many people who have to be reminded of it."""
    now = timezone.now()
    round = make_round(*(member().person for _ in range(count)), closes_at=now + timedelta(days=2))
    Round.objects.filter(pk=round.pk).update(opens_at=now - timedelta(days=9))
    Invitation.objects.filter(round=round).update(created_at=now - timedelta(days=8))
    return round


def disturb(nodes: list[Node], nginx: Nginx, postgres, jobs: list[Job]) -> tuple[list[bool], Counter, Counter]:
    """Let everybody submit; return who was acknowledged, what else clients saw, and how the timers ended."""
    seen, timers, acknowledged, done = Counter(), Counter(), [], threading.Event()
    work = threading.Thread(target=lambda: (acknowledged.extend(submit_all(nginx.port, jobs, seen)), done.set()))
    clock = threading.Thread(target=run_timers, args=[nodes, timers, done])
    work.start()
    clock.start()
    for node, mode in zip(nodes, ["fast", "immediate", None], strict=True):
        if done.wait(1.5):
            break
        node.end()
        if mode:
            postgres.control(mode, "restart")
        node.start()
        wait_for(node.port)
    work.join()
    clock.join()
    connection.close()  # it met the restarts too
    return acknowledged, seen, timers


def run_timers(nodes: list[Node], timers: Counter, done: threading.Event) -> None:
    """Start ``remind`` on all nodes at the same moment, again and again."""
    while not done.is_set():
        timers.update("gelungen" if code == 0 else "gescheitert" for code in remind_everywhere(nodes))
        done.wait(TIMER_SECONDS)


def remind_everywhere(nodes: list[Node]) -> list[int]:
    return [process.wait() for process in [node.remind() for node in nodes]]


def settle(nodes: list[Node], sink: MailSink) -> None:
    """Let all that waits leave: what died with a node has its lease, which ends early here once nobody is at work."""
    sink.wait_for_silence(3)
    OutgoingMail.objects.filter(sent_at=None).update(retry_at=timezone.now())
    remind_everywhere(nodes)
    sink.wait_for_silence(1)
    time.sleep(0.5)
