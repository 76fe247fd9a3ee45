"""Forms: plain text only, and drawn in a way that everybody can use."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from ogl_portal.lib.forms import PlainTextFormMixin, PortalForm, error_list, widget_kind


class Feedback(PortalForm):
    name = forms.CharField(label="Name", max_length=20)
    email = forms.EmailField(label="E-Mail", help_text="Zum Beispiel: name@example.org", required=False)
    kind = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), ("a", "Eins")])
    way = forms.ChoiceField(label="Weg", choices=[("a", "Eins"), ("b", "Zwei")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(label="Themen", choices=[("a", "Eins")], widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    upload = forms.FileField(label="Datei", required=False)
    agreed = forms.BooleanField(label="Einverstanden", help_text="Jederzeit zu widerrufen.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def post(**values) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def drawn(form) -> str:
    return render_crispy_form(form)


def test_nul_in_a_field_is_taken_out_and_said_at_the_field():
    form = Feedback(post(name="Er\x00ika"))
    assert form.data["name"] == "Erika"
    assert "Steuerzeichen" in form.errors["name"][0]
    assert 'value="Erika"' in drawn(form)


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\u202e", "\x1b", "\uffff"])
def test_characters_that_are_no_text_never_reach_the_cleaned_data(character):
    form = Feedback(post(text=f"a{character}b"))
    assert not form.is_valid()
    assert form.data["text"] == "ab"
    assert "text" in form.errors


def test_emoji_and_line_ends_are_text():
    form = Feedback(post(text="Gut 👍\r\nweiter"))
    form.is_valid()
    assert form.cleaned_data["text"] == "Gut 👍\nweiter"


def test_nul_in_a_form_with_prefix_is_said_at_its_field():
    form = Feedback(post(p__name="Er\x00ika", name="an\x00derswo"), prefix="p")
    assert "Steuerzeichen" in form.errors["name"][0]


def test_nul_in_a_part_of_a_field_is_said_at_the_field():
    class Moment(PortalForm):
        at = forms.SplitDateTimeField(label="Wann")

    form = Moment(post(at_0="27.05.2021\x00", at_1="16:00"))
    assert any("Steuerzeichen" in text for text in form.errors["at"])


def test_nul_in_an_inline_formset_is_said_at_its_field():
    class Row(PlainTextFormMixin, forms.Form):
        title = forms.CharField()

    formset = forms.formset_factory(Row)(post(**{
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "a\x00b",
    }))  # fmt: skip
    assert "Steuerzeichen" in formset.forms[0].errors["title"][0]


def test_nul_in_a_choice_is_an_error_and_no_crash():
    assert not Feedback(post(kind="a\x00", topics=["a", "b\x00"])).is_valid()


def test_a_hint_stands_before_its_field_and_is_connected():
    html = drawn(Feedback())
    assert html.index('id="id_email_helptext"') < html.index('id="id_email"')
    assert 'aria-describedby="id_email_helptext"' in html


def test_an_error_is_connected_with_its_field():
    html = drawn(Feedback(post(email="falsch")))
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'role="alert"' not in html


def test_every_id_that_is_referred_to_exists():
    html = drawn(Feedback(post(), prefix="x"))
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    referred = {name for names in re.findall(r'(?:for|aria-describedby)="([^"]+)"', html) for name in names.split()}
    assert referred <= ids


def test_optional_fields_say_so_and_required_ones_have_no_star():
    html = drawn(Feedback())
    assert html.count("(optional)") == 3
    assert "*" not in html
    assert " required" not in html


def test_a_filter_marks_nothing_as_optional():
    class Filter(PortalForm):
        mark_optional = False
        word = forms.CharField(required=False)

    assert "(optional)" not in drawn(Filter())


def test_choices_stand_in_a_fieldset_with_legend():
    html = drawn(Feedback())
    assert html.count("<fieldset") == html.count("<legend") == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [("name", "input"), ("kind", "select"), ("way", "options"), ("topics", "options"), ("text", "input"),
     ("upload", "input"), ("agreed", "checkbox"), ("secret", "hidden")],
)  # fmt: skip
def test_widget_kind_of_each_field(name, kind):
    assert widget_kind(Feedback()[name]) == kind


def test_chosen_options_stay_chosen():
    html = drawn(Feedback(post(way="b", topics=["a"])))
    assert re.search(r'value="b"[^>]*checked', html)
    assert re.search(r'type="checkbox" name="topics" value="a"[^>]*checked', html)


def test_an_empty_required_field_asks_in_plain_german():
    form = Feedback(post())
    assert form.errors["name"] == ["Bitte füllen Sie dieses Feld aus."]
    assert form.errors["way"] == ["Bitte wählen Sie eine Antwort aus."]
    assert form.errors["agreed"] == ["Bitte setzen Sie hier ein Häkchen."]


def test_words_of_the_form_itself_win():
    class Own(PortalForm):
        name = forms.CharField(error_messages={"required": "Wie heißen Sie?"})

    assert Own(post()).errors["name"] == ["Wie heißen Sie?"]


def test_error_list_leads_to_elements_that_exist():
    form = Feedback(post())
    html = drawn(form)
    targets = [error["target"] for error in error_list(form)]
    assert targets == ["id_name", "id_kind", "id_way_0", "id_topics_0", "id_agreed"]
    assert all(f'id="{target}"' in html for target in targets)


def test_error_list_of_a_formset_has_its_general_errors_and_those_of_its_forms():
    formset_class = forms.formset_factory(Feedback, min_num=2, validate_min=True, extra=0)
    formset = formset_class(post(**{"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}))
    errors = error_list(formset)
    assert errors[0]["target"] == ""
    assert "id_form-0-name" in [error["target"] for error in errors]


def test_error_summary_of_a_good_form_is_empty():
    class Nothing(PortalForm):
        pass

    template = Template("{% error_summary form %}")
    assert template.render(Context({"form": Nothing({})})).strip() == ""
    assert template.render(Context({"form": Feedback()})).strip() == ""


def test_error_summary_has_a_heading_that_takes_the_focus_and_links():
    html = Template("{% error_summary form %}").render(Context({"form": Feedback(post())}))
    assert 'tabindex="-1"' in html
    assert "Bitte prüfen Sie Ihre Eingaben" in html
    assert 'href="#id_name"' in html
    assert 'role="alert"' not in html


@pytest.mark.parametrize("blank", ["\u200b\u200b", " \u00ad\n", "\u2060"])
def test_text_without_anything_to_see_counts_as_empty(blank):
    form = Feedback(post(name=blank, text=blank))
    assert "Bitte füllen" in form.errors["name"][0]
    assert form.cleaned_data["text"] == ""


def test_text_that_is_asked_for_in_one_line_has_one():
    form = Feedback(post(p__name="Erika\r\nMuster", p__text="Zwei\nZeilen"), prefix="p")
    form.is_valid()
    assert (form.cleaned_data["name"], form.cleaned_data["text"]) == ("Erika Muster", "Zwei\nZeilen")
