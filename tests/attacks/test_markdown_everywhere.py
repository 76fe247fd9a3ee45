"""Markdown end to end (security.md, Input): what somebody writes into any text of any table runs on no page.

Also of this class: tests/lib/test_markdown.py (the sanitiser), tests/knowledgebase/test_import_solutions.py and
test_proposals.py (texts from files and from members), tests/attacks/test_pdf_vectors.py (the same texts as PDF).
"""

import json
import re

import pytest
from django.conf import settings
from lxml import html

from ogl_portal.lib import pdf
from tests.cast import undone

from .poisoned import answers, poison, show_most

EVIL = """
<script>alert('boese')</script>
<img src=boese.png onerror=alert('boese')>
<svg onload=alert('boese')>
[boese](javascript:alert('boese'))
[boese](JaVaScRiPt&colon;alert('boese'))
<javascript:alert('boese')>
[boese](data:text/html;base64,boese)
[boese](vbscript:boese)
![boese](https://boese.example/x.png)
<iframe src='https://boese.example/'></iframe>
<a href='javascript:boese'>x</a>
<base href='//boese.example'>
<style>@import '//boese.example';</style>
<form action='//boese.example'><input name=boese></form>
<p style='background:url(//boese.example)'>
<object data='//boese.example'></object>
<!-- boese --><x-boese>
[x][boese]
[boese]: javascript:boese
`<b onclick=boese>`
<details open ontoggle=boese>
[boese](https://ok.example/ "x' onmouseover='boese")
| a |\n|---|\n| <b onclick=boese> |
"' onfocus=boese x="
""".strip().splitlines()
SAFE_SCHEMES = ("http://", "https://", "mailto:", "tel:", "webcal://", "/", "#", "?", ".")
USES = re.compile(r"([\w.]+)\|markdown")


def written(field) -> str:
    """All of them below a mark of the column; the short texts get what fits."""
    if field.max_length:
        return f"<b onclick=boese>{field.name}</b><script>boese</script>"
    return f"**Marke {field.name}**\n\n" + "\n\n".join(EVIL)


def faults_of(page: html.HtmlElement) -> set[str]:
    """What on a page would act or ask elsewhere for what was written."""
    faults = {f"{name} of {each.tag}" for each in page.iter() for name in each.attrib if name.startswith("on")}
    faults |= {f"<{each.tag}>" for each in page.iter() if each.tag in {"iframe", "object", "embed", "base", "x-boese"}}
    faults |= {f"script {each.text}" for each in page.iter("script") if not is_data(each)}
    faults |= {"style" for each in page.iter("style")} | {"style" for _ in page.xpath("//*[@style]")}
    addresses = page.xpath("//@href | //@src | //@action | //@srcset | //@formaction | //@poster")
    faults |= {each for each in addresses if "boese" in each and not each.lower().startswith(SAFE_SCHEMES)}
    return faults | {each for each in page.xpath("//@src | //@action") if "boese" in each}


def is_data(script: html.HtmlElement) -> bool:
    """Whether it is a file of ours, or facts for search engines that end where they should."""
    if script.get("type") == "application/ld+json":
        return bool(json.loads(script.text)) and "<" not in script.text
    return script.get("src", "").startswith("/static/") and not script.text


def names_in_templates() -> set[str]:
    """The last word of everything that a template of a page shows with ``|markdown``."""
    pages = [path for path in (settings.BASE_DIR / "templates").rglob("*.html") if "pdf" not in path.name]
    return {use.rpartition(".")[2] for path in pages for use in USES.findall(path.read_text())}


@pytest.fixture(autouse=True)
def quick_documents(monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")


def test_page_with_evil_texts_shows_them_and_runs_none(lasting_people, lasting_world):
    faults, shown, pages = {}, set(), 0
    with undone(lasting_people["lead"]):
        show_most("**Marke intro**\n\n" + "\n\n".join(EVIL))
        poisoned = poison(written)
        for row, response in answers(lasting_people, lasting_world, ("text/html",)):
            text, pages = response.content.decode(), pages + 1
            shown |= set(re.findall(r"<strong>Marke (\w+)</strong>", text))
            if text and (found := faults_of(html.document_fromstring(text))):
                faults[str(row)] = found
    assert len(poisoned) >= 140 and pages >= 115
    assert faults == {}
    assert names_in_templates() - shown == set()
