"""What the whole run logs, as production would write it: no token, no address, no name, no answer (security.md)."""

import logging
import re
import secrets

import pytest
from django.conf import settings
from django.core import signing

from ogl_portal.lib.logs import JsonFormatter, TokenFilter

from .factories.surveys import EXAMPLE

CAST = ["Gesine", "Mitglied", "Otto", "Vertretung", "Erika", "geheim", "203.0.113."]
"""Names, words and addresses that stand for what people type and send; no program of ours or others says them."""
ANSWERS = [str(value) for value in EXAMPLE.values() if " " in str(value)]
TYPED = re.compile("|".join(map(re.escape, CAST + ANSWERS)) + r"|[\w.+-]+@[\w-]+\.\w+")
LONG_WORD = re.compile(r"[\w:.-]{16,}")
LOGGERS = ["", "gunicorn.error", *settings.LOGGING["loggers"]]
"""All that production says something about; what one of them hands on is heard once, above it."""


class LogSink(logging.Handler):
    """Reads every line after production's filter and formatter, and keeps those that say too much."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.addFilter(TokenFilter())
        self.tokens: set[str] = set()
        self.lines, self.leaks = 0, []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines += 1
        if TYPED.search(line) or not self.tokens.isdisjoint(map(bare, LONG_WORD.findall(line))):
            self.leaks.append(line)

    def taken_leaks(self) -> list[str]:
        """What leaked since the last time that somebody asked."""
        leaks, self.leaks = self.leaks, []
        return leaks

    def noting(self, make):
        """The function, whose results are tokens from now on."""

        def noted(*args, **kwargs):
            token = make(*args, **kwargs)
            self.tokens.add(bare(token))
            return token

        return noted


def bare(word: str) -> str:
    return word.strip(".:")


def listening():
    """Yield a sink that hears all loggers and knows all tokens that are made meanwhile."""
    sink = LogSink()
    ends = [logger for logger in map(logging.getLogger, LOGGERS) if logger.name == "root" or not logger.propagate]
    for logger in ends:
        logger.addHandler(sink)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_urlsafe", sink.noting(secrets.token_urlsafe))
        patch.setattr(signing, "dumps", sink.noting(signing.dumps))
        yield sink
    for logger in ends:
        logger.removeHandler(sink)
    assert sink.taken_leaks() == [], "A line of the log says too much, and no test was running."
