"""Makes totals and breakdowns of sums: pure, from what `reports.stored` reads to the rows of `Figures`.

A breakdown has only lines with a report, and a total is never made of its rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from locales import texts
from plan.model import Labelled, Plan
from reports.figures import FigureRow, Inspections, People, ProductRow
from reports.scope import Scope, ScopeMember, line_order, natural
from reports.stored import PlaceTotal, Total
from reports.sums import HeldTotal, PlacedTotal
from rules.kinds import ActivityKind, Mode, Place
from rules.levels import Level


def people(totals: Iterable[Total], kind: ActivityKind) -> People:
    of_kind = [total for total in totals if total.kind == kind]
    return People(
        sum(total.women for total in of_kind),
        sum(total.men for total in of_kind),
        sum(total.unsorted for total in of_kind),
    )


def first_time(totals: Iterable[Total]) -> People:
    events = [total for total in totals if total.kind == ActivityKind.EVENT]
    return People(sum(total.first_women for total in events), sum(total.first_men for total in events))


def quantity(totals: Iterable[Total], kind: ActivityKind) -> int:
    return sum(total.quantity for total in totals if total.kind == kind)


def media(totals: Iterable[Total], plan: Plan, language: str) -> tuple[ProductRow, ...]:
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


def by_help(totals: Iterable[Total], plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for each kind of help; its people are visits to services."""
    grouped = _grouped((total for total in totals if total.kind == ActivityKind.SERVICE), lambda each: each.item)
    rows = [_help_row(item, of_item, plan, language) for item, of_item in grouped.items()]
    return tuple(sorted(rows, key=lambda row: row.code))


def _help_row(item: str, totals: list[Total], plan: Plan, language: str) -> FigureRow:
    name = plan.item(item, language) if item else texts(language)("No kind of help")
    visits = people(totals, ActivityKind.SERVICE)
    return FigureRow(item, name, name, sum(total.item_reports for total in totals), visits, visits)


def inspections(totals: Iterable[Total]) -> Inspections:
    found = [total for total in totals if total.kind == ActivityKind.INSPECTION]
    return Inspections(
        sum(total.quantity for total in found),
        sum(total.violations for total in found),
        sum(total.handled for total in found),
    )


def by_kind(totals: Iterable[Total], plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for each kind; its people are what the kind says they are, visits to events or to services."""
    grouped = _grouped(totals, lambda total: total.kind)
    return tuple(
        FigureRow(
            kind,
            *_names(kind, plan.kinds, language),
            sum(total.reports for total in grouped[kind]),
            people(grouped[kind], kind),
        )
        for kind in ActivityKind
        if kind in grouped
    )


def by_level(counted: Iterable[PlacedTotal], plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for the level of those who report: neighbourhoods, wards, agencies, the root itself."""
    grouped: dict[Level, list[Total]] = defaultdict(list)
    for each in counted:
        grouped[each.by.level].append(each.total)
    names = {level: plan.levels.title(level, language) for level in Level}
    return tuple(_row(level, names[level], names[level], grouped[level]) for level in Level if level in grouped)


def by_unit(counted: Iterable[PlacedTotal], scope: Scope, plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for each unit directly below: a ward's neighbourhoods, a district's wards and agencies; its own is last.

    Beside others its own line says that it is not the whole: "Phường 10 (cấp phường)".
    """
    lines: dict[int, ScopeMember] = {}
    grouped: dict[int, list[Total]] = defaultdict(list)
    for each in counted:
        lines[each.by.line.id] = each.by
        grouped[each.by.line.id].append(each.total)
    ordered = sorted(grouped, key=lambda unit: line_order(lines[unit].line, scope.root))
    rows = [_row(lines[it].line.code, *_line_names(lines[it], language), grouped[it]) for it in ordered]
    if len(rows) > 1 and rows[-1].code == scope.root.code:
        level = plan.levels.name(scope.root.level, language)
        name = texts(language)("{unit} ({level} level)", unit=rows[-1].name, level=level)
        rows[-1] = replace(rows[-1], name=name, short=name)
    return tuple(rows)


def by_place(held: Iterable[HeldTotal], scope: Scope, plan: Plan, language: str) -> tuple[FigureRow, ...]:
    """A row for each unit directly below in which something took place; then all of it, outside, and where unsaid."""
    lines: dict[str, ScopeMember] = {}
    grouped: dict[str, list[PlaceTotal]] = defaultdict(list)
    for each in held:
        code = _place_code(each)
        if each.there is not None:
            lines[code] = each.there
        grouped[code].append(each.total)
    say, level = texts(language), plan.levels.name(scope.root.level, language)
    names = {
        scope.root.code: say("the whole {level}", level=level),
        Place.OUTSIDE: say("outside the {level}", level=level),
        Place.UNKNOWN: say("place not said"),
    }
    below = sorted((code for code in grouped if code not in names), key=natural)
    ordered = [*below, *(code for code in names if code in grouped)]
    return tuple(
        _place_row(code, names.get(code) or _line_names(lines[code], language)[0], grouped[code]) for code in ordered
    )


def _place_code(each: HeldTotal) -> str:
    if each.total.place == Place.UNKNOWN:
        return Place.UNKNOWN
    return Place.OUTSIDE if each.there is None else each.there.line.code


def _place_row(code: str, name: str, totals: list[PlaceTotal]) -> FigureRow:
    events = [total for total in totals if total.kind == ActivityKind.EVENT]
    visits = People(*(sum(getattr(total, sex) for total in events) for sex in ("women", "men", "unsorted")))
    return FigureRow(code, name, name, sum(total.reports for total in totals), visits)


def _line_names(member: ScopeMember, language: str) -> tuple[str, str]:
    name = member.line.name
    if member.unallocated:
        name = texts(language)("{unit} (former), not allocated", unit=name)
    return name, name


def by_code(
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
        people=people(totals, ActivityKind.EVENT),
        helped=people(totals, ActivityKind.SERVICE),
    )
