"""Hostile input (security.md, Input): in every form, every parameter of an address and every filter of the admin.

Nothing is listed by hand: the forms are those that the pages of the access matrix and of the admin show, the parameters
those that the code reads. What is asked is the whole way, to the database and back: no failure, no raw markup, and what
was typed well is still there where the form is refused.

Also of this class: tests/test_bad_input.py (all parameters at once), tests/surveys/test_hostile_answers.py (the
questionnaire), tests/lib/test_forms.py, test_requests.py and test_spam.py, tests/knowledgebase/test_publiccode.py,
test_dcat_file.py and test_import_solutions.py (files), tests/surveys/test_interchange.py (definitions).
"""

import inspect
import re
import sys
import traceback
from contextlib import contextmanager
from random import Random
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import hypothesis
import pytest
from django import forms
from django.contrib import admin
from django.db import connection
from django.urls import resolve, reverse
from lxml import html

from ogl_portal.lib import pdf, spam
from ogl_portal.lib.text import is_blank, plain
from tests import access_matrix
from tests.cast import Actor, undone

from .page_forms import APPS, READERS, filled, forms_of, pages_of, shown

pytestmark = [pytest.mark.deep, pytest.mark.both]
NASTY = [
    "vor\x00nach", "\ud800", "\u202eabc\u2066", "🙂" * 40, "9" * 40, "9223372036854775808", "-1", "ä" * 300, "\u200b",
    '"><script>alert(1)</script>', "\x1b[31m", "=1+1", "31.12.9999", "0000-00-00", "1e999", "NaN", "[]", "null", "%00",
    "{{ 7*7 }}{% now %}", "[x](javascript:alert(1))", "2030-13-45T25:61", "\r\n", "http://[", "a@b", "1,5", "٣",
]  # fmt: skip
TOTALS = ["", "-1", "x"]
HUGE = "x" * 1_000_000
ENGLISH = ["This field", "Enter a ", "Select a valid", "Ensure this", "Please correct", "“9999"]
IS_DEEP = hypothesis.settings.default.max_examples > 50
ROUNDS = 500 if IS_DEEP else 2
"""How often each form is sent: twice, in the deep profile 500 times."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No document is set here, and nobody has to wait before a form may be sent."""
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")
    monkeypatch.setattr(spam, "FASTEST", 0)


def spoiled(form: html.FormElement, chance: Random, number: int) -> dict[str, list[str]]:
    """Something nasty in about half of the fields; every second time in about one, so that the rest gets stored.

    The first time there is a megabyte in the last one.
    """
    fields = filled(form) if number % 2 == 0 else shown(form)
    rate = 0.5 if number % 2 == 0 else 1 / len(fields)
    nasty = {name: [chance.choice(NASTY)] if chance.random() < rate else values for name, values in fields.items()}
    totals = [name for name in fields if name.endswith("-TOTAL_FORMS")]
    for name in totals:
        rows = int(fields[name][0]) + (number % 2 == 0)
        nasty[name] = [chance.choice(TOTALS) if number and chance.random() < rate / 2 else str(rows)]
    return nasty | ({next(reversed(fields)): [HUGE]} if number == 0 else {})


def send(actor: Actor, path: str, fields: dict):
    body = urlencode(fields, doseq=True, encoding="utf-8", errors="surrogatepass").encode()
    form = "application/x-www-form-urlencoded"
    return told(lambda: actor.client.generic("POST", path, body, content_type=form))


def told(ask):
    """The answer, or in words what was raised and where."""
    try:
        return ask()
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = [f"{each.filename.rpartition('/')[2]}:{each.lineno}" for each in frames if ".venv" not in each.filename]
        return f"{type(error).__name__} {str(error)[:80]} {own[-3:]}"


def faults_of(response) -> list[str]:
    """What is wrong with the answer."""
    if isinstance(response, str):
        return [response]
    if response.status_code >= 500:
        return [f"status {response.status_code}"]
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    text = response.content.decode()
    errors = "".join(re.findall(r'(?s)<ul class="errorlist.*?</ul>|class="kern-error.*?</', text))
    faults = [f"English: {words}" for words in ENGLISH if words in errors]
    return faults + (["raw markup"] if "<script>alert(1)" in text else [])


def lost_of(form: html.FormElement, response, sent: dict[str, list[str]]) -> list[str]:
    """What was typed into a form that is shown again, and is not there any more."""
    before = shown(form)
    is_forged = any(sent[name] != before[name] for name in before if name in sent and is_hidden(form.inputs[name]))
    if is_forged or isinstance(response, str) or response.status_code != 200:
        return []
    page = html.document_fromstring(response.content.decode())
    again = next((each for each in page.forms if len(sent.keys() & set(each.inputs.keys())) > len(sent) / 2), None)
    fields = [field for field in again.inputs if is_text(field)] if again is not None else []
    typed = {field.name: field.value or "" for field in fields if field.name in sent and field.name != "homepage"}
    return [f"lost: {name}" for name, text in typed.items() if words(text) != words("".join(sent[name]))]


def is_hidden(field) -> bool:
    return getattr(field, "type", "") == "hidden"


def is_text(field) -> bool:
    """Whether people type into it; not that of the row which the admin's script copies."""
    kind = field.tag if field.tag == "textarea" else getattr(field, "type", "")
    return kind in {"text", "email", "url", "number", "textarea"} and "__prefix__" not in (field.name or "")


def words(text: str) -> list[str]:
    """What people see of it, for what has no width or is no text is taken away (lib/text.py)."""
    seen = plain(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    return [word for word in seen.split() if not is_blank(word)]


@contextmanager
def noted(classes: set[type]):
    """Note the class of every form that checks something that was sent.

    The admin makes classes for each request, and they hold on to it: those stay outside.
    """
    original = forms.BaseForm.full_clean

    def full_clean(self):
        own = [each for each in type(self).__mro__ if not each.__module__.startswith("django.")]
        classes.update(own if self.is_bound else [])
        original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms.BaseForm, "full_clean", full_clean)
        yield


def form_classes(app: str) -> set[type]:
    """The forms of an app that are no mere bases of others."""
    package = app if app not in {"pages", "directory", "lib"} else f"ogl_portal.{app}"
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {each for each in below if each.__module__.startswith(f"{package}.")}
    return {each for each in found if not set(each.__subclasses__()) & found}


ELSEWHERE = {
    "PortalModelForm", "FileForm", "SubscriptionForm",  # bases, met in the forms of other apps
    "ItemFilterForm", "SuitabilityForm", "RecommendationFilterForm", "SearchForm",  # sent by GET: further below
    "ReopenForm", "AnswerForm",  # surveys/test_reopening.py, sessions_app/test_reviewing.py
}  # fmt: skip


class Attack:
    """All forms on the pages of an app, each sent so many times, and what went wrong."""

    def __init__(self, people: dict[str, Actor]) -> None:
        self.people, self.known, self.met, self.faults, self.stored = people, set(), set(), [], 0

    def on(self, path: str, role: str) -> None:
        actor = self.people[role]
        with undone(actor):
            found = list(forms_of(actor, path))
        for form in found:
            view = resolve(urlsplit(form.action).path).view_name
            kind = (view, frozenset(filter(None, form.inputs.keys())))
            if kind not in self.known and view != "directory:sign-out":
                self.known.add(kind)
                self.send(actor, form, Random(f"{view} {sorted(kind[1])}"))

    def send(self, actor: Actor, form: html.FormElement, chance: Random) -> None:
        path = form.action.removeprefix("http://testserver")
        for number in range(ROUNDS):
            sent = spoiled(form, chance, number)
            with undone(actor), noted(self.met):
                response = send(actor, path, sent)
            self.stored += getattr(response, "status_code", 500) == 302
            self.faults += [(path, fault, sent) for fault in faults_of(response) + lost_of(form, response, sent)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("app", APPS)
def test_form_with_hostile_texts_answers_and_every_form_is_met(app, lasting_people, lasting_world):
    attack = Attack(lasting_people)
    for path, roles in pages_of(app, lasting_world):
        for role in roles:
            attack.on(path, role)
    assert attack.faults == []
    assert attack.stored >= len(attack.known) // 3  # so much got through all checks, to the database
    assert {each.__name__ for each in form_classes(app) - attack.met} - ELSEWHERE == set()


def test_member_who_claims_thousands_of_rows_gets_few_of_them(lasting_people, lasting_world):
    member, path = (
        lasting_people["member"],
        reverse("knowledgebase:proposal-section", kwargs=lasting_world["proposal-rows"]),
    )
    with undone(member):
        fields = next(filled(form) for form in forms_of(member, path) if form.action.endswith(path))
        total = next(name for name in fields if name.endswith("-TOTAL_FORMS"))
        page = send(member, path, fields | {total: ["9999"]})
    assert page.status_code == 200 and "höchstens" in page.content.decode()
    assert page.content.count(b'-DELETE"') < 200


READ = re.compile(r"""GET\.get(?:list)?\(\s*"([^"]+)"|"([^"]+)" (?:not )?in (?:self\.)?request\.GET""")
SINGLE = ["9" * 40, "-1", "x", "🙂", "7" * 5_000, ""]
NUMBERS = SINGLE[:2]
"""What databases may take differently; the rest of them Django answers, or it is text like any other."""


OF_EVERY_LIST = ["q", "p", "o", "all", "_popup", "_to_field", "_changelist_filters"]


def some(texts: list[str], number: int) -> list[str]:
    """All of them in the deep profile, else one after the other."""
    return texts if IS_DEEP else [texts[number % len(texts)]]


def singles(number: int) -> list[str]:
    """What to send a parameter; beside PostgreSQL a quick run leaves out what it answers as SQLite does."""
    texts = some(SINGLE, number)
    return texts if IS_DEEP or connection.vendor == "sqlite" else [text for text in texts if text in NUMBERS]


def parameters_of(view) -> set[str]:
    """The parameters of an address that the module of a view reads, and those of the forms that it fills from them."""
    module = sys.modules[getattr(view, "view_class", view).__module__]
    names = {first or second for first, second in READ.findall(inspect.getsource(module))}
    filters = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, forms.BaseForm)]
    source = inspect.getsource(module)
    filled_in = [each for each in filters if re.search(rf"{each.__name__}\(\s*self\.request\.GET", source)]
    return names | {name for each in filled_in for name in each.base_fields}


@pytest.mark.logs_errors
def test_each_parameter_of_an_address_alone_answers(lasting_people, lasting_world):
    faults, asked = [], set()
    for row in access_matrix.ROWS:
        role = next((role for role in READERS if row.expected[role] == 200), None)
        path = reverse(row.name, kwargs=lasting_world[row.case])
        names = parameters_of(resolve(path).func) if role and row.method == "GET" else set()
        for name in {name for name in names if (row.name, name) not in asked}:
            asked.add((row.name, name))
            for text in singles(len(asked)):
                with undone(lasting_people[role]):
                    response = get(lasting_people[role], f"{path}?{name}={quote(text)}")
                    faults += [(path, name, text, fault) for fault in faults_of(response)]
    assert faults == []
    assert {name for _, name in asked} >= {
        "page",
        "art",
        "genau",
        "version",
        "zielgruppe",
        "ausgelassen",
        "pruefen",
        "zurueck",
        "p",
        "runde",
    }


@pytest.mark.logs_errors
def test_filter_of_the_admin_with_nonsense_answers(lasting_people, lasting_world):
    lead, faults, number = lasting_people["superuser"], [], 0
    for place, model in enumerate(admin.site._registry):
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for name in [*filters_of(lead, path), *some(OF_EVERY_LIST, place)]:
            number += 1
            for text in singles(number):
                with undone(lead):
                    response = get(lead, f"{path}?{name}={quote(text)}")
                    faults += [(path, name, text, fault) for fault in faults_of(response)]
    assert faults == []
    assert number > 150


def filters_of(actor: Actor, path: str) -> list[str]:
    """The parameters of the links on a list of the admin."""
    page = html.document_fromstring(actor.client.get(path).content.decode())
    queries = [urlsplit(href).query for href in page.xpath("//a/@href") if href.startswith("?")]
    names = {name for query in queries for name, _ in parse_qsl(query, keep_blank_values=True)}
    return sorted(names - set(OF_EVERY_LIST))


def get(actor: Actor, path: str):
    return told(lambda: actor.client.get(path))
