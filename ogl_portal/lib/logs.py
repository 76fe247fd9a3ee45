"""Logs hold no secrets."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from http.client import responses

from .request_log import request_id, route_of

logger = logging.getLogger(__name__)
TOKEN = re.compile(
    r"(/anmelden/|/fragebogen/e/|/nachnutzung/weiter/|/teilnahme/|/zusage/|/abo/|/kalender/|/vernetzung/einwilligung/"
    r"|/ansprechperson/widerruf/)[^/\s?\"']+"
)
"""What stands before a token in an address: a part for each route with the argument ``token``."""


class TokenFilter(logging.Filter):
    """Replace the tokens of personal links in every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = TOKEN.sub(r"\1…", message)
        if hidden != message:
            record.given = given_of(record)
            record.msg, record.args = hidden, ()
        return True


def given_of(record: logging.LogRecord) -> tuple:
    """Text and arguments as they were logged, also after the filter has put one text in the place of both."""
    return getattr(record, "given", (record.msg, record.args))


ADDRESS = re.compile(r"[^\s<>\"'„“]+@[^\s<>\"'„“]+")
FACTS = ("route", "method", "status", "ms")
FILLED_IN = re.compile("[:=]")
"""Where what came from outside begins in a text that another program filled in before it logged it."""


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON, without what people typed: that stands in arguments and in texts of errors."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": ADDRESS.sub("…", message_of(record)),
            "request": request_id.get(),
        }
        request = getattr(record, "request", None)
        facts |= {"route": route_of(request), "method": request.method} if hasattr(request, "method") else {}
        facts |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            kind, _text, frames = record.exc_info
            calls = traceback.extract_tb(frames)
            facts |= {"error": kind.__name__, "where": [f"{call.filename}:{call.lineno} {call.name}" for call in calls]}
        return json.dumps({name: fact for name, fact in facts.items() if fact != ""}, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    """The text; of a request what became of it, of others' programs without arguments but numbers."""
    if hasattr(record, "request"):
        return responses.get(getattr(record, "status_code", 0), "request")
    text, args = given_of(record)
    args = args if isinstance(args, tuple) else (args,)
    own = record.name.startswith(("ogl_portal", "sessions_app", "surveys", "knowledgebase", "actions"))
    if own or (args and all(isinstance(each, int | float) for each in args)):
        return record.getMessage()
    return TOKEN.sub(r"\1…", str(text) if args else FILLED_IN.split(str(text))[0])


def log_failure(kind: type[BaseException], error: BaseException, frames) -> None:
    """Log what ended a command whose output nobody watches, as any other error: its text may name people."""
    logger.critical("command failed", exc_info=(kind, error, frames))
