import uuid
from urllib.parse import urlencode

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.html import escape

from ogl_portal.lib import spam
from ogl_portal.lib.forms import PortalForm
from ogl_portal.lib.spam import GuardedFormMixin, Seal

TEXT = {"text": "Ein Satz.", "url": "https://example.org"}


class OpenForm(GuardedFormMixin, PortalForm):
    max_links = 2
    text = forms.CharField(widget=forms.Textarea)
    url = forms.URLField(required=False, assume_scheme="https")


def sent(*, age: int = 60, **values) -> OpenForm:
    """The form as a browser sends it, so many seconds after the page was shown."""
    return OpenForm(QueryDict(urlencode(TEXT | {"seal": str(Seal.fresh(age=age)), "homepage": ""} | values)))


def test_form_that_a_person_sends_is_valid_and_knows_its_page():
    seal = Seal.fresh(age=60)
    form = sent(seal=str(seal))
    assert form.is_valid()
    assert form.key == seal.key


def test_form_with_as_many_links_as_may_be_and_one_in_the_field_for_it_is_valid():
    assert sent(text="http://a.example www.b.example").is_valid()


def test_each_page_has_a_seal_of_its_own():
    seals = {OpenForm()["seal"].value() for _ in range(3)}
    assert len(seals) == 3
    assert all(Seal.of(seal).age < 5 for seal in seals)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"homepage": "https://spam.example"}, spam.LOOKS_AUTOMATIC),
        ({"seal": ""}, spam.TOO_OLD),
        ({"seal": "geraten"}, spam.TOO_OLD),
        ({"seal": f"{uuid.uuid4().hex}.1700000000:falsch"}, spam.TOO_OLD),
        ({"age": spam.LONGEST + 60}, spam.TOO_OLD),
        ({"age": 0}, spam.TOO_FAST),
        ({"text": "http://a.example www.b.example https://www.c.example"}, "höchstens 2 Internetadressen"),
    ],
)
def test_form_that_a_machine_may_have_sent_is_refused_and_keeps_what_was_typed(values, message):
    form = sent(**values)
    assert not form.is_valid()
    assert message in " ".join(form.non_field_errors()) and set(form.errors) == {"__all__"}
    html = form.as_p()
    assert escape(values.get("text", TEXT["text"])) in html
    assert "spam.example" not in html


@pytest.mark.parametrize("values", [{"homepage": "x"}, {"seal": ""}, {"age": spam.LONGEST + 60}])
def test_form_that_was_refused_can_be_sent_again_at_once(values):
    refused = sent(**values)
    assert not refused.is_valid()
    assert sent(**{name: refused[name].value() for name in ["text", "seal", "homepage"]}).is_valid()


def test_form_that_was_sent_too_fast_can_be_sent_again_when_it_was_read(time_machine):
    time_machine.move_to("2026-03-01T10:00:00+01:00", tick=False)
    refused = sent(age=0)
    assert not refused.is_valid()
    time_machine.shift(3)
    assert sent(seal=refused["seal"].value()).is_valid()
    assert sent(age=86_400).is_valid() and Seal.of(spam.new_seal()).age == 0


def test_form_with_an_error_says_nothing_about_its_speed():
    form = sent(text="", age=0)
    assert not form.is_valid()
    assert form.non_field_errors() == []


def test_seal_with_another_moment_is_none_of_ours():
    seal = str(Seal.fresh())
    assert Seal.of(seal) is not None
    assert Seal.of(seal.replace(".1", ".2", 1)) is None


def test_trap_is_hidden_from_everybody_and_out_of_the_tab_order():
    html = render_crispy_form(OpenForm())
    trap = html[html.index('hidden="hidden"') :]
    assert 'name="homepage"' in trap and html.count('name="homepage"') == 1
    assert "Bitte leer lassen" in trap and 'type="hidden" name="seal"' in html
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert 'name="text"' not in trap


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("kein Rechner", "kein Rechner"),
    ],
)
def test_client_is_its_own_network(client, network):
    assert spam.network_of(client) == network


@pytest.mark.django_db
def test_admit_limits_one_client_and_leaves_others_alone():
    for _ in range(3):
        spam.admit("test", client="2001:db8::1", per_client=3)
    with pytest.raises(spam.TooMany, match="Ihrem Anschluss"):
        spam.admit("test", client="2001:db8::2", per_client=3)
    spam.admit("test", client="192.0.2.1", per_client=3)
    spam.admit("anderes", client="2001:db8::1", per_client=3)


@pytest.mark.django_db
def test_admit_limits_all_together():
    for number in range(3):
        spam.admit("test", client=f"192.0.2.{number}", overall=3)
    with pytest.raises(spam.TooMany, match="ungewöhnlich viele"):
        spam.admit("test", client="192.0.2.9", overall=3)
    spam.admit("anderes", client="192.0.2.9", overall=3)


@pytest.mark.django_db
def test_limit_of_a_client_is_over_after_an_hour(time_machine):
    time_machine.move_to("2026-03-01T10:00:00+01:00", tick=False)
    spam.admit("test", client="192.0.2.1", per_client=1)
    time_machine.shift(3599)
    with pytest.raises(spam.TooMany):
        spam.admit("test", client="192.0.2.1", per_client=1)
    time_machine.shift(1)
    spam.admit("test", client="192.0.2.1", per_client=1)


@pytest.mark.django_db
def test_is_new_once_for_a_page_and_its_values():
    key, values = uuid.uuid4(), {"a": 1, "b": 2}
    assert spam.is_new("test", key=key, values=values)
    assert not spam.is_new("test", key=key, values={"b": 2, "a": 1})
    assert spam.is_new("test", key=key, values={"a": 1, "b": 3})
    assert spam.is_new("test", key=uuid.uuid4(), values=values)
    assert spam.is_new("anderes", key=key, values=values)


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["2026-03-02T08:00:00Z", "2026-03-02T23:59:59Z"])
def test_is_new_not_again_as_long_as_the_page_may_be_sent(first, time_machine):
    key = uuid.uuid4()
    time_machine.move_to(first, tick=False)
    assert spam.is_new("test", key=key, values={})
    for seconds in [2, spam.LONGEST - 2]:
        time_machine.shift(seconds)
        assert not spam.is_new("test", key=key, values={})


@pytest.mark.django_db
def test_is_new_again_where_storing_failed():
    key = uuid.uuid4()
    with pytest.raises(RuntimeError), transaction.atomic():
        assert spam.is_new("test", key=key, values={})
        raise RuntimeError
    assert spam.is_new("test", key=key, values={})


@pytest.mark.django_db
def test_typed_address_gets_three_mails_a_day(time_machine):
    time_machine.move_to("2026-03-01T00:00:00Z", tick=False)
    assert [spam.may_mail(address) for address in ["a@example.org", "A@example.org ", "a@EXAMPLE.org"]] == [True] * 3
    assert not spam.may_mail("a@example.org")
    assert spam.may_mail("b@example.org")
    time_machine.shift(86_399)
    assert not spam.may_mail("a@example.org")
    time_machine.shift(1)
    assert spam.may_mail("a@example.org")
