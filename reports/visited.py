"""What visits say of the people behind them, target by target: the bounds, the show of hands, the groups that came."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from periods.period import Period
from plan.model import Plan, Target
from reports import stored
from reports.progress import Component
from reports.scope import Scope
from rules.bounds import Bounds, Events, FirstTime, Visits, bounds, first_time, gathered, owner
from rules.kinds import ActivityKind, Place, Reach
from rules.levels import Level
from storage.directory.units import UnitsOfDay
from storage.records.gatherings import Gathering, Wanted, gatherings


@dataclass(frozen=True, slots=True)
class Visited:
    """The people behind the visits that count for a target.

    `first` and `first_most` are the ends that the show of hands gives.
    """

    found: Bounds
    first: int
    first_most: int
    components: tuple[Component, ...]


class Visitors:
    """Reads the visits of one unit in one period."""

    def __init__(self, db: Connection, plan: Plan, scope: Scope, units: UnitsOfDay, period: Period) -> None:
        self._db, self._plan, self._scope, self._units, self._period = db, plan, scope, units, period
        self._totals = stored.totals(db, period, scope.members)
        self._is_whole = scope.root.id == units.root.id

    def of(self, target: Target) -> Visited:
        """The people behind the visits that count for a target."""
        wanted = _wanted(self._plan, target)
        mine = [(unit, each) for each in self._gatherings(wanted) if (unit := self._owner(each)) in self._scope.members]
        is_service = target.reach is Reach.SERVICE
        events = ((unit, _only_visits(each.events) if is_service else each.events) for unit, each in mine)
        found = bounds(self._scope.root.id, self._children(), gathered(events))
        first, most = first_time(self._years([each for _, each in mine], wanted))
        return Visited(found, first, most, tuple(self._components(wanted)))

    def _gatherings(self, wanted: Wanted) -> list[Gathering]:
        """What the units of the scope organised; of the whole district only what the rollup knows of is looked for."""
        if not self._is_whole:
            return gatherings(self._db, wanted, self._period, organisers=self._scope.members)
        groups = {total.target_group for total in self._totals if total.kind == wanted.kind}
        return gatherings(self._db, wanted, self._period) if groups & set(wanted.groups) else []

    def _owner(self, gathering: Gathering) -> int:
        """The unit that what was held there belongs to; nobody says of an agency's audience that it is local."""
        organiser = self._path(gathering.organiser)
        agency = self._units.unit(gathering.organiser).level is Level.AGENCY
        if gathering.place == Place.UNIT and gathering.place_unit is not None:
            return owner(organiser, self._path(gathering.place_unit), agency=agency)
        outside = [self._units.root.id] if gathering.place == Place.OUTSIDE else None
        return owner(organiser, outside, agency=agency)

    def _path(self, unit_id: int) -> list[int]:
        return [unit.id for unit in self._units.upwards(self._units.unit(unit_id))]

    def _children(self) -> Mapping[int, Collection[int]]:
        children: dict[int, list[int]] = defaultdict(list)
        for unit in self._units.units:
            if unit.parent_id is not None:
                children[unit.parent_id].append(unit.id)
        return children

    def _components(self, wanted: Wanted) -> Iterator[Component]:
        """The groups that count for a target and came, in the plan's order."""
        visits: dict[str, Visits] = defaultdict(Visits)
        for total in self._totals:
            if total.kind == wanted.kind and (wanted.activities is None or total.activity in wanted.activities):
                visits[total.target_group] += Visits(total.women, total.men, total.unsorted)
        for group in self._plan.groups:
            if group in wanted.groups and visits[group].total:
                yield Component(group, visits[group], partly=group in wanted.partly)

    def _years(self, mine: Sequence[Gathering], wanted: Wanted) -> Iterator[FirstTime]:
        """A year counts people at both ends if it is asked from its first day on, of everybody, everywhere."""
        everybody = wanted.kind is ActivityKind.SERVICE or set(wanted.groups) >= self._plan.groups.keys()
        everywhere = everybody and wanted.activities is None and self._is_whole
        for year in sorted({gathering.year for gathering in mine}):
            its = [gathering for gathering in mine if gathering.year == year]
            yield FirstTime(
                known=sum(gathering.known for gathering in its),
                told=sum(gathering.told for gathering in its),
                not_asked=sum(gathering.not_asked for gathering in its),
                visits=sum(gathering.events.visits.total for gathering in its),
                whole=everywhere and self._period.first <= date(year, 1, 1),
            )


def _wanted(plan: Plan, target: Target) -> Wanted:
    """The lines that count for a target."""
    groups = [group for group in plan.groups.values() if target.code in (*group.targets, *group.partly)]
    is_service, is_training = target.reach is Reach.SERVICE, target.reach is Reach.TRAINING
    return Wanted(
        kind=ActivityKind.SERVICE if is_service else ActivityKind.EVENT,
        groups=[group.code for group in groups],
        local=[group.code for group in groups if group.local],
        partly=[group.code for group in groups if target.code in group.partly],
        activities=[each.code for each in plan.activities.values() if each.training] if is_training else None,
    )


def _only_visits(events: Events) -> Events:
    """One person may be helped several times in one report: of services no number of people is seen."""
    return Events(visits=events.visits)
