"""The story: measure with one, two and three nodes, then disturb all three, then look what became of everything."""

from ogl_portal.lib.models import OutgoingMail
from tests.factories.knowledgebase import make_published
from tests.load import make_jobs

from .checks import check_answers, check_mails, check_pages, check_turmoil
from .disturbances import Turmoil, disturb, make_due_reminders, settle
from .machines import wait_for
from .throughput import HEAD, Parties, explain, measure_nodes


def tell(size, nodes, nginx, sink, postgres) -> int:
    """Print everything; return 0 where all that must be 0 is 0."""
    for _ in range(20):
        make_published()
    for node in nodes:
        node.start()
        wait_for(node.port)
    print(HEAD)
    for count in range(1, len(nodes) + 1):
        parties = Parties(nodes, postgres.pid, nginx)
        measure_nodes(nodes[:count], parties, make_jobs(size.submissions), size.pages)
    explain()
    jobs, reminded = make_jobs(size.disturbed), make_due_reminders(size.reminders)
    turmoil = disturb(nodes, nginx, postgres, jobs)
    settle(nodes, sink)
    figures = check_answers(jobs, turmoil.acknowledged) | check_mails(sink, reminded) | check_pages(nodes)
    return report(figures | check_turmoil(turmoil), turmoil, sink)


def report(figures: dict[str, int], turmoil: Turmoil, sink) -> int:
    """Print what happened and what became of it; 1 where something is not as it must be."""
    print(f"Unter Last: {turmoil.killed} Knoten mit kill -9 beendet, PostgreSQL {turmoil.restarts}-mal neu gestartet")
    print("(pg_ctl -m fast und -m immediate), remind auf allen Knoten zugleich, alle drei Sekunden.")
    print(f"{'bestätigte Absendungen':44}{turmoil.acknowledged.count(True):6}")
    print(f"{'angekommene Mails':44}{sink.taken.total():6}")
    print(f"{'Mails, über die die Leitung entscheidet':44}{OutgoingMail.objects.uncertain().count():6}")
    for name, count in sorted(turmoil.seen.items()):
        print(f"{f'Fehler bei Clients: {name}':44}{count:6}")
    for name, count in sorted(turmoil.timers.items()):
        print(f"{f'remind {name}':44}{count:6}")
    for name, count in figures.items():
        print(f"{name:44}{count:6}{'' if count == 0 else '   FALSCH'}")
    return int(any(figures.values()))
