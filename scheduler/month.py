"""The Action Month against gender-based violence (II.1.1 HĐ1 (4)): its opening, its Mondays, its closing."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from locales import Say, texts
from messages import Choice
from messages.actions import NewReport, Summary, choice
from periods.days import local_day
from periods.period import week_around
from plan.calendar import Topic
from plan.model import Plan
from reports.wording import day_text, span
from scheduler.sections import Moment, Section, listed
from storage.directory.holders import Holder

_REPORTING = frozenset({"propagandist", "ward_chair", "agency"})


def say_month(_db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """People who report are asked to; the secretariat, which does not, hears that its units are asked."""
    say, topic, today = texts(language), moment.rule.topic, local_day(moment.now)
    first, last = moment.rule.period_of(moment.about)
    units = listed([holder.title for holder in holders])
    if any(holder.role in _REPORTING for holder in holders):
        request, choices = _request(say, topic), [choice(NewReport(), say("Report now"))]
    else:
        request = say(
            "Everybody in {units} is asked to report. The week's summary shows how far they are.", units=units
        )
        choices = [_summary(say, holder, today) for holder in holders]
    return Section(
        moment.rule.priority,
        f"{_news(say, topic, first, last, today)} {request}",
        say("Action Month {days}: {units}", days=span(first, last), units=units),
        tuple(choices),
    )


def _news(say: Say, topic: Topic, first: date, last: date, today: date) -> str:
    """Say where the month stands on the day of the message, which may be later than planned."""
    days, left = span(first, last), (last - today).days
    if topic is Topic.MONTH_OPENING:
        return say("The Action Month for gender equality and against gender-based violence runs {days}.", days=days)
    if left > 0:
        return say.plural(
            "The Action Month goes on: {n} day left, until {end}.",
            "The Action Month goes on: {n} days left, until {end}.",
            left,
            end=day_text(last),
        )
    if left == 0:
        return say("The Action Month ({days}) ends today. Thank you for all you did!", days=days)
    return say("The Action Month ({days}) has ended. Thank you for all you did!", days=days)


def _request(say: Say, topic: Topic) -> str:
    requests = {
        Topic.MONTH_OPENING: say("Every talk, event and leaflet counts – please report each of them."),
        Topic.MONTH_MONDAY: say("What is on this week? Please report it afterwards."),
        Topic.MONTH_CLOSING: say("If an event has not been reported yet, please do it now."),
    }
    return requests[topic]


def _summary(say: Say, holder: Holder, today: date) -> Choice:
    """Offer a week's summary; on a Monday that of the week that has ended, since the new one is empty."""
    week = week_around(today - timedelta(days=1))
    return choice(Summary(holder.unit, week), say("Week {number}: {unit}", number=week.number, unit=holder.title))
