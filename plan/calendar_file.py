"""Reads `plan/calendar.toml` into rules, or raises one error that lists all that is wrong, with line and remedy."""

import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from plan.calendar import DEADLINE_TOPICS, MONTH_TOPICS, Calendar, Moves, Rule, Topic, YearDay
from plan.duties import Duties, load_duties
from plan.problems import PlanError, Problem
from rules.roles import Role

MAX_USEFUL_HOURS = 24 * 7
"""A reminder older than a week helps nobody; the tick looks back no further than this."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_DAYS = "working_days"
MOST_DAYS = 365
PRIORITIES = (0, 9)
KEYS = frozenset(
    {"id", "version", "topic", "roles", "on", "moves", "afternoon", "rides", "useful_hours", "priority"}
    | {"days_before", "days_after", "late_days", "late_weekday", "period"}
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
            "bad_moment": "“{value}” in “on” is no day. Write a weekday (mon … sun), a day of every year (11-04) or "
            "working_days.",
            "bad_day": "“{value}” in “{key}” is no day of every year. Write month and day like 11-04.",
            "bad_number": "“{value}” in “{key}” is no whole number from {low} to {high}. Correct it.",
            "no_deadline": "A deadline is looked for every working day, so many days before or after it. Give it "
            'on = "working_days" and “days_before” or “days_after”.',
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
    rules, duties = _rules(file, text, tables if isinstance(tables, list) else []), load_duties(path.parent)
    return MappingProxyType({rule.id: _with_duties(rule, duties) for rule in rules.values()})


def _with_duties(rule: Rule, duties: Duties) -> Rule:
    """Let a rule that reminds of last days know those of the plan's duties that concern its roles, or units below."""
    if rule.topic not in DEADLINE_TOPICS:
        return rule
    is_above = rule.topic is Topic.DEADLINE_ABOVE
    return replace(rule, duties=tuple(duty for duty in duties.values() if is_above or {*duty.roles} & {*rule.roles}))


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
    on = _text(table, "on")
    rule = Rule(
        id=_text(table, "id"),
        version=_text(table, "version"),
        topic=Topic(_known("topic", _text(table, "topic"), list(Topic))),
        roles=_words(table, "roles", tuple(Role)),
        useful_for=timedelta(hours=_number("useful_hours", _value(table, "useful_hours", int), 1, MAX_USEFUL_HOURS)),
        weekday=WEEKDAYS.index(on) if on in WEEKDAYS else None,
        year_day=_day_of_year(on) if on not in (*WEEKDAYS, WORKING_DAYS) else None,
        moves=Moves(_known("moves", table.get("moves", Moves.AFTER), list(Moves))),
        afternoon=_flag(table, "afternoon"),
        rides=_flag(table, "rides"),
        priority=_number("priority", table.get("priority", 5), *PRIORITIES),
        days_before=_days(table, "days_before"),
        days_after=_days(table, "days_after"),
        late_days=_number("late_days", table.get("late_days", 0), 0, MOST_DAYS),
        late_weekday=_weekday(table, "late_weekday"),
        period=_period(table) if "period" in table else None,
    )
    _refuse_what_does_not_fit(rule, on, earlier)
    return rule


def _refuse_what_does_not_fit(rule: Rule, on: str, earlier: Container[str]) -> None:
    if rule.id in earlier:
        raise _Wrong("id", "duplicate", value=rule.id)
    if rule.topic in DEADLINE_TOPICS and (on != WORKING_DAYS or not (rule.days_before or rule.days_after)):
        raise _Wrong("topic", "no_deadline")
    if rule.topic in MONTH_TOPICS and not rule.period:
        raise _Wrong("topic", "no_period")


def _day_of_year(on: str) -> YearDay:
    try:
        return _year_day("on", on)
    except _Wrong:
        raise _Wrong("on", "bad_moment", value=on) from None


def _flag(table: Mapping[str, Any], key: str) -> bool:
    return key in table and bool(_value(table, key, bool))


def _days(table: Mapping[str, Any], key: str) -> tuple[int, ...]:
    return tuple(_number(key, days, 0, MOST_DAYS) for days in _value(table, key, list)) if key in table else ()


def _weekday(table: Mapping[str, Any], key: str) -> int | None:
    return WEEKDAYS.index(_known(key, table[key], WEEKDAYS)) if key in table else None


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
