"""How much one, two and three nodes get done, and whose CPU it takes."""

import os
import time
from collections import Counter
from dataclasses import dataclass

from tests.load import Job

from . import cpu
from .clients import read_all, submit_all
from .machines import Nginx, Node

HEAD = f"{'':34}{'je s':>8}{'Knoten':>10}{'Datenbank':>12}{'nginx':>8}{'Last':>8}   CPU-ms je Anfrage"


@dataclass
class Parties:
    """Who takes CPU: the nodes, PostgreSQL, nginx, and this process, which plays people, mail server and bucket."""

    nodes: list[Node]
    postgres: int
    nginx: Nginx

    def spent(self) -> list[float]:
        return [
            cpu.spent(groups={node.process.pid for node in self.nodes if node.process}),
            cpu.spent(parents={self.postgres}),
            cpu.spent(groups={self.nginx.process.pid}),
            time.process_time(),
        ]


def measure(label: str, parties: Parties, count: int, work) -> float:
    """Do the work of so many requests, print a line of the table, and return the requests a second."""
    before, began = parties.spent(), time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    each = [(after - first) * 1000 / count for first, after in zip(before, parties.spent(), strict=True)]
    print(f"{label:34}{count / seconds:8.0f}{each[0]:10.1f}{each[1]:12.1f}{each[2]:8.1f}{each[3]:8.1f}")
    return count / seconds


def measure_nodes(nodes: list[Node], parties: Parties, jobs: list[Job], pages: int) -> None:
    """The two lines of so many nodes, and a third where an answer was no success."""
    nginx, seen, name = parties.nginx, Counter(), f"{len(nodes)} Knoten"
    nginx.end()
    nginx.start(nodes)
    read_all(nginx.port, 30 * len(nodes))  # so that every thread is warm
    measure(f"{name}, Absendungen", parties, len(jobs), lambda: list(submit_all(nginx.port, jobs, seen)))
    measure(f"{name}, öffentliche Seiten", parties, pages, lambda: seen.update(read_all(nginx.port, pages)))
    if failures := seen - Counter({200: pages}):
        print(f"{name}, Fehler: {dict(failures)}")


def explain() -> None:
    """What the table says and what it does not."""
    print(f"\nAlles läuft auf {os.cpu_count()} Prozessorkernen: Knoten, Datenbank, nginx und die Last selbst.")
    print("Die Grenze ist deren Summe. Ein Kern schafft 1.000 / (CPU-ms je Anfrage) Anfragen je Sekunde;")
    print("auf getrennten Rechnern begrenzen zuerst die Knoten, dann die Datenbank.\n")
