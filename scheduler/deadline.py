"""The yearly deadline (V.2): what wards and agencies owe before 5 November, and how many days are left."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, false

from locales import Say, texts
from messages.actions import MarkDone, choice
from periods.days import local_day
from plan.model import Plan
from reports.wording import day_text
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import has_open
from storage.directory.holders import Holder, obligations

SOON_DAYS = 7
"""From here on the deadline is the first thing to say."""
URGENCY = {"soon": 0, "later": 2}


def owed(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the unit has not handed in everything, while there is time left."""
    due_on = _last_day(moment)
    return false() if local_day(moment.now) > due_on else has_open(unit, moment.rule.obligations, due_on)


def say_owed(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    due_on = _last_day(moment)
    left = (due_on - local_day(moment.now)).days
    open_kinds = _open_kinds(db, moment, holders)
    units = {holder.unit_id: holder for holder in holders}
    parts = [
        _text(say, unit.title, due_on, left, [what_is_owed(say, kind, due_on) for kind in open_kinds[unit.unit_id]])
        for unit in units.values()
    ]
    kinds = sorted({kind for unit in units for kind in open_kinds[unit]}, key=moment.rule.obligations.index)
    return Section(
        URGENCY["soon"] if left <= SOON_DAYS else URGENCY["later"],
        "\n\n".join(parts),
        say(
            "Not handed in yet, last day {day}: {what}",
            day=day_text(due_on),
            what=listed([what_is_owed(say, kind, due_on) for kind in kinds]),
        ),
        tuple(
            choice(
                MarkDone(obligation.id, obligation.revision),
                handed_in_label(
                    say, obligation.kind, due_on, units[obligation.unit_id].title if len(units) > 1 else ""
                ),
            )
            for obligation in obligations(db, units, due_on)
            if not obligation.is_done and obligation.kind in moment.rule.obligations
        ),
    )


def _last_day(moment: Moment) -> date:
    return moment.rule.due_on(moment.day)


def _open_kinds(db: Connection, moment: Moment, holders: Sequence[Holder]) -> Mapping[int, list[str]]:
    """List the kinds not handed in, by unit. A kind that is not written down yet (in a preview) is owed as well."""
    units = {holder.unit_id for holder in holders}
    owed = obligations(db, units, _last_day(moment))
    done = {(obligation.unit_id, obligation.kind) for obligation in owed if obligation.is_done}
    return {unit: [kind for kind in moment.rule.obligations if (unit, kind) not in done] for unit in units}


def _text(say: Say, unit: str, due_on: date, left: int, kinds: Sequence[str]) -> str:
    day = day_text(due_on)
    if left == 0:
        head = say("Today, {day}, is the last day for {unit} to hand in:", day=day, unit=unit)
    else:
        head = say.plural(
            "{unit} has {n} day left to hand in (last day: {day}):",
            "{unit} has {n} days left to hand in (last day: {day}):",
            left,
            day=day,
            unit=unit,
        )
    return "\n".join([head, *(f"• {kind}" for kind in kinds)])


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
