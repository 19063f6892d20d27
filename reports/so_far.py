"""How many events a unit had in some days, with everybody who came: the two numbers of a sentence, read cheaply."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from periods.period import span_period
from reports import breakdowns
from reports.figures import People
from reports.stretches import stretches_of
from reports.sums import Sums
from rules.kinds import ActivityKind
from storage.directory.units import unit_tree


@dataclass(frozen=True, slots=True)
class SoFar:
    """Events, and visits to them."""

    events: int
    people: People


def so_far(db: Connection, unit: str, first: date, last: date) -> SoFar:
    """What counts of a unit and all inside it, from a day to a day."""
    totals = Sums(db, stretches_of(unit_tree(db), unit, span_period(first, last))).kinds
    events = sum(total.reports for total in totals if total.kind == ActivityKind.EVENT)
    return SoFar(events, breakdowns.people(totals, ActivityKind.EVENT))
