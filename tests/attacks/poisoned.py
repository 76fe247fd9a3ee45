"""A portal in which every text that people can write says the same evil thing, in every table."""

import re
from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from sessions_app.models import Recommendation, WorkshopTopic
from surveys.models import QuestionnaireVersion
from tests import access_matrix
from tests.cast import Actor, undone

OWN = {name.rpartition(".")[2] for name in settings.OWN_APPS}
NOT_TEXT = (models.SlugField, models.EmailField, models.URLField, models.FileField)
KEPT = re.compile(
    r"^(password|session|content_type|storage_name|sha256|wording|token|kind|key|locale|slug)$|_key$|_hash$|_name$|_type$"
)
"""Columns by which the portal finds things; nobody writes into them."""
READERS = ["lead", "member", "visitor"]


def texts() -> Iterator[models.Field]:
    """Every column that holds what somebody wrote."""
    for model in apps.get_models():
        if model._meta.app_label in OWN and model._meta.managed and not model.__name__.startswith("Audit"):
            for field in model._meta.local_concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_TEXT)
                if is_text and not field.choices and not field.unique and not KEPT.search(field.name):
                    yield field


def poison(text_of: Callable[[models.Field], str]) -> set[str]:
    """Write ``text_of(column)``, as far as it fits, into all rows; return the columns that took it."""
    taken = set()
    for field in texts():
        text = text_of(field)[: field.max_length or None]
        try:
            with transaction.atomic():
                if field.model._base_manager.update(**{field.name: text}):
                    connection.check_constraints()
                    taken.add(f"{field.model._meta.label_lower}.{field.name}")
        except IntegrityError:
            continue  # the database itself refuses it
    return taken


def show_most(text: str) -> None:
    """Bring things to where most of their texts are public, and have a questionnaire say the text too."""
    day = timezone.localdate()
    Recommendation.objects.filter(status="agreed").update(
        status="answered", handed_over_to="Rat", handed_over_on=day, answer="Ja", answered_on=day
    )
    WorkshopTopic.objects.update(is_chosen=True)
    for version in QuestionnaireVersion._base_manager.all():
        document = version.document | {"intro": text}
        QuestionnaireVersion._base_manager.filter(pk=version.pk).update(document=document)


def answers(people: dict[str, Actor], world: dict, kinds: tuple[str, ...]) -> Iterator[tuple]:
    """What GET of every address of the matrix brings to the first who may have it, of these content types."""
    for row in access_matrix.ROWS:
        role = next((role for role in READERS if row.expected[role] == 200), None)
        if row.method == "GET" and role:
            with undone(people[role]):
                response = people[role].client.get(reverse(row.name, kwargs=world[row.case]))
            if response.headers.get("Content-Type", "").startswith(kinds):
                yield row, response
