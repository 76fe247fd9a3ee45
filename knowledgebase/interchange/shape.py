"""What a document about a solution holds: the same names in snapshots, JSON and CSV, told from the models.

A field that a model gains is in the documents from then on; what the portal keeps for itself (state, who did what)
never is.
"""

from functools import cache

from django.db import models

from ..models import Attachment, Audience, Contact, EfaCheck, Link, Relation, Solution, Step

LINES = {"features", "roles", "interfaces", "platforms", "languages"}
"""Fields with one thing a line: a list in documents."""

WORDS = {"topics": ["slug"], "target_groups": ["slug"]}
"""Vocabulary of the portal, named by its slug."""

KEYED = {"life_situations": ["kind", "name", "ozg_field"], "services": ["name", "leika_key", "ozg_id"]}
"""Vocabulary that operators import, named by what makes one of it."""

ROWS = {
    "audiences": Audience,
    "efa_checks": EfaCheck,
    "attachments": Attachment,
    "steps": Step,
    "links": Link,
    "relations": Relation,
}
"""What belongs to one solution, attachments before the steps that name them. Contacts are no part: a consent is
nobody's copy."""

ATTACHMENT_FACTS = ["uuid", "title", "kind", "name", "content_type", "size", "sha256", "version", "language", "licence",
                    "is_accessible"]  # fmt: skip


@cache
def own_fields() -> list[models.Field]:
    """The solution's own fields that people edit, in the order of the model."""
    return [field for field in Solution._meta.concrete_fields if field.editable and not field.primary_key]


@cache
def row_fields(model: type[models.Model]) -> list[str]:
    """The names of what one row says; a file's bytes stay where they are."""
    if model is Attachment:
        return ATTACHMENT_FACTS
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    return [field.name for field in fields if field.name != "solution"]


def label(name: str) -> str:
    """How people call a field or a kind of rows of a solution: „in einem Satz“ for summary."""
    if name in ROWS or name == "contacts":
        return str({**ROWS, "contacts": Contact}[name]._meta.verbose_name_plural)
    return str(Solution._meta.get_field(name).verbose_name)
