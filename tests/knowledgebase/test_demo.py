"""The demo has something for every facet and state, and says that it is made up."""

import pytest
from django.utils import timezone

from knowledgebase.facets import CostClass, cost_class
from knowledgebase.models import Audience, Contact, EfaCheck, OzgField, Review, Solution
from knowledgebase.workflow import missing_fields
from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib import uploads
from ogl_portal.lib.models import OutgoingMail

pytestmark = pytest.mark.django_db
AZUBI = "digitale-anmeldung-eines-ausbildungsvertrages"


@pytest.fixture
def published(demo_data):
    """What everybody sees of the demo."""
    return Solution.objects.published()


def test_demo_has_every_state_and_says_beispiel(published):
    assert published.count() >= 12
    everything = Solution.objects.all()
    assert all(solution.is_example for solution in everything)
    assert all("Beispiel" in solution.description for solution in everything.exclude(description=""))
    assert {solution.status for solution in everything} == set(Solution.Status.values)
    assert everything.filter(status="draft").exclude(return_note="").get().proposed_by is not None
    overdue = published.due_for_review()
    assert 0 < overdue.count() < published.count()
    assert published.filter(reuses=None).exists() and published.exclude(reuses=None).exists()


def test_demo_of_the_wissensdatenbank_writes_no_mail(demo_data, kept_demo):
    assert kept_demo.mails["knowledgebase.demo"] == 0
    assert sum(kept_demo.mails.values()) == OutgoingMail.objects.count()


def test_demo_fills_every_facet(published):
    for name in ["kind", "reuse_model", "stage", "once_kind", "yearly_kind", "cost_basis", "maturity_model"]:
        choices = {value for value, _ in Solution._meta.get_field(name).choices}
        assert choices <= set(published.values_list(name, flat=True)), name
    for model in [Topic, TargetGroup]:
        assert not model.objects.exclude(solutions__in=published).exists()
    assert set(Audience.objects.filter(solution__in=published).values_list("kind", flat=True)) == set(Audience.Kind)
    assert {solution.effort_class for solution in published} == set(Solution.EffortClass)
    assert {cost_class(solution) for solution in published} >= set(CostClass)
    assert set(published.values_list("ozg_field", flat=True)) >= set(OzgField)


def test_demo_fills_more_than_one_page_of_the_catalogue(published, visitor):
    assert "Seite 1 von 2" in visitor.client.get("/wissensdatenbank/").content.decode()


def test_demo_publishes_by_a_second_person_what_is_complete(published):
    for solution in published.exclude(status="archived"):
        assert missing_fields(solution) == [], solution
        assert solution.published_by != solution.submitted_by
        assert solution.snapshots.count() >= 3
    assert Review.objects.filter(solution__in=published).count() == published.count()
    ending = [contact for contact in Contact.objects.all() if contact.consent_ends_soon]
    assert ending and all(contact.is_public for contact in ending)


def test_demo_has_the_reports_example_worked_out(published):
    solution = published.newest_first()[0]
    assert (solution.slug, solution.title) == (AZUBI, "Verträge für Azubis digital anmelden")
    left_out = {"origin", "proposed_by", "review_mailed_for", "return_note", "changed_alone_at", "changed_alone_by"}
    fields = [field for field in Solution._meta.concrete_fields if field.name not in left_out]
    assert [field.name for field in fields if getattr(solution, field.attname) in (None, "")] == []
    assert solution.steps.count() >= 6 and solution.steps.exclude(attachment=None).count() >= 2
    assert solution.efa_checks.count() == len(EfaCheck.Area) and len(solution.public_contacts) == 2
    for rows in [solution.links, solution.services, solution.life_situations, solution.relations, solution.reuses]:
        assert rows.exists()
    assert solution.services.get().leika_key == "00000000000001"
    assert solution.snapshots.get(number=2).message == "Nach der Erprobung angepasst."


def test_demo_makes_files_that_would_be_taken_from_anybody(published):
    attachments = {attachment.content_type: attachment for attachment in published.get(slug=AZUBI).attachments.all()}
    assert set(attachments) == {uploads.PDF, uploads.ODT, uploads.PNG}
    for content_type, attachment in attachments.items():
        with attachment.file.open() as file:
            content = file.read()
        assert uploads.recognise(content) == content_type and len(content) == attachment.size


def test_demo_has_software_with_a_repository(published):
    software = published.filter(kind="software", links__kind="repository", released_on__lte=timezone.localdate())
    assert software.exclude(software_type="").exclude(languages="").exclude(maintenance="").count() >= 2
