"""Text that could not be saved because the sign-in had expired."""

from django.db import transaction

from ..models import Entry, KeptDraft


@transaction.atomic
def keep_draft(
    *, entry: Entry, revision: int, fields: dict[str, list[str]], instead_of: int | None = None
) -> KeptDraft:
    """Keep what was typed on a revision of the entry, in the place of what the same browser kept of it before."""
    KeptDraft.objects.filter(pk=instead_of, entry=entry).delete()
    return KeptDraft.objects.create(entry=entry, revision=revision, fields=fields)


def forget_draft(*, pk: int) -> None:
    """Delete a kept text: it has been saved."""
    KeptDraft.objects.filter(pk=pk).delete()
