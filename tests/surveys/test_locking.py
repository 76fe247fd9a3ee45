"""Two transactions that lock the same rows in different orders end in a deadlock on PostgreSQL."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys import workflow
from surveys.models import Entry
from tests.factories.directory import make_person
from tests.factories.surveys import fill, make_complete_response, make_entry, make_round, submit

pytestmark = pytest.mark.django_db
TAKES_HOLD = ("UPDATE", "INSERT", "DELETE", 'SELECT "surveys_response"."id"')
"""How a statement that locks begins; the last one is what ``lock`` asks, which SQLite does without a word of locks."""


def remove_entry(entry, lead):
    workflow.remove_entry(entry=entry)


def save_entry(entry, lead):
    workflow.save_entry(entry=entry, draft={"B1": "Neu"}, revision=entry.revision)


def add_upload(entry, lead):
    file = SimpleUploadedFile("ablauf.pdf", b"%PDF-1.7\n%%EOF")
    return workflow.add_upload(entry=entry, question_key="B9", file=file)


def remove_upload(entry, lead):
    workflow.remove_upload(entry=entry, uuid=entry.uploads.get().uuid)


def withdraw_consent(entry, lead):
    workflow.withdraw_consent(consent=entry.response.consents.current().get(question_key="G2"))


def ask_back(entry, lead):
    until = timezone.localdate() + timedelta(days=1)
    workflow.ask_back(entry=entry, question="Wann?", until=until, revision=0, by=lead.user)


def delete_response(entry, lead):
    workflow.delete_response(response=entry.response)


def delete_raw_answers(entry, lead):
    workflow.delete_raw_answers(response=entry.response, now=timezone.now())


def submit_again(entry, lead):
    submit(entry.response)


VERBS = [
    remove_entry, save_entry, add_upload, remove_upload, withdraw_consent, ask_back, delete_response,
    delete_raw_answers, submit_again,
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_verb_takes_hold_of_the_response_before_its_parts(member, lead, verb):
    """As moving a round to another version does, which then writes to all entries."""
    response = make_complete_response(member.person)
    fill(response, "G", {"G2": "yes"})
    add_upload(make_entry(response), lead)
    submit(response)
    entry = Entry.objects.select_related("response__round__version").get(uploads__isnull=False)
    with CaptureQueriesContext(connection) as queries:
        verb(entry, lead)
    taken = [query["sql"] for query in queries if query["sql"].startswith(TAKES_HOLD)]
    assert re.search(r'(?:FROM|UPDATE|INTO) "(\w+)"', taken[0])[1] == "surveys_response"


def test_paper_return_takes_hold_of_the_round_before_it_asks_who_has_begun(lead):
    """As beginning online does: nobody can begin between the question and the answer."""
    round, person = make_round(), make_person()
    with CaptureQueriesContext(connection) as queries:
        workflow.begin_paper_return(round=round, person=person, by=lead.user)
    read = [
        table for query in queries for table in re.findall(r'FROM "(surveys_round|surveys_response)"', query["sql"])
    ]
    assert read[:2] == ["surveys_round", "surveys_response"]
