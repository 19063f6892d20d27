"""A week's figures of a unit, read from what is stored and never kept anywhere else.

Reports count while they are sent or checked; returned and withdrawn ones do not. Women and men are attendance of
events, that is visits, never people; those whom services helped are figures of their own. Missing is a neighbourhood
with neither a counted report nor a nil report.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from locales import texts
from periods.weeks import monday_of, sunday_of, week_of
from plan.model import Labelled, Plan
from reports import stored
from reports.scope import Scope, line_order, read_units, scope_of
from reports.stored import Total
from reports.summary import Missing, Row, Summary


def week_summary(db: Connection, plan: Plan, unit_code: str, week: str, now: datetime, language: str = "vi") -> Summary:
    """The figures of `week` for a neighbourhood, a ward, an agency or the district, as they stand at `now`.

    Raises `ValueError` for what is no week and `UnknownUnitError` for what is no unit.
    """
    first, last = monday_of(week), sunday_of(week)
    week = week_of(first)
    scope = scope_of(read_units(db), unit_code, first, last)
    totals = stored.totals(db, week, scope.members)
    active = {scope.members[total.unit_id].code for total in totals}
    nil = {scope.members[unit].code for unit in stored.nil_units(db, week, scope.members)}
    return Summary(
        week=week,
        first=first,
        last=last,
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
        expected=len(scope.expected),
        nil=sum(unit.code in nil - active for unit in scope.expected),
        missing=tuple(Missing(u.code, u.name, u.ward) for u in scope.expected if u.code not in nil | active),
        sample=stored.has_samples(db, week, scope.members),
        sample_units=any(unit.sample for unit in scope.expected),
    )


def _by_unit(totals: Iterable[Total], scope: Scope) -> tuple[Row, ...]:
    """Below a ward its neighbourhoods, below the district its wards and agencies; the unit's own reports last."""
    lines = {member.line.code: member.line for member in scope.members.values()}
    grouped = _grouped(totals, lambda total: scope.members[total.unit_id].line.code)
    ordered = sorted(grouped, key=lambda code: line_order(lines[code]))
    return tuple(_row(code, lines[code].name, lines[code].name, grouped[code]) for code in ordered)


def _by_code(
    totals: Iterable[Total], code_of: Callable[[Total], str], table: Mapping[str, Labelled], language: str
) -> tuple[Row, ...]:
    """In the table's order; what the table does not know (an earlier plan's code) comes last under its code."""
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


def _row(code: str, name: str, short: str, totals: list[Total]) -> Row:
    return Row(
        code=code,
        name=name,
        short=short,
        reports=sum(total.reports for total in totals),
        female=sum(total.women for total in totals),
        male=sum(total.men for total in totals),
    )
