"""Monday's card: what a neighbourhood's events of last week brought, told to who reports for it, with one next step.

It is no reason for a message. It rides on the next digest or on the next answer.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection

from locales import texts
from messages.actions import NewReport, choice
from periods.weeks import monday_of, shift
from plan.model import Plan
from reports.so_far import events_text, so_far
from reports.wording import span
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import had_event
from storage.directory.holders import Holder


def owed(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the unit had an event in the week before."""
    monday = monday_of(shift(moment.week, -1))
    return had_event(unit, monday, monday + timedelta(days=6))


def say_card(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say each unit's events and visits by sex, then what to do next; `scheduler.unsorted` asks for women and men."""
    say, monday = texts(language), monday_of(shift(moment.week, -1))
    sunday = monday + timedelta(days=6)
    cards = [(holder, so_far(db, holder.unit, monday, sunday)) for holder in holders]
    lines = [f"• {holder.title}: {events_text(say, card)}" for holder, card in cards]
    step = say("Next: what is planned this week? Report it the same way afterwards.")
    return Section(
        moment.rule.priority,
        "\n".join([say("Your week ({days}):", days=span(monday, sunday)), *lines, step]),
        say("Own figures of last week: {units}", units=listed([holder.title for holder in holders])),
        (choice(NewReport(), say("Report now")),),
    )
