import pytest

from knowledgebase import demo
from knowledgebase.models import Solution
from ogl_portal.directory import demo as directory_demo

pytestmark = pytest.mark.django_db


def test_demo_has_the_reports_example_and_five_more_that_say_beispiel():
    for part in [directory_demo, demo, demo]:
        part.load()
    published = Solution.objects.published().newest_first()
    assert published.count() == 6
    assert published[0].title == "Digitale Anmeldung eines Ausbildungsvertrages"
    assert all(solution.is_example and "Beispiel" in solution.description for solution in published)
    assert len({solution.kind for solution in published}) >= 5
    assert Solution.objects.filter(status="draft").count() == 1
