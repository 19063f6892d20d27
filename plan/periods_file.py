"""Reads `plan/periods.toml` into the rules of periods, or raises an error that says what is wrong with it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from periods.cuts import ActionMonth, Cutoff, Cuts, Names, YearSpan
from periods.period import Length
from plan.problems import PlanError, Problem

FILE = "periods.toml"
SHIPPED = Path(__file__).parent / FILE
"""The periods of a plan without any of its own: decrees hold in all districts."""
CUT_OFF_LENGTHS = ("month", "quarter", "half", "nine_months", "ten_months", "year")
_LAST_DAY_OF_ALL = 28
"""The last day that every month has."""
_YEARS = (1000, 2999)


class PeriodsProblem(Problem):
    """A problem of the periods: its place is named by the text itself."""

    TEXTS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "not_toml": "This is not TOML: {message}. Correct the line.",
            "unknown_key": "“{key}” in {place} is not known. Use one of: {known}.",
            "missing": "“{key}” is missing in {place}. Add it.",
            "bad_number": "“{value}” of “{key}” in {place} is no whole number from {low} to {high}. Correct it.",
            "bad_day": "“{value}” of “{key}” in {place} is no day of every year. Write month and day like 11-15.",
            "no_text": "“{key}” in {place} is no text. Write the name between quotation marks.",
            "no_codes": '“{key}” in {place} is no list of codes. Write it like ["A1.4"].',
            "no_order": "{place} begins in {value}, no later than the one before it. Put them in the order of time.",
            "no_table": "{place} is no table. Correct it as plan/periods.toml in the project shows.",
        }
    )

    def __str__(self) -> str:
        return f"[{self.file}] {self.TEXTS[self.code].format_map(self.params)}"


class _Wrong(Exception):
    """A value cannot be used."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def load_periods(folder: Path) -> Cuts:
    """The rules of `folder`/periods.toml, or the shipped ones where a plan has none. Raises `PlanError`."""
    path = folder / FILE
    if not path.is_file():
        path = SHIPPED
    file = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlanError((PeriodsProblem(file, 0, "not_toml", {"message": str(error)}),)) from None
    try:
        _check_keys(content, "the file", ("cutoffs", "results", "action_month"))
        return Cuts(
            cutoffs=MappingProxyType(dict(_cutoffs(_table(content.get("cutoffs", {}), "[cutoffs]")))),
            action_months=tuple(_action_months(content.get("action_month", []))),
            results=_span(_table(content["results"], "[results]"), "[results]") if "results" in content else None,
        )
    except _Wrong as wrong:
        raise PlanError((PeriodsProblem(file, 0, wrong.code, wrong.params),)) from None


def _cutoffs(table: Mapping[str, Any]) -> Iterator[tuple[str, Cutoff]]:
    _check_keys(table, "[cutoffs]", CUT_OFF_LENGTHS)
    for key, value in table.items():
        place = f"[cutoffs] {key}"
        days = _table(value, place)
        _check_keys(days, place, ("from", "to"))
        first, last = (_number(days, name, place, 1, _LAST_DAY_OF_ALL) for name in ("from", "to"))
        yield Length(key), Cutoff(first, last)


def _action_months(tables: Sequence[Any]) -> Iterator[ActionMonth]:
    since = 0
    for index, value in enumerate(tables, 1):
        place = f"[[action_month]] {index}"
        table = _table(value, place)
        _check_keys(table, place, ("since", "from", "to", "name_vi", "name_en", "activities"))
        begins = _number(table, "since", place, *_YEARS)
        if begins <= since:
            raise _Wrong("no_order", place=place, value=begins)
        since = begins
        names = Names(_text(table, "name_vi", place), _text(table, "name_en", place))
        yield ActionMonth(begins, _span(table, place), names, _codes(table, "activities", place))


def _span(table: Mapping[str, Any], place: str) -> YearSpan:
    return YearSpan(_year_day(table, "from", place), _year_day(table, "to", place))


def _year_day(table: Mapping[str, Any], key: str, place: str) -> tuple[int, int]:
    value = _value(table, key, place)
    written = re.fullmatch(r"([0-9]{2})-([0-9]{2})", value) if isinstance(value, str) else None
    try:
        if written:
            day = date(2021, int(written[1]), int(written[2]))  # a year without 29 February: a day of every year
            return day.month, day.day
    except ValueError:
        pass
    raise _Wrong("bad_day", key=key, place=place, value=str(value))


def _number(table: Mapping[str, Any], key: str, place: str, low: int, high: int) -> int:
    value = _value(table, key, place)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _Wrong("bad_number", key=key, place=place, value=str(value), low=low, high=high)
    return value


def _text(table: Mapping[str, Any], key: str, place: str) -> str:
    value = _value(table, key, place)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("no_text", key=key, place=place)
    return value


def _codes(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(code, str) and code.strip() for code in value):
        raise _Wrong("no_codes", key=key, place=place)
    return tuple(value)


def _value(table: Mapping[str, Any], key: str, place: str) -> Any:
    if key not in table:
        raise _Wrong("missing", key=key, place=place)
    return table[key]


def _table(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("no_table", place=place)
    return value


def _check_keys(table: Mapping[str, Any], place: str, known: Sequence[str]) -> None:
    for key in sorted(table.keys() - set(known)):
        raise _Wrong("unknown_key", key=key, place=place, known=", ".join(known))
