"""Reads `plan/calendar.toml` into rules, or raises one error that lists all that is wrong, with line and remedy."""

import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from periods.days import ZONE
from plan.calendar import MONTH_TOPICS, OBLIGATIONS, Calendar, DaysBefore, Rule, Topic, Trigger, YearDay
from plan.problems import PlanError, Problem
from rules.roles import Role

MAX_USEFUL_HOURS = 24 * 7
"""A reminder older than a week helps nobody; the tick looks back no further than this."""
FIELDS = frozenset({"month", "day", "day_of_week", "hour", "minute"})
KEYS = frozenset(
    {"id", "version", "topic", "roles", "when", "last_day", "days_before", "at", "useful_hours", "alone"}
    | {"period", "obligations"}
)


class CalendarProblem(Problem):
    """A problem of the calendar: its place is a line, its texts are the ones below."""

    TEXTS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "no_file": "There is no such file. Put it there; plan/ in the project shows how it looks.",
            "not_toml": "This is not TOML: {message}. Correct the line.",
            "no_rules": "There are no rules. Add at least one [[rule]].",
            "unknown_key": "“{key}” is not known. Use one of: {known}.",
            "missing": "“{key}” is missing. Add it to the rule.",
            "wrong_type": "“{key}” is no {expected}. Correct it.",
            "unknown_word": "“{value}” in “{key}” is not known. Use one of: {known}.",
            "duplicate": "The id “{value}” names another rule already. Choose a new one.",
            "bad_moment": "“when” does not say a moment: {message}. Correct it, e.g. "
            '[{{ day_of_week = "fri", hour = 15 }}].',
            "no_moment": "The rule never falls due. Give it either “when”, or “last_day” with “days_before” and “at”.",
            "two_moments": "The rule has both “when” and “last_day”. Remove one of the two.",
            "bad_day": "“{value}” in “{key}” is no day of every year. Write month and day like 11-04.",
            "bad_time": "“{value}” in “{key}” is no time of day. Write hour and minute like 08:00.",
            "bad_number": "“{value}” in “{key}” is no whole number from {low} to {high}. Correct it.",
            "no_deadline": "A deadline needs “last_day” and “obligations”. Add them.",
            "no_period": 'A topic of the month of action needs “period”. Add it, e.g. period = ["11-15", "12-15"].',
        }
    )

    def __str__(self) -> str:
        place = f"{self.file} row {self.row}" if self.row else self.file
        return f"[{place}] {self.TEXTS[self.code].format_map(self.params)}"


class _Wrong(Exception):
    """A value of a rule cannot be used; the reader of the file knows the line."""

    def __init__(self, key: str, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.key, self.code, self.params = key, code, {"key": key, **params}


def load_calendar(path: Path) -> Calendar:
    """The rules of a calendar file by id. Raises `PlanError`."""
    file = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text("utf-8-sig")
        tables = tomllib.loads(text).get("rule", [])
    except FileNotFoundError:
        raise PlanError((CalendarProblem(file, 0, "no_file"),)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"at line (\d+)", str(error))
        problem = CalendarProblem(file, int(line[1]) if line else 0, "not_toml", {"message": str(error)})
        raise PlanError((problem,)) from None
    return _rules(file, text, tables if isinstance(tables, list) else [])


def _rules(file: str, text: str, tables: Sequence[Mapping[str, Any]]) -> Calendar:
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for index, table in enumerate(tables):
        try:
            rule = _rule(table, rules)
            rules[rule.id] = rule
        except _Wrong as wrong:
            problems.append(CalendarProblem(file, _line(text, index, wrong.key), wrong.code, wrong.params))
    if not tables:
        problems.append(CalendarProblem(file, 0, "no_rules"))
    if problems:
        raise PlanError(tuple(problems))
    return MappingProxyType(rules)


def _line(text: str, index: int, key: str) -> int:
    """The line of a key in the rule number `index`, or else of that rule's heading."""
    lines = text.splitlines()
    headings = [number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*rule\s*]]", line)]
    if index >= len(headings):
        return 0
    end = headings[index + 1] - 1 if index + 1 < len(headings) else len(lines)
    for number in range(headings[index], end):
        if re.match(rf"\s*{re.escape(key)}\s*=", lines[number]):
            return number + 1
    return headings[index]


def _rule(table: Mapping[str, Any], earlier: Container[str]) -> Rule:
    for key in sorted(table.keys() - KEYS):
        raise _Wrong(key, "unknown_key", known=", ".join(sorted(KEYS)))
    rule = Rule(
        id=_text(table, "id"),
        version=_text(table, "version"),
        topic=Topic(_known("topic", _text(table, "topic"), list(Topic))),
        roles=_words(table, "roles", tuple(Role)),
        trigger=_trigger(table),
        useful_for=timedelta(hours=_number("useful_hours", _value(table, "useful_hours", int), 1, MAX_USEFUL_HOURS)),
        alone=_value(table, "alone", bool) if "alone" in table else False,
        last_day=_year_day("last_day", _text(table, "last_day")) if "last_day" in table else None,
        obligations=_words(table, "obligations", OBLIGATIONS) if "obligations" in table else (),
        period=_period(table) if "period" in table else None,
    )
    if rule.id in earlier:
        raise _Wrong("id", "duplicate", value=rule.id)
    if rule.topic is Topic.DEADLINE and not (rule.last_day and rule.obligations):
        raise _Wrong("topic", "no_deadline")
    if rule.topic in MONTH_TOPICS and not rule.period:
        raise _Wrong("topic", "no_period")
    return rule


def _trigger(table: Mapping[str, Any]) -> Trigger:
    if "when" in table and "last_day" in table:
        raise _Wrong("last_day", "two_moments")
    if "when" in table:
        return _moments(_value(table, "when", list))
    if "last_day" not in table:
        raise _Wrong("id", "no_moment")
    days = tuple(_number("days_before", days, 0, 365) for days in _value(table, "days_before", list))
    if not days:
        raise _Wrong("days_before", "no_moment")
    return DaysBefore(_year_day("last_day", _text(table, "last_day")), days, _time(_text(table, "at")))


def _moments(moments: Sequence[Any]) -> Trigger:
    """One cron trigger for each moment; without a minute it fires on the hour."""
    if not moments or not all(isinstance(fields, dict) and fields.keys() <= FIELDS for fields in moments):
        raise _Wrong("when", "bad_moment", message=f"it takes a list of tables of {', '.join(sorted(FIELDS))}")
    if not all("hour" in fields for fields in moments):
        raise _Wrong("when", "bad_moment", message="the hour is missing")
    try:
        crons = [CronTrigger(**{"minute": 0, **fields}, timezone=ZONE) for fields in moments]
    except (TypeError, ValueError) as error:
        raise _Wrong("when", "bad_moment", message=str(error)) from None
    trigger: Trigger = crons[0] if len(crons) == 1 else OrTrigger(crons)
    return trigger


def _value(table: Mapping[str, Any], key: str, kind: type) -> Any:
    if key not in table:
        raise _Wrong(key, "missing")
    if type(table[key]) is not kind:  # a boolean is an integer to isinstance
        names = {str: "text", int: "whole number", list: "list", bool: "true or false"}
        raise _Wrong(key, "wrong_type", expected=names[kind])
    return table[key]


def _text(table: Mapping[str, Any], key: str) -> str:
    value: str = _value(table, key, str).strip()
    if not value:
        raise _Wrong(key, "missing")
    return value


def _known(key: str, value: Any, known: Sequence[str]) -> str:
    if value not in known:
        raise _Wrong(key, "unknown_word", value=str(value), known=", ".join(known))
    return str(value)


def _words(table: Mapping[str, Any], key: str, known: Sequence[str]) -> tuple[str, ...]:
    values = _value(table, key, list)
    if not values:
        raise _Wrong(key, "missing")
    return tuple(_known(key, value, known) for value in values)


def _number(key: str, value: Any, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise _Wrong(key, "bad_number", value=str(value), low=low, high=high)
    return value


def _year_day(key: str, text: str) -> YearDay:
    try:
        day = date.fromisoformat(f"2001-{text}")  # not a leap year: the day must exist in each
    except ValueError:
        raise _Wrong(key, "bad_day", value=text) from None
    return YearDay(day.month, day.day)


def _period(table: Mapping[str, Any]) -> tuple[YearDay, YearDay]:
    days = _value(table, "period", list)
    if len(days) != 2:
        raise _Wrong("period", "no_period")
    return _year_day("period", str(days[0])), _year_day("period", str(days[1]))


def _time(text: str) -> time:
    if not re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        raise _Wrong("at", "bad_time", value=text)
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise _Wrong("at", "bad_time", value=text) from None
