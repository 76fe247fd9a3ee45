"""What the OGL-Leitung and the members do with events and reports."""

from .annexes import drop_unused_annexes, remove_annex
from .beginning import add_sections, start_report
from .calendars import renew_calendar
from .changes import note_changes, note_materials
from .correcting import withdraw_corrected_report
from .events import invite_members, publish_event
from .forgotten_names import forget_name
from .knowing import is_counted_on
from .meetings import (
    WITHOUT_REASON,
    answer_invitation,
    decline_proposal,
    invitation_of,
    note_attendance,
    note_entered_answers,
    propose_item,
    send_invitations,
    take_over_proposal,
)
from .recommending import (
    agree_recommendation,
    answer_recommendation,
    hand_over_recommendation,
    take_step_back,
    withdraw_recommendation,
)
from .registering import (
    cancel_registration,
    confirm_registration,
    forget_registrations,
    move_up,
    registration_of,
    remove_registrations,
    request_registration,
)
from .registration_mails import send_registration_mails
from .releasing import NotReleasable, gaps, release_report, start_correction, submit_report, withdraw_report
from .reminding import send_event_mails
from .review_mails import send_review_mails
from .reviewing import answer_comment, carry_over_confirmations, comment_section, confirm_report
from .sending import send_report
from .spellings import without_private_names
from .subscribing import confirm_subscription, end_subscription, request_subscription, send_series_news, subscription_of
from .topic_mails import inform_members
from .topics import (
    TAKEN_UP,
    choose_topic,
    comment_topic,
    delete_comment,
    merge_topics,
    propose_topic,
    set_dots,
    withdraw_topic,
)
from .withdrawn_names import draw_missing_pdfs, redact_versions

__all__ = [
    "TAKEN_UP",
    "WITHOUT_REASON",
    "NotReleasable",
    "add_sections",
    "agree_recommendation",
    "answer_comment",
    "answer_invitation",
    "answer_recommendation",
    "cancel_registration",
    "carry_over_confirmations",
    "choose_topic",
    "comment_section",
    "comment_topic",
    "confirm_registration",
    "confirm_report",
    "confirm_subscription",
    "decline_proposal",
    "delete_comment",
    "draw_missing_pdfs",
    "drop_unused_annexes",
    "end_subscription",
    "forget_name",
    "forget_registrations",
    "gaps",
    "hand_over_recommendation",
    "inform_members",
    "invitation_of",
    "invite_members",
    "is_counted_on",
    "merge_topics",
    "move_up",
    "note_attendance",
    "note_changes",
    "note_entered_answers",
    "note_materials",
    "propose_item",
    "propose_topic",
    "publish_event",
    "redact_versions",
    "registration_of",
    "release_report",
    "remove_annex",
    "remove_registrations",
    "renew_calendar",
    "request_registration",
    "request_subscription",
    "send_event_mails",
    "send_invitations",
    "send_registration_mails",
    "send_report",
    "send_review_mails",
    "send_series_news",
    "set_dots",
    "start_correction",
    "start_report",
    "submit_report",
    "subscription_of",
    "take_over_proposal",
    "take_step_back",
    "withdraw_corrected_report",
    "withdraw_recommendation",
    "withdraw_report",
    "withdraw_topic",
    "without_private_names",
]
