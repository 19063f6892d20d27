"""A second implementation of the figures: it reads revisions and what was said about them, and nothing else.

It shares no code with the program but the names of columns, and is written for being read beside the definitions, not
for speed. `tests.integration.history.test_machine` compares the two after each step of a random history.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Answers = Mapping[str, Any]
Numbers = Counter[str]

STATE_AFTER = {"send": "sent", "correct": "sent", "approve": "approved", "return": "returned", "withdraw": "withdrawn"}


@dataclass
class Version:
    """One revision of a report."""

    answers: Answers
    action: str
    at: datetime


@dataclass
class Told:
    """A report as its revisions tell it."""

    id: int
    unit: str
    versions: list[Version]

    @property
    def state(self) -> str:
        return STATE_AFTER[self.versions[-1].action]

    @property
    def answers(self) -> Answers:
        return self.versions[-1].answers

    @property
    def sent_at(self) -> datetime:
        return self.versions[0].at

    @property
    def first(self) -> date:
        return first_day(self.answers)

    @property
    def last(self) -> date:
        return last_day(self.answers)

    @property
    def stands(self) -> bool:
        return self.state in ("sent", "approved")


def first_day(answers: Answers) -> date:
    return date.fromisoformat(answers["date"])


def last_day(answers: Answers) -> date:
    return date.fromisoformat(answers.get("last_date") or answers["date"])


@dataclass
class Word:
    """Somebody said of a unit's week that nothing took place, or took that back."""

    unit: str
    week: str
    given: bool
    at: datetime


@dataclass
class History:
    """Everything that was done: reports, which of them are of one event, which of a set a chair chose; and what was
    said of weeks."""

    words: list[Word] = field(default_factory=list)
    free: set[str] = field(default_factory=set)
    reports: dict[int, Told] = field(default_factory=dict)
    sets: list[set[int]] = field(default_factory=list)
    chosen: set[int] = field(default_factory=set)
    """Reports that a chair chose in their sets."""
    moves: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    """By neighbourhood the days from which it has lain in another ward, in order."""

    def counted(self) -> list[Told]:
        """Reports that stand; of the members of a set only one."""
        silent = {report for members in self.sets for report in members} - {
            one for members in self.sets if (one := self.counting(members)) is not None
        }
        return [report for report in self.reports.values() if report.stands and report.id not in silent]

    def counting(self, members: set[int]) -> int | None:
        standing = [self.reports[each] for each in members if self.reports[each].stands]
        if not standing:
            return None
        return min(standing, key=lambda report: (report.id not in self.chosen, report.sent_at, report.id)).id

    def ward(self, unit: str, day: date) -> str:
        """The ward in which a neighbourhood lies on a day; of other units the unit itself."""
        if "-KP" not in unit:
            return unit
        moved = [ward for since, ward in self.moves.get(unit, []) if since <= day]
        return moved[-1] if moved else unit.partition("-")[0]


def entries(answers: Answers) -> Iterator[dict[str, Any]]:
    """The first line and the further ones, under the first one's names."""
    yield dict(answers)
    for more in answers.get("more_lines") or ():
        yield {name.removeprefix("more_"): value for name, value in more.items()}


def of_report(report: Told) -> Numbers:
    """What one report adds to its scope's numbers."""
    answers, numbers = report.answers, Counter({"reports": 1})
    numbers["not_approved"] = int(report.state != "approved")
    kind = answers["kind"]
    for line in entries(answers):
        if kind == "event":
            for name in ("women", "men", "unsorted", "first_women", "first_men"):
                numbers[name] += line.get(name) or 0
        if kind == "service":
            for name in ("women", "men", "unsorted"):
                numbers[f"helped {name}"] += line.get(f"helped_{name}") or 0
        if kind == "media":
            numbers[f"media {line['product']} {line.get('mode') or 'given'}"] += line["quantity"]
        if kind in ("survey", "document"):
            numbers[kind] += line["number"]
        if kind == "inspection":
            for name in ("inspected", "violations", "handled"):
                numbers[name] += line[name]
    return +numbers


def by_group(report: Told) -> dict[str, Numbers]:
    """What one report adds to each row by target group: it counts once in each."""
    rows: dict[str, Numbers] = {}
    for line in entries(report.answers):
        kind = report.answers["kind"]
        group = "in_need" if kind == "service" else line.get("group") or "" if kind == "event" else ""
        row = rows.setdefault(group, Counter({"reports": 1}))
        if kind == "event":
            row.update({name: line.get(name) or 0 for name in ("women", "men", "unsorted")})
    return rows


def in_days(history: History, first: date, last: date) -> list[Told]:
    """The counted reports whose last day lies in these days."""
    return [report for report in history.counted() if first <= report.last <= last]


def monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def touches(answers: Answers, week: str) -> bool:
    start = monday(week)
    return first_day(answers) <= start + timedelta(days=6) and last_day(answers) >= start


def week_state(history: History, unit: str, week: str) -> tuple[str, bool]:
    """What a unit did about a week, and whether that was on time."""
    deadline = datetime.combine(monday(week) + timedelta(days=7), time(7), ZoneInfo("Asia/Ho_Chi_Minh"))
    lying = [
        report
        for report in history.reports.values()
        if report.unit == unit and report.state != "withdrawn" and touches(report.answers, week)
    ]
    if lying:
        began = min(lay_since(report, week) for report in lying)
        return ("reported" if any(report.stands for report in lying) else "mending"), began < deadline
    since = None
    for word in history.words:
        if (word.unit, word.week) == (unit, week):
            since = (since or word.at) if word.given else None
    return ("nil", since < deadline) if since else ("missing", False)


def lay_since(report: Told, week: str) -> datetime:
    return min(version.at for version in report.versions if touches(version.answers, week))
