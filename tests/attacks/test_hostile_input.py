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
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import hypothesis
import pytest
from django import forms
from django.contrib import admin
from django.urls import resolve, reverse
from lxml import html

from knowledgebase.forms.proposals import SECTIONS
from ogl_portal.lib import pdf, spam
from tests import access_matrix
from tests.cast import Actor, undone

NASTY = [
    "vor\x00nach", "\ud800", "\u202eabc\u2066", "🙂" * 40, "9" * 40, "9223372036854775808", "-1", "ä" * 300, "\u200b",
    '"><script>alert(1)</script>', "\x1b[31m", "=1+1", "31.12.9999", "0000-00-00", "1e999", "NaN", "[]", "null", "%00",
    "{{ 7*7 }}{% now %}", "[x](javascript:alert(1))", "2030-13-45T25:61", "\r\n", "http://[", "a@b", "1,5", "٣",
]  # fmt: skip
TOTALS = ["", "-1", "x"]
HUGE = "x" * 1_000_000
ENGLISH = ["This field", "Enter a ", "Select a valid", "Ensure this", "Please correct", "“9999"]
PLAUSIBLE = {"email": "x@example.org", "date": "2030-01-15", "number": "1", "url": "https://example.org/"}
ROUNDS = max(2, hypothesis.settings.default.max_examples // 4 * (hypothesis.settings.default.max_examples > 50))
"""How often each form is sent: twice, in the deep profile 500 times."""
APPS = ["actions", "knowledgebase", "surveys", "sessions_app", "pages", "directory", "lib"]
READERS = ["lead", "member", "superuser", "visitor"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No document is set here, and nobody has to wait before a form may be sent."""
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")
    monkeypatch.setattr(spam, "FASTEST", 0)


def app_of(name: str) -> str:
    """The app to which an address belongs by its name."""
    space, _, rest = name.rpartition(":")
    found = next((app for app in APPS if rest.startswith(f"{app}_")), None) if space == "admin" else space
    return found if found in APPS else "pages"


def pages_of(app: str, world: dict) -> Iterator[tuple[str, list[str]]]:
    """The pages of an app that somebody may read, with the roles that see different things there."""
    for row in access_matrix.ROWS:
        readers = [role for role in READERS if row.expected[role] == 200]
        if row.method == "GET" and readers and app_of(row.name) == app:
            yield reverse(row.name, kwargs=world[row.case]), readers[:2]
    if app == "knowledgebase":
        for section in SECTIONS:
            yield reverse("knowledgebase:proposal-section", kwargs=world["proposal"] | {"key": section.key}), ["member"]
    yield from [(reverse("directory:sign-in"), ["visitor"])] if app == "directory" else []
    for model in admin.site._registry:
        if model._meta.app_label == app:
            name, one = f"admin:{app}_{model._meta.model_name}", model._default_manager.order_by("-pk").first()
            yield reverse(f"{name}_changelist"), ["lead"]
            yield reverse(f"{name}_add"), ["lead"]
            yield from [(reverse(f"{name}_change", args=[one.pk]), ["lead"])] if one else []


def forms_of(actor: Actor, path: str) -> Iterator[html.FormElement]:
    """The forms on a page that change something."""
    response = actor.client.get(path)
    if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
        page = html.document_fromstring(response.getvalue().decode())
        page.make_links_absolute(urljoin("http://testserver", path))
        for form in page.forms:
            form.action = form.action or urljoin("http://testserver", path)
            yield from [form] if form.method == "POST" else []


def filled(form: html.FormElement) -> dict[str, list[str]]:
    """What somebody sends who fills in everything in good order; the trap for programs stays empty."""
    fields = {name: [] for name in form.inputs.keys() if name and name != "homepage"}  # noqa: SIM118
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    for name in [name for name in fields if "__prefix__" in name]:  # an empty row, as a script or a reader would add it
        total = f"{name.partition('-__prefix__')[0]}-TOTAL_FORMS"
        values = fields.pop(name)
        fields |= {name.replace("__prefix__", fields[total][0]): values} if total in fields else {}
    for element in form.inputs:
        if element.name in fields and not any(fields[element.name]) and (value := plausible(element)):
            fields[element.name] = [value]
    return fields


def plausible(element) -> str:
    """Something for an empty field."""
    if isinstance(element, html.SelectElement):
        return next(filter(None, element.value_options), "")
    kind = "textarea" if isinstance(element, html.TextareaElement) else element.type
    if kind in {"hidden", "file", "submit", "button"}:
        return ""
    return element.get("value") if kind in {"checkbox", "radio"} else PLAUSIBLE.get(kind, f"Text {element.name}")


def spoiled(fields: dict, chance: Random, is_first: bool) -> dict[str, list[str]]:
    """The same with something nasty in about half of the fields; once a megabyte in the last one."""
    nasty = {name: [chance.choice(NASTY)] if chance.random() < 0.5 else values for name, values in fields.items()}
    totals = [name for name in fields if name.endswith("-TOTAL_FORMS")]
    for name in totals:
        nasty[name] = [chance.choice(TOTALS) if chance.random() < 0.2 else str(int(fields[name][0]) + 1)]
    return nasty | ({next(reversed(fields)): [HUGE]} if is_first and fields else {})


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


@contextmanager
def noted(classes: set[type]):
    """Note the class of every form that checks something that was sent."""
    original = forms.BaseForm.full_clean

    def full_clean(self):
        classes.update(type(self).__mro__ if self.is_bound else [])
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
        self.people, self.known, self.met, self.faults = people, set(), set(), []

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
        fields, path = filled(form), form.action.removeprefix("http://testserver")
        for number in range(ROUNDS):
            sent = spoiled(fields, chance, number == 0)
            with undone(actor), noted(self.met):
                self.faults += [(path, fault, sent) for fault in faults_of(send(actor, path, sent))]


@pytest.mark.logs_errors
@pytest.mark.parametrize("app", APPS)
def test_form_with_hostile_texts_answers_and_every_form_is_met(app, lasting_people, lasting_world):
    attack = Attack(lasting_people)
    for path, roles in pages_of(app, lasting_world):
        for role in roles:
            attack.on(path, role)
    assert attack.faults == []
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


OF_EVERY_LIST = ["q", "p", "o", "all", "_popup", "_to_field", "_changelist_filters"]


def some(texts: list[str], number: int) -> list[str]:
    """All of them in the deep profile, else one after the other."""
    return texts if ROUNDS > 2 else [texts[number % len(texts)]]


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
            for text in some(SINGLE, len(asked)):
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
            for text in some(SINGLE, number):
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
