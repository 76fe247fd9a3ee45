"""Files of events: kept apart, checked, handed out to those who may have them."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sessions_app.models import Event, EventMaterial, EventSpeaker
from tests.factories.directory import make_organisation, make_person
from tests.factories.sessions_app import make_event, make_material

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 Inhalt %%EOF"


def form_of(lead, event) -> dict:
    """What the admin page of an event would send back unchanged."""
    form = lead.client.get(f"/admin/sessions_app/event/{event.pk}/change/").context
    data = dict(form["adminform"].form.initial)
    data |= {name: "" for name, value in data.items() if value is None}
    for name in ["starts_at", "ends_at"]:
        data |= {f"{name}_0": f"{data[name]:%d.%m.%Y}", f"{name}_1": f"{data[name]:%H:%M}"}
        del data[name]
    for inline in form["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data |= {f"{prefix}-{name}": 0 for name in ["TOTAL_FORMS", "INITIAL_FORMS"]}
    return {name: value for name, value in data.items() if value is not False and value != []}


def send(lead, event, rows: dict):
    """Save the admin page of an event with one new row of files."""
    data = form_of(lead, event) | {"materials-TOTAL_FORMS": 1}
    data |= {f"materials-0-{name}": value for name, value in ({"position": 1, "id": ""} | rows).items()}
    return lead.client.post(f"/admin/sessions_app/event/{event.pk}/change/", data)


def test_file_is_handed_out_to_be_saved_under_its_own_name(visitor):
    material = make_material()
    response = visitor.client.get(material.get_absolute_url())
    assert response.headers["Content-Disposition"] == 'attachment; filename="unterlage.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert set(response.headers["Cache-Control"].split(", ")) == {"public", "no-cache"}


def test_internal_file_is_for_members(visitor, guest, member):
    event = make_event()
    make_material(event=event, title="Für alle")
    internal = make_material(event=event, title="Nur intern", is_public=False)
    for actor, status in [(visitor, 404), (guest, 404), (member, 200)]:
        assert actor.client.get(internal.get_absolute_url()).status_code == status
        text = actor.client.get(event.get_absolute_url()).content.decode()
        assert "Für alle" in text and ("Nur intern" in text) == (status == 200)
    response = member.client.get(internal.get_absolute_url())
    assert "private" in response.headers["Cache-Control"]


def test_file_is_found_under_its_own_event_and_before_that_is_published_by_the_lead_only(visitor, member, lead):
    material = make_material(event=make_event(is_published=False))
    path = material.get_absolute_url()
    assert [actor.client.get(path).status_code for actor in [visitor, member, lead]] == [404, 404, 200]
    assert lead.client.get(path.replace(material.event.slug, make_event().slug)).status_code == 404


def test_page_that_a_member_saw_first_shows_the_visitor_nothing_internal(visitor, member):
    material = make_material(title="Nur intern", is_public=False)
    path = material.event.get_absolute_url()
    assert "Nur intern" in member.client.get(path).content.decode()
    assert "Nur intern" not in visitor.client.get(path).content.decode()


def test_lead_adds_a_file_and_the_page_shows_it_at_once(lead, visitor):
    event = make_event()
    assert "Handzettel" not in visitor.client.get(event.get_absolute_url()).content.decode()
    file = SimpleUploadedFile("../Handzettel.exe", PDF)
    response = send(lead, event, {"title": "Handzettel", "is_public": "on", "file": file})
    assert response.status_code == 302, response.context["errors"]
    material = EventMaterial.objects.get()
    assert re.fullmatch(r"termine/[0-9a-f]{32}", material.file.name)
    assert (material.content_type, material.format) == ("application/pdf", "PDF")
    assert "Handzettel" in visitor.client.get(event.get_absolute_url()).content.decode()
    assert Event.objects.get(pk=event.pk).changed_at > event.changed_at


def test_refused_file_costs_nothing_of_what_was_typed(lead):
    event = make_event()
    response = send(lead, event, {"title": "Getippt", "file": SimpleUploadedFile("a.pdf", b"<html>")})
    assert response.status_code == 200
    text = response.content.decode()
    assert "Möglich sind PDF" in text and 'value="Getippt"' in text
    assert not EventMaterial.objects.exists()


def test_file_goes_with_its_event(lead, django_capture_on_commit_callbacks):
    material = make_material()
    name = material.file.name
    with django_capture_on_commit_callbacks(execute=True):
        lead.client.post(f"/admin/sessions_app/event/{material.event.pk}/delete/", {"post": "yes"})
    assert not EventMaterial.objects.exists()
    assert not default_storage.exists(name)


@pytest.mark.parametrize(("consents", "expected"), [(True, "Frau Rednerin, Haus"), (False, "Haus")])
def test_speaker_is_named_in_public_with_consent_only(consents, expected):
    person = make_person(
        salutation="Frau", given_name="", family_name="Rednerin", organisation=make_organisation(name="Haus"),
        name_is_public=consents, name_public_basis="Mail",
    )  # fmt: skip
    speaker = EventSpeaker.objects.create(event=make_event(), person=person)
    assert speaker.name(in_group=False) == expected
    assert speaker.name(in_group=True) == str(speaker) == "Frau Rednerin, Haus"
