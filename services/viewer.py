"""The person who asks, with their roles, the units as of that day, and which of them owe a week."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection

from periods.days import local_day
from rules.changes import is_over, may_finish
from rules.roles import ABOVE, Role
from services import consent
from storage.directory import handovers, roles
from storage.directory.holders import Holder, chairs_above, holders
from storage.directory.roles import HeldRole
from storage.directory.units import UnitsOfDay, UnitTree, unit_tree
from storage.records import amendments, revisions
from storage.records.submissions import Report

_WIDEST: Mapping[str, int] = {Role.SECRETARIAT: 0, Role.WARD_CHAIR: 1, Role.AGENCY: 2, Role.PROPAGANDIST: 3}


class Viewer:
    """A person in one transaction, at one moment. Roles and units are read once, and only when needed.

    `owing` are the levels whose units owe a report each week.
    """

    def __init__(self, db: Connection, person_id: int, name: str, now: datetime, owing: Collection[str]) -> None:
        self.person_id = person_id
        self.name = name
        self.now = now
        self.owing = owing
        self._db = db
        self._writers: dict[tuple[int, int], frozenset[int]] = {}

    @property
    def today(self) -> date:
        return local_day(self.now)

    @cached_property
    def agreed(self) -> bool:
        """Whether the person agreed to what is kept about them; without it only navigation works."""
        return consent.stands(self._db, self.person_id)

    @cached_property
    def _held(self) -> tuple[HeldRole, ...]:
        return roles.roles_of(self._db, self.person_id, self.now, self.tree)

    @cached_property
    def roles(self) -> tuple[HeldRole, ...]:
        """The person's roles now, the oldest first, in units that exist."""
        return tuple(held for held in self._held if not is_over(held.last_day, self.today))

    @cached_property
    def former(self) -> tuple[HeldRole, ...]:
        """The roles in units that have ended, while the person may still finish there what took place before."""
        ended = (held for held in self._held if is_over(held.last_day, self.today))
        return tuple(held for held in ended if held.last_day and may_finish(held.last_day, self.today))

    @cached_property
    def tree(self) -> UnitsOfDay:
        """The units as of today."""
        return self._units.on(self.today)

    @cached_property
    def _units(self) -> UnitTree:
        return unit_tree(self._db)

    def tree_of(self, report: Report) -> UnitsOfDay:
        """The units as of a report's day: it reads as it did, whatever its unit is called now."""
        return self._units.on(report.day)

    def title_of(self, report: Report) -> str:
        """A report's unit as people read it: "Khu phố 5, Phường 10"."""
        return self.tree_of(report).title_of(report.unit_id)

    @cached_property
    def home(self) -> HeldRole | None:
        """The role from which the person's menu and reports start: the widest, or the widest former one."""
        return min(self.roles or self.former, key=lambda held: _WIDEST.get(held.role, len(_WIDEST)), default=None)

    def wrote(self, report: Report) -> bool:
        """Whether the person sent or corrected a report."""
        return self.person_id in {report.person_id, *self._writers_of(report)}

    def _writers_of(self, report: Report) -> frozenset[int]:
        """Those who sent or corrected a report, up to the revision that was read: that is looked up once."""
        at = report.id, report.revision
        if at not in self._writers:
            self._writers[at] = revisions.writers(self._db, report.id)
        return self._writers[at]

    def has_leave(self, report: Report) -> bool:
        """Whether the person was given leave to change a report."""
        return amendments.has_leave(self._db, report.id, self.person_id)

    @cached_property
    def _above(self) -> list[Holder]:
        """The chairs and the secretariat."""
        return holders(self._db, ABOVE, self.now, self.now)

    def chairs_above(self, report: Report) -> frozenset[int]:
        """The chairs above a report, as its unit lies today, who did not write it: theirs is its approval."""
        chairs = (one for one in self._above if one.role == Role.WARD_CHAIR)
        return chairs_above(self.tree, chairs, report.unit) - self._writers_of(report)

    def reviewers_of(self, report: Report) -> frozenset[int]:
        """Those who approve a report: the chairs above it; where there are none, the secretariat but who wrote it."""
        secretariat = {one.person_id for one in self._above if one.role == Role.SECRETARIAT and one.person_id}
        return self.chairs_above(report) or frozenset(secretariat - self._writers_of(report))

    @property
    def units(self) -> list[str]:
        """The units that the person reports for. If there are several, a report says or asks which one it is for."""
        return list(dict.fromkeys(held.unit for held in self.roles or self.former))

    def holds(self, *names: str) -> bool:
        """Whether the person holds one of the roles anywhere."""
        return any(held.role in names for held in (*self.roles, *self.former))

    def holds_in(self, unit_id: int) -> bool:
        """Whether the person holds a role in this very unit, without which they change nothing there."""
        return any(held.unit_id == unit_id for held in self.roles)

    def finishes_in(self, unit_id: int) -> bool:
        """Whether the person may finish what took place in a unit that has ended, and that was theirs."""
        return any(held.unit_id == unit_id for held in self.former)

    @cached_property
    def before(self) -> frozenset[tuple[int, int]]:
        """Those who handed over a role in the person's units, each with the unit."""
        return handovers.before(self._db, [held.unit_id for held in self.roles]) if self.roles else frozenset()

    def took_over(self, report: Report) -> bool:
        """Whether a report is of somebody who handed over their role in a unit of this person."""
        return report.person_id != self.person_id and (report.person_id, report.unit_id) in self.before

    def authors_in(self, unit_id: int) -> list[int]:
        """The person, and those who handed over a role in this unit of theirs."""
        return [self.person_id, *(person for person, unit in self.before if unit == unit_id)]

    def follows_in(self, unit_id: int) -> bool:
        """Whether the person holds a role in a unit as which an ended one goes on: its returned reports are theirs."""
        return bool(self.following(unit_id))

    def following(self, unit_id: int) -> list[int]:
        """The person's units as which an ended one goes on."""
        return [unit.id for unit in self.tree.successors(unit_id) if self.holds_in(unit.id)]

    def sees_unit(self, code: str, roles: Collection[str] = tuple(Role)) -> bool:
        """Whether one of these roles lets the person see a unit.

        A role shows its own unit; a chair's shows all units in it too, the secretariat's shows everything.
        """
        return any(self._covers(held, code) for held in (*self.roles, *self.former) if held.role in roles)

    def _covers(self, held: HeldRole, code: str) -> bool:
        if code not in self.tree:
            return False
        after = {unit.id for unit in self.tree.successors(self.tree[code].id)}
        return held.unit == code or held.unit_id in after or self._is_above(held, code)

    def stands_above(self, code: str) -> bool:
        """Whether the person looks after a unit from above it; the secretariat stands above all, its own too."""
        return any(self._is_above(held, code) for held in self.roles)

    def is_chair_above(self, code: str) -> bool:
        """Whether the person is the chair of a unit that another one lies in."""
        above = self.tree.codes_above(code)
        return any(held.role == Role.WARD_CHAIR and held.unit in above for held in self.roles)

    def _is_above(self, held: HeldRole, code: str) -> bool:
        is_chair_above = held.role == Role.WARD_CHAIR and held.unit in self.tree.codes_above(code)
        return is_chair_above or held.role == Role.SECRETARIAT
