"""What units owe by a last day (V.2): reminded of before it and after it, to those who answer for the unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, Connection

from locales import Say, texts
from messages.actions import MarkDone, PutOff, choice
from periods.days import local_day
from plan.calendar import Rule
from plan.model import Plan
from reports.wording import day_text
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import has_open
from storage.directory.holders import Holder, ObligationState, obligations

SOON_DAYS = 7
"""From here on the deadline is the first thing to say."""
SOON = 0


def owed(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the unit has not handed in everything that is spoken of that day."""
    return has_open(unit, moment.rule.due_days(moment.day), _unwritten(moment))


def _unwritten(moment: Moment) -> list[tuple[str, date]]:
    """What the calendar asks for by the days to come: if it is not written down yet (in a preview), it is owed, too."""
    days = [day for day in moment.rule.due_days(moment.day) if day >= moment.day]
    return [(kind, day) for day in days if is_last_day(moment.rule, day) for kind in moment.rule.obligations]


def is_last_day(rule: Rule, day: date) -> bool:
    """Whether the calendar asks for something by that day."""
    return rule.last_day is not None and rule.last_day.in_year(day.year) == day


def say_owed(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say what each unit owes, the longest due first, with a button for each that says it was handed in."""
    say, today = texts(language), local_day(moment.now)
    units = {holder.unit_id: holder for holder in holders}
    owing = _open(db, moment, units)
    parts = [
        _text(say, units[unit].title, due_on, (due_on - today).days, [kind for _, _, kind in rows])
        for (due_on, unit), rows in groupby(owing, key=lambda row: (row[0], row[1]))
    ]
    soonest = min((due_on - today).days for due_on, _, _ in owing)
    return Section(
        min(SOON, moment.rule.priority) if soonest <= SOON_DAYS else moment.rule.priority,
        "\n\n".join(parts),
        _why(say, owing),
        (
            *(
                choice(
                    MarkDone(row.id, row.revision),
                    handed_in_label(say, row.kind, row.due_on, units[row.unit_id].title if len(units) > 1 else ""),
                )
                for row in _stored(db, moment, units)
                if not row.is_done
            ),
            choice(PutOff(moment.rule.id, moment.about), say("Tomorrow")),
        ),
    )


def _why(say: Say, owing: Sequence[tuple[date, int, str]]) -> str:
    kinds = dict.fromkeys((due_on, kind) for due_on, _, kind in owing)
    return "; ".join(
        say(
            "Not handed in yet, last day {day}: {what}",
            day=day_text(due_on),
            what=listed([what_is_owed(say, kind, due_on) for _, kind in rows]),
        )
        for due_on, rows in groupby(kinds, key=lambda key: key[0])
    )


def _stored(db: Connection, moment: Moment, units: Mapping[int, Holder]) -> list[ObligationState]:
    return obligations(db, units, moment.rule.due_days(moment.day))


def _open(db: Connection, moment: Moment, units: Mapping[int, Holder]) -> list[tuple[date, int, str]]:
    """List what is not handed in as last day, unit and kind, in that order."""
    stored = _stored(db, moment, units)
    written = {(row.due_on, row.unit_id, row.kind) for row in stored}
    unwritten = [(day, unit, kind) for kind, day in _unwritten(moment) for unit in units]
    found = [(row.due_on, row.unit_id, row.kind) for row in stored if not row.is_done]
    found += [row for row in unwritten if row not in written]
    order = list(units)
    return sorted(found, key=lambda row: (row[0], order.index(row[1])))


def _text(say: Say, unit: str, due_on: date, left: int, kinds: Sequence[str]) -> str:
    return "\n".join([_head(say, unit, due_on, left), *(f"• {what_is_owed(say, kind, due_on)}" for kind in kinds)])


def _head(say: Say, unit: str, due_on: date, left: int) -> str:
    day = day_text(due_on)
    if left == 0:
        return say("Today, {day}, is the last day for {unit} to hand in:", day=day, unit=unit)
    if left < 0:
        return say.plural(
            "{unit} is {n} day late (last day: {day}); it is still welcome:",
            "{unit} is {n} days late (last day: {day}); it is still welcome:",
            -left,
            day=day,
            unit=unit,
        )
    return say.plural(
        "{unit} has {n} day left to hand in (last day: {day}):",
        "{unit} has {n} days left to hand in (last day: {day}):",
        left,
        day=day,
        unit=unit,
    )


def what_is_owed(say: Say, kind: str, due_on: date) -> str:
    """Name one of `plan.calendar.OBLIGATIONS` (V.2); the draft is that of the year after its last day."""
    if kind == "plan_draft":
        return say("the draft of activities, target groups and forms for {year}, with a budget", year=due_on.year + 1)
    return say("the periodic report on results")


def short_name(say: Say, kind: str, due_on: date) -> str:
    """Name it shortly, for a button."""
    return say("draft for {year}", year=due_on.year + 1) if kind == "plan_draft" else say("periodic report")


def handed_in_label(say: Say, kind: str, due_on: date, unit: str = "") -> str:
    """Word the button that says that it was done; the unit is named if there are several."""
    label = say("Handed in: {what}", what=short_name(say, kind, due_on))
    return f"{label} ({unit})" if unit else label
