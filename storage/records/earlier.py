"""Reads what a unit reported before, and how many people live there, for a look at what it reports now."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select

from rules.kinds import Sex
from rules.second_look import Residents, Told
from storage import tables as t
from storage.records import activities

MOST = 60
"""Earlier reports that say what is usual: a year of weekly ones."""


def earlier(db: Connection, unit_id: int, kind: str, report_id: int) -> list[Told]:
    """The unit's latest reports of a kind that count, but one (0: all), the latest day first."""
    row = t.activity.c
    its = (row.unit_id == unit_id, row.kind == kind, row.counts, row.submission_id != report_id)
    latest = select(row.submission_id, row.activity, row.first_day, row.last_day).where(*its)
    rows = db.execute(latest.order_by(row.last_day.desc(), row.submission_id.desc()).limit(MOST)).all()
    lines = activities.lines_of(db, [number for number, *_ in rows]) if rows else {}
    return [Told(number, activity, kind, first, last, lines[number]) for number, activity, first, last in rows]


def residents(db: Connection, unit_id: int, groups: Collection[str]) -> list[Residents]:
    """How many people of some groups live in a unit, by the latest numbers; of the two sexes where nobody said all."""
    row = t.denominator.c
    standing = (row.unit_id == unit_id, row.target_group.in_(groups), row.stands)
    known: dict[tuple[str, date], dict[str, int]] = {}
    for group, as_of, sex, value in db.execute(
        select(row.target_group, row.as_of, row.sex, row.value).where(*standing).order_by(row.as_of)
    ):
        known.setdefault((group, as_of), {})[sex] = value
    latest = {}
    for (group, as_of), by_sex in known.items():
        both = [by_sex[sex] for sex in (Sex.FEMALE, Sex.MALE) if sex in by_sex]
        people = by_sex.get(Sex.ALL, sum(both) if len(both) > 1 else None)
        if people is not None:
            latest[group] = Residents(group, people, as_of)
    return list(latest.values())
