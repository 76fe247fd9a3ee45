"""Queries that nearly every request asks, put together once: writing one takes Django ten times as long as running it.

    @prepared_rows
    def present_entries():
        return Entry.objects.filter(response=Given("response", IntegerField()), removed_at=None)

    present_entries(response=7)

Only the words of the query are kept, never an answer: the database is asked each time, with the values of that time.
What is asked must therefore not hang on anything but these values, so no „now“ and no „today“ stands in the function.
Numbers must fit their column: SQLite raises OverflowError for others, where Django's own query finds nothing.
"""

from collections.abc import Callable
from functools import update_wrapper
from operator import attrgetter, methodcaller
from threading import local

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery


class Given(Expression):
    """Stands in a prepared query where a value comes with each use; ``field`` says how the database takes it."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value_in(self, given: dict, connection):
        return self.output_field.get_db_prep_save(given[self.name], connection)


class Prepared:
    """A query that is put together when a thread first uses it: each thread has a connection of its own."""

    def __init__(self, write: Callable[[], QuerySet]) -> None:
        self.write, self.local = write, local()
        update_wrapper(self, write)

    def prepare(self) -> None:
        """Keep the query's words in ``self.local``."""
        self.local.sql, self.local.params = self.compiler().as_sql()

    def compiler(self):
        return self.write().query.get_compiler(DEFAULT_DB_ALIAS)

    def run(self, given: dict, read: Callable):
        """What ``read`` takes from the cursor, after the query has been run with the given values."""
        if not hasattr(self.local, "sql"):
            self.prepare()
        connection = connections[DEFAULT_DB_ALIAS]
        params = [
            param.value_in(given, connection) if isinstance(param, Given) else param for param in self.local.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.local.sql, params)
            return read(cursor)


class PreparedRows(Prepared):
    """Calling it returns the rows as objects of the model, with those that the queryset's select_related names."""

    def prepare(self) -> None:
        """Keep how a row is read, too: as Django's own ModelIterable does, which finds it out anew for each query."""
        compiler = self.compiler()
        sql, params = compiler.as_sql()
        info, select = compiler.klass_info, compiler.select
        fields = [column.target.attname for column, *_ in (select[place] for place in info["select_fields"])]
        self.local.model, self.local.fields = info["model"], fields
        self.local.related = get_related_populators(info, select, DEFAULT_DB_ALIAS)
        self.local.converters = compiler.get_converters([column for column, *_ in select])
        self.local.convert = compiler.apply_converters
        self.local.sql, self.local.params = sql, params

    def __call__(self, **given) -> list[Model]:
        rows = self.run(given, methodcaller("fetchall"))
        return [self.read(row) for row in self.local.convert(rows, self.local.converters)]

    def read(self, row: list) -> Model:
        fields = self.local.fields
        thing = self.local.model.from_db(DEFAULT_DB_ALIAS, fields, row[: len(fields)])
        for populator in self.local.related:
            populator.populate(row, thing)
        return thing

    def first(self, **given) -> Model | None:
        """The first row; None where there is none."""
        return next(iter(self(**given)), None)


class PreparedUpdate(Prepared):
    """Calling it writes the values into the rows of the queryset, and returns how many there were."""

    def __init__(self, write: Callable[[], QuerySet], values: dict) -> None:
        super().__init__(write)
        self.values = values

    def compiler(self):
        query = self.write().query.chain(UpdateQuery)
        query.add_update_values(self.values)
        return query.get_compiler(DEFAULT_DB_ALIAS)

    def __call__(self, **given) -> int:
        with transaction.mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS):
            return self.run(given, attrgetter("rowcount"))


prepared_rows = PreparedRows


def prepared_update(**values) -> Callable[[Callable[[], QuerySet]], PreparedUpdate]:
    """Decorate a function that returns the queryset whose rows get the values, which may be expressions."""
    return lambda write: PreparedUpdate(write, values)
