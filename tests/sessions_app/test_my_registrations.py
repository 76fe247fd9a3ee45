"""One's own registrations in „Mein Bereich“."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.registrations import make_registration, make_session, statuses

pytestmark = pytest.mark.django_db


def test_own_area_shows_what_one_registered_for_and_takes_it_back(member, other_member):
    soon = make_session(title="Bald", capacity=1, starts_at=timezone.now() + timedelta(hours=3))
    own = make_registration(soon, email=member.user.email, name="Mia")
    make_registration(soon, "waiting", name="Wartet")
    make_registration(make_session(title="Gewesen", starts_at=timezone.now() - timedelta(days=2)), email=own.email)
    text = member.client.get("/mein-bereich/").content.decode()
    assert "Meine Anmeldungen zu Terminen" in text
    assert soon.join_url in text
    assert "Gewesen" not in text
    assert soon.join_url not in other_member.client.get("/mein-bereich/").content.decode()
    assert "Sie sind angemeldet." in member.client.get(soon.get_absolute_url()).content.decode()
    path = f"/anmeldungen/{own.pk}/abmelden/"
    assert other_member.client.post(path).status_code == 404
    assert "Sie sind abgemeldet: Bald" in member.client.post(path, follow=True).content.decode()
    assert statuses(soon) == {"Mia": "cancelled", "Wartet": "placed"}
