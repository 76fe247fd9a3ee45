"""The verbs of this app: each checks what must hold and writes in one short transaction."""

from .errors import ChangedMeanwhile, LimitReached, NotReady, RoundClosed, TooManyFiles
from .questionnaires import load_definition, publish_version
from .responses import add_entry, begin_response, remove_entry, restore_entry, save_entry, skip_section
from .rounds import invite, open_round
from .submitting import submit_response
from .uploads import add_upload, remove_upload

__all__ = [
    "ChangedMeanwhile",
    "LimitReached",
    "NotReady",
    "RoundClosed",
    "TooManyFiles",
    "add_entry",
    "add_upload",
    "begin_response",
    "invite",
    "load_definition",
    "open_round",
    "publish_version",
    "remove_entry",
    "remove_upload",
    "restore_entry",
    "save_entry",
    "skip_section",
    "submit_response",
]
