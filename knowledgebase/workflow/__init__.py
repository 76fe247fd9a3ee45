"""What happens to solutions: one verb for each thing that views, admin and commands do."""

from .attachments import delete_files, put_file
from .gaps import Gap, missing_core_fields, missing_fields
from .history import ChangedMeanwhile, keep_snapshot, restore_snapshot
from .ozg import import_ozg
from .proposals import (
    TITLE_IS_TAKEN,
    begin_proposal,
    delete_proposal,
    note_change,
    submit_proposal,
    write_contacts,
    write_links,
    write_steps,
)
from .reuse import (
    LinkGone,
    answer_renewal,
    ask_again,
    confirm_reuse,
    decline_reuse,
    renew_reuse,
    report_reuse,
    reuse_of,
)
from .reviews import review_solution, send_due_reviews
from .solutions import (
    NotPublishable,
    archive_solution,
    publish_solution,
    reopen_solution,
    return_solution,
    submit_solution,
)
from .suggestions import decline_suggestion, receive_suggestion, take_suggestion
from .transfer import accept_source, follow_response, reason_to_refuse, transfer_entry

__all__ = [
    "TITLE_IS_TAKEN",
    "ChangedMeanwhile",
    "Gap",
    "LinkGone",
    "NotPublishable",
    "accept_source",
    "answer_renewal",
    "archive_solution",
    "ask_again",
    "begin_proposal",
    "confirm_reuse",
    "decline_reuse",
    "decline_suggestion",
    "delete_files",
    "delete_proposal",
    "follow_response",
    "import_ozg",
    "keep_snapshot",
    "missing_core_fields",
    "missing_fields",
    "note_change",
    "publish_solution",
    "put_file",
    "reason_to_refuse",
    "receive_suggestion",
    "renew_reuse",
    "reopen_solution",
    "report_reuse",
    "restore_snapshot",
    "return_solution",
    "reuse_of",
    "review_solution",
    "send_due_reviews",
    "submit_proposal",
    "submit_solution",
    "take_suggestion",
    "transfer_entry",
    "write_contacts",
    "write_links",
    "write_steps",
]
