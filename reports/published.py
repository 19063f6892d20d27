"""Figures as they are shown outside the circle of those who may open the reports: pictures, workbooks, letters, feeds.

The people whom services helped are taken out of every row, and `Services` says of them what `rules.small_numbers`
lets be shown, the same in every format. All who show figures to somebody ask `published` for them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from periods.days import local_day
from periods.period import Period
from plan.model import Plan
from reports import stored
from reports.figures import FigureRow, Figures, People
from reports.filtering import Filter
from reports.help import HelpRow, Services
from reports.scope import Scope
from reports.stretches import stretches_of
from rules.kinds import ActivityKind, Sex
from rules.levels import Level
from rules.small_numbers import (
    NOT_BY_SEX,
    SEXES,
    Detail,
    Helped,
    HelpKey,
    cells_of_quarter,
    detail_of,
    quarters_of,
    together,
)
from rules.suppression import Cell
from storage.directory.units import UnitTree, unit_tree

OF_SERVICES = Filter(kind=ActivityKind.SERVICE)
NO_KIND = "-"
"""A kind of help that nobody said."""


@dataclass(frozen=True, slots=True)
class Published:
    """`figures` hold nothing of services unless the reader may open the reports; `services` are `None` where a unit or
    a period shows nothing of them, whether there were any or not."""

    figures: Figures
    services: Services | None

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON for people."""
        helped = None if self.services is None else self.services.whole.to_dict("unit")
        rows = () if self.services is None else self.services.by_help
        return {**self.figures.to_dict(), "helped": helped, "by_help": [row.to_dict("help") for row in rows]}


def published(db: Connection, plan: Plan, figures: Figures, *, opens: bool) -> Published:
    """Leave of figures what a reader may see; `opens`: the reader may open all reports behind them."""
    if opens:
        return Published(figures, _all_of(figures))
    return Published(_without_services(figures, plan), _services(db, plan, figures))


def _all_of(figures: Figures) -> Services:
    return Services(
        HelpRow.whole(figures.unit, figures.title, figures.helped),
        tuple(HelpRow.whole(row.code, row.name, row.helped) for row in figures.by_help),
        tuple(HelpRow.whole(row.code, row.name, row.helped) for row in figures.by_unit if row.helped.total),
    )


def _without_services(figures: Figures, plan: Plan) -> Figures:
    """Reports go on being counted; but of a unit below the root nobody sees by its rows that a service was one."""
    is_wide = figures.unit_level in (Level.CITY, Level.DISTRICT)

    def kept(rows: Iterable[FigureRow], *, by_kind: bool = False) -> tuple[FigureRow, ...]:
        named = (row for row in rows if is_wide or not by_kind or not _is_service(row.code, plan))
        return tuple(
            replace(row, helped=People(), people=People() if row.code == ActivityKind.SERVICE else row.people)
            for row in named
        )

    return replace(
        figures,
        helped=People(),
        by_help=(),
        by_kind=kept(figures.by_kind, by_kind=True),
        by_level=kept(figures.by_level),
        by_unit=kept(figures.by_unit),
        by_activity=kept(figures.by_activity, by_kind=True),
        by_group=kept(figures.by_group),
    )


def _is_service(code: str, plan: Plan) -> bool:
    activity = plan.activities.get(code)
    return code == ActivityKind.SERVICE or (activity is not None and activity.kind is ActivityKind.SERVICE)


def _services(db: Connection, plan: Plan, figures: Figures) -> Services | None:
    """The cells of the unit, read for the whole root: which ward's are hidden depends on the other wards."""
    tree = unit_tree(db)
    root = tree.on(figures.period.last).root
    is_root = figures.unit == root.code
    detail = detail_of(figures.unit_level, is_root=is_root)
    quarters = quarters_of(figures.period, detail, local_day(figures.as_of))
    if not quarters or (figures.basis.units_of and not is_root):
        return None
    of_root = detail_of(root.level, is_root=True)
    cells = together([cells_of_quarter(_helped(db, tree, root.code, quarter), of_root) for quarter in quarters])
    by_sex = detail is Detail.FULL
    whole = _shown(cells, HelpKey(figures.unit), figures.unit, figures.title, by_sex=by_sex)
    if not is_root:
        return Services(whole)
    kinds = sorted({key.kind for key in cells if key.kind})
    by_help = [
        _shown(cells, HelpKey(root.code, kind), kind, plan.item(kind, figures.language), by_sex=True)
        for kind in kinds
        if by_sex
    ]
    by_lines = len(quarters) == 1 and figures.basis.units_of is None
    return Services(whole, tuple(by_help), tuple(_by_unit(cells, figures)) if by_lines else ())


def _by_unit(cells: Mapping[HelpKey, Cell], figures: Figures) -> list[HelpRow]:
    """The lines of the root that had services; its own stands last, as in every breakdown."""
    keys = [(row, HelpKey(row.code, own=row.code == figures.unit)) for row in figures.by_unit]
    return [_shown(cells, key, row.code, row.name, by_sex=False) for row, key in keys if key in cells]


def _shown(cells: Mapping[HelpKey, Cell], key: HelpKey, code: str, name: str, *, by_sex: bool) -> HelpRow:
    if not by_sex:
        return HelpRow(code, name, cells.get(key, 0))
    of_sex = [cells.get(replace(key, sex=sex), 0) for sex in SEXES]
    return HelpRow(code, name, cells.get(key, 0), *of_sex)


def _helped(db: Connection, tree: UnitTree, root: str, quarter: Period) -> list[Helped]:
    """A quarter's visits to services of all units of the root, each under the parent of its day."""
    counts: Counter[tuple[tuple[str, ...], str, str]] = Counter()
    for stretch in stretches_of(tree, root, quarter):
        for total in stored.totals(db, stretch.days, stretch.scope.members, OF_SERVICES):
            units = _line(tree, stretch.days, stretch.scope, total.unit_id)
            people = {Sex.FEMALE: total.women, Sex.MALE: total.men, NOT_BY_SEX: total.unsorted}
            for sex, count in people.items():
                counts[units, total.item or NO_KIND, sex] += count
    return [Helped(*key, count) for key, count in counts.items() if count]


def _line(tree: UnitTree, days: Period, scope: Scope, unit_id: int) -> tuple[str, ...]:
    """The unit and those above it up to the root, without neighbourhoods."""
    units = tree.on(days.last)
    above = [unit.code for unit in units.upwards(units.unit(unit_id)) if unit.level is not Level.NEIGHBOURHOOD]
    return tuple(above[: above.index(scope.root.code) + 1])
