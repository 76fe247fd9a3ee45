"""A software entry as publiccode.yml, the metadata standard for public software, and back.

Written is version 0.5: 0.7 only adds ``supports``, which we do not fill, and catalogues cannot read it yet (there is
no 0.6). Rules: github.com/publiccodeyml/publiccode.yml, docs/standard/schema.core.rst; in code: publiccode_rules.
"""

from datetime import date

import yaml

from ..models import Link, Relation, Solution
from .publiccode_words import CATEGORIES, SCOPES

VERSION = "0.5"
STATUS = {
    Solution.Stage.CONCEPT: "concept",
    Solution.Stage.DEVELOPMENT: "development",
    Solution.Stage.PILOT: "beta",
    Solution.Stage.PRODUCTIVE: "stable",
    Solution.Stage.SUPERSEDED: "obsolete",
}
NOT_OPEN = "LicenseRef-"
FURTHER_LINE_ENDS = {"\x85", "\u2028", "\u2029"}


def gaps(solution: Solution) -> list[str]:
    """What the standard demands and the entry does not have, in German; nothing where there is a publiccode.yml."""
    needed = {
        "ein Link zum Quelltext": first_link(solution, Link.Kind.REPOSITORY),
        "die Art der Software": solution.software_type,
        "worauf sie läuft": lines(solution.platforms),
        "eine offene Lizenz": solution.licence and not solution.licence.startswith(NOT_OPEN),
        "der Entwicklungsstand": solution.stage,
        "ihre Funktionen": solution.feature_list,
        "die Sprachen der Oberfläche": lines(solution.languages),
        "wie sie gepflegt wird": solution.maintenance,
    }
    return [label for label, value in needed.items() if not value] + gaps_of_maintenance(solution)


def gaps_of_maintenance(solution: Solution) -> list[str]:
    """Who maintains the software must be named, unless nobody does."""
    if solution.maintenance == Solution.Maintenance.CONTRACT:
        needed = {"wer sie betreibt": solution.operator, "bis wann sie gepflegt wird": solution.maintained_until}
        return [label for label, value in needed.items() if not value]
    is_cared_for = solution.maintenance in {Solution.Maintenance.INTERNAL, Solution.Maintenance.COMMUNITY}
    return ["eine Ansprechperson mit Einwilligung"] if is_cared_for and not solution.public_contacts else []


def write(solution: Solution) -> str:
    """The YAML text for a solution of ``documents.with_use`` without gaps."""
    return yaml.dump(describe(solution), Dumper=ReadableDumper, allow_unicode=True, sort_keys=False, width=110)


def describe(solution: Solution) -> dict:
    """The document as the standard wants it; what is empty is left out."""
    document = {
        "publiccodeYmlVersion": VERSION,
        "name": solution.title,
        "url": first_link(solution, Link.Kind.REPOSITORY),
        "landingURL": first_link(solution, Link.Kind.LANDING),
        "isBasedOn": based_on(solution),
        "organisation": organisation(solution),
        "softwareVersion": solution.software_version,
        "releaseDate": iso(solution.released_on),
        "platforms": lines(solution.platforms),
        "categories": sorted({word for topic in solution.topics.all() for word in CATEGORIES.get(topic.slug, [])}),
        "usedBy": [reuse.organisation_name for reuse in solution.users],
        "developmentStatus": STATUS[solution.stage],
        "softwareType": solution.software_type,
        "intendedAudience": {"countries": ["DE"], "scope": scopes(solution)},
        "description": {"de": description(solution)},
        "legal": {"license": solution.licence, "mainCopyrightOwner": solution.publisher and solution.publisher.name},
        "maintenance": maintenance(solution),
        "localisation": {
            "localisationReady": len(lines(solution.languages)) > 1,
            "availableLanguages": lines(solution.languages),
        },
        "dependsOn": depends_on(solution),
    }  # fmt: skip
    return without_empty(document)


def description(solution: Solution) -> dict:
    return {
        "shortDescription": solution.summary,
        "longDescription": solution.description,
        "documentation": first_link(solution, Link.Kind.DOCUMENTATION),
        "apiDocumentation": first_link(solution, Link.Kind.API),
        "features": solution.feature_list,
    }


def organisation(solution: Solution) -> dict:
    """Who owns the software."""
    owner = solution.publisher
    return {"name": owner.name, "uri": owner.website} if owner else {}


def maintenance(solution: Solution) -> dict:
    """Who looks after the software; ``until`` is wanted of contractors only."""
    kind = solution.maintenance
    if kind == Solution.Maintenance.CONTRACT:
        contractor = {
            "name": solution.operator.name,
            "until": iso(solution.maintained_until),
            "website": solution.operator.website,
        }
        return {"type": kind, "contractors": [contractor]}
    affiliation = solution.publisher.name if solution.publisher else ""
    people = [{"name": each.name, "email": each.email, "affiliation": affiliation} for each in solution.public_contacts]
    return {"type": kind, "contacts": people}


def based_on(solution: Solution) -> list[str]:
    """The repositories of the published solutions that this one is a variant of."""
    others = related(solution, Relation.Kind.VARIANT)
    return [url for url in (first_link(other, Link.Kind.REPOSITORY) for other in others) if url]


def depends_on(solution: Solution) -> dict:
    """The published solutions that this one needs."""
    found = {"open": [], "proprietary": []}
    for other in related(solution, Relation.Kind.NEEDS):
        found["proprietary" if other.licence.startswith(NOT_OPEN) else "open"].append({"name": other.title})
    return found


def related(solution: Solution, kind: str) -> list[Solution]:
    relations = [each for each in solution.relations.all() if each.kind == kind and each.other.is_published]
    return [each.other for each in relations]


def scopes(solution: Solution) -> list[str]:
    """The fields of application that its target groups and topics speak of."""
    words = [*solution.target_groups.all(), *solution.topics.all()]
    return sorted({scope for word in words for scope in SCOPES.get(word.slug, [])})


def first_link(solution: Solution, kind: str) -> str:
    return next((link.url for link in solution.links.all() if link.kind == kind), "")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def without_empty(value):
    """The document without empty texts, lists and sections; false stays."""
    if isinstance(value, dict):
        kept = {name: without_empty(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in ("", None, [], {})}
    return [without_empty(each) for each in value] if isinstance(value, list) else value


class ReadableDumper(yaml.SafeDumper):
    """Writes a text of several lines as a block that people can read."""


def readable_text(dumper: yaml.SafeDumper, text: str):
    """Several lines as a block; what PyYAML takes for further line ends (YAML 1.1) in quotes, escaped."""
    style = '"' if FURTHER_LINE_ENDS & set(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


ReadableDumper.add_representer(str, readable_text)
ReadableDumper.add_multi_representer(str, readable_text)
