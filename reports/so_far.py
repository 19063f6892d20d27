"""How many events a unit had in some days, with everybody who came: the two numbers of a sentence, read cheaply."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from locales import Say, number
from periods.period import span_period
from reports import breakdowns
from reports.figures import People
from reports.stretches import stretches_of
from reports.sums import Sums
from reports.wording import sexes
from rules.kinds import ActivityKind
from storage.directory.units import unit_tree

_READ = "so_far"


@dataclass(frozen=True, slots=True)
class SoFar:
    """Events, and visits to them."""

    events: int
    people: People


@contextmanager
def remembering(db: Connection) -> Iterator[None]:
    """Within one look at the database, read what is asked for again and again once."""
    db.info[_READ] = {}
    try:
        yield
    finally:
        del db.info[_READ]


def so_far(db: Connection, unit: str, first: date, last: date) -> SoFar:
    """What counts of a unit and all inside it, from a day to a day."""
    read: dict[tuple[str, date, date], SoFar] | None = db.info.get(_READ)
    if read is None:
        return _read(db, unit, first, last)
    if (unit, first, last) not in read:
        read[unit, first, last] = _read(db, unit, first, last)
    return read[unit, first, last]


def _read(db: Connection, unit: str, first: date, last: date) -> SoFar:
    totals = Sums(db, stretches_of(unit_tree(db), unit, span_period(first, last))).kinds
    events = sum(total.reports for total in totals if total.kind == ActivityKind.EVENT)
    return SoFar(events, breakdowns.people(totals, ActivityKind.EVENT))


def events_text(say: Say, figures: SoFar) -> str:
    """ "4 buổi, 120 lượt (80 nữ, 40 nam)"."""
    if not figures.events:
        return say("no event yet")
    visits = number(figures.people.total, say.language)
    words = say.plural("{n} event, {visits} visits", "{n} events, {visits} visits", figures.events, visits=visits)
    by_sex = sexes(say, figures.people)
    return f"{words} ({by_sex})" if by_sex else words
