"""How far a target is: people, never visits, with what the number rests on, its denominator, and who must supply what.

A list that the unit keeps goes before a survey, a survey before what can be said from visits. The lower ends rest on
approved reports alone. Without a denominator there is no percentage, and the units that must supply it are named.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce

from sqlalchemy import Connection

from periods.days import local_day
from periods.period import Period, span_period
from plan.model import Plan, Target
from reports.progress import Owing, Progress, Targets
from reports.reckoning import figures_of
from reports.scope import Scope, natural, scope_of
from reports.supplied import Counted, Found, Supplied
from reports.visited import Visitors
from rules.bounds import Bounds, Ends, both_of
from rules.kinds import Measure, Reach, Sex
from rules.levels import Level
from rules.targets import Basis, judge, judge_survey
from storage.directory.units import UnitTree, unit_tree
from storage.records import supplies


def target_period(targets: Iterable[Target]) -> Period:
    """The period of targets without another: from their first to their last day."""
    listed = list(targets)
    return span_period(min(target.first_day for target in listed), max(target.last_day for target in listed))


class _Reckoner:
    """Reckons the targets of one unit in one period."""

    def __init__(self, db: Connection, plan: Plan, tree: UnitTree, scope: Scope, period: Period) -> None:
        self._db, self._plan, self._scope, self._period = db, plan, scope, period
        self._units = tree.on(period.last)
        self._supplied = Supplied(supplies.standing(db), tree, period.last)
        self._root = scope.root
        self._visitors = Visitors(db, plan, scope, self._units, period)

    def progress(self, target: Target) -> Progress:
        """How far a target is."""
        denominator, owing = self._denominator(target)
        lists = self._lists(target)
        owing += [Owing(unit, (code,), (what,)) for (code, what), each in lists.items() for unit in each.missing]
        if target.reach is Reach.SKILLS or any(each.counted is not None for each in lists.values()):
            return self._listed(target, lists, denominator, owing)
        survey = self._supplied.survey(self._root, target.code)
        if survey is not None:
            total = denominator.total if denominator else None
            judged = judge_survey(survey.value, total, target.percent)
            return Progress(target, self._period, Basis.SURVEY, judged, denominator, _merged(owing), survey=survey)
        return self._from_visits(target, denominator, owing)

    def _denominator(self, target: Target) -> tuple[Counted | None, list[Owing]]:
        """The numbers of the target's groups, added; none while one of them is missing."""
        found = {code: self._supplied.of(self._root, self._plan.groups[code]) for code in self._groups(target)}
        owing = [Owing(unit, (code,), (Measure.PEOPLE,)) for code, each in found.items() for unit in each.missing]
        counted = [_of_sex(each.counted, target) for each in found.values() if each.counted is not None]
        whole = [each for each in counted if each.total is not None]
        if whole and len(whole) == len(found):
            return reduce(Counted.__add__, whole), owing
        unsaid = [code for code, each in found.items() if each.counted and _of_sex(each.counted, target).total is None]
        return None, [*owing, *(Owing(self._root, (code,), (Measure.PEOPLE,)) for code in unsaid)]

    def _groups(self, target: Target) -> list[str]:
        """The groups of a target's denominator that there are in a unit of this level."""
        groups, level = self._plan.groups, self._root.level
        return [code for code in target.groups if self._root.parent_id is None or level in groups[code].levels]

    def _lists(self, target: Target) -> dict[tuple[str, Measure], Found]:
        """By group and measure the lists that a target asks for."""
        return {
            (code, measure): self._supplied.of(self._root, self._plan.groups[code], measure)
            for code in self._groups(target)
            for measure in _LISTS.get(target.reach, ())
        }

    def _listed(
        self,
        target: Target,
        lists: Mapping[tuple[str, Measure], Found],
        denominator: Counted | None,
        owing: list[Owing],
    ) -> Progress:
        total = denominator.total if denominator else None
        low, high = self._of_lists(target, lists, denominator)
        full = bool(lists) and all(each.full for each in lists.values())
        judged = judge(low, high if full else total, total, target.percent, Basis.ROSTER, full=full)
        return Progress(target, self._period, Basis.ROSTER, judged, denominator, _merged(owing))

    def _of_lists(
        self, target: Target, lists: Mapping[tuple[str, Measure], Found], denominator: Counted | None
    ) -> tuple[int, int]:
        def listed(wanted: Measure) -> int:
            counted = (each.counted for (_, measure), each in lists.items() if measure is wanted)
            return sum(_of_sex(each, target).total or 0 for each in counted if each is not None)

        if target.reach is Reach.TRAINING:
            return listed(Measure.TRAINED), listed(Measure.TRAINED)
        everybody = denominator.total if denominator else None
        return both_of(listed(Measure.KNOWLEDGE), listed(Measure.SKILLS), everybody)

    def _from_visits(self, target: Target, denominator: Counted | None, owing: list[Owing]) -> Progress:
        seen = self._visitors.of(target)
        found, total = seen.found, denominator.total if denominator else None
        earlier = self._earlier(target)
        before = (earlier.total or 0) if earlier else 0
        low = max(found.assumed.total, seen.first, before)
        high = min(found.most.total, seen.first_most) + before
        basis = Basis.FIRST_TIME if seen.first and seen.first >= found.assumed.total else Basis.BOUNDS
        return Progress(
            target,
            self._period,
            basis,
            judge(low, high, total, target.percent, basis),
            denominator,
            _merged(owing),
            components=seen.components,
            low=found.assumed,
            high=_capped(found, high, before, denominator),
            single=max(found.single.total, seen.first, before),
            earlier=earlier,
        )

    def _earlier(self, target: Target) -> Counted | None:
        """Earlier results: whoever was reached then may have come again, and may not."""
        found = (
            self._supplied.of(self._root, self._plan.groups[code], Measure.REACHED) for code in self._groups(target)
        )
        counted = [each.counted for each in found if each.counted is not None and each.counted.total is not None]
        return reduce(Counted.__add__, counted) if counted else None


_LISTS: Mapping[Reach, tuple[Measure, ...]] = {
    Reach.TRAINING: (Measure.TRAINED,),
    Reach.SKILLS: (Measure.KNOWLEDGE, Measure.SKILLS),
}
"""What lists must show for a target."""


def targets_of(
    db: Connection, plan: Plan, unit: str, now: datetime, period: Period | None = None, language: str = "vi"
) -> Targets:
    """How far a unit is with every target of the plan, in their own period unless another is given.

    Raises `UnknownUnitError` for what is no unit.
    """
    tree, span = unit_tree(db), period or target_period(plan.targets.values())
    scope = scope_of(tree, unit, span.first, span.last)
    reckoner = _Reckoner(db, plan, tree, scope, span)
    figures = figures_of(db, plan, unit, _until(span, local_day(now)), now, language)
    listed = tuple(reckoner.progress(target) for target in plan.targets.values())
    inside = (member for member in scope.members.values() if member.code != scope.root.code)
    return Targets(span, figures, listed, over_wards=any(member.level is Level.WARD for member in inside))


def _until(period: Period, today: date) -> Period:
    """The period as far as it has gone: nobody owes a week that is still to come."""
    return span_period(period.first, today) if today in period else period


def _of_sex(counted: Counted, target: Target) -> Counted:
    """Women alone are meant by the target of skills: their number, or that of all where no sex is said."""
    if target.reach is not Reach.SKILLS or Sex.FEMALE not in counted.people:
        return counted
    women = counted.people[Sex.FEMALE]
    return Counted({Sex.FEMALE: women, Sex.ALL: women}, counted.sources, counted.as_of)


def _capped(found: Bounds, high: int, before: int, denominator: Counted | None) -> Ends:
    """The upper ends by sex, at most as many as there are: of that sex, or where that is not known in all."""
    people = denominator.people if denominator else {}
    everybody = people.get(Sex.ALL, high)
    return Ends(
        min(found.most.women + before, people.get(Sex.FEMALE, everybody)),
        min(found.most.men + before, people.get(Sex.MALE, everybody)),
        min(high, everybody),
    )


def _merged(owing: Iterable[Owing]) -> tuple[Owing, ...]:
    """Each unit once, with all that it has to supply."""
    by_unit: dict[int, Owing] = {}
    for each in owing:
        kept = by_unit.setdefault(each.unit.id, each)
        if kept is not each:
            groups = tuple(dict.fromkeys((*kept.groups, *each.groups)))
            by_unit[each.unit.id] = Owing(kept.unit, groups, tuple(dict.fromkeys((*kept.measures, *each.measures))))
    return tuple(sorted(by_unit.values(), key=lambda each: natural(each.unit.code)))
