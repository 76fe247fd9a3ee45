"""What is kept of a drawn field: what the template says of it, and nothing that somebody typed."""

import pytest
from django.template.loader import render_to_string

from surveys.forms import EntryForm
from surveys.forms.drawing import drawn, field_html
from surveys.sheet import Sheet
from tests.factories.surveys import make_response, make_round

from .kinds import SINGLE, VALID, make_response_of_kinds, make_version_of_kinds

pytestmark = pytest.mark.django_db
NASTY = "\nZeile <b>&amp; \"eins\" & 'zwei' {{ 7 }} \\1\n"
TEXTS = {"A1-name": NASTY, "A2": NASTY, "A3": NASTY, "A4": "fremd <i>", "A5": ["fremd <i>", "blue"], "A5-text": NASTY}


def form_of(response, draft: dict) -> EntryForm:
    card = Sheet.of(response).part("A").cards[0]
    return EntryForm(card, slug=response.round.slug, draft=draft)


@pytest.mark.parametrize("draft", [{}, VALID, TEXTS], ids=["empty", "valid", "nasty"])
@pytest.mark.parametrize("is_new", [False, True])
def test_field_drawn_once_and_again_is_what_its_template_draws(member, draft, is_new):
    drawn.cache_clear()
    response = make_response_of_kinds(member.person)
    response.new_questions = [question["key"] for question in SINGLE] if is_new else []
    form = form_of(response, draft)
    for question in form.card.part.questions:
        for name in question.field_names:
            expected = render_to_string("kern/field.html", {"field": form[name]})
            assert [field_html(question, form[name], is_new=is_new) for _ in "12"] == [expected, expected]
            assert (" (neu)" in expected) == is_new


def test_text_is_escaped_and_keeps_its_first_line_break(member):
    html = form_of(make_response_of_kinds(member.person), TEXTS).html
    escaped = "\nZeile &lt;b&gt;&amp;amp; &quot;eins&quot; &amp; &#x27;zwei&#x27; {{ 7 }} \\1\n"
    assert f">\n{escaped}</textarea>" in html
    assert f'name="A2" value="{escaped}"' in html
    assert "fremd" not in html


def test_text_of_one_person_is_neither_kept_nor_shown_to_another(member, other_member):
    round = make_round(member.person, other_member.person, version=make_version_of_kinds())
    mine, theirs = make_response(member.person, round), make_response(other_member.person, round)
    assert "Nur von mir" in form_of(mine, {"A2": "Nur von mir", "A4": "red"}).html
    kept = drawn.cache_info().misses
    html = form_of(theirs, {"A2": "Etwas anderes", "A4": "red"}).html
    assert drawn.cache_info().misses == kept
    assert "Etwas anderes" in html
    assert "Nur von mir" not in html


def test_label_of_a_contact_is_text_and_no_template(member, monkeypatch):
    monkeypatch.setitem(SINGLE[0], "text", "Wer {{ 7 }} {% ist %} <b>?")
    html = form_of(make_response_of_kinds(member.person), {}).html
    assert "A1 Wer {{ 7 }} {% ist %} &lt;b&gt;?</legend>" in html
