"""The process that makes PDFs: ``python -m renderer <number of a socket> <files as JSON>``.

It makes one small document, so that style sheets, fonts and libraries are warm, and then forks a child for every
connection that arrives on the socket. The child reads a job, limits itself, writes the PDF and ends. A document that
is too much ends its child only; the asker then reads no PDF.
"""

import json
import os
import resource
import signal
import socket
import sys
import traceback
from datetime import UTC, datetime

from .press import WARM_UP, Press


def limit(job: dict) -> None:
    """Give this process the limits of the job; beyond them the kernel ends it or Python raises MemoryError."""
    os.nice(2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu_seconds"], job["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (job["memory_bytes"], job["memory_bytes"]))
    signal.alarm(job["wall_seconds"])


def work(connection: socket.socket, press: Press) -> None:
    """Do the one job that arrives on the connection, and end this process without cleaning up for the parent."""
    try:
        with connection.makefile("rb") as stream:
            job = json.load(stream)
        limit(job)
        press.resume()
        connection.sendall(press.print(job["html"]))
    except BaseException as error:
        sys.stderr.write(failure(error) + "\n")
        sys.stderr.flush()
    finally:
        os._exit(0)


def failure(error: BaseException) -> str:
    """A line of JSON for the log, as ``ogl_portal.lib.logs`` writes them: the error's text may quote the document."""
    calls = traceback.extract_tb(error.__traceback__)
    where = [f"{call.filename}:{call.lineno} {call.name}" for call in calls]
    facts = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": "ERROR", "logger": "renderer"}
    return json.dumps(facts | {"message": "no document", "error": type(error).__name__, "where": where})


def serve(control: socket.socket, press: Press) -> None:
    """Fork a child for every connection, until the asking process is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
        if not message:
            return
        with socket.socket(fileno=descriptors[0]) as connection:
            if os.fork() == 0:
                control.close()
                work(connection, press)


if __name__ == "__main__":
    warm_press = Press(json.loads(sys.argv[2]))
    warm_press.print(WARM_UP)
    warm_press.pause()
    serve(socket.socket(fileno=int(sys.argv[1])), warm_press)
