"""The figures of a unit's period, read from what is stored and never kept anywhere else.

Reports count while they are sent or approved, one of each event; returned and withdrawn ones do not. Women, men and
unsorted people are attendance of events, that is visits, never people; visits to services, products, inspections,
surveys and texts are figures of their own. Who owes a week, and what was done about it, is judged by
`rules.weeks`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from locales import texts
from periods.days import local_day
from periods.period import Length, Period, weeks_owed
from periods.weeks import sunday_of
from plan.model import Labelled, Plan
from reports import stored
from reports.basis import as_it_was, basis_of
from reports.figures import Completeness, FigureRow, Figures, Inspections, People, ProductRow, UnitsOfWeek, WeekUnit
from reports.restating import restated_scope
from reports.scope import Expected, Scope, ScopeMember, expected, line_order
from reports.stored import Total
from reports.stretches import Stretch, stretches_of
from rules.kinds import ActivityKind, Mode
from rules.levels import Level
from rules.states import ReportState
from rules.weeks import WeekState
from storage.directory.units import unit_tree
from storage.records import event_sets, free_weeks, unit_weeks


@dataclass(frozen=True, slots=True)
class PlacedTotal:
    """A sum, and who it is of: where that unit was in those days."""

    total: Total
    by: ScopeMember


def figures_of(
    db: Connection,
    plan: Plan,
    unit: str,
    period: Period,
    now: datetime,
    language: str = "vi",
    *,
    units_of: date | None = None,
) -> Figures:
    """The figures of a period for any unit, as they stand at `now`.

    As they were, each report under the parent of its day; or restated to the units of the day `units_of`, of which
    `unit` is one. Completeness is never restated. Raises `UnknownUnitError` for what is no unit.
    """
    tree = unit_tree(db)
    stretches = stretches_of(tree, unit, period)
    restated = [] if units_of is None else [Stretch(period, restated_scope(tree, unit, units_of))]
    counted = [
        PlacedTotal(total, stretch.scope.members[total.unit_id])
        for stretch in restated or stretches
        for total in stored.totals(db, stretch.days, stretch.scope.members)
    ]
    scope = (restated or stretches)[-1].scope
    totals = [each.total for each in counted]
    return Figures(
        period=period,
        as_of=now,
        language=language,
        unit=scope.root.code,
        unit_level=scope.root.level,
        title=scope.title,
        parts=tuple(level.name(language) for level in plan.levels.below(scope.root.level)),
        owing=plan.levels.of_owing(language),
        reports=sum(total.reports for total in totals),
        people=_people(totals, ActivityKind.EVENT),
        first=_first(totals),
        helped=_people(totals, ActivityKind.SERVICE),
        media=_media(totals, plan, language),
        inspections=_inspections(totals),
        surveys=_quantity(totals, ActivityKind.SURVEY),
        documents=_quantity(totals, ActivityKind.DOCUMENT),
        disputed=sum(
            event_sets.count_disputed(db, part.scope.members, part.days.first, part.days.last)
            for part in restated or stretches
        ),
        not_approved=sum(total.reports for total in totals if total.state != ReportState.APPROVED),
        by_kind=_by_kind(totals, plan, language),
        by_level=_by_level(counted, plan, language),
        by_unit=_by_unit(counted, scope, language),
        by_activity=_by_code(totals, lambda total: total.activity, plan.activities, language),
        by_group=_by_code(totals, lambda total: total.target_group, plan.groups, language, "group_reports"),
        by_help=_by_help(totals, plan, language),
        completeness=_completeness(db, plan, scope, weeks_owed(period), names=period.length is Length.WEEK),
        sample=any(
            stored.has_samples(db, part.days, weeks_owed(part.days), part.scope.members)
            for part in restated or stretches
        ),
        sample_units=any(owing.row.sample for owing in _owing(db, plan, scope, period.last)),
        basis=(
            basis_of(tree, plan.levels, scope.root, units_of, language)
            if units_of
            else as_it_was(tree, stretches, local_day(now))
        ),
    )


def _completeness(db: Connection, plan: Plan, scope: Scope, weeks: Collection[str], *, names: bool) -> Completeness:
    """Who has done what about the weeks that they owe, each under the parent of the week's Sunday."""
    there = {(week, unit.row.id): unit for week in weeks for unit in _owing(db, plan, scope, sunday_of(week))}
    done = unit_weeks.judged(db, there)
    by_state: dict[WeekState, list[Expected]] = defaultdict(list)
    for owing, judged in done.items():
        by_state[judged.state].append(there[owing])

    def counted(state: WeekState) -> UnitsOfWeek:
        units = by_state[state]
        named = tuple(WeekUnit(one.row.code, one.row.name, one.ward, one.line) for one in units)
        return UnitsOfWeek(len(units), named if names else None)

    return Completeness(
        expected=len(done),
        on_time=sum(judged.on_time for judged in done.values()),
        late=sum(judged.after_nil for judged in done.values()),
        missing=counted(WeekState.MISSING),
        mending=counted(WeekState.MENDING),
        nil=counted(WeekState.NIL),
        free=tuple(sorted(free_weeks.among(db, weeks))),
    )


def _owing(db: Connection, plan: Plan, scope: Scope, sunday: date) -> list[Expected]:
    return expected(unit_tree(db), scope.root.code, sunday, plan.levels.owing)


def _people(totals: Iterable[Total], kind: ActivityKind) -> People:
    of_kind = [total for total in totals if total.kind == kind]
    return People(
        sum(total.women for total in of_kind),
        sum(total.men for total in of_kind),
        sum(total.unsorted for total in of_kind),
    )


def _first(totals: Iterable[Total]) -> People:
    events = [total for total in totals if total.kind == ActivityKind.EVENT]
    return People(sum(total.first_women for total in events), sum(total.first_men for total in events))


def _quantity(totals: Iterable[Total], kind: ActivityKind) -> int:
    return sum(total.quantity for total in totals if total.kind == kind)


def _media(totals: Iterable[Total], plan: Plan, language: str) -> tuple[ProductRow, ...]:
    """A row for each product that was given out, then for each that was made; the larger numbers first."""
    grouped = _grouped([total for total in totals if total.kind == ActivityKind.MEDIA], lambda each: each.item)
    rows = [
        ProductRow(
            product=product,
            mode=mode,
            name=plan.item(product, language),
            reports=sum(total.item_reports for total in of_mode),
            quantity=sum(total.quantity for total in of_mode),
        )
        for product, of_product in grouped.items()
        for mode in Mode
        if (of_mode := [total for total in of_product if total.mode == mode])
    ]
    return tuple(sorted(rows, key=lambda row: (row.mode != Mode.GIVEN, -row.quantity, row.product)))


def _inspections(totals: Iterable[Total]) -> Inspections:
    found = [total for total in totals if total.kind == ActivityKind.INSPECTION]
    return Inspections(
        sum(total.quantity for total in found),
        sum(total.violations for total in found),
        sum(total.handled for total in found),
    )


def _by_kind(totals: Iterable[Total], plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for each kind; its people are what the kind says they are, visits to events or to services."""
    grouped = _grouped(totals, lambda total: total.kind)
    return tuple(
        FigureRow(
            kind,
            *_names(kind, plan.kinds, language),
            sum(total.reports for total in grouped[kind]),
            _people(grouped[kind], kind),
        )
        for kind in ActivityKind
        if kind in grouped
    )


def _by_help(totals: Iterable[Total], plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for each kind of help; its people are visits to services."""
    grouped = _grouped([total for total in totals if total.kind == ActivityKind.SERVICE], lambda total: total.item)
    rows = []
    for item, of_item in sorted(grouped.items()):
        people, reports = _people(of_item, ActivityKind.SERVICE), sum(total.item_reports for total in of_item)
        name = plan.item(item, language)
        rows.append(FigureRow(item, name, name, reports, people, people))
    return tuple(rows)


def _by_level(counted: Iterable[PlacedTotal], plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for the level of those who report: neighbourhoods, wards, agencies, the root itself."""
    grouped: dict[Level, list[Total]] = defaultdict(list)
    for each in counted:
        grouped[each.by.level].append(each.total)
    names = {level: plan.levels.title(level, language) for level in Level}
    return tuple(_row(level, names[level], names[level], grouped[level]) for level in Level if level in grouped)


def _by_unit(counted: Iterable[PlacedTotal], scope: Scope, language: str) -> tuple[FigureRow, ...]:
    """A row for each unit directly below: a ward's neighbourhoods, a district's wards and agencies; its own is last."""
    lines: dict[int, ScopeMember] = {}
    grouped: dict[int, list[Total]] = defaultdict(list)
    for each in counted:
        lines[each.by.line.id] = each.by
        grouped[each.by.line.id].append(each.total)
    ordered = sorted(grouped, key=lambda unit: line_order(lines[unit].line, scope.root))
    return tuple(_row(lines[it].line.code, *_line_names(lines[it], language), grouped[it]) for it in ordered)


def _line_names(member: ScopeMember, language: str) -> tuple[str, str]:
    name = member.line.name
    if member.unallocated:
        name = texts(language)("{unit} (former), not allocated", unit=name)
    return name, name


def _by_code(
    totals: Iterable[Total],
    code_of: Callable[[Total], str],
    table: Mapping[str, Labelled],
    language: str,
    reports: str = "reports",
) -> tuple[FigureRow, ...]:
    """The rows in the table's order; a code that the table does not know (an earlier plan's) comes last."""
    grouped = _grouped(totals, code_of)
    ordered = [code for code in table if code in grouped] + sorted(grouped.keys() - table.keys())
    return tuple(_row(code, *_names(code, table, language), grouped[code], reports) for code in ordered)


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


def _row(code: str, name: str, short: str, totals: list[Total], reports: str = "reports") -> FigureRow:
    """A row of a breakdown, in which people are attendance of events; `reports` counts a report once in its row."""
    return FigureRow(
        code=code,
        name=name,
        short=short,
        reports=sum(getattr(total, reports) for total in totals),
        people=_people(totals, ActivityKind.EVENT),
        helped=_people(totals, ActivityKind.SERVICE),
    )
