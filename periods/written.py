"""Periods in JSON: a code with its days, so that whoever reads it needs no rules, and sees those of its time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from periods.cuts import Names
from periods.period import Period, period_of, written_down


def to_json(period: Period) -> dict[str, Any]:
    """The period as a value of JSON."""
    names = {"names": [period.names.vi, period.names.en]} if period.names else {}
    return {"code": period.code, "first": period.first.isoformat(), "last": period.last.isoformat(), **names}


def from_json(data: str | Mapping[str, Any]) -> Period:
    """The period of such a value; older ones are a code alone, of one that the calendar knows."""
    if isinstance(data, str):
        return period_of(data)
    names = Names(*data["names"]) if "names" in data else None
    return written_down(data["code"], date.fromisoformat(data["first"]), date.fromisoformat(data["last"]), names)
