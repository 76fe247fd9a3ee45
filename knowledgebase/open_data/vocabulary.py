"""What entries of a file refer to and the portal may not have: organisations, words of the vocabulary, OZG lists."""

from django.core.exceptions import ValidationError

from ogl_portal.directory.models import Organisation

from ..interchange import shape
from ..interchange.checking import check_row, shown
from ..interchange.filling import find_words
from ..models import Solution
from .documents import ORGANISATION_FACTS
from .entries import Entry

Made = list[tuple[str, list[str]]]
"""What is new, and what speaks against each."""


def missing_words(content: dict) -> list[str]:
    """Name in German what the entry refers to and nobody can find here."""
    missing = [
        f"{shape.label(name)} ({name}): {shown(word)} gibt es hier nicht."
        for name in [*shape.WORDS, *shape.KEYED]
        for word in find_words(name, content.get(name, []))[1]
    ]
    slugs = {name: content[name] for name in ["publisher", "operator"] if content.get(name)}
    known = set(Organisation.objects.filter(slug__in=slugs.values()).values_list("slug", flat=True))
    return missing + [f"{shape.label(name)} ({name}): Die Organisation „{shown(slug)}“ gibt es hier nicht."
                      for name, slug in slugs.items() if slug not in known]  # fmt: skip


def create_missing(entries: list[Entry], organisations: list[dict]) -> Made:
    """Create the organisations, situations and services that entries refer to and that are missing.

    Topics and target groups are never created: they are the portal's own.
    """
    contents = [entry.content for entry in entries if isinstance(entry.content, dict)]
    return [*create_organisations(contents, organisations), *create_listed(contents)]


def create_organisations(contents: list[dict], organisations: list[dict]) -> Made:
    """Those that an entry names by slug and the file describes."""
    named = {content.get(name) for content in contents for name in ["publisher", "operator"]}
    known = set(Organisation.objects.values_list("slug", flat=True))
    described = {each.get("slug"): each for each in organisations if isinstance(each.get("slug"), str)}
    made = []
    for slug in sorted(described.keys() & {each for each in named if isinstance(each, str)} - known):
        facts = described[slug]
        faults = list(check_row(Organisation, ORGANISATION_FACTS, facts)) or same_name(facts["name"])
        made.append((f"Organisation „{shown(facts.get('name', slug))}“", faults))
        if not faults:
            Organisation.objects.create(**facts)
    return made


def same_name(name: str) -> list[str]:
    other = Organisation.objects.filter(name=name).first()
    return [f"So heißt hier schon die Organisation mit dem Kürzel „{other.slug}“."] if other else []


def create_listed(contents: list[dict]) -> Made:
    """Lagen and Leistungen, which carry all that is known of them in the entry."""
    made = []
    for name, keys in shape.KEYED.items():
        model = Solution._meta.get_field(name).related_model
        rows = [row for content in contents for row in as_rows(content.get(name))]
        for row in [row for row in rows if not list(check_row(model, keys, row))]:
            if find_words(name, [row])[1]:
                made.append((f"{model._meta.verbose_name} „{shown(row['name'])}“", refusal_of(model, row)))
    return made


def as_rows(value) -> list[dict]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def refusal_of(model, row: dict) -> list[str]:
    """Create the thing; why it cannot be where something else has its key."""
    thing = model(**row)
    try:
        thing.full_clean()
    except ValidationError as refusal:
        return refusal.messages
    thing.save()
    return []
