"""The machines: nodes with gunicorn, and nginx before them; each in a process group of its own."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.load import PATIENCE, ROOT

FETCHED = ROOT / "build" / "nginx"
THREADS = 4

OURS = ROOT / "deploy" / "nginx"
"""What an operator includes; here copied to where the addresses in it lead."""
NGINX = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream ogl_portal {{
    zone ogl_portal 64k;
    least_conn;
{servers}
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ include {folder}/nodes.conf; }}
  }}
}}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(port: int, *request) -> http.client.HTTPResponse:
    """Send a request and return the answer, read to its end as ``content``; raises OSError or HTTPException."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(*request)
        answer = connection.getresponse()
        answer.content = answer.read()
        return answer
    finally:
        connection.close()


def wait_for(port: int) -> None:
    """Return when the page for signing in comes from this port."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            if ask(port, "GET", "/anmelden/").status == 200:
                return
        time.sleep(0.1)
    sys.exit(f"Auf Port {port} antwortet niemand.")


@dataclass
class Machine:
    """A program that runs in a process group of its own."""

    port: int
    folder: Path
    process: subprocess.Popen | None = None

    def run(self, command: list, **options) -> None:
        with (self.folder / f"{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, start_new_session=True, stdout=log, stderr=log, **options
            )

    def end(self, how: int = signal.SIGKILL) -> None:
        """End the group, with kill -9 unless said otherwise, and wait for that."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            self.process.wait()
            self.process = None


class Node(Machine):
    """One worker with some threads, so that more nodes are more processes."""

    def start(self) -> None:
        """Start; ``wait_for`` its port says when it answers."""
        options = ["-w", "1", "--threads", str(THREADS), "--log-level", "critical", "-b", f"127.0.0.1:{self.port}"]
        environment = os.environ | {"TMPDIR": str(self.folder)}
        self.run([sys.executable, "-m", "gunicorn", *options, "ogl_portal.wsgi"], env=environment)

    def remind(self) -> subprocess.Popen:
        """Start what its timer starts."""
        environment = os.environ | {"TMPDIR": str(self.folder)}
        command = [sys.executable, "manage.py", "remind"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)


class Nginx(Machine):
    """Hands requests to so many of the nodes."""

    def start(self, nodes: list[Node]) -> None:
        servers = "\n".join(f"    server 127.0.0.1:{node.port} max_fails=1 fail_timeout=2s;" for node in nodes)
        user = "user root;" if os.geteuid() == 0 else ""
        for name in ["nodes.conf", "headers.conf"]:
            text = (OURS / name).read_text().replace("/opt/ogl-portal/deploy/nginx", str(self.folder))
            (self.folder / name).write_text(text)
        config = self.folder / "nginx.conf"
        config.write_text(NGINX.format(user=user, folder=self.folder, servers=servers, port=self.port))
        self.run([find_nginx(), "-e", self.folder / "nginx.log", "-c", config])
        wait_for(self.port)


def find_nginx() -> str:
    """The system's program, else one from Debian's package, unpacked here: installing it would start a service."""
    path = f"{os.environ['PATH']}:/usr/sbin:{FETCHED}/usr/sbin"
    if not shutil.which("nginx", path=path):
        FETCHED.mkdir(parents=True, exist_ok=True)
        fetch = "apt-get -q download nginx && dpkg -x nginx_*.deb ."
        subprocess.run(
            fetch, shell=True, cwd=FETCHED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    return shutil.which("nginx", path=path) or sys.exit("nginx fehlt: apt-get install nginx-light")
