"""Shows the weeks of which nobody owes a report, and lets the secretariat declare further ones or take them back."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import private
from locales import capital
from messages import Choice, Outgoing
from messages.actions import Closing, ComingWeeks, DeclareFree, FreeWeeks, RevokeFree, choice
from periods.period import Period, week_period
from periods.weeks import shift, week_of
from reports.wording import period_title, week_text
from services import free_weeks
from services.free_weeks import WeekSet
from services.results import Refused
from storage.records.closed_periods import Closed
from storage.records.free_weeks import FreeWeek

PAGE = 8
"""Weeks on a page, each of them a button."""
FURTHEST = 10
"""Pages of coming weeks: a year and a half ahead."""


def show_free_weeks(turn: Turn, pressed: FreeWeeks) -> Replies:
    """List the free weeks, the latest first; a press lets one be owed again."""
    say, page = turn.say, max(pressed.page, 0)
    listed = free_weeks.declared(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    if isinstance(listed, Refused):
        return menu.show_menu(turn)
    head = say("Free weeks, in which nobody is asked to report:") if listed else say("No week is declared free.")
    lines = [_line(turn, one) for one in listed[:PAGE]]
    offers = [
        choice(RevokeFree(week_period(one.week)), say("Week {number}/{year}: owed again", **_number(one.week)))
        for one in listed[:PAGE]
    ]
    if len(listed) > PAGE:
        offers.append(choice(FreeWeeks(page + 1), say("More →")))
    offers.append(choice(ComingWeeks(), say("Declare a week free")))
    return [Outgoing("\n".join([head, *lines]), (*offers, *menu.back_to_menu(turn)))]


def _line(turn: Turn, one: FreeWeek) -> str:
    reason = f" – {one.reason}" if one.reason else ""
    return f"• {period_title(turn.say, week_period(one.week))}{reason} · {one.person}"


def _number(week: str) -> dict[str, int]:
    return {"number": int(week[6:]), "year": int(week[:4])}


def show_coming_weeks(turn: Turn, pressed: ComingWeeks) -> Replies:
    """Offer the weeks from this one on that are not free."""
    say, page = turn.say, min(max(pressed.page, 0), FURTHEST - 1)
    weeks = [shift(week_of(turn.today), page * PAGE + index) for index in range(PAGE)]
    free = free_weeks.free_among(turn.db, turn.viewer, weeks)
    if isinstance(free, Refused):
        return menu.show_menu(turn)
    offers = [
        choice(DeclareFree(week_period(week)), period_title(say, week_period(week)))
        for week in weeks
        if week not in free
    ]
    if page + 1 < FURTHEST:
        offers.append(choice(ComingWeeks(page + 1), say("More →")))
    text = say(
        "Which week is free? You can write it with the reason, too, for example: tuần nghỉ tuần 7 Tết Nguyên đán."
    )
    return [Outgoing(text, (*offers, choice(FreeWeeks(), say("Free weeks")), *menu.back_to_menu(turn)))]


def declare(turn: Turn, pressed: DeclareFree) -> Replies:
    """Declare a week free, without a reason."""
    return declare_with_reason(turn, pressed.week, "") if pressed.week else _list(turn)


def declare_with_reason(turn: Turn, week: Period, reason: str) -> Replies:
    """Declare a week free, for the reason that was written after it."""

    def declare_for(kept: str) -> Replies:
        return _answer(turn, free_weeks.declare(turn.db, turn.viewer, week.code, kept, turn.now))

    return private.with_reason(turn, reason, declare_for)


def revoke(turn: Turn, pressed: RevokeFree) -> Replies:
    """Let a week be owed again."""
    if pressed.week is None:
        return _list(turn)
    result = free_weeks.revoke(turn.db, turn.viewer, pressed.week.code)
    return _answer(turn, result)


def _list(turn: Turn) -> Replies:
    return show_free_weeks(turn, FreeWeeks())


def _answer(turn: Turn, result: WeekSet | Closed | Refused) -> Replies:
    if isinstance(result, Refused):
        return menu.show_menu(turn)
    if isinstance(result, Closed):
        return _closed(turn, result)
    say, week = turn.say, week_text(turn.say, result.week)
    undo: Choice
    if result.is_free:
        text = say("Free: in {week} nobody is expected to report, and nobody is asked to.", week=week)
        undo = choice(RevokeFree(week_period(result.week)), say("Take this back"))
    else:
        text = say("{week} is owed again: it is to be reported as usual.", week=capital(week))
        undo = choice(DeclareFree(week_period(result.week)), say("Declare it free"))
    offers = (undo, choice(FreeWeeks(), say("Free weeks")), *menu.back_to_menu(turn))
    return [Outgoing(text, offers, lasting=True)]


def _closed(turn: Turn, closed: Closed) -> Replies:
    text = turn.say(
        "{period} is closed, so its free weeks stay as they are. To change them, open it again first.",
        period=period_title(turn.say, closed.period),
    )
    offers = (choice(Closing(), turn.say("Closed periods")), choice(FreeWeeks(), turn.say("Free weeks")))
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]
