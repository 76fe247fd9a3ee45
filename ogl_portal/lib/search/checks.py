"""A check of Django's: says before and after an update that the index is another analyser's."""

from django.core.checks import Tags, Warning, register
from django.db import connections

from .index import is_outdated
from .models import SearchState

WARNING = Warning(
    "Den Suchindex hat eine andere Fassung des Portals gefüllt.",
    hint="Bitte füllen Sie ihn neu: manage.py rebuild_search",
    id="search.W001",
)


@register(Tags.database)
def index_fits_the_analyser(app_configs, databases=None, **kwargs) -> list[Warning]:
    """Run by ``migrate`` and by ``check --database default``."""
    is_asked = "default" in (databases or []) and has_table()
    return [WARNING] if is_asked and is_outdated() else []


def has_table() -> bool:
    """Whether the database knows the search already."""
    return SearchState._meta.db_table in connections["default"].introspection.table_names()
