"""The secretariat's topic: what people ask for in closed periods, while any of it waits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection

from locales import texts
from messages.actions import Requests, choice
from plan.model import Plan
from scheduler.sections import Moment, Section
from storage.directory.holders import Holder
from storage.records import change_requests


def owed(_moment: Moment, _unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: something waits, whatever the unit."""
    return change_requests.are_waiting()


def say_waiting(db: Connection, _plan: Plan, moment: Moment, _holders: Sequence[Holder], language: str) -> Section:
    say, count = texts(language), change_requests.count_waiting(db)
    words = say.plural(
        "{n} request about a closed period waits for you.", "{n} requests about closed periods wait for you.", count
    )
    why = say("Requests about closed periods that wait: {count}", count=count)
    return Section(moment.rule.priority, words, why, (choice(Requests(), say("All requests")),))
