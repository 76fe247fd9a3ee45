"""People submit, timers run everywhere, and meanwhile nodes are killed and the database restarts."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
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
MODES = ["fast", "immediate", None]
"""How PostgreSQL is restarted with each node that is killed."""


def make_due_reminders(count: int) -> Round:
    """A round that ends the day after tomorrow, and so many people who have to be reminded of it."""
    now = timezone.now()
    round = make_round(*(member().person for _ in range(count)), closes_at=now + timedelta(days=2))
    Round.objects.filter(pk=round.pk).update(opens_at=now - timedelta(days=9))
    Invitation.objects.filter(round=round).update(created_at=now - timedelta(days=8))
    return round


@dataclass
class Turmoil:
    """What happened under load: who was acknowledged, what else clients saw, how the timers ended, what was broken."""

    acknowledged: list[bool] = field(default_factory=list)
    seen: Counter = field(default_factory=Counter)
    timers: Counter = field(default_factory=Counter)
    killed: int = 0
    restarts: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def submit(self, port: int, jobs: list[Job]) -> None:
        try:
            for is_acknowledged in submit_all(port, jobs, self.seen):
                self.acknowledged.append(is_acknowledged)
        finally:
            self.done.set()

    def break_each(self, nodes: list[Node], postgres, jobs: list[Job]) -> None:
        """Kill a node after each quarter of the submissions, and restart the database with two of them."""
        for number, (node, mode) in enumerate(zip(nodes, MODES, strict=True), start=1):
            while len(self.acknowledged) < len(jobs) * number // (len(nodes) + 1):
                if self.done.wait(0.1):
                    return
            node.end()
            self.killed += 1
            if mode:
                postgres.control(mode, "restart")
                self.restarts += 1
            node.start()
            wait_for(node.port)


def disturb(nodes: list[Node], nginx: Nginx, postgres, jobs: list[Job]) -> Turmoil:
    """Let everybody submit, and meanwhile break what can break."""
    turmoil = Turmoil()
    work = threading.Thread(target=turmoil.submit, args=[nginx.port, jobs])
    clock = threading.Thread(target=run_timers, args=[nodes, turmoil.timers, turmoil.done])
    work.start()
    clock.start()
    turmoil.break_each(nodes, postgres, jobs)
    work.join()
    clock.join()
    connection.close()  # it met the restarts too
    return turmoil


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
