"""A mail server that counts what it is given (RFC 5321, as much of it as a sender needs)."""

import asyncio
import time
from collections import Counter
from contextlib import contextmanager, suppress
from email import message_from_bytes
from threading import Thread

ANSWERS = {b"EHLO": b"250 mail", b"DATA": b"354 go on", b"QUIT": b"221 bye"}


class MailSink:
    """``taken`` counts the mails by their Message-ID; what was confirmed and what was about to be, counts the same."""

    def __init__(self):
        self.taken: Counter[str] = Counter()
        self.last = time.monotonic()
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0, limit=1 << 20))
        self.port = self.server.sockets[0].getsockname()[1]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            writer.write(b"220 mail\r\n")
            while line := await reader.readline():
                verb = line[:4].upper()
                writer.write(ANSWERS.get(verb, b"250 OK") + b"\r\n")
                if verb == b"DATA":
                    await self.take(reader, writer)
                elif verb == b"QUIT":
                    break
            await writer.drain()
        writer.close()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Count a mail, and then say so."""
        content = await reader.readuntil(b"\r\n.\r\n")
        self.taken[message_from_bytes(content)["Message-ID"]] += 1
        self.last = time.monotonic()
        writer.write(b"250 taken\r\n")

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def wait_for_silence(self, seconds: float) -> None:
        """Return when no mail has come for so long."""
        self.last = time.monotonic()
        while time.monotonic() - self.last < seconds:
            time.sleep(0.1)


@contextmanager
def mail_sink():
    """Yield a running MailSink."""
    sink = MailSink()
    thread = Thread(target=sink.run, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.loop.call_soon_threadsafe(sink.loop.stop)
        thread.join()
