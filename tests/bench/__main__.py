"""Run the measurements, each with each database in a process of its own."""

import os
import signal
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MEASUREMENTS = ["submissions", "search", "pages", "reports", "needs"]


def main(names: list[str]) -> None:
    """Measure what is named, or everything."""
    from tests import postgresql

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    postgresql.SERVER_OPTIONS = ["listen_addresses="]
    for name in names or MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="ogl-bench-") as folder:
            measure_in_process(name, "SQLite", f"sqlite:///{folder}/bench.sqlite3")
        with postgresql.server() as url:
            measure_in_process(name, "PostgreSQL", url)


def measure_in_process(name: str, database: str, url: str) -> None:
    environment = os.environ | {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench_settings"}
    subprocess.run([sys.executable, "-m", "tests.bench", name, database], cwd=ROOT, env=environment, check=True)


def measure(name: str, database: str) -> None:
    """Fill a fresh database and run one measurement."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    import_module(f"tests.bench.{name}").measure(database)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[2] in {"SQLite", "PostgreSQL"}:
        measure(*sys.argv[1:])
    else:
        main(sys.argv[1:])
