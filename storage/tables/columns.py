"""Declares columns, and names constraints alike on both databases."""

from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from storage.db.types import Id, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
metadata = SQLModel.metadata


def new_id() -> Any:
    return Field(default=None, primary_key=True, sa_type=Id)


def ref(target: str, *, index: bool = False) -> Any:
    return Field(foreign_key=target, sa_type=Id, index=index)


def key_ref(target: str) -> Any:
    return Field(foreign_key=target, sa_type=Id, primary_key=True)


def maybe_ref(target: str, *, index: bool = False) -> Any:
    return Field(default=None, foreign_key=target, sa_type=Id, index=index, nullable=True)


def time(*, index: bool = False) -> Any:
    return Field(sa_type=UtcDateTime, index=index)


def maybe_time() -> Any:
    return Field(default=None, sa_type=UtcDateTime, nullable=True)


def json_value() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


def maybe_json() -> Any:
    return Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))


def long_text() -> Any:
    return Field(sa_column=Column(Text, nullable=False))
