"""Reports and words about weeks as people make them, step by step; after each the cache is what the history says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from periods.days import ZONE
from periods.period import week_period
from periods.weeks import monday_of
from plan.sync import ensure_units
from reports.figures import Figures
from reports.reckoning import figures_of
from rules.changes import ChangeKind
from rules.states import Deed, ReportState
from rules.weeks import Judged, WeekState
from services import consent, obligations, week_history
from services.nil import NilResult, say_nil, take_back
from services.projections import ACTIVITY_REPORT, project
from services.viewer import Viewer
from storage import tables as t
from storage.directory import persons, roles, unit_rows
from storage.directory.units import directory_changed, unit_id, unit_tree
from storage.records import branch_totals, linking, submissions, unit_weeks
from storage.records.submissions import Projected
from tests.conversation import shipped_plan
from tests.levels import shipped_levels
from tests.units import add_unit

WEEK = "2020-W45"
MONDAY = monday_of(WEEK)
BEFORE = datetime(2020, 1, 2, tzinfo=ZONE)
EVENT = {"kind": "event", "activity": "A2", "group": "residents", "women": 30, "men": 15}


def on(day: str, hour: int = 10) -> datetime:
    """A moment of November 2020: "T2" to "CN" of week 45, with a plus for each week after it."""
    days = ("T2", "T3", "T4", "T5", "T6", "T7", "CN").index(day.rstrip("+")) + 7 * day.count("+")
    return datetime.combine(MONDAY + timedelta(days=days), datetime.min.time(), ZONE).replace(hour=hour)


@dataclass
class Story:
    """The plan's units, an officer in each neighbourhood that is named, and their reports by a letter."""

    db: Connection
    officers: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)

    def officer(self, unit: str) -> int:
        if unit not in self.officers:
            person = persons.add_person(self.db, f"Officer of {unit}", "vi", BEFORE)
            roles.assign(self.db, person, "propagandist", self.unit(unit), BEFORE)
            consent.give(self.db, person, consent.VERSION, BEFORE)
            self.officers[unit] = person
        return self.officers[unit]

    def unit(self, code: str) -> int:
        found = unit_id(self.db, code)
        assert found is not None
        return found

    def sends(self, letter: str, unit: str, day: date, now: datetime, last: date | None = None) -> None:
        """A report of an event of this day, or of the days until `last`."""
        answers = _answers(day, last)
        self.reports[letter] = submissions.store(
            self.db,
            form=(ACTIVITY_REPORT, "4"),
            person_id=self.officer(unit),
            unit_id=self.unit(unit),
            interview_id=None,
            answers=answers,
            projected=self._projected(answers, self.unit(unit)),
            now=now,
        )
        self.agrees()

    def corrects(self, letter: str, day: date, now: datetime, last: date | None = None) -> None:
        report = self.find(letter)
        answers = _answers(day, last)
        projected = self._projected(answers, report.unit_id)
        submissions.correct(self.db, report, person_id=report.person_id, answers=answers, projected=projected, now=now)
        self.agrees()

    def becomes(self, letter: str, state: ReportState, now: datetime) -> None:
        """It is returned, approved or withdrawn."""
        deeds = {
            ReportState.RETURNED: Deed.RETURN,
            ReportState.APPROVED: Deed.APPROVE,
            ReportState.WITHDRAWN: Deed.WITHDRAW,
        }
        report = self.find(letter)
        submissions.set_state(self.db, report, state=state, person_id=report.person_id, deed=deeds[state], now=now)
        self.agrees()

    def says_nil(self, unit: str, now: datetime, week: str = WEEK) -> NilResult:
        said = say_nil(self.db, self._viewer(unit, now), unit, week, now)
        assert isinstance(said, NilResult)
        self.agrees()
        return said

    def may_say_nil(self, unit: str, now: datetime, week: str = WEEK) -> bool:
        return say_nil(self.db, self._viewer(unit, now), unit, week, now) is not None

    def owed_weeks(self, unit: str, now: datetime) -> list[tuple[str, str]]:
        """The weeks of which the unit's officer hears."""
        return [(owing.held.unit, owing.week) for owing in obligations.weeks(self.db, self._viewer(unit, now))]

    def takes_back(self, unit: str, seen: int, now: datetime, week: str = WEEK) -> NilResult:
        said = take_back(self.db, self._viewer(unit, now), unit, week, seen, now)
        assert isinstance(said, NilResult)
        self.agrees()
        return said

    def links(self, letter: str, other: str) -> None:
        """They are of one event."""
        linking.join(self.db, self.reports[letter], self.reports[other], self.find(letter).person_id, on("CN"))
        self.agrees()

    def merges(self, units: Sequence[str], into: str, day: date) -> None:
        """Some units go on as one from a day on: as a new one, or as one that goes on."""
        if unit_id(self.db, into) is None:
            self._begins(into, units[0], day)
        for unit in units:
            self._ends(unit, into, day, ChangeKind.MERGE)
        directory_changed(self.db)

    def splits(self, unit: str, into: Sequence[str], day: date) -> None:
        """A unit goes on as several from a day on."""
        for part in into:
            self._begins(part, unit, day)
            self._ends(unit, part, day, ChangeKind.SPLIT)
        directory_changed(self.db)

    def moves(self, unit: str, ward: str, day: date) -> None:
        """A unit lies in another ward from a day on."""
        row, before = self.unit(unit), unit_tree(self.db)
        name = before.as_of(row, day).name
        unit_rows.set_version(self.db, row, day, name=name, parent_id=self.unit(ward))
        unit_rows.add_change(self.db, ChangeKind.MOVE, before=row, after=row, on_date=day)
        directory_changed(self.db)
        branch_totals.follow(self.db, before)

    def _begins(self, code: str, like: str, day: date) -> None:
        unit = unit_tree(self.db).as_of(self.unit(like), day)
        name = f"Khu phố {code}"
        add_unit(self.db, code=code, name=name, level=unit.level, parent_id=unit.parent_id, valid_from=day)

    def _ends(self, unit: str, into: str, day: date, kind: ChangeKind) -> None:
        row = self.unit(unit)
        unit_rows.add_change(self.db, kind, before=row, after=self.unit(into), on_date=day)
        if unit != into:
            unit_rows.set_unit(self.db, row, valid_to=day - timedelta(days=1))

    def figures(self, unit: str, week: str = WEEK) -> Figures:
        return figures_of(self.db, shipped_plan(), unit, week_period(week), on("T4+"))

    def find(self, letter: str) -> submissions.Report:
        report = submissions.find(self.db, self.reports[letter])
        assert report is not None
        return report

    def week(self, unit: str, week: str = WEEK) -> Judged:
        """What is made of the unit's week."""
        number = self.unit(unit)
        return unit_weeks.owed(self.db, [week], [number])[week, number]

    def state(self, unit: str, week: str = WEEK) -> WeekState:
        return self.week(unit, week).state

    def agrees(self) -> None:
        """What is stored of weeks is what the history says."""
        assert week_history.strays(self.db) == 0

    def _viewer(self, unit: str, now: datetime) -> Viewer:
        return Viewer(self.db, self.officer(unit), "Lan", now, shipped_levels().owing)

    def _projected(self, answers: dict[str, Any], unit: int) -> Projected:
        tree = unit_tree(self.db)
        return project(ACTIVITY_REPORT, answers, tree.as_of(unit, MONDAY), tree, MONDAY)


def _answers(day: date, last: date | None) -> dict[str, Any]:
    return {**EVENT, "date": day.isoformat(), **({"last_date": last.isoformat()} if last else {})}


def story(db: Connection) -> Story:
    """Gò Vấp before anybody has reported."""
    ensure_units(db, shipped_plan())
    db.execute(update(t.unit).values(valid_from=date(2019, 1, 1)))
    return Story(db)
