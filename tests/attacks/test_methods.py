"""Access, other methods: what no page offers opens nothing and changes nothing.

GET and POST by role: tests/test_access.py, with the matrix in tests/access_matrix.py. The admin's own pages by role and
right: test_rights_of_staff.py.
"""

import pytest
from django.contrib import admin
from django.urls import reverse

from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.audit.reading import RecordsReading
from tests.cast import undone

from .asking import MODELS, ask, every_path, path_of, rows

pytestmark = pytest.mark.usefixtures("quick_documents", "quick_refusals")
UNKNOWN = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def test_method_that_no_page_offers_is_refused_by_every_address(lasting_people):
    paths = every_path()
    assert len(paths) > 350
    with undone(lasting_people["lead"]):
        client = lasting_people["lead"].client
        questions = [(method, path) for path in paths for method in UNKNOWN]
        assert [each for each in questions if client.generic(*each).status_code != 405] == []


def test_head_is_answered_as_get_is_and_changes_nothing(lasting_people, lasting_world):
    wrong = []
    for row in {row.name: row for row in rows("GET")}.values():
        role = "lead" if row.name.startswith("admin:") else "visitor"
        response = ask(lasting_people[role], "HEAD", path_of(row, lasting_world))
        if response.status_code != row.expected[role] or response.tables:
            wrong.append((str(row), response.status_code, response.tables))
    assert wrong == []


def trail(actor, method: str, path: str) -> list[str]:
    """What the audit trail says of one request."""
    with undone(actor):
        before = AuditRecord.objects.count()
        getattr(actor.client, method.lower())(path)
        return list(AuditRecord.objects.order_by("pk").values_list("what", flat=True)[before:])


def test_head_leaves_the_same_trail_as_get(lasting_people, lasting_world):
    """The length of an answer tells whether a search has found something: asking for it is reading."""
    recorded = [name for name, model in MODELS.items() if isinstance(admin.site._registry[model], RecordsReading)]
    paths = [reverse(f"admin:{name}_changelist") for name in recorded]
    paths += [path_of(row, lasting_world) for row in rows("GET") if row.name.startswith("admin:surveys")]
    lead = lasting_people["lead"]
    trails = {path: (trail(lead, "GET", path), trail(lead, "HEAD", path)) for path in paths}
    assert sum(bool(get) for get, _ in trails.values()) > 10
    assert {path: pair for path, pair in trails.items() if pair[0] != pair[1]} == {}
