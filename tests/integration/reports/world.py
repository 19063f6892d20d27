"""A small Gò Vấp in the database: two wards, an agency, an officer; and reports as one line each."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, select, update

from periods.weeks import week_of
from plan.model import Plan, PlannedActivity, TargetGroup
from rules.kinds import ActivityKind
from rules.levels import Level
from rules.states import ReportState
from storage import tables as t
from storage.directory.units import directory_changed, unit_tree
from storage.records import branch_totals, unit_weeks
from storage.records.activities import Projection, change, record, recount
from tests.levels import shipped_levels
from tests.units import add_unit

NOW = datetime(2020, 11, 9, 0, 30, tzinfo=UTC)
SINCE = date(2019, 1, 1)


def small_plan() -> Plan:
    """Two activities, two groups, nothing else."""
    talk = _activity("A2", "Tuyên truyền theo nhóm đối tượng", "Nói chuyện ở khu phố", "Talk in the neighbourhood")
    month = _activity("A1.4", "Sự kiện trong Tháng hành động", "Sự kiện Tháng hành động", "Action Month event")
    groups = {
        "residents": TargetGroup(
            "residents", "Người dân", "Residents", "Người dân", "Residents", (), (Level.NEIGHBOURHOOD,)
        ),
        "workers": TargetGroup("workers", "Người lao động", "Workers", "Người lao động", "Workers", (), ()),
    }
    return Plan({}, {"A2": talk, "A1.4": month}, groups, {}, shipped_levels(), {}, {})


def _activity(code: str, name: str, short: str, english: str) -> PlannedActivity:
    return PlannedActivity(code, name, english, short, english, (), "", ActivityKind.EVENT, (), (), ())


@dataclass
class World:
    """Units and people by code, written into `db` as they are named."""

    db: Connection
    units: dict[str, int] = field(default_factory=dict)
    people: dict[bool, int] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def unit(self, code: str, name: str, level: str, parent: str | None = None, **values: Any) -> int:
        """A unit; a second one of the same code takes the code over."""
        above = self.units[parent] if parent else None
        row = {"code": code, "name": name, "level": level, "valid_from": SINCE, **values}
        self.units[code] = add_unit(self.db, parent_id=above, **row)
        directory_changed(self.db)
        return self.units[code]

    def moves(self, code: str, ward: str, since: date) -> None:
        """A neighbourhood that keeps its code and lies in another ward from a day on."""
        unit, before = self.units[code], unit_tree(self.db)
        newest = (t.unit_version.c.unit_id == unit, t.unit_version.c.valid_to.is_(None))
        name = self.db.scalar(select(t.unit_version.c.name).where(*newest))
        self.db.execute(update(t.unit_version).where(*newest).values(valid_to=since - timedelta(days=1)))
        version = {"unit_id": unit, "name": name, "parent_id": self.units[ward], "valid_from": since}
        self.db.execute(insert(t.unit_version), version)
        directory_changed(self.db)
        branch_totals.follow(self.db, before)

    def person(self, *, sample: bool = False) -> int:
        if sample not in self.people:
            row = {"name": "Chị Lan", "language": "vi", "created_at": NOW, "is_sample": sample}
            self.people[sample] = self._insert(t.person, row)
        return self.people[sample]

    def report(self, unit: str, day: date, women: int, men: int, **values: Any) -> int:
        """A sent report, by its submission's id. `values` are facts of it or its line, or mark it as a sample."""
        submission = self.submission(unit, day, sample=values.pop("sample", False))
        record(self.db, submission, self.projection(unit, day, women=women, men=men, **values), NOW)
        unit_weeks.keep(self.db, submission, NOW)
        return submission

    def links(self, *reports: int) -> None:
        """Put reports into a set of their own."""
        number = next(self.numbers)
        self.db.execute(insert(t.event_set), {"id": number, "reason": "", "created_at": NOW})
        self.db.execute(update(t.activity).where(t.activity.c.submission_id.in_(reports)).values(event_set_id=number))
        recount(self.db, number)

    def becomes(self, submission: int, state: ReportState) -> None:
        """It is approved, returned or withdrawn."""
        change(self.db, submission, None, state)
        unit_weeks.keep(self.db, submission, NOW)

    def projection(self, unit: str, day: date, **values: Any) -> Projection:
        """The facts of a report with one line, or with those of `lines`."""
        further = values.pop("lines", ())
        facts = {"activity": "A2", "kind": "event", "first_day": day, "last_day": day, "week": week_of(day)}
        facts |= {"unit_id": self.units[unit], "place": "unit", "place_unit_id": self.units[unit]}
        line = {name: values.pop(name) for name in tuple(values) if name in t.activity_line.c}
        return Projection(facts | values, ({"target_group": "residents", **line}, *further))

    def submission(self, unit: str, day: date, *, sample: bool = False) -> int:
        row = {
            "form_id": "activity_report",
            "form_version": "1",
            "state": "sent",
            "revision": 1,
            "sample": sample,
            "day": day,
        }
        row |= {"person_id": self.person(), "unit_id": self.units[unit], "created_at": NOW, "updated_at": NOW}
        return self._insert(t.submission, row)

    def nil(self, unit: str, week: str, *, sample: bool = False) -> None:
        held = unit_weeks.hold(self.db, self.units[unit], week)
        unit_weeks.say_nil(self.db, held, self.person(sample=sample), NOW)

    def _insert(self, table: Any, row: dict[str, Any]) -> int:
        number = next(self.numbers)
        self.db.execute(insert(table), {"id": number, **row})
        return number


def small_world(db: Connection, first: int = 1) -> World:
    """GV with P10 (neighbourhoods 1, 2, 10), P14 (neighbourhood 1) and the agency CQ-VHTT. `first` is a row's number.

    It is a high one where others are added in other ways: PostgreSQL counts those from one.
    """
    world = World(db, numbers=count(first))
    world.person()
    world.unit("GV", "Quận Gò Vấp", "district")
    world.unit("CQ-VHTT", "Phòng Văn hóa và Thông tin", "agency", "GV")
    for ward, neighbourhoods in (("P10", (1, 10, 2)), ("P14", (1,))):
        world.unit(ward, f"Phường {ward[1:]}", "ward", "GV")
        for number in neighbourhoods:
            world.unit(f"{ward}-KP{number}", f"Khu phố {number}", "neighbourhood", ward)
    return world
