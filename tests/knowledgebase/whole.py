"""A solution with something in every field and every kind of row."""

from datetime import date

from knowledgebase import workflow
from knowledgebase.models import LifeSituation, PublicService, Solution
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import make_attachment, make_complete, make_draft

SOFTWARE = {
    "kind": "software", "software_type": "standalone/web", "platforms": "web", "languages": "de\nen",
    "licence": "EUPL-1.2", "maintenance": "internal", "features": "Ausfüllhilfe\nStand der Bearbeitung",
    "software_version": "1.10", "released_on": date(2021, 5, 27),
}  # fmt: skip
REPOSITORY = "https://git.example.org/vertrag"


def make_whole(**overrides) -> Solution:
    """Make a draft that has everything."""
    fields = SOFTWARE | {
        "costs_as_of": date(2021, 5, 27), "once_kind": "range", "once_from": 0, "once_to": 800, "roles": "Büro",
        "operator": make_organisation(website="https://betrieb.example.org"), "needs_impact_assessment": True,
        "has_processing_agreement": False, "maturity_model": "2.0", "maturity_level": 3, "ozg_field": "bildung",
        "interfaces": "XBildung", "funding": "LEADER", "legal_requirements": "Keine.",
    }  # fmt: skip
    solution = make_complete(**fields | overrides)
    solution.audiences.create(kind="chamber")
    solution.audiences.create(kind="association")
    solution.efa_checks.create(area="legal", result="met")
    solution.links.create(kind="repository", url=REPOSITORY)
    solution.life_situations.add(LifeSituation.objects.create(kind="G", name="Ausbildung", ozg_field="bildung"))
    solution.services.add(PublicService.objects.create(name="Eintragung", leika_key="9" * 14, ozg_id="10110"))
    solution.steps.create(position=2, title="Muster ausfüllen", attachment=make_attachment(solution))
    return solution


def publish(solution: Solution) -> Solution:
    workflow.submit_solution(solution=solution, by=None)
    workflow.publish_solution(solution=solution, by=None)
    return solution


def make_published_whole(**overrides) -> Solution:
    """Make one that is published and needs one that is, and one that is not."""
    solution = make_whole(**overrides)
    solution.relations.create(kind="needs", other=publish(make_complete(title="Die andere")))
    solution.relations.create(kind="variant", other=make_draft(title="Geheimer Entwurf"))
    return publish(solution)
