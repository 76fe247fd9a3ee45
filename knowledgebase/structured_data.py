"""A solution in the words of schema.org, for search engines (mapping: knowledgebase.md)."""

from django.conf import settings

from ogl_portal.lib.markdown import to_text

from .models import Attachment, Contact, Link, Solution

Kind, Stage = Solution.Kind, Solution.Stage
TYPES = {
    Kind.ONLINE_SERVICE: "SoftwareApplication",
    Kind.SOFTWARE: "SoftwareApplication",
    Kind.PROCESS: "HowTo",
    Kind.GUIDE: "HowTo",
    Kind.DATA: "CreativeWork",
    Kind.ORGANISATION: "CreativeWork",
}
STATUS = {Stage.CONCEPT: "Draft", Stage.DEVELOPMENT: "Incomplete", Stage.PILOT: "Incomplete",
          Stage.PRODUCTIVE: "Published", Stage.SUPERSEDED: "Obsolete"}  # fmt: skip
LINKS = {Link.Kind.REPOSITORY: "codeRepository", Link.Kind.DOCUMENTATION: "softwareHelp"}
SPDX = "https://spdx.org/licenses/"


def describe(solution: Solution) -> dict:
    """Return the facts that change with the entry only; ``with_today`` adds those that change with the day."""
    kind = TYPES.get(solution.kind, "CreativeWork")
    title = f"So übernehmen Sie „{solution.title}“"
    facts = {"@context": "https://schema.org", "@type": kind, **identity(solution), **use(solution)}
    facts |= software(solution) if kind == "SoftwareApplication" else {}
    facts |= steps(solution) if kind == "HowTo" else {"hasPart": {"@type": "HowTo", "name": title, **steps(solution)}}
    return filled(facts)


def with_today(facts: dict, contacts: list[Contact], others: list[Solution]) -> dict:
    """Add whom to ask, as far as their consent holds today, and what it is based on, as far as that is published."""
    points = [
        {"@type": "ContactPoint", "name": each.name, "contactType": each.get_role_display(), "email": each.email}
        for each in contacts
    ]
    publisher = filled(facts.get("publisher", {"@type": "Organization"}) | {"contactPoint": points})
    return filled(facts | {"publisher": publisher, "isBasedOn": [address(other) for other in others]})


def identity(solution: Solution) -> dict:
    """What it is, who publishes it, and when."""
    return {
        "@id": solution.uuid.urn,
        "identifier": solution.uuid.urn,
        "url": address(solution),
        "name": solution.title,
        "abstract": solution.summary,
        "description": to_text(solution.description),
        "inLanguage": "de",
        "genre": solution.get_kind_display(),
        "publisher": organisation(solution.publisher),
        "provider": organisation(solution.operator),
        "datePublished": day(solution.published_at),
        "dateModified": solution.changed_at.isoformat(timespec="seconds"),
        "version": solution.version,
        "license": licence(solution),
        "creativeWorkStatus": STATUS.get(solution.stage),
    }


def use(solution: Solution) -> dict:
    """For whom it is, what it costs, and what comes with it."""
    return {
        "keywords": [topic.name for topic in solution.topics.all()],
        "audience": [{"@type": "Audience", "audienceType": name} for name in audiences(solution)],
        "offers": offers(solution),
        "about": [service(each) for each in solution.services.all()],
        "accessibilitySummary": solution.accessibility_statement,
        "encoding": [encoding(each) for each in solution.attachments.all()],
    }


def filled(facts: dict) -> dict:
    """The facts that say something."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def address(solution: Solution) -> str:
    return settings.SITE_URL + solution.get_absolute_url()


def day(moment) -> str:
    return moment.date().isoformat() if moment else ""


def audiences(solution: Solution) -> list[str]:
    return [group.name for group in solution.target_groups.all()] + [str(each) for each in solution.audiences.all()]


def licence(solution: Solution) -> str:
    """The address that SPDX gives it, or its name."""
    is_listed = solution.licence and not solution.licence.startswith("LicenseRef-")
    return f"{SPDX}{solution.licence}.html" if is_listed else solution.get_licence_display()


def organisation(organisation) -> dict:
    if organisation is None:
        return {}
    return filled({"@type": "Organization", "name": organisation.name, "url": organisation.website})


def service(service) -> dict:
    """A service of the administration with its keys."""
    keys = {"LeiKa": service.leika_key, "OZG": service.ozg_id}
    identifiers = [{"@type": "PropertyValue", "propertyID": name, "value": key} for name, key in keys.items() if key]
    return filled({"@type": "GovernmentService", "name": service.name, "identifier": identifiers})


def offers(solution: Solution) -> list[dict]:
    """What it costs, once and a year; nothing where that is told on request."""
    costs = [
        ("einmalig", solution.once_kind, solution.once_from, solution.once_to),
        ("im Jahr", solution.yearly_kind, solution.yearly_from, solution.yearly_to),
    ]
    told = {solution.CostKind.NONE, solution.CostKind.RANGE}
    return [offer(label, low, high, solution.cost_unit) for label, kind, low, high in costs if kind in told]


def offer(label: str, low: int | None, high: int | None, unit: str) -> dict:
    """One kind of cost; ``unit`` is what an amount is counted by, empty for a sum."""
    if high is None:
        return {"@type": "Offer", "name": label, "price": 0, "priceCurrency": "EUR"}
    kind = {"@type": "UnitPriceSpecification", "unitText": unit} if unit else {"@type": "PriceSpecification"}
    amounts = {**kind, "minPrice": low, "maxPrice": high, "priceCurrency": "EUR"}
    return {"@type": "Offer", "name": label, "priceSpecification": amounts}


def encoding(attachment: Attachment) -> dict:
    return {
        "@type": "MediaObject",
        "name": attachment.title,
        "contentUrl": settings.SITE_URL + attachment.get_absolute_url(),
        "encodingFormat": attachment.content_type,
        "contentSize": str(attachment.size),
        "sha256": attachment.sha256,
        "inLanguage": attachment.language,
    }


def steps(solution: Solution) -> dict:
    """The steps, and how long the whole takes (ISO 8601)."""
    found = [
        {"@type": "HowToStep", "position": each.position, "name": each.title, "text": to_text(each.text) or each.title}
        for each in solution.steps.all()
    ]
    return filled({"totalTime": f"P{solution.duration_weeks}W" if solution.duration_weeks else "", "step": found})


def software(solution: Solution) -> dict:
    found = {name: link.url for link in solution.links.all() if (name := LINKS.get(link.kind))}
    return {
        "applicationCategory": solution.get_software_type_display(),
        "featureList": solution.feature_list,
        "operatingSystem": ", ".join(solution.platforms.splitlines()),
        "softwareVersion": solution.software_version,
        "softwareRequirements": to_text(solution.technical_requirements),
        **found,
    }
