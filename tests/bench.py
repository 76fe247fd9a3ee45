"""How many submissions a second the portal takes: ``python -m tests.bench``, on SQLite and on PostgreSQL.

16 people submit at the same time to gunicorn with two workers, against databases that wait for the disk.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
SUBMISSIONS, WRITERS = 200, 16


def main() -> None:
    """Measure each database in a process of its own."""
    from . import postgresql

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="ogl-bench-") as folder:
        measure_in_process("SQLite", f"sqlite:///{folder}/bench.sqlite3")
    postgresql.SERVER_OPTIONS = ["listen_addresses="]
    with postgresql.server() as url:
        measure_in_process("PostgreSQL", url)


def measure_in_process(name: str, url: str) -> None:
    environment = os.environ | {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench_settings"}
    subprocess.run([sys.executable, "-m", "tests.bench", name], cwd=ROOT, env=environment, check=True)


def measure(name: str) -> None:
    """Fill a fresh database, let everybody submit, and print the figure."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from .load import Server, make_jobs, submit_all

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
    print(f"{name}: {SUBMISSIONS / seconds:.0f} Absendungen/s bei {WRITERS} Schreibenden, {errors} Fehler")
    sys.exit(bool(errors))


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
