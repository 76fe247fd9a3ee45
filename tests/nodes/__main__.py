"""Start everything, measure, disturb, check, and print the figures; the exit code says whether all is as it must be."""

import os
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests import postgresql
from tests.s3_server import s3_server

from .mail_sink import MailSink, mail_sink


@dataclass(frozen=True)
class Size:
    """How much is done: submissions and pages for each number of nodes, submissions under disturbance, reminders."""

    submissions: int
    pages: int
    disturbed: int
    reminders: int


SIZES = {"full": Size(200, 600, 600, 150), "short": Size(32, 48, 320, 40)}


def main(size: Size) -> int:
    """Prepare what the settings of the nodes need to know, and run the story."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    postgresql.SERVER_OPTIONS = ["listen_addresses="]  # waits for the disk, as in production
    folder_for_all = tempfile.TemporaryDirectory(prefix="ogl-nodes-", dir="/tmp")
    with folder_for_all as folder, mail_sink() as sink, s3_server() as bucket, postgresql.own_server() as postgres:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.nodes.settings",
            "TEST_DATABASE_URL": postgres.url,
            "NODES_MAIL_PORT": str(sink.port),
            "NODES_MEDIA_STORAGE": bucket.address,
        }
        return run(size, Path(folder), sink, postgres)


def run(size: Size, folder: Path, sink: MailSink, postgres: postgresql.Server) -> int:
    """Run the story with three nodes."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from .machines import Nginx, Node, free_port
    from .story import tell

    nodes, nginx = [Node(free_port(), folder) for _ in range(3)], Nginx(free_port(), folder)
    try:
        return tell(size, nodes, nginx, sink, postgres)
    finally:
        for machine in [*nodes, nginx]:
            machine.end()


if __name__ == "__main__":
    sys.exit(main(SIZES[sys.argv[1] if len(sys.argv) > 1 else "full"]))
