"""Pages with next steps cost as many questions to the database whether there are 10 of them or 10,000."""

import pytest

from ogl_portal.lib import pdf
from tests.bench import reports

pytestmark = pytest.mark.django_db
MOST = {"Report": 8, "Nächste Schritte": 5}


def test_report_and_tracker_with_10000_items_ask_as_often_as_with_10(monkeypatch):
    monkeypatch.setattr(pdf, "from_html", lambda html: b"%PDF-1.7" + html.encode())
    asked = {}
    for row in reports.rows(rounds=1):
        asked.setdefault(row["page"], []).append(row["queries"])
    assert asked.keys() == MOST.keys()
    for page, (few, many) in asked.items():
        assert 0 < few == many <= MOST[page], page
