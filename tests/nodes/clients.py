"""The people at their browsers: who gets no acknowledgement sends the same form again."""

import http.client
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.load import PATIENCE, Job

from .machines import ask

WRITERS = 16
PUBLIC_PAGES = ["/", "/wissensdatenbank/", "/termine/"]


def submit(port: int, job: Job, seen: Counter) -> bool:
    """Send the form until it is acknowledged, and count every other answer; False when patience is over."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            answer = ask(port, *job.request)
        except (OSError, http.client.HTTPException):
            seen["keine Antwort"] += 1
        else:
            if answer.status == 302 and answer.headers["Location"].endswith("/abgesendet/"):
                return True
            seen[f"Status {answer.status}"] += 1
        time.sleep(0.2)
    return False


def submit_all(port: int, jobs: list[Job], seen: Counter) -> Iterator[bool]:
    """Let 16 people at a time submit; say whose submission was acknowledged, in the order of the jobs."""
    with ThreadPoolExecutor(WRITERS) as pool:
        yield from pool.map(lambda job: submit(port, job, seen), jobs)


def read_all(port: int, count: int) -> Counter:
    """Let 16 visitors at a time read public pages; return how many answers had which status."""
    with ThreadPoolExecutor(WRITERS) as pool:
        paths = (PUBLIC_PAGES[number % len(PUBLIC_PAGES)] for number in range(count))
        return Counter(pool.map(lambda path: ask(port, "GET", path).status, paths))
