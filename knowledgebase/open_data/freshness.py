"""Whether somebody's copy of the files still holds: a stamp of all that stands in them."""

from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.registry import data_sets

from ..models import Contact, LifeSituation, PublicService, Reuse, Solution
from .documents import organisations

SETTINGS = ["SITE_URL", "OPEN_DATA_LICENCE", "OPEN_DATA_GEOCODING", "OPEN_DATA_CONTRIBUTOR"]


def stamp(request=None, *args, **kwargs) -> str:
    """An ETag that differs as soon as one of the files would: the same number of queries for any number of entries.

    Every change of an entry and its rows raises its revision; what has none is looked at itself. Consents and
    confirmations end with a day, so the day counts too.
    """
    digest = sha256()
    for part in parts():
        digest.update(repr(part).encode())
    return f'"{digest.hexdigest()[:32]}"'


def parts() -> Iterator:
    today = timezone.localdate()
    yield today, *(getattr(settings, name) for name in SETTINGS)
    shown = Solution.objects.published()
    yield list(shown.order_by("pk").values_list("pk", "revision", "changed_at"))
    yield list(Reuse.objects.confirmed().filter(solution__in=shown).order_by("pk").values_list("pk", "revision"))
    people = Contact.objects.consenting(today).filter(solution__in=shown).order_by("pk")
    yield list(people.values_list("pk", "name", "email", "role", "scope"))
    yield organisations()
    yield list(data_sets.ask())
    for words, names in {Topic: ["slug", "name"], TargetGroup: ["slug"], LifeSituation: ["kind", "name", "ozg_field"],
                         PublicService: ["name", "leika_key", "ozg_id"]}.items():  # fmt: skip
        yield list(words.objects.order_by("pk").values_list(*names))
