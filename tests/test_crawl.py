"""Every page that links lead to, walked with the demo's data: no dead link, valid HTML, the frame of each stands."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils import timezone
from lxml import html

from ogl_portal.directory.models import User
from ogl_portal.lib import pdf
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import due_mails
from sessions_app.models import Event

from . import cast
from .html_checker import NotingClient, errors_of

pytestmark = pytest.mark.django_db
MOST_PAGES = 500
READERS = ["", "gast@example.org", "mitglied1@example.org", "leitung@example.org"]


@pytest.fixture
def demo(demo_data, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7\n%%EOF")


def sign_in(client, email: str) -> None:
    if email:
        cast.sign_in(client, User.objects.get(email=email))


def crawl(client, start: str) -> dict[str, html.HtmlElement]:
    """Follow every link within the portal, the admin aside; return the pages by address."""
    pages, waiting, seen = {}, [start], {start}
    while waiting:
        assert len(seen) < MOST_PAGES, f"There is no end: {sorted(waiting)[:20]}"
        path = waiting.pop(0)
        response = client.get(path, follow=True)
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        path = response.redirect_chain[-1][0] if response.redirect_chain else path
        if response.headers["Content-Type"].startswith("text/html"):
            pages[path] = html.fromstring(response.content)
            new = links_of(pages[path], path) - seen
            seen |= new
            waiting += sorted(new)
    return pages


def links_of(page: html.HtmlElement, path: str) -> set[str]:
    """The addresses within the portal that a page links to, without fragments."""
    found = set()
    for href in page.xpath("//a/@href"):
        parts = urlsplit(urljoin(f"http://testserver{path}", href))
        if parts.netloc == "testserver" and not parts.path.startswith("/admin/"):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def test_crawl_by_each_reader_finds_sound_pages_of_valid_html_only(demo):
    client = NotingClient()
    for email in READERS:
        sign_in(client, email)
        pages = crawl(client, "/")
        assert len(pages) > 20
        faults = {path: faults_of(page) for path, page in pages.items()}
        assert {path: found for path, found in faults.items() if found} == {}, email
        send_forms_empty(client, pages, email)
        if not email:
            assert_no_page_has_a_link_to_take_part(pages)
            assert_titles_differ(pages)
    look_around_in_the_admin(client)
    note_error_pages_and_mails(client)
    broken = {"broken": b"<!DOCTYPE html><html lang=de><title>x</title><p id=a><p id=a>"}
    errors = errors_of(client.pages | broken)
    assert {message: pages for message, pages in errors.items() if "broken" not in str(pages)} == {}
    assert "Duplicate ID “a”." in errors  # so the checker was at work


def send_forms_empty(client, pages: dict[str, html.HtmlElement], email: str) -> None:
    """Send one form to each address of a kind with nothing in it, and take back what that does."""
    kinds = set()
    for path, page in pages.items():
        for form in page.forms:
            action = urljoin(path, form.action or "")
            kind = resolve(urlsplit(action).path).view_name
            if form.method == "POST" and kind not in kinds:
                kinds.add(kind)
                with transaction.atomic():
                    client.post(action)
                    transaction.set_rollback(True)
                sign_in(client, email)
    assert kinds


def look_around_in_the_admin(client) -> None:
    """The lead's first page, and of every model its list, an empty form sent off, and one object."""
    User.objects.filter(email=READERS[-1]).update(second_factor_since=timezone.now())
    sign_in(client, READERS[-1])
    assert client.get("/admin/").status_code == 200
    for model in admin.site._registry:
        name, one = f"admin:{model._meta.app_label}_{model._meta.model_name}", model._default_manager.first()
        client.get(reverse(f"{name}_changelist"))
        client.post(reverse(f"{name}_add"))
        if one:
            client.get(reverse(f"{name}_change", args=[one.pk]))
            client.get(reverse(f"{name}_delete", args=[one.pk]))


def note_error_pages_and_mails(client) -> None:
    for template in ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]:
        client.note(template, render_to_string(template, {"message": "Nicht lesbar."}))
    assert list(due_mails.ask(now=timezone.now()))
    for mail in OutgoingMail.objects.exclude(html=""):
        client.note(f"mail „{mail.subject}“", mail.html)


def assert_no_page_has_a_link_to_take_part(pages: dict[str, html.HtmlElement]) -> None:
    links = Event.objects.filter(is_open_to_all=False).exclude(join_url="").values_list("join_url", flat=True)
    texts = {path: html.tostring(page, encoding="unicode") for path, page in pages.items()}
    assert links
    assert [(path, link) for path, text in texts.items() for link in links if link in text] == []


def faults_of(page: html.HtmlElement) -> list[str]:
    """What is wrong with the frame of a page (accessibility.md, 7, 10, 12)."""
    ids = Counter(page.xpath("//@id"))
    faults = [f"id {name} occurs {times} times" for name, times in ids.items() if times > 1]
    names = [
        name
        for value in page.xpath("//@aria-describedby | //@aria-labelledby | //label/@for")
        for name in value.split()
    ]
    faults += [f"no element has the id {name}" for name in names if name not in ids]
    faults += [
        f"link to #{name}, which is nowhere"
        for name in page.xpath("//a[starts-with(@href, '#')]/@href")
        if name[1:] not in ids
    ]
    for what, path in FRAME.items():
        faults += [] if len(page.xpath(path)) == 1 else [f"{len(page.xpath(path))} × {what}"]
    return faults + heading_jumps(page)


FRAME = {
    "German page": "//html[@lang='de']",
    "title": "/html/head/title[normalize-space()]",
    "h1": "//h1",
    "main": "//main[@id='inhalt']",
    "link to the content": "//a[@href='#inhalt']",
    "page footer": "//body/footer | //body/*/footer[not(ancestor::main)]",
} | {
    f"link to {name} in the footer": f"//footer//a[@href='{path}']"
    for name, path in {
        "imprint": "/impressum/",
        "privacy": "/datenschutz/",
        "accessibility": "/barrierefreiheit/",
        "barrier form": "/barriere-melden/",
    }.items()
}


def heading_jumps(page: html.HtmlElement) -> list[str]:
    levels = [
        int(heading.tag[1])
        for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    ]
    return [f"h{above} is followed by h{below}" for above, below in pairwise(levels) if below > above + 1]


def assert_titles_differ(pages: dict[str, html.HtmlElement]) -> None:
    titles = Counter(page.findtext(".//title").strip() for path, page in pages.items() if "?" not in path)
    assert [title for title, times in titles.items() if times > 1] == []


LISTS = [
    "home", "sessions_app:event-list", "sessions_app:report-list", "sessions_app:recommendation-list",
    "actions:item-list", "surveys:round-list",
]  # fmt: skip


@pytest.mark.parametrize("name", [*LISTS, "pages:search", "knowledgebase:solution-list", "directory:my-area"])
def test_page_of_an_empty_portal_stands(member, name):
    response = member.client.get(reverse(name))
    assert response.status_code == 200
    assert faults_of(html.fromstring(response.content)) == []
