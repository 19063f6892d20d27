"""The figures of a unit's period, read from what is stored and never kept anywhere else.

Reports count while they are sent or approved; returned and withdrawn ones do not. Women and men are attendance of
events, that is visits, never people; those whom services helped are figures of their own. A neighbourhood
is missing if it has neither a counted report nor a nil report.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from locales import texts
from periods.period import Length, Period, week_period, weeks_owed
from plan.model import Labelled, Plan
from reports import stored
from reports.figures import Completeness, FigureRow, Figures, MissingUnit
from reports.scope import Expected, Scope, line_order, scope_of
from reports.stored import Total
from storage.directory.units import unit_tree


def figures_of(db: Connection, plan: Plan, unit: str, period: Period, now: datetime, language: str = "vi") -> Figures:
    """The figures of a period for a neighbourhood, a ward, an agency or the district, as they stand at `now`.

    Raises `UnknownUnitError` for what is no unit.
    """
    return reckon(db, plan, scope_of(unit_tree(db), unit, period.first, period.last), period, now, language)


def reckon(db: Connection, plan: Plan, scope: Scope, period: Period, now: datetime, language: str) -> Figures:
    """The same for a scope that is known."""
    totals, weeks = stored.totals(db, period, scope.members), weeks_owed(period)
    return Figures(
        period=period,
        as_of=now,
        language=language,
        unit=scope.root.code,
        unit_name=scope.root.name,
        unit_level=scope.root.level,
        above=scope.above,
        reports=sum(total.reports for total in totals),
        female=sum(total.women for total in totals),
        male=sum(total.men for total in totals),
        helped_female=sum(total.helped_women for total in totals),
        helped_male=sum(total.helped_men for total in totals),
        by_unit=_by_unit(totals, scope),
        by_activity=_by_code(totals, lambda total: total.activity, plan.activities, language),
        by_group=_by_code(totals, lambda total: total.target_group, plan.groups, language),
        completeness=_completeness(db, scope, weeks, names=period.length is Length.WEEK),
        sample=stored.has_samples(db, period, weeks, scope.members),
        sample_units=any(unit.row.sample for unit in scope.expected(period.first, period.last)),
    )


def _completeness(db: Connection, scope: Scope, weeks: Collection[str], *, names: bool) -> Completeness:
    """Who has reported their weeks, and who has not. A code is one neighbourhood, however many rows it has had."""
    reported = _by_week(stored.reported(db, weeks, scope.members), scope)
    nil = _by_week(stored.said_nil(db, weeks, scope.members), scope)
    owed = [(week, unit) for week in weeks for unit in _expected(scope, week)]
    missing = [(week, unit) for week, unit in owed if (week, unit.row.code) not in reported | nil]
    return Completeness(
        expected=len(owed),
        reported=len(owed) - len(missing),
        nil=sum((week, unit.row.code) in nil - reported for week, unit in owed),
        missing=tuple(MissingUnit(u.row.code, u.row.name, u.ward) for _, u in missing) if names else None,
    )


def _expected(scope: Scope, week: str) -> list[Expected]:
    days = week_period(week)
    return scope.expected(days.first, days.last)


def _by_week(marks: Iterable[tuple[str, int]], scope: Scope) -> set[tuple[str, str]]:
    return {(week, scope.members[unit].code) for week, unit in marks}


def _by_unit(totals: Iterable[Total], scope: Scope) -> tuple[FigureRow, ...]:
    """A row for each neighbourhood of a ward, or each ward and agency of the district; its own reports come last."""
    lines = {member.line.code: member.line for member in scope.members.values()}
    grouped = _grouped(totals, lambda total: scope.members[total.unit_id].line.code)
    ordered = sorted(grouped, key=lambda code: line_order(lines[code]))
    return tuple(_row(code, lines[code].name, lines[code].name, grouped[code]) for code in ordered)


def _by_code(
    totals: Iterable[Total], code_of: Callable[[Total], str], table: Mapping[str, Labelled], language: str
) -> tuple[FigureRow, ...]:
    """The rows in the table's order; a code that the table does not know (an earlier plan's) comes last."""
    grouped = _grouped(totals, code_of)
    ordered = [code for code in table if code in grouped] + sorted(grouped.keys() - table.keys())
    return tuple(_row(code, *_names(code, table, language), grouped[code]) for code in ordered)


def _names(code: str, table: Mapping[str, Labelled], language: str) -> tuple[str, str]:
    if code in table:
        return table[code].name(language), table[code].short(language)
    name = code or texts(language)("No target group")
    return name, name


def _grouped(totals: Iterable[Total], code_of: Callable[[Total], str]) -> dict[str, list[Total]]:
    grouped: dict[str, list[Total]] = defaultdict(list)
    for total in totals:
        grouped[code_of(total)].append(total)
    return grouped


def _row(code: str, name: str, short: str, totals: list[Total]) -> FigureRow:
    return FigureRow(
        code=code,
        name=name,
        short=short,
        reports=sum(total.reports for total in totals),
        female=sum(total.women for total in totals),
        male=sum(total.men for total in totals),
    )
