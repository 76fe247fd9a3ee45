"""A small server that speaks as much S3 as the portal needs, so that tests go the way of a real bucket.

It wants every request signed (AWS Signature Version 4) with its key, and the content to be what was signed.
"""

import re
from contextlib import contextmanager
from email.utils import formatdate
from hashlib import md5, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

KEY, SECRET, BUCKET = "portal", "ge%2Fheim%2Bnis", "uploads"
RANGE = re.compile(r"bytes=(\d+)-(\d*)")
SIGNED = re.compile(
    rf"AWS4-HMAC-SHA256 Credential={KEY}/\d{{8}}/[\w-]+/s3/aws4_request, SignedHeaders=\S+, Signature=\w+"
)


class Handler(BaseHTTPRequestHandler):
    """Objects by their path, in the memory of the server."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_PUT(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.is_signed() or sha256(content).hexdigest() != self.headers["X-Amz-Content-SHA256"]:
            return self.answer(403)
        self.server.objects[self.path] = content
        self.answer(200, ETag=f'"{md5(content).hexdigest()}"')

    def do_GET(self):
        content = self.server.objects.get(self.path)
        if not self.is_signed() or content is None:
            return self.answer(404 if self.is_signed() else 403)
        facts = {"ETag": f'"{md5(content).hexdigest()}"', "Last-Modified": formatdate(0, usegmt=True)}
        if part := RANGE.fullmatch(self.headers.get("Range", "")):
            first, last = int(part[1]), min(int(part[2] or len(content)), len(content) - 1)
            facts["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            return self.answer(206, content[first : last + 1], **facts)
        self.answer(200, content, **facts)

    do_HEAD = do_GET

    def do_DELETE(self):
        if self.is_signed():
            self.server.objects.pop(self.path, None)
        self.answer(204 if self.is_signed() else 403)

    def is_signed(self) -> bool:
        return bool(SIGNED.fullmatch(self.headers.get("Authorization", "")))

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class S3Server(ThreadingHTTPServer):
    """``objects`` are its files by path."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        """As MEDIA_STORAGE names it."""
        return f"s3+http://{KEY}:{SECRET}@127.0.0.1:{self.server_port}/{BUCKET}/portal"


@contextmanager
def s3_server():
    """Yield a running S3Server."""
    with S3Server() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
