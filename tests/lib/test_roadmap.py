"""The Fahrplan: order, states, words, and a drawing in which nothing lies on top of something else."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from ogl_portal.lib.registry import Milestone
from ogl_portal.lib.roadmap import Picture, Roadmap, Step

NOW = datetime.fromisoformat("2026-11-22T12:00:00+01:00")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def at(text: str):
    return timezone.make_aware(datetime.fromisoformat(text))


def milestone(moment: str, label: str = "Etwas", **values) -> Milestone:
    values.setdefault("kind", "Session")
    values["until"] = at(values["until"]) if "until" in values else None
    return Milestone(moment=at(moment), label=label, url="/termine/etwas/", **values)


def step(moment: str, **values) -> Step:
    return Step(milestone(moment, **values), timezone.now())


def record_of_2021() -> list[Milestone]:
    days = ["2021-01-28", "2021-05-20", "2021-05-27", "2021-06-03", "2021-06-17", "2021-11-04"]
    deadlines = [("2021-07-13T00:00", True), ("2021-07-31T00:00", False)]
    return [milestone(f"{day}T17:00", until=f"{day}T18:30") for day in days] + [
        milestone(moment, "Frist", kind="Frist", is_deadline=True, is_done=done) for moment, done in deadlines
    ]


def coming(*days: int) -> list[Milestone]:
    return [Milestone(NOW + timedelta(days=day), f"Termin {day}", "Session", "/termine/x/") for day in days]


@pytest.mark.parametrize(
    ("moment", "values", "words"),
    [
        ("2021-05-27T16:00", {"until": "2021-05-27T18:00"}, "27.05.2021"),
        ("2021-07-13T00:00", {"is_deadline": True}, "bis 12.07.2021"),
        ("2021-07-12T18:00", {"is_deadline": True}, "bis 12.07.2021"),
        ("2021-06-03T00:00", {"until": "2021-06-18T00:00"}, "03.06.–17.06.2021"),
        ("2021-07-01T00:00", {"until": "2021-09-01T00:00", "is_deadline": True}, "Juli–August 2021"),
        ("2021-12-30T00:00", {"until": "2022-01-03T00:00"}, "30.12.2021–02.01.2022"),
    ],
)
def test_when_of_a_step_is_said_as_people_say_it(moment, values, words):
    assert step(moment, **values).when == words


@pytest.mark.parametrize(
    ("moment", "values", "state"),
    [
        ("2021-05-27T16:00", {}, "over"),
        ("2026-12-04T17:00", {}, "coming"),
        ("2021-07-13T00:00", {"is_deadline": True, "is_done": True}, "done"),
        ("2021-07-13T00:00", {"is_deadline": True}, "overdue"),
        ("2026-12-22T00:00", {"is_deadline": True}, "due"),
        ("2026-12-22T00:00", {"is_deadline": True, "is_done": True}, "done"),
    ],
)
def test_state_of_a_step(moment, values, state):
    assert step(moment, **values).state == state


def test_an_event_that_is_going_on_is_not_over():
    assert step("2026-11-22T11:00", until="2026-11-22T13:00").state == "coming"


def test_roadmap_is_in_order_and_split_by_now():
    roadmap = Roadmap(coming(40, 3) + record_of_2021())
    days = [step.last_day for step in roadmap.steps]
    assert days == sorted(days)
    assert len(roadmap.past) == 8
    assert [step.milestone.label for step in roadmap.coming] == ["Termin 3", "Termin 40"]


def test_due_holds_open_deadlines_only():
    assert [step.when for step in Roadmap(record_of_2021() + coming(3)).due] == ["bis 30.07.2021"]


def test_picture_gathers_what_is_over_by_month_and_names_years_once():
    picture = Roadmap(record_of_2021() + coming(12, 45)).picture
    assert [station.heading for station in picture.past] == ["Jan.", "Mai", "Juni", "Juli", "Nov."]
    assert [len(station.dots) for station in picture.past] == [1, 2, 2, 2, 1]
    assert [year["year"] for year in picture.years] == [2021, 2026, 2027]


def test_picture_says_which_deadline_comes_by_day():
    deadline = Milestone(at("2026-12-23T00:00"), "Rückmeldung", "Frist", "/x/", is_deadline=True)
    station = Roadmap([*coming(12), deadline]).picture.coming[1]
    assert station.heading == "bis 22.12."
    assert "Frist: Rückmeldung" in " ".join(station.words)


def test_picture_does_not_say_a_kind_twice():
    meeting = Milestone(NOW + timedelta(days=3), "AG-Sitzung am 25.11.2026", "AG-Sitzung", "/x/")
    assert " ".join(Roadmap([meeting]).picture.coming[0].words).count("AG-Sitzung") == 1


def test_an_example_is_marked_in_the_picture_and_in_the_list():
    example = Milestone(NOW + timedelta(days=3), "Werkzeuge für kleine Teams", "Session", "/x/", is_example=True)
    roadmap = Roadmap([example])
    assert " ".join(roadmap.picture.coming[0].words).startswith("Session: Beispiel: Werkzeuge")
    assert render_to_string("lib/_roadmap.html", {"roadmap": roadmap}).count(">Beispiel</span>") == 2


@pytest.mark.parametrize("past_months", [0, 1, 4, 40])
@pytest.mark.parametrize("future_days", [0, 1, 4, 30])
def test_picture_has_room_for_everything_it_shows(past_months, future_days):
    past = [milestone(f"{2026 - month // 12}-{12 - month % 12:02}-10T17:00") for month in range(2, past_months + 2)]
    picture = Roadmap(past + coming(*range(1, future_days + 1))).picture
    xs = [station.x for station in picture.past] + [picture.today_x] + [station.x for station in picture.coming]
    gaps = [right - left for left, right in zip(xs, [*xs[1:], Picture.WIDTH], strict=True)]
    assert min(gaps) >= 84
    assert picture.is_shortened == (past_months == 40)
    assert len(picture.coming) == min(future_days, 3 if picture.is_shortened else 4)


def test_drawing_is_well_formed_and_has_title_and_description():
    html = render_to_string("lib/_roadmap.html", {"roadmap": Roadmap(record_of_2021() + coming(12))})
    svg = ElementTree.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    names = {element.tag.rpartition("}")[2] for element in svg.iter()}
    assert {"title", "desc", "text", "circle", "rect"} <= names
    assert "style=" not in html


def test_list_says_the_same_as_the_drawing_with_links_and_today():
    html = render_to_string("lib/_roadmap.html", {"roadmap": Roadmap(record_of_2021() + coming(12))})
    whole = html[html.index("<details") :]
    assert whole.count("<li") == 8 + 1 + 1
    assert whole.count('href="/termine/etwas/"') == 8
    assert "Heute, 22.11.2026" in whole
    assert "Termin verstrichen" in whole


def test_empty_roadmap_says_what_will_come():
    html = render_to_string("lib/_roadmap.html", {"roadmap": Roadmap([])})
    assert "<svg" not in html
    assert "Noch steht kein Termin fest" in html


def test_list_of_many_years_stays_readable_and_says_where_the_rest_is():
    html = render_to_string("lib/_roadmap.html", {"roadmap": Roadmap(record_of_2021() + coming(*range(1, 100)))})
    details = html.partition("<details")[2]
    assert details.count("<li") == len(record_of_2021()) + 1 + 30
    assert "was danach kommt" in details
