"""A publiccode.yml read with a careful eye: nothing in it is built into objects, and nothing is repeated by alias."""

from collections.abc import Iterator

import yaml

from ogl_portal.directory.models import Organisation
from ogl_portal.lib.text import has_forbidden_characters, slug_of

from ..interchange.checking import shown
from ..models import Link, Solution
from . import publiccode_rules
from .entries import Entry, FileRefused
from .publiccode import STATUS, first_link

Lines = dict[str, int]
"""The line of each key, by its path."""

MAX_SIZE = 1_000_000
STAGES = {word: stage.value for stage, word in STATUS.items()}
UNUSED = ["isBasedOn", "usedBy", "fundedBy", "categories", "intendedAudience", "dependsOn", "supports", "roadmap",
          "logo"]  # fmt: skip
"""Keys that have no counterpart here, or none that a machine should choose."""


def read(content: bytes) -> tuple[list[Entry], list[dict]]:
    """The one entry of a file and the organisations it names; raises FileRefused for what is no publiccode.yml."""
    document, lines = parse(content)
    if faults := publiccode_rules.check(document):
        raise FileRefused("\n".join(f"Zeile {line_of(path, lines)}, {path or 'Datei'}: {it}" for path, it in faults))
    german = next((name for name in document["description"] if name == "de" or name.startswith("de-")), "")
    if not german:
        raise FileRefused("description: Es fehlt eine deutsche Beschreibung (de).")
    owners = list(organisations(document))
    place, content = f"publiccode.yml „{shown(document['name'])}“", content_of(document, german, owners)
    return [Entry(place, content, notes=list(notes(document)))], owners


def notes(document: dict) -> Iterator[str]:
    """What of the file is not taken over."""
    left = [name for name in UNUSED if name in document]
    if left:
        yield f"Nicht übernommen: {', '.join(left)}. Themen und Zielgruppen wählen Sie bitte in der Verwaltung."
    if any("email" not in each for each in document["maintenance"].get("contacts", [])):
        yield "Nicht übernommen: Ansprechpersonen ohne E-Mail."


def parse(content: bytes) -> tuple[object, Lines]:
    """The document with every scalar as a text, and the line of each key."""
    if len(content) > MAX_SIZE:
        raise FileRefused("Die Datei ist zu groß. Eine publiccode.yml hat höchstens 1 MB.")
    lines: Lines = {}
    try:
        text = content.decode("utf-8-sig")
        return built(WithoutAliases(text).get_single_node(), "", lines), lines
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise FileRefused(f"Zeile {line}: Die Datei ist kein Text in UTF-8.") from None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise FileRefused(f"Zeile {mark.line + 1 if mark else 1}: Hier ist das YAML kaputt.") from None
    except (yaml.YAMLError, RecursionError):
        raise FileRefused("Das YAML ist zu tief verschachtelt oder enthält Zeichen, die kein Text sind.") from None


class WithoutAliases(yaml.SafeLoader):
    """Reads no aliases: a file of 300 bytes could stand for gigabytes (github.com/yaml/pyyaml/issues/235)."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1
            raise FileRefused(f"Zeile {line}: Verweise wie *name liest das Portal nicht.")
        return super().compose_node(parent, index)


def built(node: yaml.Node | None, path: str, lines: Lines):
    """The values of a node: dicts, lists and texts, nothing else."""
    if node is None:
        return ""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [built(each, f"{path}.{number}", lines) for number, each in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return dict(pairs(node, path, lines))
    if has_forbidden_characters(node.value):
        raise FileRefused(f"Zeile {lines[path]}: Der Text enthält Zeichen, die kein Text sind.")
    return node.value


def pairs(node: yaml.MappingNode, path: str, lines: Lines) -> Iterator[tuple[str, object]]:
    seen = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.value in seen:
            raise FileRefused(f"Zeile {line}: Dieser Schlüssel ist kein Text, oder er steht zweimal da.")
        seen.add(key.value)
        below = publiccode_rules.join(path, key.value)
        yield key.value, built(value, below, lines)
        lines[below] = line


def line_of(path: str, lines: Lines) -> int:
    """The line of a key, or of the section that it is missing from."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path, 1)


def content_of(document: dict, german: str, owners: list[dict]) -> dict:
    """What a solution holds of a document that keeps the rules; the software is known by its repository."""
    description, care = document["description"][german], document["maintenance"]
    content = {
        "title": document["name"],
        "summary": description["shortDescription"],
        "description": description.get("longDescription", ""),
        "features": description.get("features", []),
        "kind": Solution.Kind.SOFTWARE.value,
        "stage": STAGES[document["developmentStatus"]],
        "software_type": document["softwareType"],
        "platforms": as_list(document["platforms"]),
        "languages": document["localisation"]["availableLanguages"],
        "software_version": document.get("softwareVersion", ""),
        "released_on": document.get("releaseDate"),
        "licence": document["legal"]["license"],
        "maintenance": care["type"],
        "links": links(document, description),
        "contacts": [contact(each) for each in care.get("contacts", []) if "email" in each],
    }
    names = {"publisher": document.get("organisation"), "operator": next(iter(care.get("contractors", [])), None)}
    slugs = {each["name"]: each["slug"] for each in owners}
    content |= {field: slugs[owner["name"]] for field, owner in names.items() if owner}
    if "contractors" in care:
        content["maintained_until"] = care["contractors"][0]["until"]
    known = software_at(document["url"])
    return for_known(content, known) if known else content


def links(document: dict, description: dict) -> list[dict]:
    addresses = {
        Link.Kind.REPOSITORY: document["url"],
        Link.Kind.LANDING: document.get("landingURL"),
        Link.Kind.DOCUMENTATION: description.get("documentation"),
        Link.Kind.API: description.get("apiDocumentation"),
    }
    return [{"kind": kind.value, "url": url} for kind, url in addresses.items() if url]


def contact(person: dict) -> dict:
    return {"name": person["name"], "role": "technical", "email": person["email"]}


def software_at(url: str) -> Solution | None:
    """The one solution whose repository this is."""
    found = list(Solution.objects.filter(links__kind=Link.Kind.REPOSITORY, links__url=url).distinct()[:2])
    return found[0] if len(found) == 1 else None


def for_known(content: dict, solution: Solution) -> dict:
    """The content for a solution that is here: its kind stays, and so do links that the file has no place for."""
    replaced = {first_link(solution, link["kind"]) for link in content["links"]}
    kept = [{"kind": link.kind, "url": link.url} for link in solution.links.all() if link.url not in replaced]
    told = [link for link in content["links"] if link not in kept]
    return content | {"uuid": str(solution.uuid), "kind": solution.kind, "links": kept + told}


def organisations(document: dict) -> Iterator[dict]:
    """Owner and contractors, by the slug that they have here or would get."""
    named = [document.get("organisation"), *document["maintenance"].get("contractors", [])]
    for each in filter(None, named):
        known = Organisation.objects.filter(name=each["name"]).first()
        website = each.get("uri") or each.get("website") or ""
        slug = known.slug if known else slug_of(each["name"])[:120]
        yield {"slug": slug, "name": each["name"]} | ({"website": website} if website.startswith("http") else {})


def as_list(value) -> list[str]:
    return [value] if isinstance(value, str) else value
