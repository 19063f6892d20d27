"""The figures of a unit's period, read from what is stored and never kept anywhere else.

Reports count while they are sent or approved, one of each event; returned and withdrawn ones do not. Women, men and
unsorted people are attendance of events, that is visits, never people; visits to services, products, inspections,
surveys and texts are figures of their own. Who owes a week, and what was done about it, is judged by
`rules.weeks`.
"""

from datetime import date, datetime

from sqlalchemy import Connection

from periods.days import local_day
from periods.period import Length, Period, weeks_owed
from plan.model import Plan
from reports import breakdowns
from reports.basis import as_it_was, basis_of
from reports.completeness import completeness_of, owing
from reports.figures import FigureRow, Figures
from reports.filtering import ALL, Filter
from reports.restating import restated_scope
from reports.stretches import Stretch, have_samples, stretches_of
from reports.sums import Sums
from rules.kinds import ActivityKind
from rules.states import ReportState
from storage.directory.units import unit_tree
from storage.records import event_sets


def rows_inside(db: Connection, plan: Plan, unit: str, period: Period, language: str) -> tuple[FigureRow, ...]:
    """The rows of the units directly below a unit and nothing else of its figures, so that many units cost little."""
    stretches = stretches_of(unit_tree(db), unit, period)
    return breakdowns.by_unit(Sums(db, stretches).reports, stretches[-1].scope, plan, language)


def figures_of(
    db: Connection,
    plan: Plan,
    unit: str,
    period: Period,
    now: datetime,
    language: str = "vi",
    *,
    only: Filter = ALL,
    units_of: date | None = None,
) -> Figures:
    """The figures of a period for any unit, as they stand at `now`; of the reports that `only` lets through.

    As they were, each report under the parent of its day; or restated to the units of the day `units_of`, of which
    `unit` is one. Completeness is never restated. Raises `UnknownUnitError` for what is no unit.
    """
    tree = unit_tree(db)
    stretches = stretches_of(tree, unit, period)
    parts = (Stretch(period, restated_scope(tree, unit, units_of)),) if units_of else stretches
    sums, scope = Sums(db, parts, only, restated=units_of is not None), parts[-1].scope
    totals, lines = ([each.total for each in counted] for counted in (sums.reports, sums.lines))
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
        people=breakdowns.people(totals, ActivityKind.EVENT),
        first=breakdowns.first_time(totals),
        helped=breakdowns.people(totals, ActivityKind.SERVICE),
        media=breakdowns.media(lines, plan, language),
        inspections=breakdowns.inspections(totals),
        surveys=breakdowns.quantity(totals, ActivityKind.SURVEY),
        documents=breakdowns.quantity(totals, ActivityKind.DOCUMENT),
        disputed=sum(
            event_sets.count_disputed(db, part.scope.members, part.days.first, part.days.last) for part in parts
        ),
        not_approved=sum(total.reports for total in totals if total.state != ReportState.APPROVED),
        by_kind=breakdowns.by_kind(totals, plan, language),
        by_level=breakdowns.by_level(sums.reports, plan, language),
        by_unit=breakdowns.by_unit(sums.reports, scope, plan, language),
        by_activity=breakdowns.by_code(totals, lambda total: total.activity, plan.activities, language),
        by_group=breakdowns.by_code(lines, lambda total: total.target_group, plan.groups, language, "group_reports"),
        by_help=breakdowns.by_help(lines, plan, language),
        by_place=breakdowns.by_place(sums.places, scope, plan, language),
        completeness=completeness_of(db, plan, scope.root.code, weeks_owed(period), names=period.length is Length.WEEK),
        sample=have_samples(db, parts),
        sample_units=any(one.row.sample for one in owing(db, plan, scope.root.code, period.last)),
        only=only,
        basis=(
            basis_of(tree, plan.levels, scope.root, units_of, language)
            if units_of
            else as_it_was(tree, stretches, local_day(now))
        ),
    )
