"""The forms that the pages of the portal show, and how somebody fills them in."""

from collections.abc import Iterator
from urllib.parse import urljoin

from django.contrib import admin
from django.urls import reverse
from lxml import html

from knowledgebase.forms.proposals import SECTIONS
from tests import access_matrix
from tests.cast import Actor

APPS = ["actions", "knowledgebase", "surveys", "sessions_app", "pages", "directory", "lib"]
READERS = ["lead", "member", "superuser", "visitor"]
PLAUSIBLE = {"email": "x@example.org", "date": "2030-01-15", "number": "1", "url": "https://example.org/"}
OF_THE_ADMIN = {"vDateField": "15.01.2030", "vTimeField": "12:00", "vIntegerField": "1", "vBigIntegerField": "1"}


def app_of(name: str) -> str:
    """The app to which an address belongs by its name."""
    space, _, rest = name.rpartition(":")
    found = next((app for app in APPS if rest.startswith(f"{app}_")), None) if space == "admin" else space
    return found if found in APPS else "pages"


def pages_of(app: str, world: dict) -> Iterator[tuple[str, list[str]]]:
    """The pages of an app that somebody may read, with the role that sees most there."""
    for row in access_matrix.ROWS:
        readers = [role for role in READERS if row.expected[role] == 200]
        if row.method == "GET" and readers and app_of(row.name) == app:
            yield reverse(row.name, kwargs=world[row.case]), readers[:1]
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


def shown(form: html.FormElement) -> dict[str, list[str]]:
    """What is sent when somebody leaves the form as it came, and saves it."""
    fields = {name: [] for name in form.inputs.keys() if name}  # noqa: SIM118
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields | ({"_save": ["Sichern"]} if "_save" in fields else {})


def filled(form: html.FormElement) -> dict[str, list[str]]:
    """What somebody sends who fills in all in good order, a further row too; the trap for programs stays empty."""
    fields = shown(form)
    fields.pop("homepage", None)
    for element in form.inputs:
        if element.name in fields and not any(fields[element.name]) and (value := plausible(element)):
            fields[element.name] = [value]
    for name in [name for name in fields if "__prefix__" in name]:
        values, total = fields.pop(name), f"{name.partition('-__prefix__')[0]}-TOTAL_FORMS"
        fields |= {name.replace("__prefix__", fields[total][0]): values} if total in fields else {}
    return fields


def plausible(element) -> str:
    """Something for an empty field, as short as it has to be."""
    if isinstance(element, html.SelectElement):
        return next(filter(None, element.value_options), "")
    kind = "textarea" if isinstance(element, html.TextareaElement) else element.type
    if kind in {"hidden", "file", "submit", "button"}:
        return ""
    if kind in {"checkbox", "radio"}:
        return element.get("value")
    by_class = next((value for name, value in OF_THE_ADMIN.items() if name in element.get("class", "")), None)
    text = by_class or PLAUSIBLE.get(kind, f"Text {element.name}")
    return text[: int(element.get("maxlength", 1_000))]
