"""What units owe by a last day (V.2): reminded of before it and after it, to those who answer for the unit.

What the plan asks its duties say (`plan.duties`); what was asked for besides is called by its own title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, Connection

from locales import Say, texts
from messages import Choice
from messages.actions import DueNow, HandIn, MarkDone, PutOff, choice
from periods.days import local_day
from plan.duties import Duties, briefly_named, named
from plan.model import Plan
from reports.wording import deadline
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import ObligationState, Unwritten, has_open, obligations
from storage.directory.holders import Holder

SOON_DAYS = 7
"""From here on the deadline is the first thing to say."""
SOON = 0
MOST_OFFERED = 3
"""Obligations with buttons of their own; the others are one tap away."""


@dataclass(frozen=True, slots=True)
class _Open:
    """Something that a unit has not handed in."""

    due_on: date
    unit_id: int
    kind: str
    title: str = ""

    def name(self, duties: Duties, say: Say) -> str:
        return named(duties, self.kind, self.due_on, self.title, say.language)


def owed(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the unit has not handed in everything that is spoken of that day."""
    return has_open(unit, moment.rule.due_days(moment.day), moment.at, _unwritten(moment))


def _unwritten(moment: Moment) -> list[Unwritten]:
    """What is not written down yet (in a preview) is owed, too."""
    return moment.unwritten(moment.rule.due_days(moment.day))


def say_owed(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say what each unit owes, the longest due first, with buttons to hand it in or to say that it was, on paper."""
    say, today = texts(language), local_day(moment.now)
    units = {holder.unit_id: holder for holder in holders}
    stored = obligations(db, units, moment.rule.due_days(moment.day), moment.at)
    owing = _open(moment, units, stored)
    parts = [
        "\n".join(
            [
                _head(say, units[unit].title, due_on, (due_on - today).days),
                *(f"• {each.name(plan.duties, say)}" for each in rows),
            ]
        )
        for (due_on, unit), rows in groupby(owing, key=lambda each: (each.due_on, each.unit_id))
    ]
    soonest = min((each.due_on - today).days for each in owing)
    return Section(
        min(SOON, moment.rule.priority) if soonest <= SOON_DAYS else moment.rule.priority,
        "\n\n".join(parts),
        _why(plan.duties, say, owing),
        (
            *_offers(plan.duties, say, [row for row in stored if not row.is_done], units),
            choice(PutOff(moment.rule.id, moment.about), say("Tomorrow")),
        ),
    )


def _offers(
    duties: Duties, say: Say, rows: Sequence[ObligationState], units: Mapping[int, Holder]
) -> tuple[Choice, ...]:
    """Offer to hand in each of the first ones, and to say that it was handed in on paper."""

    def label(row: ObligationState) -> str:
        what = briefly_named(duties, row.kind, row.due_on, row.title, say.language)
        return f"{what} ({units[row.unit_id].title})" if len(units) > 1 else what

    offered = rows[:MOST_OFFERED]
    more = (choice(DueNow(), say("What is due")),) if len(rows) > MOST_OFFERED else ()
    return (
        *(choice(HandIn(row.id), say("Hand in: {what}", what=label(row))) for row in offered),
        *(
            choice(MarkDone(row.id, row.revision), say("Handed in on paper: {what}", what=label(row)))
            for row in offered
        ),
        *more,
    )


def _why(duties: Duties, say: Say, owing: Sequence[_Open]) -> str:
    by_day = {
        day: dict.fromkeys(each.name(duties, say) for each in rows)
        for day, rows in groupby(owing, key=lambda each: each.due_on)
    }
    return "; ".join(
        say("Not handed in yet, {when}: {what}", when=deadline(say, day), what=listed([*names]))
        for day, names in by_day.items()
    )


def _open(moment: Moment, units: Mapping[int, Holder], stored: Sequence[ObligationState]) -> list[_Open]:
    """List what is not handed in by last day and unit."""
    written = {(row.due_on, row.unit_id, row.kind) for row in stored}
    found = [_Open(row.due_on, row.unit_id, row.kind, row.title) for row in stored if not row.is_done]
    for each in _unwritten(moment):
        theirs = (unit for unit, holder in units.items() if holder.role in each.roles)
        found += [
            _Open(each.due_on, unit, each.kind) for unit in theirs if (each.due_on, unit, each.kind) not in written
        ]
    order = list(units)
    return sorted(found, key=lambda each: (each.due_on, order.index(each.unit_id)))


def _head(say: Say, unit: str, due_on: date, left: int) -> str:
    when = deadline(say, due_on)
    if left == 0:
        return say("Today is the last day for {unit} to hand in, {when}:", when=when, unit=unit)
    if left < 0:
        return say.plural(
            "{unit} is {n} day late, it was asked for {when}; it is still welcome:",
            "{unit} is {n} days late, it was asked for {when}; it is still welcome:",
            -left,
            when=when,
            unit=unit,
        )
    return say.plural(
        "{unit} has {n} day left to hand in, {when}:",
        "{unit} has {n} days left to hand in, {when}:",
        left,
        when=when,
        unit=unit,
    )
