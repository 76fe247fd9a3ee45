"""The picture of an event for other sites."""

from io import BytesIO

import pytest
from PIL import Image

from sessions_app import pictures
from sessions_app.models import Event
from tests.factories.sessions_app import make_event, make_series

pytestmark = pytest.mark.django_db


def test_picture_is_drawn_once_and_sent_once(visitor, monkeypatch):
    event = make_event(slug="t")
    first = visitor.client.get("/termine/t/bild.png")
    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    picture = Image.open(BytesIO(first.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    monkeypatch.setattr(pictures, "draw", lambda event: b"anders")
    assert visitor.client.get("/termine/t/bild.png").content == first.content
    again = visitor.client.get("/termine/t/bild.png", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    Event.objects.filter(pk=event.pk).update(revision=1)
    assert visitor.client.get("/termine/t/bild.png").content == b"anders"


def test_picture_is_of_its_own_published_event_and_says_how_the_series_is_called_today(visitor, lead, monkeypatch):
    monkeypatch.setattr(pictures, "draw", lambda event: f"{event.series}: {event.title}".encode())
    series = make_series(title="Alt")
    for name in "ab":
        make_event(slug=name, title=name, series=series)

    def shown() -> list[str]:
        return [visitor.client.get(f"/termine/{name}/bild.png").content.decode() for name in "ab"]

    assert shown() == ["Alt: a", "Alt: b"]
    type(series).objects.update(title="Neu", revision=series.revision + 1)
    assert shown() == ["Neu: a", "Neu: b"]
    Event.objects.update(is_published=False)
    assert {actor.client.get("/termine/a/bild.png").status_code for actor in [visitor, lead]} == {404}


@pytest.mark.parametrize(
    "title",
    [
        "Kurz",
        "W" * 200,
        "Digitalisierung " * 12,
        "Rakete 🚀 und\nZeile",
        "א שלום",
        "Donaudampfschifffahrtsgesellschaft " * 5,
    ],
)
def test_title_of_any_kind_fits(title):
    chosen, lines = pictures.title_of(make_event(title=title[:200]))
    assert 1 <= len(lines) <= pictures.MOST_LINES
    assert all(chosen.getlength(line) <= pictures.WIDTH for line in lines)
    assert lines[-1].endswith("…") or "".join(lines).replace(" ", "") == pictures.drawable(title).replace(" ", "")


def test_description_says_what_the_picture_shows():
    event = make_event(kind=Event.Kind.SESSION, number=2, series=make_series(title="Reihe"), title="Abend")
    assert pictures.describe(event) == f"Session 2 · Reihe: Abend, {event.when}"
    assert pictures.draw(event).startswith(b"\x89PNG")
