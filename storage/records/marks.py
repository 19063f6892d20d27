"""Reads what deserves advice about the reports of some units in a period."""

from collections.abc import Collection

from sqlalchemy import Connection, exists, select

from periods.period import Period
from rules.quality import Marks
from rules.states import Deed, ReportState
from storage import tables as t


def marks_in(db: Connection, unit_ids: Collection[int], period: Period) -> list[tuple[int, int, Marks]]:
    """The reports of some units in a period that were not withdrawn: each with its unit and its marks, by day."""
    report, facts, week, line = t.submission.c, t.activity.c, t.report_week.c, t.activity_line.c
    version, event = t.submission_revision.c, t.event_set.c
    returned = exists().where(version.submission_id == report.id, version.action == Deed.RETURN)
    disputed = exists().where(event.id == facts.event_set_id, event.disputed)
    unsorted = exists().where(line.submission_id == report.id, line.unsorted > 0)
    query = (
        select(report.id, report.unit_id, week.week, week.since, returned, report.warned, disputed, unsorted)
        .join(t.activity, facts.submission_id == report.id)
        .join(t.report_week, (week.submission_id == report.id) & (week.week == facts.week))
        .where(report.unit_id.in_(unit_ids), report.day.between(period.first, period.last))
        .where(report.state != ReportState.WITHDRAWN)
        .order_by(report.day.desc(), report.id.desc())
    )
    return [(number, unit, Marks(*(seen[:2]), *map(bool, seen[2:]))) for number, unit, *seen in db.execute(query)]
