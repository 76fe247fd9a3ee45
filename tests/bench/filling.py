"""What loading and saving a section of the questionnaire costs, beside two answers of the bare view."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import member
from tests.factories.surveys import make_round
from tests.load import SECRET, Server

from .workers import HEAD, ROUNDS, Page, ask, asking_floor, cpu_ms, numbers, portal_and_floor, print_row

FIELD = re.compile(r'<(?:input|textarea)[^>]*name="(?P<name>(?:entry|revision|A1-\w+))"[^>]*')
VALUE = re.compile(r'value="([^"]*)"')


def measure(database: str) -> None:
    """Print the row of section A: one turn is a page that is loaded and then saved."""
    person = member()
    address = make_round(person.person).get_absolute_url()
    person.client.post(address + "beginnen/")
    section = Section(address + "abschnitt/A/", person.client)
    print(f"{database}: {'Fragebogen':<25} {HEAD}")
    with portal_and_floor() as (portal, floor):
        size = len(section.load(portal))
        pairs = [(cpu_ms(portal, section.load_and_save), cpu_ms(floor, asking_floor(size, 1))) for _ in range(ROUNDS)]
    for name, queries, bound in section.counts():
        print_row(Page(f"Abschnitt laden und speichern, {name}", "", 2.5, bound), pairs, queries, size)


class Section:
    """A section as its respondent fills it in, over HTTP."""

    def __init__(self, address: str, client) -> None:
        self.address, self.client = address, client
        name = settings.SESSION_COOKIE_NAME
        self.cookie = {"Cookie": f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={SECRET}"}

    def load(self, server: Server) -> str:
        return ask(server, "GET", self.address, self.cookie)

    def load_and_save(self, server: Server) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        ask(server, "POST", self.address, self.cookie | form, urlencode(fields_of(self.load(server))))

    def counts(self) -> list[tuple[str, int, int]]:
        """„GET“ and „POST“ with what each asks the database, and how often it may; BEGIN and COMMIT ask nothing."""
        with CaptureQueriesContext(connection) as loading:
            page = self.client.get(self.address).content.decode()
        with CaptureQueriesContext(connection) as saving:
            assert self.client.post(self.address, fields_of(page)).status_code == 302
        return [("GET", questions(loading), 5), ("POST", questions(saving), 6)]


def questions(captured: CaptureQueriesContext) -> int:
    return len([query for query in captured if not query["sql"].startswith(("BEGIN", "COMMIT"))])


def fields_of(page: str) -> dict[str, str]:
    """What a browser sends back of a page: the hidden fields, and a name that is new each time."""
    found = {each["name"]: VALUE.search(each[0]) for each in FIELD.finditer(page)}
    values = {name: value[1] if value else "" for name, value in found.items()}
    return values | {"A1-name": f"Beispiel {next(numbers)}", "csrfmiddlewaretoken": SECRET}
