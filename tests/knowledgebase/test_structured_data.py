"""What search engines read of an entry (JSON-LD)."""

import json
import re

import pytest

from knowledgebase import structured_data
from knowledgebase.models import Audience, Link, PublicService, Relation
from ogl_portal.lib import search
from tests.factories.knowledgebase import make_attachment, make_published

pytestmark = pytest.mark.django_db


def facts_of(actor, solution) -> dict:
    html = actor.client.get(solution.get_absolute_url()).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_facts_follow_the_mapping(visitor):
    solution = make_published(
        kind="software", licence="EUPL-1.2", once_kind="range", once_from=5, once_to=9, features="Schnell\nGut",
        software_type="standalone/web", platforms="web\nlinux", technical_requirements="Ein **Server**",
    )  # fmt: skip
    Link.objects.create(solution=solution, kind="repository", url="https://example.org/git")
    Audience.objects.create(solution=solution, kind="chamber")
    attachment = make_attachment(solution)
    facts = facts_of(visitor, solution)
    expected = {
        "@context": "https://schema.org", "@type": "SoftwareApplication", "identifier": solution.uuid.urn,
        "name": solution.title, "abstract": solution.summary, "license": "https://spdx.org/licenses/EUPL-1.2.html",
        "url": f"http://testserver{solution.get_absolute_url()}", "featureList": ["Schnell", "Gut"], "inLanguage": "de",
        "keywords": ["Sonstiges"], "creativeWorkStatus": "Published", "operatingSystem": "web, linux",
        "softwareRequirements": "Ein Server", "codeRepository": "https://example.org/git", "version": 1,
        "dateModified": solution.changed_at.isoformat(timespec="seconds"),
    }  # fmt: skip
    assert {name: facts[name] for name in expected} == expected
    assert facts["publisher"]["name"] == solution.publisher.name
    assert facts["publisher"]["contactPoint"][0]["email"] == "karla@example.org"
    assert [each["audienceType"] for each in facts["audience"]] == ["Kommunalverwaltungen", "Kammer"]
    assert facts["offers"][0]["priceSpecification"] == {
        "@type": "PriceSpecification", "minPrice": 5, "maxPrice": 9, "priceCurrency": "EUR"
    }  # fmt: skip
    assert len(facts["offers"]) == 1
    assert facts["hasPart"]["totalTime"] == "P3W"
    assert facts["hasPart"]["step"][0]["name"] == "Anfangen"
    assert facts["encoding"][0]["sha256"] == attachment.sha256
    assert "Web, Linux</dd>" in visitor.client.get(solution.get_absolute_url()).content.decode()


def test_amount_that_is_no_sum_says_its_unit():
    solution = make_published(once_kind="none", yearly_kind="range", yearly_from=1, yearly_to=2,
                              cost_basis="per-inhabitant")  # fmt: skip
    once, yearly = structured_data.describe(solution)["offers"]
    assert once["price"] == 0
    assert yearly["priceSpecification"] == {
        "@type": "UnitPriceSpecification", "unitText": "je Einwohnerin und Einwohner", "minPrice": 1, "maxPrice": 2,
        "priceCurrency": "EUR",
    }  # fmt: skip


def test_guide_is_a_how_to_and_costs_nothing():
    facts = structured_data.describe(make_published(kind="guide", once_kind="none"))
    assert (facts["@type"], facts["totalTime"], facts["offers"][0]["price"]) == ("HowTo", "P3W", 0)


def test_services_carry_their_keys():
    solution = make_published()
    solution.services.add(PublicService.objects.create(name="Anmeldung", leika_key="9" * 14))
    assert structured_data.describe(solution)["about"][0]["identifier"] == [
        {"@type": "PropertyValue", "propertyID": "LeiKa", "value": "9" * 14}
    ]


def test_facts_end_no_script_and_keep_the_text(visitor):
    title = "</script><script>alert(1)</script> & „ß“"
    solution = make_published(title=title)
    assert facts_of(visitor, solution)["name"] == title
    assert b"<script>alert(1)" not in visitor.client.get(solution.get_absolute_url()).content


def test_facts_name_no_contact_without_consent(visitor):
    solution = make_published()
    facts_of(visitor, solution)
    solution.contacts.update(consented_on=None)
    search.update(solution)
    assert "contactPoint" not in facts_of(visitor, solution)["publisher"]


def test_facts_name_published_bases_only(visitor):
    solution, base = make_published(), make_published()
    Relation.objects.create(solution=solution, kind="variant", other=base)
    assert facts_of(visitor, solution)["isBasedOn"] == [f"http://testserver{base.get_absolute_url()}"]
    type(base).objects.filter(pk=base.pk).update(status="archived")
    search.update(base)
    assert "isBasedOn" not in facts_of(visitor, solution)
