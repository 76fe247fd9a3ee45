"""Run the measurements, each with each database in a process of its own.

``python -m tests.bench search PostgreSQL 20000`` measures the search alone, on one database, at one size.
"""

import os
import signal
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MEASUREMENTS = ["submissions", "filling", "search", "pages", "events", "reports", "needs", "process"]
DATABASES = ["SQLite", "PostgreSQL"]


def main(words: list[str]) -> None:
    """Measure what is named, or everything: measurements, databases, and sizes for those that grow."""
    from tests import postgresql

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    postgresql.SERVER_OPTIONS = ["listen_addresses="]
    names = [word for word in words if not word.isdigit() and word not in DATABASES]
    os.environ["BENCH_SIZES"] = " ".join(filter(str.isdigit, words))
    databases = [word for word in words if word in DATABASES] or DATABASES
    for name in names or MEASUREMENTS:
        if "SQLite" in databases:
            with tempfile.TemporaryDirectory(prefix="ogl-bench-") as folder:
                measure_in_process(name, "SQLite", f"sqlite:///{folder}/bench.sqlite3")
        if "PostgreSQL" in databases:
            with postgresql.server() as url:
                measure_in_process(name, "PostgreSQL", url)


def measure_in_process(name: str, database: str, url: str) -> None:
    own = {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench_settings", "BENCH_OF": database}
    environment = os.environ | own
    subprocess.run([sys.executable, "-m", "tests.bench", name, database], cwd=ROOT, env=environment, check=True)


def measure(name: str, database: str) -> None:
    """Fill a fresh database and run one measurement."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    import_module(f"tests.bench.{name}").measure(database)


if __name__ == "__main__":
    if "BENCH_OF" in os.environ:
        measure(*sys.argv[1:])
    else:
        main(sys.argv[1:])
