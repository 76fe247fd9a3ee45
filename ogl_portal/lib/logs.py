"""Logs hold no secrets."""

import logging
import re

TOKEN = re.compile(r"(/anmelden/|/fragebogen/e/|/nachnutzung/weiter/|/teilnahme/|/zusage/|/abo/|/kalender/)[^/\s?\"']+")


class TokenFilter(logging.Filter):
    """Replace the tokens of personal links in every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = TOKEN.sub(r"\1…", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
