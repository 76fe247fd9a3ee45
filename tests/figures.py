"""How much the tests try, counted and not measured: ``python -m tests.figures`` (for docs/nachweise.md)."""

import os
import sys


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for what, number in figures().items():
        sys.stdout.write(f"{number:>7} {what}\n")


def figures() -> dict[str, int]:
    """What is tried how often, by name."""
    from . import access_matrix, test_access, test_bad_input
    from .addresses import all_addresses
    from .cast import ROLES
    from .directory import test_admin_guard
    from .lib import test_pdf_fetcher as fetcher
    from .surveys import test_hostile_answers

    return {
        "Adressen des Portals": len(all_addresses()),
        "Rollen": len(ROLES),
        "Adresse × fremdes Objekt × Methode × Rolle": len(access_matrix.ROWS) * len(ROLES),
        "POST auf Seiten zum Lesen × Rolle": len(test_access.READ_ONLY) * len(ROLES),
        "Tabellen der Verwaltung × Rolle, je bis zu vier Seiten": len(access_matrix.ADMIN) * len(ROLES),
        "Adressen der Verwaltung ohne zweiten Faktor": len(test_admin_guard.admin_paths()),
        "Adresse × seltsamer Text, in acht Parametern zugleich": len(test_bad_input.NAMES) * len(test_bad_input.TEXTS),
        "feindliche Werte, die Hypothesis in jede Frage mischt": len(test_hostile_answers.NASTY),
        "Vektoren im Dokument, die etwas holen wollen (Netz)": len(fetcher.VECTORS) + 1,
        "dieselben auf Dateien": len(fetcher.VECTORS),
        "Adressen, nach denen der Fetcher gefragt wird": len(fetcher.REFUSED),
    }


if __name__ == "__main__":
    main()
