"""The report's example of a solution, and further plainly exemplary ones.

The report of 27.05.2021 names the digital registration of an apprenticeship contract and no more: how it works,
what it costs and who offers it is made up, as is every other entry, and each says so. The texts are in
``solutions``, a file each, named by number and address. What is there is left as it is.
"""

import tomllib
from pathlib import Path

from django.db import transaction

from .. import demo_needs, demo_reuse, ozg, workflow
from ..models import PublicService, Relation, Solution
from . import transferred
from .life import go_through_life
from .making import make_solution

FOLDER = Path(__file__).parent / "solutions"
OZG_LIST = Path(__file__).parent.parent / "examples" / "ozg-beispiel.csv"


@transaction.atomic
def load() -> None:
    """Load what is missing; safe to run again. The report's example comes last, and so is the newest."""
    if not PublicService.objects.filter(name__endswith="(Beispiel)").exists():
        workflow.import_ozg(things=ozg.read(OZG_LIST.read_bytes(), is_json=False))
    missing = {slug: document for slug, document in documents().items() if not known(slug)}
    for slug, document in missing.items():
        make_solution(slug, document)
    for slug, document in missing.items():
        for row in document.get("relations", []):
            relate(slug, row["kind"], row["other"])
    for slug, document in missing.items():
        go_through_life(Solution.objects.get(slug=slug), document)
    transferred.load()
    demo_reuse.load()
    demo_needs.load()


def documents() -> dict[str, dict]:
    """The solutions by their address, in the order of their publication."""
    files = sorted(FOLDER.glob("*.toml"))
    return {file.stem.partition("-")[2]: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def known(slug: str) -> bool:
    return Solution.objects.filter(slug=slug).exists()


def relate(slug: str, kind: str, other: str) -> None:
    one, two = (Solution.objects.get(slug=each) for each in (slug, other))
    Relation.objects.create(solution=one, kind=kind, other=two)
