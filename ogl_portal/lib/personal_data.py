"""What the portal holds of people: each table that holds any is declared once, in the ``personal_data.py`` of its app.

From the declarations come the page and the file on which somebody reads what is stored of them, the deletion, what is
said before and after it, and the overview for the data-protection officer (``manage.py data_overview``). A test walks
all models and fails where a field that names people, or leads to them, is neither declared nor exempt.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, QuerySet

from . import dates
from .registry import Registry, Removal


class Area(StrEnum):
    """The headings under which people find what is stored of them."""

    PERSON = "Person und Zugang"
    EVENTS = "Termine und Sitzungen"
    REPORTS = "Reports"
    STEPS = "Nächste Schritte"
    SURVEYS = "Fragebogen"
    MATCHES = "Vernetzung"
    KNOWLEDGE = "Wissensdatenbank"
    LETTERS = "Anfragen und Mails"
    TRACES = "Protokolle"


class Basis(StrEnum):
    """Legal bases (DSGVO) as a proposal: the OGL-Leitung decides, with its data-protection officer."""

    CONSENT = "Einwilligung, Art. 6 Abs. 1 a"
    TASK = "Mitarbeit in der Arbeitsgruppe, Art. 6 Abs. 1 e oder f"
    REQUEST = "Anliegen der Person selbst, Art. 6 Abs. 1 b oder f"
    LAW = "rechtliche Pflicht, Art. 6 Abs. 1 c"
    SECURITY = "sicherer Betrieb, Art. 6 Abs. 1 f und Art. 32"


class Deletion(StrEnum):
    """What becomes of it when somebody has their data deleted."""

    DELETED = "wird gelöscht"
    DETACHED = "bleibt ohne Namen"
    STAYS = "bleibt"


class Refused(ValidationError):
    """Nothing was deleted; the message says why, in German."""


@dataclass(frozen=True)
class PersonalData:
    """What one table holds of people, why, how long, who sees it, and what becomes of it.

    ``of`` are lookups that lead to the person, the user or an e-mail address; ``by`` are fields that only note who did
    something, and are emptied when the sign-in goes; ``shows`` what the person reads, each a field, a path, or a pair
    of that and its label. ``find`` takes the place of ``of`` where a lookup does not say it, ``erase`` the place of
    the plain deletion; it returns how many rows it was about. ``also`` are fields that need no showing.
    """

    model: type[models.Model]
    title: str
    area: Area
    purpose: str
    basis: Basis
    kept: str
    seen_by: str
    of: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    shows: tuple = ()
    also: tuple[str, ...] = ()
    deletion: Deletion = Deletion.DELETED
    why: str = ""  # of what stays, with or without the name
    find: Callable[[models.Model], QuerySet] | None = None
    erase: Callable[[models.Model], int] | None = None
    empties: tuple[str, ...] = ()  # text fields that are emptied in rows that stay

    def rows_of(self, user) -> QuerySet:
        """What is about this user, with what is shown of it."""
        rows = self.find(user) if self.find else find_by(self.model, self.of, user)
        return rows.select_related(*self.relations) if self.relations else rows

    @property
    def relations(self) -> list[str]:
        """What the paths that are shown lead through."""
        return sorted({path.rpartition("__")[0] for path in self.labels if "__" in path})

    @property
    def labels(self) -> dict[str, str]:
        """The label of each field that is shown."""
        pairs = (each if isinstance(each, tuple) else (each, label_of(self.model, each)) for each in self.shows)
        return dict(pairs)

    def texts(self, row) -> dict[str, str]:
        """A row as people read it: label and text; what is empty stays out."""
        found = {label: text_of(row, path) for path, label in self.labels.items()}
        return {label: text for label, text in found.items() if text}

    def values(self, row) -> dict:
        """A row as JSON takes it."""
        return {path: plain(value_at(row, path)) for path in self.labels}

    def delete(self, user) -> Removal:
        """Delete or detach what is about the user, within a transaction."""
        return Removal(self.title, self.erase(user) if self.erase else self.carry_out(user))

    def carry_out(self, user) -> int:
        if self.deletion == Deletion.STAYS:
            return 0
        rows = self.rows_of(user).select_related(None)
        if self.deletion == Deletion.DETACHED:
            return rows.update(**dict.fromkeys(self.empties, "")) if self.empties else 0
        forget_history(rows)
        return rows.order_by().delete()[1].get(self.model._meta.label, 0)


@dataclass(frozen=True)
class NotPersonal:
    """Fields that look as if they named people, and do not; the reason says what they hold."""

    model: type[models.Model]
    fields: tuple[str, ...]
    reason: str


personal_data = Registry()
"""Asked without a question; each function yields the PersonalData and the NotPersonal of its app's tables."""


def declarations() -> list[PersonalData]:
    """All that is declared, from the top floor down: in this order it is deleted."""
    return [each for each in personal_data.ask() if isinstance(each, PersonalData)]


def exemptions() -> list[NotPersonal]:
    return [each for each in personal_data.ask() if isinstance(each, NotPersonal)]


def find_by(model: type[models.Model], paths: tuple[str, ...], user) -> QuerySet:
    """The rows that one of the lookups leads from to this user, the person, or the address of the sign-in.

    The address of the sign-in alone counts: that it is the user's own, each mailed link has shown.
    """
    found = Q()
    for path in paths:
        field = field_at(model, path)
        if not field.is_relation:
            found |= Q(**{f"{path}__iexact": user.email})
        elif issubclass(get_user_model(), field.related_model):
            found |= Q(**{path: user.pk})
        elif user.person_id:
            found |= Q(**{path: user.person_id})
    return model._default_manager.filter(found) if found else model._default_manager.none()


def field_at(model: type[models.Model], path: str) -> models.Field:
    """The field at the end of a path."""
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    return field_at(field.related_model, rest) if rest else field


def label_of(model: type[models.Model], path: str) -> str:
    """What the field is called; of a path its first step."""
    try:
        name = str(model._meta.get_field(path.partition("__")[0]).verbose_name)
    except FieldDoesNotExist:
        raise ValueError(f"{model.__name__}.{path} needs a label.") from None
    return name[:1].upper() + name[1:]


def value_at(row, path: str):
    """What stands at the end of a path; None where it breaks off."""
    for step in path.split("__"):
        row = getattr(row, step, None)
        if row is None:
            return None
    return row() if callable(row) else row


def text_of(row, path: str) -> str:
    """A value as people read it."""
    holder, _, name = path.rpartition("__")
    owner = value_at(row, holder) if holder else row
    display = getattr(owner, f"get_{name}_display", None)
    value = display() if display else value_at(row, path)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return dates.moment(value)
    return dates.day(value) if isinstance(value, date) else readable(value)


def readable(value) -> str:
    """Text, or what is nested in it line by line."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {readable(each)}" for key, each in value.items() if each not in ("", None, [], {}))
    return ", ".join(map(readable, value)) if isinstance(value, list) else str(value)


def plain(value):
    """A value as JSON knows it: times in ISO 8601."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    known = isinstance(value, str | int | float | bool | dict | list) or value is None
    return value if known and not isinstance(value, UUID) else str(value)


def noted(declaration: PersonalData, user) -> Iterator[tuple[str, list[int]]]:
    """Where a table notes that this user did something: the label of the field, and the numbers of the rows."""
    for name in declaration.by:
        rows = declaration.model._default_manager.filter(**{name: user.pk})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            yield label_of(declaration.model, name), keys


def forget_history(rows: QuerySet) -> None:
    """Delete what the history of the admin holds of rows that go: it names them."""
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(rows.model)
    LogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()
