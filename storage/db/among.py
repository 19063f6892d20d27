"""A condition for very many ids at once: one parameter in all, where `in_` has one for each, which costs more than the
look-ups themselves."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, String, bindparam, select
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Ids(TypeDecorator[Collection[int]]):
    """JSON in SQLite, an array in PostgreSQL."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(BigInteger()))

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        ids = list(value or ())
        return json.dumps(ids) if dialect.name == "sqlite" else ids


class _Each(FunctionElement[int]):
    """A row for each id, under the name of the function's alias."""

    inherit_cache = True


def among(column: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the column is one of the ids that the statement is given as `ids` when it is run."""
    rows = _Each(bindparam("ids", type_=_Ids())).table_valued("value", name="value")
    return column.in_(select(rows.c.value))


@compiles(_Each, "sqlite")
def _of_json(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, "postgresql")
def _of_array(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"unnest({compiler.process(element.clauses, **options)})"
