"""What the OGL-Leitung and the members do with events and reports."""

from .beginning import add_sections, start_report
from .events import invite_members, publish_event
from .recommending import (
    agree_recommendation,
    answer_recommendation,
    hand_over_recommendation,
    withdraw_recommendation,
)
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
from .topic_mails import inform_members
from .topics import choose_topic, comment_topic, delete_comment, merge_topics, propose_topic, set_dots
from .withdrawn_names import redact_versions

__all__ = [
    "NotReleasable",
    "add_sections",
    "agree_recommendation",
    "answer_comment",
    "answer_recommendation",
    "choose_topic",
    "comment_section",
    "comment_topic",
    "confirm_report",
    "delete_comment",
    "gaps",
    "hand_over_recommendation",
    "inform_members",
    "invite_members",
    "merge_topics",
    "propose_topic",
    "publish_event",
    "redact_versions",
    "release_report",
    "send_event_mails",
    "send_report",
    "set_dots",
    "start_correction",
    "start_report",
    "submit_report",
    "withdraw_recommendation",
    "withdraw_report",
]
