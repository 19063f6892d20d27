"""Figures, and what they are compared with, as JSON and back: what was issued is shown again as it was."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from periods.period import Period
from periods.written import from_json as read_period
from periods.written import to_json as write_period
from reports.beside import Beside
from reports.figures import Figures

BESIDE = "beside"
"""Where what a summary was compared with is kept beside its figures, which are kept by language."""


def to_json(figures: Figures) -> dict[str, Any]:
    """Everything that the figures hold, as JSON knows it."""
    frozen: dict[str, Any] = _plain(figures)
    return frozen


def from_json(frozen: Mapping[str, Any]) -> Figures:
    """The very figures. What an earlier version did not know yet is empty."""
    figures: Figures = _read(Figures, frozen)
    return figures


def beside_to_json(beside: Beside | None) -> dict[str, Any] | None:
    """What figures are compared with, as JSON knows it."""
    frozen: dict[str, Any] | None = _plain(beside)
    return frozen


def beside_from_json(frozen: Mapping[str, Any] | None) -> Beside | None:
    """The same back; `None` where nothing was frozen."""
    beside: Beside | None = _read(Beside, frozen)
    return beside


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return write_period(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if kind is Period:
        return read_period(value)
    if is_dataclass(kind):
        return _value(kind, value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    inner = [each for each in get_args(kind) if each is not NoneType]
    return _read(inner[0], value) if inner else value


def _value(kind: Any, frozen: Mapping[str, Any]) -> Any:
    """One of the values that figures are made of; a field that was not frozen has its default, else it is empty."""
    has_default = {field.name for field in fields(kind) if field.default is not MISSING}
    return kind(
        **{
            name: _read(hint, frozen[name]) if name in frozen else _empty(hint)
            for name, hint in _hints(kind).items()
            if name in frozen or name not in has_default
        }
    )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _empty(kind: Any) -> Any:
    return () if get_origin(kind) is tuple else kind()
