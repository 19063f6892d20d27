"""Which reports hold people whose sex nobody noted, and how often their author was asked for it.

The author is asked `ASKED_AT_MOST` times, wherever; then, or once they say that nobody knows, the people stay unsorted.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, func, select, update

from rules.states import COUNTED
from storage import tables as t

ASKED_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class UnsortedReport:
    """A report at its revision, with the number of people in it who are unsorted."""

    id: int
    revision: int
    activity: str
    day: date
    count: int


_ROW, _LINE = t.activity.c, t.activity_line.c
_TO_ASK = (
    select(t.submission.c.id, t.submission.c.revision, _ROW.activity, _ROW.last_day, func.sum(_LINE.unsorted))
    .join(t.activity, _ROW.submission_id == t.submission.c.id)
    .join(t.activity_line, _LINE.submission_id == t.submission.c.id)
    .where(
        t.submission.c.person_id == bindparam("person"),
        t.submission.c.state.in_(COUNTED),
        _ROW.sex_asked < ASKED_AT_MOST,
        _ROW.sex_unknown.is_(False),
        _LINE.unsorted > 0,
    )
    .group_by(t.submission.c.id, t.submission.c.revision, _ROW.activity, _ROW.last_day)
    .order_by(t.submission.c.id)
    .limit(1)
)


def ask_for(db: Connection, person_id: int) -> UnsortedReport | None:
    """Find the person's first report to ask them about, and note that they are asked now."""
    row = db.execute(_TO_ASK, {"person": person_id}).first()
    if row is None:
        return None
    report, revision, activity, day, count = row
    db.execute(update(t.activity).where(_ROW.submission_id == report).values(sex_asked=_ROW.sex_asked + 1))
    return UnsortedReport(report, revision, activity, day, int(count))


def nobody_knows(db: Connection, submission_id: int) -> None:
    """Note that nobody knows who is who; it is not asked for again."""
    db.execute(update(t.activity).where(_ROW.submission_id == submission_id).values(sex_unknown=True))
