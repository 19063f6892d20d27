"""The Action Month against gender-based violence (II.1.1 HĐ1 (4)): its opening, its Mondays, its closing."""

from collections.abc import Sequence

from sqlalchemy import Connection

from locales import texts
from messages import Choice
from plan.calendar import Topic
from plan.model import Plan
from reports.wording import day as day_words
from reports.wording import span
from scheduler import actions
from scheduler.sections import Moment, Section, listed
from storage.holders import Holder
from storage.weeks import local_day

URGENCY = 4
_REPORTING = frozenset({"propagandist", "ward_chair", "agency"})


def say_month(_db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    first, last = moment.rule.period_of(moment.day)
    days = span(first, last, language)
    end = day_words(last, language)
    left = (last - local_day(moment.now)).days
    sentences = {
        Topic.MONTH_OPENING: say(
            "The Action Month for gender equality and against gender-based violence runs from {days}. "
            "Every talk, event and leaflet counts – please report each of them.",
            days=days,
        ),
        Topic.MONTH_MONDAY: say.plural(
            "The Action Month goes on: {n} day left, until {end}. What is on this week? Please report it afterwards.",
            "The Action Month goes on: {n} days left, until {end}. What is on this week? Please report it afterwards.",
            max(left, 0),
            end=end,
        ),
        Topic.MONTH_CLOSING: say(
            "The Action Month ({days}) comes to its end. Thank you for all you did! "
            "If an event has not been reported yet, please do it now.",
            days=days,
        ),
    }
    report = (Choice(actions.REPORT, say("Report now")),)
    return Section(
        URGENCY,
        sentences[moment.rule.topic],
        say("Action Month {days}: {units}", days=days, units=listed([holder.title for holder in holders])),
        report if any(holder.role in _REPORTING for holder in holders) else (),
    )
