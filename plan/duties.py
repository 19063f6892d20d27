"""What the plan asks of units besides their weeks (V.2): the tables `[[obligation]]` of `plan/calendar.toml`.

What the secretariat asks for besides ("đột xuất") is no duty of the plan: it stands in the database.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from plan.problems import PlanError, Problem
from rules.handing import Takes
from rules.roles import Role

FILE = "calendar.toml"
_TEXTS = ("id", "form", "section", "name", "name_en", "short", "short_en")
_KEYS = frozenset({*_TEXTS, "takes", "roles", "last_day", "once", "announced"})
_LONGEST_NOTICE = 365
"""Days before the last day from which a duty may be announced."""


class DutyProblem(Problem):
    """A problem of an obligation in the calendar: its place is the obligation's id."""

    TEXTS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "unknown_key": "“{key}” is not known. Use one of: {known}.",
            "missing": "“{key}” is missing or no text. Add it.",
            "unknown_word": "“{value}” in “{key}” is not known. Use one of: {known}.",
            "bad_day": "“{value}” in “{key}” is no such day. Write last_day like 11-04, once like 2020-10-31.",
            "no_day": "It has no day. Give it either “last_day” (every year) or “once”.",
            "bad_number": "“{key}” is no whole number from 0 to {high}. Correct it.",
            "duplicate": "Another obligation has this id already. Choose a new one.",
        }
    )

    def __str__(self) -> str:
        return f"[{self.file} {self.params['duty']}] {self.TEXTS[self.code].format_map(self.params)}"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that the units with one of `roles` owe by a day: yearly (`month_day`), or once.

    `form` is the form by which it is handed in, `announced` how many days before its last day it is shown.
    """

    id: str
    names: Mapping[str, str]
    shorts: Mapping[str, str]
    form: str
    takes: Takes
    roles: tuple[str, ...]
    section: str
    announced: timedelta
    month_day: tuple[int, int] | None = None
    once: date | None = None

    def name(self, language: str, due_on: date) -> str:
        """What is owed, in full. {year} and {next_year} in the words are those of its last day."""
        return _filled(self.names[language], due_on)

    def short(self, language: str, due_on: date) -> str:
        """The same for a button."""
        return _filled(self.shorts[language], due_on)

    def falls_on(self, day: date) -> bool:
        """Whether that is its last day, or that of some year."""
        return day == self.once if self.once is not None else (day.month, day.day) == self.month_day

    def due_on(self, today: date) -> date | None:
        """The last day that lies before it today, once it is announced; `None` if none does."""
        if self.once is not None:
            days = [self.once]
        else:
            month, day = self.month_day or (1, 1)
            days = [date(year, month, day) for year in (today.year, today.year + 1)]
        return next((last for last in days if last - self.announced <= today <= last), None)


Duties = Mapping[str, Duty]


def named(duties: Duties, kind: str, due_on: date, title: str, language: str) -> str:
    """What an obligation of a kind is called in full: as its duty says, else by the title of what was asked besides."""
    duty = duties.get(kind)
    return duty.name(language, due_on) if duty else title or kind


def briefly_named(duties: Duties, kind: str, due_on: date, title: str, language: str) -> str:
    """The same for a button."""
    duty = duties.get(kind)
    return duty.short(language, due_on) if duty else title or kind


def load_duties(folder: Path) -> Duties:
    """The duties of `folder`/calendar.toml by id, in its order; none where there is no such file. Raises `PlanError`.

    That the file is TOML at all, the reader of its rules says.
    """
    path = folder / FILE
    try:
        tables = tomllib.loads(path.read_text("utf-8-sig")).get("obligation", [])
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}
    duties: dict[str, Duty] = {}
    problems: list[Problem] = []
    for table in tables:
        found = [*_problems(f"{folder.name}/{FILE}", table, duties)]
        problems += found
        if not found:
            duty = _duty(table)
            duties[duty.id] = duty
    if problems:
        raise PlanError(tuple(problems))
    return MappingProxyType(duties)


def _problems(file: str, table: Mapping[str, Any], earlier: Duties) -> Iterator[Problem]:
    def wrong(code: str, **params: str | int) -> Problem:
        return DutyProblem(file, 0, code, {"duty": str(table.get("id", "?")), **params})

    for key in sorted(table.keys() - _KEYS):
        yield wrong("unknown_key", key=key, known=", ".join(sorted(_KEYS)))
    for key in _TEXTS:
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield wrong("missing", key=key)
    if table.get("id") in earlier:
        yield wrong("duplicate")
    yield from _unknown_words(wrong, table)
    if type(table.get("announced")) is not int or not 0 <= table["announced"] <= _LONGEST_NOTICE:
        yield wrong("bad_number", key="announced", high=_LONGEST_NOTICE)
    if ("last_day" in table) == ("once" in table):
        yield wrong("no_day")
    elif not _is_day(table):
        key = "once" if "once" in table else "last_day"
        yield wrong("bad_day", key=key, value=str(table[key]))


def _unknown_words(wrong: Any, table: Mapping[str, Any]) -> Iterator[Problem]:
    known: Mapping[str, Sequence[str]] = {"takes": tuple(Takes), "roles": tuple(Role)}
    for key, words in known.items():
        said = table.get(key)
        for value in said if isinstance(said, list) else [said]:
            if value not in words:
                yield wrong("unknown_word", key=key, value=str(value), known=", ".join(words))


def _is_day(table: Mapping[str, Any]) -> bool:
    try:
        _days(table)
    except ValueError:
        return False
    return True


def _days(table: Mapping[str, Any]) -> tuple[tuple[int, int] | None, date | None]:
    """The day of every year, which is never 29 February, or the one day."""
    if "once" in table:
        return None, date.fromisoformat(str(table["once"]))
    day = date.fromisoformat(f"2001-{table['last_day']}")
    return (day.month, day.day), None


def _duty(table: Mapping[str, Any]) -> Duty:
    month_day, once = _days(table)
    return Duty(
        id=table["id"],
        names=MappingProxyType({"vi": table["name"], "en": table["name_en"]}),
        shorts=MappingProxyType({"vi": table["short"], "en": table["short_en"]}),
        form=table["form"],
        takes=Takes(table["takes"]),
        roles=tuple(table["roles"]),
        section=table["section"],
        announced=timedelta(days=table["announced"]),
        month_day=month_day,
        once=once,
    )


def _filled(words: str, due_on: date) -> str:
    return words.replace("{next_year}", str(due_on.year + 1)).replace("{year}", str(due_on.year))
