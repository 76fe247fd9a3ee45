"""Needs of target groups, and the answers that say them."""

from ogl_portal.directory.models import Person, TargetGroup
from surveys import workflow
from surveys.demo_needs import passage
from surveys.models import Coding, Entry, Need, Round

from . import numbers
from .directory import make_member
from .surveys import fill, make_complete_response, make_entry, make_round, submit

MUNICIPALITIES = "kommunalverwaltungen"
LEARNED = "Wir haben zu viel auf einmal gewollt. Geholfen hätte jemand, der es kennt."
WISH = "Geholfen hätte jemand, der es kennt."


def make_need(**fields) -> Need:
    """A draft with a description."""
    title = fields.pop("title", f"Bedarf {next(numbers)}")
    need = workflow.need_called(title=title)
    Need.objects.filter(pk=need.pk).update(description="Es fehlt etwas.", **fields)
    need.refresh_from_db()
    return need


def make_told(
    person: Person | None = None, *, round: Round | None = None, quotable: bool = True, text: str = LEARNED
) -> Entry:
    """A submitted experience of somebody, who allows to be quoted or not."""
    person = person or make_member()
    response = make_complete_response(person, round or make_round(person))
    entry = make_entry(response, "C", {"C1": "Umstieg", "C3": text})
    fill(response, "G", {"G2": "yes" if quotable else "no"})
    submit(response)
    return Entry.objects.select_related("response__round__version").get(pk=entry.pk)


def make_coding(
    *,
    need: Need | None = None,
    entry: Entry | None = None,
    group: str = "kommunalverwaltungen",
    words: str = WISH,
    by=None,
) -> Coding:
    """Somebody's wish, coded."""
    entry, need = entry or make_told(), need or make_need()
    facts = {"target_group": TargetGroup.objects.get(slug=group), "by": by}
    submission = entry.response.submissions.first().number
    passages = [passage(entry, words)]
    return workflow.code_passages(entry=entry, passages=passages, need=need, submission=submission, **facts)[0]


def make_released_need(organisations: int = 1, group: str = MUNICIPALITIES, **fields) -> Need:
    """A released need that as many organisations say for a target group."""
    need, round = make_need(**fields), make_round()
    for _ in range(organisations):
        make_coding(need=need, entry=make_told(round=round), group=group)
    workflow.release_need(need=need, by=None)
    return need
