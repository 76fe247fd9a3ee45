"""How many submissions a second the portal takes.

16 people submit at the same time to gunicorn with two workers, against databases that wait for the disk.
"""

import sys
from time import perf_counter

from tests.load import Server, make_jobs, submit_all

SUBMISSIONS, WRITERS = 200, 16


def measure(database: str) -> None:
    """Let everybody submit, and print the figure."""
    jobs, server = make_jobs(SUBMISSIONS + WRITERS), Server()
    server.start()
    try:
        submit_all(server, jobs[:WRITERS], writers=WRITERS)  # so that every worker is warm
        began = perf_counter()
        statuses = submit_all(server, jobs[WRITERS:], writers=WRITERS)
        seconds = perf_counter() - began
    finally:
        server.kill()
    errors = sum(status != 302 for status in statuses)
    print(f"{database}: {SUBMISSIONS / seconds:.0f} Absendungen/s bei {WRITERS} Schreibenden, {errors} Fehler")
    if errors:
        sys.exit(1)
