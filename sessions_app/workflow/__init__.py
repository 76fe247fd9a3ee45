"""What the OGL-Leitung and the members do with events and reports."""

from .annexes import drop_unused_annexes, remove_annex
from .beginning import add_sections, start_report
from .events import invite_members, publish_event
from .releasing import (
    NotReleasable,
    gaps,
    release_report,
    start_correction,
    submit_report,
    withdraw_report,
)
from .reminding import send_event_mails
from .reviewing import answer_comment, comment_section, confirm_report
from .sending import send_report
from .withdrawn_names import redact_versions

__all__ = [
    "NotReleasable",
    "add_sections",
    "answer_comment",
    "comment_section",
    "confirm_report",
    "drop_unused_annexes",
    "gaps",
    "invite_members",
    "publish_event",
    "redact_versions",
    "release_report",
    "remove_annex",
    "send_event_mails",
    "send_report",
    "start_correction",
    "start_report",
    "submit_report",
    "withdraw_report",
]
