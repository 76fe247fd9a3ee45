"""Tables as they are at a state of the migrations, which need not be that of the code."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, time
from functools import cache
from itertools import islice

from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, FileField, Model

from ..registry import table_guards

Migration = tuple[str, str]
LEFT_OUT = {
    "sessions.session",  # whoever has the file must not be signed in; people sign in again
    "lib.searchdocument",  # the index is filled anew
    "lib.searchkey",
    "lib.searchposting",
    "lib.searchstate",
    "lib.searchtrigram",
    "lib.searchword",
}
CHUNK = 500


@cache
def models_at(migrations: frozenset[Migration]) -> list[type[Model]]:
    """The models that have a table after these migrations, those between two models included."""
    graph, applied = MigrationLoader(None).graph, migrations
    children = {node: {child.key for child in graph.node_map[node].children} for node in applied}
    last = [node for node in applied if not any(child[0] == node[0] for child in children[node] & applied)]
    found = graph.make_state(nodes=sorted(last)).apps.get_models(include_auto_created=True)
    return sorted((model for model in found if has_table(model)), key=lambda model: model._meta.label_lower)


def has_table(model: type[Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def kept(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Those of the models whose rows stand in an archive: not what is left out, nor what belongs to such a row."""
    left_out, count = set(LEFT_OUT), 0
    while count != len(left_out):
        count = len(left_out)
        left_out |= {model._meta.label_lower for model in models if left_out & set(named_by(model))}
    return [model for model in models if model._meta.label_lower not in left_out]


def named_by(model: type[Model]) -> list[str]:
    """The models that its foreign keys name."""
    return [field.related_model._meta.label_lower for field in model._meta.local_concrete_fields if field.is_relation]


def fields_of(model: type[Model]) -> list[Field]:
    """The fields that have a column which is written."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def columns_of(model: type[Model]) -> list[str]:
    return [field.attname for field in fields_of(model)]


def rows_out(model: type[Model]) -> Iterator[bytes]:
    """The rows of a model as lines of JSON, in the order of their keys."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=CHUNK):
        yield json.dumps(row, default=as_text, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_text(value: object) -> str:
    """What JSON has no word for, as the field's ``to_python`` reads it."""
    if isinstance(value, date | time):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes | memoryview) else str(value)


def rows_in(model: type[Model], lines: Iterable[bytes]) -> int:
    """Write rows as they are, without what a field would set by itself, and return how many there were."""
    fields, count, lines = fields_of(model), 0, iter(lines)
    size = min(CHUNK, connection.ops.bulk_batch_size(fields, range(CHUNK)))
    while batch := [row_of(model, fields, line) for line in islice(lines, size)]:
        model._base_manager.all()._insert(batch, fields=fields, using=connection.alias, raw=True)
        count += len(batch)
    return count


def row_of(model: type[Model], fields: list[Field], line: bytes) -> Model:
    values = zip(fields, json.loads(line), strict=True)
    return model(**{field.attname: field.to_python(value) for field, value in values})


def file_names(models: Iterable[type[Model]]) -> Iterator[str]:
    """The names of all files that rows name; a name may come twice."""
    for model in models:
        for field in fields_of(model):
            if isinstance(field, FileField):
                names = model._base_manager.exclude(**{field.attname: ""}).order_by("pk")
                yield from filter(None, names.values_list(field.attname, flat=True).iterator(chunk_size=CHUNK))


def replace_tables(models: list[type[Model]], migrations: Iterable[Migration]) -> None:
    """Drop every table of the database, make those of the models, and note which migrations these stand for.

    Made as they are at this state at once, not by every step that led there.
    """
    with connection.schema_editor() as editor:
        for guard in table_guards.ask():
            guard.remove(editor)
        for table in connection.introspection.table_names():
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})
    with connection.schema_editor() as editor:
        for model in models:
            if not model._meta.auto_created:  # made with the model that names it
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in migrations:
        recorder.record_applied(app, name)


def install_guards() -> None:
    """Have the database watch over tables as migrations had it do; safe to repeat."""
    with connection.schema_editor() as editor:
        for guard in table_guards.ask():
            guard.remove(editor)
            guard.install(editor)


def reset_sequences(models: list[type[Model]]) -> None:
    """Have the next row of each table get a key that none has."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
