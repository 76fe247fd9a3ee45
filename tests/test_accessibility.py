"""What everybody must find on every page, and forms that browsers can fill in (accessibility.md, 8, 10, 11, 12)."""

import pytest
from django.conf import settings
from django.forms import EmailInput
from django.template.loader import render_to_string
from django.urls import get_resolver
from lxml.html import fromstring

from ogl_portal.lib.forms import PortalForm, PortalModelForm
from tests.factories.surveys import make_entry, make_response

FOUND_EVERYWHERE = ["/hilfe/", "/barriere-melden/", "/barrierefreiheit/", "/datenschutz/", "/impressum/"]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]


def duties_of(html: str | bytes) -> list[str]:
    """Where the foot of a page leads to, of what every page must lead to, in its order."""
    links = fromstring(html).xpath("//footer//a/@href")
    return [link for link in links if link in FOUND_EVERYWHERE]


@pytest.mark.parametrize("template", ERRORS)
def test_error_page_leads_to_help_and_duties_like_every_page(template):
    assert duties_of(render_to_string(template, {"message": "Nicht lesbar."})) == FOUND_EVERYWHERE


def test_sign_in_and_admin_lead_to_help_and_duties_like_every_page(visitor, lead):
    pages = [visitor.client.get("/anmelden/"), lead.client.get("/admin/directory/person/")]
    assert [duties_of(page.content) for page in pages] == [FOUND_EVERYWHERE] * 2


def all_forms(base: type) -> set[type]:
    """A kind of form and all its kinds, of those that the pages of the portal import."""
    return {base}.union(*(all_forms(each) for each in base.__subclasses__()))


OF_SOMEBODY_ELSE = {"surveys.invitation_forms.ShareForm", "knowledgebase.forms.rows.ContactForm"}
TYPED_TO_CONFIRM = {"ogl_portal.directory.own_data_views.DeletionForm"}


def test_field_for_ones_own_address_is_one_that_browsers_fill_in():
    assert get_resolver().url_patterns
    said = {}
    for form in all_forms(PortalForm) | all_forms(PortalModelForm):
        for field in form.base_fields.values():
            if isinstance(field.widget, EmailInput) and not form.__module__.startswith("tests."):
                said[f"{form.__module__}.{form.__qualname__}"] = field.widget.attrs.get("autocomplete")
    assert len(said) >= 8 and set(said.values()) == {"email", "off"}
    assert {form for form, word in said.items() if word == "off"} == OF_SOMEBODY_ELSE | TYPED_TO_CONFIRM


def test_no_script_of_ours_keeps_people_from_pasting():
    scripts = {path.name: path.read_text() for path in (settings.BASE_DIR / "static" / "js").glob("*.js")}
    assert "autosave.js" in scripts
    assert [name for name, text in scripts.items() if "paste" in text or "beforeinput" in text] == []


def test_word_on_what_was_saved_is_read_out_to_who_does_not_see_it(member):
    entry = make_entry(make_response(member.person), draft={"B1": "Angefangen"})
    page = fromstring(member.client.get(f"{entry.response.round.get_absolute_url()}eintrag/{entry.uuid}/").content)
    assert [each.get("role") for each in page.xpath("//*[@data-autosave-status]")] == ["status"]
