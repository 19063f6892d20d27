"""A period week by week: what took place, and who had reported."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection

from locales import Say
from periods.period import Period, span_period, week_around
from periods.weeks import week_of
from plan.model import Plan
from reports.figures import Figures
from reports.files.figure_tables import PEOPLE, people_cells, people_columns
from reports.files.scope import Wanted
from reports.files.tables import Chart, Column, Drawn, Holds, Row, Table
from reports.reckoning import figures_of
from reports.series import Point, series_of


def week_table(db: Connection, plan: Plan, wanted: Wanted, now: datetime, say: Say) -> Table:
    """A row for each week that has days in the period, with these days only: so the rows add up to the period."""
    weeks = list(weeks_of(wanted.period))
    columns = (
        Column("week", say("Week"), say("The ISO week."), Holds.TEXT, 11),
        Column("first_day", say("First day"), say("Its first day within the period."), Holds.DAY),
        Column("last_day", say("Last day"), say("Its last day within the period."), Holds.DAY),
        Column("reports", say("Activities"), say("Reports that count; each once.")),
        *people_columns(say),
        Column("expected", say("Weeks owed"), say("Units that owe the week; 0 where its Sunday lies outside.")),
        Column("received", say("Received"), say("Reported, without activity, or being mended.")),
        Column("on_time", say("On time"), say("Before Monday 07:00.")),
    )

    def rows() -> Iterator[Row]:
        for days in weeks:
            week = _of(db, plan, wanted, now, days)
            kept = week.completeness
            yield (
                week_of(days.first),
                days.first,
                days.last,
                week.reports,
                *people_cells(week.people),
                kept.expected,
                kept.received,
                kept.on_time,
            )

    about = say("A row for each week, with those of its days that lie in the period.")
    chart = Chart(Drawn.COLUMNS, "week", PEOPLE)
    return Table("weeks", say("By week"), about, columns, rows(), chart=chart, count=len(weeks))


def _of(db: Connection, plan: Plan, wanted: Wanted, now: datetime, days: Period) -> Figures | Point:
    """A week's figures; as units were they cost a tenth."""
    if wanted.units_of is None:
        return series_of(db, plan, wanted.unit, [days], only=wanted.only)[0]
    return figures_of(db, plan, wanted.unit, days, now, wanted.language, only=wanted.only, units_of=wanted.units_of)


def weeks_of(period: Period) -> Iterator[Period]:
    """The weeks of a period, cut at its ends."""
    at: date = period.first
    while at <= period.last:
        week = week_around(at)
        yield (
            week
            if week.first >= period.first and week.last <= period.last
            else span_period(max(week.first, period.first), min(week.last, period.last))
        )
        at = date.fromordinal(week.last.toordinal() + 1)
