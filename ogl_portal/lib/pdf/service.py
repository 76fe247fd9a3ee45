"""The web worker's side of the renderer: one warmed process for each worker, one forked child for each document."""

import atexit
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

from . import assets

logger = logging.getLogger(__name__)

COULD_NOT_RENDER = (
    "Das PDF ließ sich nicht erstellen: "
    "Das Dokument ist dafür zu umfangreich oder enthält etwas, das sich nicht setzen lässt."
)
SECRETS = {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "MEDIA_STORAGE"}
"""What the renderer has no business with."""
BUSY = "Gerade werden mehrere PDF-Dokumente erstellt. Bitte versuchen Sie es in einer Minute noch einmal."
NOT_SET_UP = "Die PDF-Ausgabe ist hier noch nicht vollständig eingerichtet. Bitte wenden Sie sich an den Betrieb."


WAITING_SECONDS = 8
"""How long a request waits for its turn: the other pages need the threads of a web worker too."""


class RenderError(Exception):
    """No PDF could be made; the text is a German message for people."""


@dataclass(frozen=True)
class Limits:
    """What one document may cost (security.md, PDF)."""

    cpu_seconds: int = 20
    wall_seconds: int = 30
    memory_bytes: int = 1536 * 1024 * 1024


class Renderer:
    """A running ``renderer``; it ends when this worker does."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.control: socket.socket | None = None
        self.process: subprocess.Popen | None = None
        self.made_for: tuple = ()

    def hand_over(self, connection: socket.socket) -> None:
        """Pass the other end of a connection to the renderer, which is started where none (or an old one) runs."""
        self.warm()
        with self.lock:
            try:
                socket.send_fds(self.control, [b"."], [connection.fileno()])
            except OSError:
                self.start((os.getpid(), assets.fingerprint()))
                socket.send_fds(self.control, [b"."], [connection.fileno()])

    def warm(self) -> None:
        """Start the renderer where none (or an old one) runs, without waiting for it."""
        with self.lock:
            made_for = (os.getpid(), assets.fingerprint())
            if self.made_for != made_for:
                self.start(made_for)

    def start(self, made_for: tuple) -> None:
        """Start the process; it is ready to take connections at once and warms itself up first."""
        self.stop()
        self.control, theirs = socket.socketpair()
        files = {
            "style_sheets": [str(path) for path in assets.style_sheets()],
            "fonts": {url: str(path) for url, path in assets.fonts().items()},
        }
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 (our own program, no input of others)
                [sys.executable, "-m", "renderer", str(theirs.fileno()), json.dumps(files)],
                cwd=Path(__file__).parent,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if name not in SECRETS},
                start_new_session=True,
            )
        self.made_for = made_for

    def stop(self) -> None:
        """Close the connection, at which the process ends, and wait for that in the process that started it."""
        if self.control:
            self.control.close()
        if self.process and self.made_for[0] == os.getpid():
            self.process.wait()
        self.control = self.process = None


renderer = Renderer()
atexit.register(renderer.stop)
slots = threading.BoundedSemaphore(2)


def warm_up() -> None:
    """Have the renderer ready in a second or two, for whoever is likely to want a PDF soon; takes no time itself."""
    with suppress(assets.MissingAssetError, OSError):
        renderer.warm()


def from_html(html: str, limits: Limits = Limits()) -> bytes:
    """Return a whole HTML document as PDF/UA-1 and PDF/A-3a; raises RenderError."""
    if not slots.acquire(timeout=WAITING_SECONDS):
        raise RenderError(BUSY)
    try:
        content = ask(json.dumps({"html": html, **asdict(limits)}).encode(), limits.wall_seconds)
    except assets.MissingAssetError as error:
        logger.warning("Kein PDF: %s", error)
        raise RenderError(NOT_SET_UP) from error
    except OSError as error:
        logger.warning("Kein PDF: %s", error)
        raise RenderError(COULD_NOT_RENDER) from error
    finally:
        slots.release()
    if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
        raise RenderError(COULD_NOT_RENDER)
    return content


def ask(job: bytes, seconds: float) -> bytes:
    """Send a job to a fresh child of the renderer and return all it answers; raises OSError, also after ``seconds``."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            renderer.hand_over(theirs)
        ours.settimeout(seconds)
        ours.sendall(job)
        ours.shutdown(socket.SHUT_WR)
        return receive(ours, monotonic() + seconds)


def receive(connection: socket.socket, until: float) -> bytes:
    """Read to the end of the stream; raises TimeoutError when the clock passes ``until``."""
    parts = []
    while not parts or parts[-1]:
        connection.settimeout(max(0.01, until - monotonic()))
        parts.append(connection.recv(1 << 16))
    return b"".join(parts)
