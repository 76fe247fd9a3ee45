"""The catalogue (JSON-LD) read back, as far as DCAT-AP.de and ADMS have words for a solution; nothing is fetched.

Its terms must be those that this portal writes: another ``@context`` would have to be loaded from somewhere.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.core.validators import slug_re

from ogl_portal.directory.models import Organisation, Topic
from ogl_portal.lib import markdown
from ogl_portal.lib.text import has_forbidden_characters, slug_of

from ..interchange.checking import is_uuid, shown
from ..models import PublicService, Solution
from .dcat import ACCESS, RELATIONS, STATUS
from .dcat_words import CONTEXT
from .entries import Entry, FileRefused, place_of
from .json_file import parse

TERMS = ["title", "abstract", "description", "type", "prefLabel", "status", "identifier", "publisher", "name",
         "homepage", "contactPoint", "fn", "hasEmail", "keyword", "subject", "notation", "license", "label",
         "distribution", "accessURL", "checksum", *RELATIONS.values()]  # fmt: skip
"""What the reader looks at."""
SPDX, UUID, MAIL, JSON = "http://spdx.org/licenses/", "urn:uuid:", "mailto:", "/file-type/JSON"
KINDS = {str(kind.label): kind.value for kind in Solution.Kind}
STAGES = {address: stage for stage, address in STATUS.items() if list(STATUS.values()).count(address) == 1}
"""The stages that the catalogue tells apart."""
LICENCES = {str(licence.label): licence.value for licence in Solution.Licence}
LINKS = {str(kind.label): kind.value for kind in ACCESS}
MARKS = re.compile(r"^(?=[#+=-])|^(\d+)(?=[.)])")
"""What would make a heading, a list or a quotation of a line."""
ONLY_A_PART = (
    "Ein Katalog trägt nur einen Teil: Titel, Kurzfassung, Beschreibung ohne Auszeichnung, Art, Stand, Lizenz, "
    "Herausgeber, Ansprechpersonen, Themen, Leistungen, Verwandtes und Links zur Sache selbst."
)
ALL_OF_IT = "Alle Felder stehen in der JSON-Datei, auf die er zeigt; das Portal lädt sie nicht selbst: {}"


class Fault(Exception):
    """Something in an asset is not what the reader needs; the text says so in German."""


def read(content: bytes) -> tuple[list[Entry], list[dict]]:
    """The assets of a catalogue and the organisations that publish them; raises FileRefused for anything else."""
    graph = graph_of(content)
    assets = [node for node in graph if node.get("@type") == "adms:Asset"]
    if not assets:
        raise FileRefused("Im Katalog steht keine Lösung (adms:Asset). Eine Vorlage ist /daten/katalog.jsonld.")
    uuids = {node["@id"]: uuid for node in assets if isinstance(node.get("@id"), str) and (uuid := uuid_of(node))}
    entries = [entry(number, node, uuids) for number, node in enumerate(assets, start=1)]
    return entries, [each for node in assets for each in organisations(node)]


def remark(content: bytes) -> str:
    """What the reader of a catalogue should know before all: what it carries, and where there is more."""
    found = [url for node in graph_of(content) for file in as_list(node.get("distribution"))
             if isinstance(file, dict) and str(file.get("format", "")).endswith(JSON)
             and isinstance(url := file.get("downloadURL"), str)]  # fmt: skip
    return " ".join([ONLY_A_PART, *(ALL_OF_IT.format(shown(url)) for url in found[:1])])


def graph_of(content: bytes) -> list[dict]:
    """The things that the catalogue describes; FileRefused where it speaks another language than ours."""
    document = parse(content)
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list) or not all(isinstance(node, dict) for node in graph):
        raise FileRefused("In der Datei fehlt die Liste „@graph“. Eine Vorlage ist /daten/katalog.jsonld.")
    context = document.get("@context")
    if not isinstance(context, dict) or any(context.get(term) != CONTEXT[term] for term in TERMS):
        raise FileRefused(
            "Der Katalog benutzt andere Wörter (@context) als /daten/katalog.jsonld. Fremde lädt das Portal nicht."
        )
    return graph


def entry(number: int, node: dict, uuids: dict[str, str]) -> Entry:
    """One asset as an entry; what is of another kind than expected becomes a fault."""
    content, faults, notes = {}, [], []
    for of in READERS:
        try:
            content |= of(node)
        except Fault as fault:
            faults.append(str(fault))
    relations = list(related(node, uuids, notes))
    content |= {"relations": relations} if relations else {}
    if any(isinstance(each, dict) and "checksum" in each for each in as_list(node.get("distribution"))):
        notes.append("Anlagen stehen in der JSON-Datei; der Katalog nennt sie nur.")
    known = Solution.objects.filter(uuid=content.get("uuid")).first() if "uuid" in content else None
    return Entry(place_of(f"Asset {number}", content), for_known(content, known) if known else content, faults, notes)


def for_known(content: dict, solution: Solution) -> dict:
    """The content for a solution that is here: the Markdown stays where it says the same, and so do further links."""
    if content.get("description") == as_markdown(markdown.to_text(solution.description)):
        content = {name: value for name, value in content.items() if name != "description"}
    others = [{"kind": link.kind, "url": link.url} for link in solution.links.exclude(kind__in=ACCESS)]
    return content | {"links": others + content["links"]} if "links" in content else content


def texts(node: dict) -> dict:
    found = {
        "title": text(node, "title"),
        "summary": text(node, "abstract"),
        "description": as_markdown(text(node, "description")),
    }
    return {name: value for name, value in found.items() if value}


def identity(node: dict) -> dict:
    """The uuid, and the last part of the page's address where that can be one here."""
    slug = str(node.get("@id", "")).rstrip("/").rpartition("/")[2]
    found = {"uuid": uuid_of(node), "slug": slug if slug_re.fullmatch(slug) else ""}
    return {name: value for name, value in found.items() if value}


def uuid_of(node: dict) -> str:
    uuid = str(node.get("identifier", "")).removeprefix(UUID)
    return uuid if is_uuid(uuid) else ""


def kind(node: dict) -> dict:
    label = text(thing(node, "type"), "prefLabel")
    return {"kind": known_word(KINDS, label, "Art (type)")} if label else {}


def stage(node: dict) -> dict:
    """Three stages are one for ADMS; that one says nothing."""
    status = text(node, "status")
    return {"stage": STAGES[status]} if status in STAGES else {}


def licence(node: dict) -> dict:
    told = node.get("license")
    if isinstance(told, dict):
        return {"licence": known_word(LICENCES, text(told, "label"), "Lizenz (license)")}
    return {"licence": text(node, "license").removeprefix(SPDX)} if told else {}


def known_word(words: dict[str, str], label: str, field: str) -> str:
    if label not in words:
        raise Fault(f"{field}: „{shown(label)}“ kennt das Portal nicht.")
    return words[label]


def publisher(node: dict) -> dict:
    owners = list(organisations(node))
    return {"publisher": owners[0]["slug"]} if owners else {}


def organisations(node: dict) -> Iterator[dict]:
    """Who publishes the asset, by the slug that they have here or would get."""
    owner = node.get("publisher")
    name = owner.get("name") if isinstance(owner, dict) else None
    if isinstance(name, str) and name and not has_forbidden_characters(name):
        known = Organisation.objects.filter(name=name).first()
        slug = known.slug if known else slug_of(name)[:120]
        yield {"slug": slug, "name": name} | ({"website": owner["homepage"]} if owner.get("homepage") else {})


def contacts(node: dict) -> dict:
    people = [{"name": text(each, "fn"), "email": unquote(text(each, "hasEmail").removeprefix(MAIL))}
              for each in things(node, "contactPoint") if "hasEmail" in each]  # fmt: skip
    return {"contacts": people} if people else {}


def topics(node: dict) -> dict:
    """By their names; a name that is no topic here stays as it is, and is refused with all others."""
    slugs = dict(Topic.objects.values_list("name", "slug"))
    names = [name if isinstance(name, str) else shown(name) for name in as_list(node.get("keyword"))]
    return {"topics": [slugs.get(name, name) for name in names]} if names else {}


def services(node: dict) -> dict:
    rows = [service(text(each, "prefLabel"), text(each, "notation")) for each in things(node, "subject")]
    return {"services": rows} if rows else {}


def service(name: str, key: str) -> dict:
    """With the number of the OZG, which the catalogue does not carry, where the service is known here."""
    own = PublicService.objects.filter(name=name, leika_key=key).first()
    return {"name": name, "leika_key": key, "ozg_id": own.ozg_id if own else ""}


def links(node: dict) -> dict:
    """Where the software itself is; a file to take over has a checksum."""
    files = [file for file in things(node, "distribution") if "checksum" not in file]
    told = [(text(file, "title"), text(file, "accessURL")) for file in files]
    rows = [{"kind": LINKS[title], "url": url} for title, url in told if title in LINKS]
    return {"links": rows} if rows else {}


READERS = [texts, identity, kind, stage, licence, publisher, contacts, topics, services, links]


def related(node: dict, uuids: dict[str, str], notes: list[str]) -> Iterator[dict]:
    """What it refers to within the same catalogue; the rest is noted."""
    for kind_, term in RELATIONS.items():
        for address in as_list(node.get(term)):
            if isinstance(address, str) and address in uuids:
                yield {"kind": kind_.value, "other": uuids[address]}
            else:
                notes.append(f"verwandte Lösungen: „{shown(address)}“ steht nicht im Katalog.")


def as_markdown(plain: str) -> str:
    """Markdown that shows the lines of a plain text, each as a paragraph."""
    lines = [line.strip() for line in plain.split("\n")]
    return "\n\n".join(MARKS.sub(r"\1\\", markdown.escape(line)) for line in lines if line)


def text(node: dict, name: str) -> str:
    """The text under a name, empty where there is none; Fault for anything else."""
    value = node.get(name, "")
    if not isinstance(value, str) or has_forbidden_characters(value):
        raise Fault(f"„{name}“ muss ein Text sein, ohne Steuerzeichen.")
    return value


def thing(node: dict, name: str) -> dict:
    """The one thing under a name, empty where there is none."""
    return next(iter(things(node, name)), {})


def things(node: dict, name: str) -> list[dict]:
    """The things under a name; Fault for anything else."""
    found = as_list(node.get(name))
    if not all(isinstance(each, dict) for each in found):
        raise Fault(f"„{name}“ muss Angaben mit Namen und Werten enthalten.")
    return found


def as_list(value) -> list:
    """JSON-LD writes a list of one thing as that thing."""
    return [] if value is None else value if isinstance(value, list) else [value]
