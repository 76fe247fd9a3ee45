"""A document becomes a solution again."""

from datetime import date

from django.db import models

from ogl_portal.directory.models import Organisation
from ogl_portal.lib.files import delete_files

from ..models import Attachment, Contact, Solution
from .shape import ATTACHMENT_FACTS, KEYED, LINES, ROWS, WORDS, label, own_fields, row_fields

IDENTITY = {"uuid", "slug"}
"""Where an entry is found stays: addresses are printed in reports."""
FILE_FACTS = {"uuid", "name", "content_type", "size", "sha256"}
"""What only the stored file itself can say of an attachment."""


def fill(solution: Solution, content: dict, *, contacts: bool = False, files=None) -> list[str]:
    """Write what a document says into a saved solution and its rows, inside the transaction of the calling verb.

    What the document does not mention stays as it is, uuid and address in any case; no attachment is deleted, and
    none comes without its file: ``files`` (checked, with ``in`` and ``place`` for a row) has those that came along.
    Contacts are written only when asked for. Returns in German what had to be left out, because what it refers to is
    gone. Raises ValidationError where a value breaks a rule of the tables. The verb raises the revision, keeps the
    snapshot and updates the search.
    """
    left_out = list(fill_own(solution, content))
    kept = [field.name for field in Solution._meta.concrete_fields if not field.editable and field.name != "status"]
    solution.full_clean(exclude=kept)
    solution.save()
    for name in [name for name in [*WORDS, *KEYED] if name in content]:
        found, missing = find_words(name, content[name])
        getattr(solution, name).set(found)
        left_out += [f"{label(name)}: {word} gibt es hier nicht." for word in missing]
    for name in [name for name in ROWS if name in content]:
        rows = content[name]
        is_files = name == "attachments"
        left_out += fill_attachments(solution, rows, files) if is_files else fill_rows(solution, rows, ROWS[name])
    if contacts and "contacts" in content:
        left_out += fill_rows(solution, content["contacts"], Contact)
    return left_out


def fill_own(solution: Solution, content: dict):
    """Set the solution's own fields; yields what could not be set."""
    for field in [field for field in own_fields() if field.name in content and field.name not in IDENTITY]:
        value = content[field.name]
        if field.is_relation and value and not Organisation.objects.filter(slug=value).exists():
            yield f"{field.verbose_name}: Die Organisation „{value}“ gibt es hier nicht."
        else:
            setattr(solution, field.name, own_value(field, value))


def own_value(field: models.Field, value):
    """What the model holds for a value of a document."""
    if field.is_relation:
        return Organisation.objects.get(slug=value) if value else None
    if field.name in LINES:
        return "\n".join(value)
    return from_plain(field, value)


def from_plain(field: models.Field, value):
    return date.fromisoformat(value) if value and isinstance(field, models.DateField) else value


def find_words(name: str, wanted: list) -> tuple[list, list[str]]:
    """The words of a vocabulary that a document names, and in German those that do not exist."""
    model = Solution._meta.get_field(name).related_model
    keys = KEYED.get(name)
    found, missing = [], []
    for word in wanted:
        thing = model.objects.filter(**({key: word.get(key, "") for key in keys} if keys else {"slug": word})).first()
        found += [thing] if thing else []
        missing += [] if thing else [f"„{word['name'] if keys else word}“"]
    return found, missing


def fill_attachments(solution: Solution, rows: list[dict], files=None):
    """Write what a document says about files that are here or came along; yields the names of those that are not."""
    for row in rows:
        facts = {name: row[name] for name in ATTACHMENT_FACTS if name in row}
        described = {name: value for name, value in facts.items() if name not in FILE_FACTS}
        if solution.attachments.filter(uuid=row["uuid"], sha256=row["sha256"]).update(**described):
            continue
        if files is None or row not in files:
            yield f"{label('attachments')}: Die Datei zu „{row['title']}“ ist nicht dabei."
            continue
        replaced = solution.attachments.filter(uuid=row["uuid"]).first()
        delete_files([replaced] if replaced else [])
        Attachment(pk=replaced and replaced.pk, solution=solution, file=files.place(row), **facts).save()


def fill_rows(solution: Solution, rows: list[dict], model: type[models.Model]):
    """Replace the rows of one kind; yields in German those that refer to what does not exist."""
    model.objects.filter(solution=solution).delete()
    made = []
    for row in rows:
        fields = [model._meta.get_field(name) for name in row_fields(model) if name in row]
        values = {field.name: row_value(solution, field, row[field.name]) for field in fields}
        lost = [field.name for field in fields if values[field.name] is None and not field.null]
        if lost:
            yield f"{model._meta.verbose_name_plural}: „{row[lost[0]]}“ gibt es hier nicht."
        else:
            made.append(model(solution=solution, **values))
    model.objects.bulk_create(made)


def row_value(solution: Solution, field: models.Field, value):
    """What a row holds for a value of a document; None where it refers to what does not exist."""
    if not field.is_relation or value is None:
        return from_plain(field, value)
    if field.related_model is Attachment:
        return solution.attachments.filter(uuid=value).first()
    return Solution.objects.filter(uuid=value).exclude(pk=solution.pk).first()
