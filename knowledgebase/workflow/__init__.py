"""What happens to solutions: one verb for each thing that views, admin and commands do."""

from ogl_portal.lib.files import delete_files, put_file

from .consents import contact_of, note_consent, tell_contacts, withdraw_consent
from .gaps import Gap, missing_core_fields, missing_fields, missing_lasting_fields
from .history import ChangedMeanwhile, ask_for_second_look, keep_snapshot, restore_snapshot
from .ozg import import_ozg
from .proposals import (
    AlreadyBegun,
    begin_proposal,
    delete_proposal,
    note_change,
    submit_proposal,
    write_attachments,
    write_contacts,
    write_links,
    write_steps,
)
from .refusals import LinkGone
from .reuse import (
    answer_renewal,
    ask_again,
    confirm_reuse,
    counts_already,
    decline_reuse,
    reconsider_reuse,
    renew_reuse,
    report_reuse,
    reuse_of,
    unconfirm,
)
from .reviews import review_solution, send_due_reviews
from .second_look import confirm_change
from .solutions import (
    NotPublishable,
    archive_solution,
    publish_solution,
    reopen_solution,
    return_solution,
    submit_solution,
)
from .suggestions import decline_suggestion, receive_suggestion, take_suggestion
from .transfer import (
    accept_source,
    examples_to_transfer,
    follow_response,
    note_name_taken_off,
    reason_to_refuse,
    take_name_off,
    transfer_entry,
)

__all__ = [
    "AlreadyBegun",
    "ChangedMeanwhile",
    "Gap",
    "LinkGone",
    "NotPublishable",
    "accept_source",
    "answer_renewal",
    "archive_solution",
    "ask_again",
    "ask_for_second_look",
    "begin_proposal",
    "confirm_change",
    "confirm_reuse",
    "contact_of",
    "counts_already",
    "decline_reuse",
    "decline_suggestion",
    "delete_files",
    "delete_proposal",
    "examples_to_transfer",
    "follow_response",
    "import_ozg",
    "keep_snapshot",
    "missing_core_fields",
    "missing_fields",
    "missing_lasting_fields",
    "note_change",
    "note_consent",
    "note_name_taken_off",
    "publish_solution",
    "put_file",
    "reason_to_refuse",
    "receive_suggestion",
    "reconsider_reuse",
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
    "take_name_off",
    "take_suggestion",
    "tell_contacts",
    "transfer_entry",
    "unconfirm",
    "withdraw_consent",
    "write_attachments",
    "write_contacts",
    "write_links",
    "write_steps",
]
