"""The verbs of this app: each checks what must hold and writes in one short transaction."""

from .coding import code_passages, finish_entry, remove_coding
from .errors import (
    AlreadyBegun,
    AlreadyCoded,
    AlreadyMailed,
    AlreadySubmitted,
    AnswersDeleted,
    CannotMove,
    ChangedMeanwhile,
    EntryRemoved,
    LimitReached,
    NoMailPossible,
    NoTimeLeft,
    NotOver,
    NotPublishable,
    NotReady,
    NotShared,
    NotSubmitted,
    RoundClosed,
    SurveyError,
    TooFewResponses,
    TooManyFiles,
)
from .invitations import (
    accept_again,
    decline_invitation,
    delete_invitations,
    end_invitation,
    mail_invitation,
    mail_invitations,
    renew_invitation,
    share_response,
)
from .keeping import forget_draft, keep_draft
from .links import revoke_link, revoke_links, use_link
from .match_consents import consent_to_match, side_of_token, withdraw_match_consent
from .matches import approve_match, find_matches, introduce_match, introduce_waiting, reject_match
from .moving import move_round
from .needing import merge_needs, need_called, release_need, renew_figures, split_need, withdraw_need
from .own_data import delete_raw_answers, delete_response, withdraw_consent
from .publishing import publish_figures
from .questionnaires import freeze, load_definition, publish_version, renumber, replace_definition
from .reminders import send_due_reminders
from .reopening import close_again, reopen_entry, reopen_response
from .responses import add_entry, begin_response, remove_entry, restore_entry, save_entry, skip_section
from .reviewing import ask_back, begin_paper_return, judge_entry, redact_entry, review_of
from .rounds import invite, open_round
from .submitting import submit_response
from .uploads import add_upload, remove_upload

__all__ = [
    "AlreadyBegun",
    "AlreadyCoded",
    "AlreadyMailed",
    "AlreadySubmitted",
    "AnswersDeleted",
    "CannotMove",
    "ChangedMeanwhile",
    "EntryRemoved",
    "LimitReached",
    "NoMailPossible",
    "NoTimeLeft",
    "NotOver",
    "NotPublishable",
    "NotReady",
    "NotShared",
    "NotSubmitted",
    "RoundClosed",
    "SurveyError",
    "TooFewResponses",
    "TooManyFiles",
    "accept_again",
    "add_entry",
    "add_upload",
    "approve_match",
    "ask_back",
    "begin_paper_return",
    "begin_response",
    "close_again",
    "code_passages",
    "consent_to_match",
    "decline_invitation",
    "delete_invitations",
    "delete_raw_answers",
    "delete_response",
    "end_invitation",
    "find_matches",
    "finish_entry",
    "forget_draft",
    "freeze",
    "introduce_match",
    "introduce_waiting",
    "invite",
    "judge_entry",
    "keep_draft",
    "load_definition",
    "mail_invitation",
    "mail_invitations",
    "merge_needs",
    "move_round",
    "need_called",
    "open_round",
    "publish_figures",
    "publish_version",
    "redact_entry",
    "reject_match",
    "release_need",
    "remove_coding",
    "remove_entry",
    "remove_upload",
    "renew_figures",
    "renew_invitation",
    "renumber",
    "reopen_entry",
    "reopen_response",
    "replace_definition",
    "restore_entry",
    "review_of",
    "revoke_link",
    "revoke_links",
    "save_entry",
    "send_due_reminders",
    "share_response",
    "side_of_token",
    "skip_section",
    "split_need",
    "submit_response",
    "use_link",
    "withdraw_consent",
    "withdraw_match_consent",
    "withdraw_need",
]
