"""What waits between chair and author: reports to be approved, and returned ones that nobody has mended yet.

The author hears of a returned report first, from the day after; the chair after some days more, in the same sentence as
what waits for approval.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection

from locales import Say, texts
from messages.actions import Correct, Queue, View, choice
from plan.model import Plan
from reports.wording import day_text, short_day
from scheduler.sections import Moment, Section
from storage.delivery.owing import has_returned, is_any_in_hand
from storage.directory.holders import Holder
from storage.directory.units import unit_tree
from storage.records import review_queue
from storage.records.review_queue import Scope, Waiting
from storage.records.submissions import Report

AUTHOR_AFTER, CHAIR_AFTER = timedelta(hours=12), timedelta(days=3)
"""How long a returned report is left to the notice that its author got, and then to the author's own digest."""
LONG = timedelta(days=7)
MOST = 3
"""Returned reports that are named and offered; more are counted."""


def may_wait(_moment: Moment, _unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least if anything waits anywhere."""
    return is_any_in_hand()


def waits(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those for whom something waits."""
    there = review_queue.in_hand(db, moment.now - CHAIR_AFTER)
    return [one for one in holders if review_queue.has_any(db, _scope(db, moment, [one]), one.person_id or 0, there)]


def say_waiting(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say, (found, unmended) = texts(language), _for(db, moment, holders)
    sentences = list(_to_approve(say, moment, found)) if found else []
    if unmended:
        sentences.append(say("Returned and not mended yet: {reports}.", reports=_named(db, say, moment, unmended)))
    offers = (choice(Queue(), say("To be approved: {count}", count=len(found))),) if found else ()
    views = tuple(choice(View(one.id), _label(db, moment, one)) for one in unmended[:MOST])
    why = say(
        "Reports to approve: {count}, returned and not mended: {returned}", count=len(found), returned=len(unmended)
    )
    return Section(moment.rule.priority, " ".join(sentences), why, (*offers, *views))


def _to_approve(say: Say, moment: Moment, found: Sequence[Waiting]) -> list[str]:
    counted = say.plural("{n} report waits for your approval.", "{n} reports wait for your approval.", len(found))
    warned, mended = sum(one.warned for one in found), sum(one.mended for one in found)
    long = sum(moment.now - one.since > LONG for one in found)
    said = [
        *([say("{n} with a warning", n=warned)] if warned else []),
        *([say("{n} mended", n=mended)] if mended else []),
        *([say("{n} for more than a week", n=long)] if long else []),
    ]
    return [counted, say("Of these: {parts}.", parts=", ".join(said))] if said else [counted]


def has_unmended(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: a report of the unit was returned a while ago."""
    return has_returned(unit, moment.now - AUTHOR_AFTER)


def say_unmended(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say, units = texts(language), {holder.unit_id for holder in holders}
    found = review_queue.returned(db, units, moment.now - AUTHOR_AFTER)
    text = say.plural(
        "{n} report was returned and does not count until it is mended: {reports}.",
        "{n} reports were returned and do not count until they are mended: {reports}.",
        len(found),
        reports=_named(db, say, moment, found),
    )
    offers = tuple(
        choice(Correct(one.id, one.revision), say("Mend {report}", report=_label(db, moment, one)))
        for one in found[:MOST]
    )
    return Section(moment.rule.priority, text, say("Returned reports to mend: {count}", count=len(found)), offers)


def _for(db: Connection, moment: Moment, holders: Sequence[Holder]) -> tuple[list[Waiting], list[Report]]:
    """What waits for the approval of somebody with these roles, and what was returned there and is not mended yet."""
    person, scope = next((holder.person_id for holder in holders), None), _scope(db, moment, holders)
    returned = review_queue.returned(db, scope.units, moment.now - CHAIR_AFTER)
    return review_queue.waiting(db, scope, person or 0), returned


def _scope(db: Connection, moment: Moment, holders: Sequence[Holder]) -> Scope:
    held = ((one.role, one.unit) for one in holders)
    return review_queue.scope(db, unit_tree(db).on(moment.day), held, moment.now)


def _named(db: Connection, say: Say, moment: Moment, found: Sequence[Report]) -> str:
    named = [_label(db, moment, one) for one in found[:MOST]]
    more = len(found) - len(named)
    return ", ".join([*named, say("{n} more", n=more)] if more > 0 else named)


def _label(db: Connection, moment: Moment, report: Report) -> str:
    unit = unit_tree(db).on(report.day).unit(report.unit_id)
    is_this_year = report.day.year == moment.day.year
    return f"{unit.name}, {short_day(report.day) if is_this_year else day_text(report.day)}"
