"""Closes periods' figures and opens them again, as the secretariat says."""

from collections.abc import Callable, Iterator, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import private
from locales import Say
from messages import Choice, Outgoing
from messages.actions import YES, ClosePeriod, Closing, Reopen, Requests, choice
from periods.days import local_day
from periods.period import Length, Period, around, before
from reports.wording import day_text, period_text, period_title
from services import closing
from services.closing import ClosingOutcome
from storage.records.closed_periods import Closed

PAGE = 6
OFFERED = (Length.WEEK, Length.MONTH, Length.QUARTER, Length.YEAR)
"""Of each of these the last one that is over can be closed by a tap."""
REASONS: Mapping[str, Callable[[Say], str]] = {
    "late": lambda say: say("late reports are still to be taken"),
    "wrong": lambda say: say("figures turned out to be wrong"),
    "asked": lambda say: say("those above ask for it"),
}
"""The reasons for opening a period again that one tap says."""


def show(turn: Turn, pressed: Closing, *, intro: str = "") -> Replies:
    """Show the closed periods, and offer those that ended last."""
    say, page = turn.say, pressed.page
    found = closing.closed_ones(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    head = say("Closed periods, the latest first:") if found else say("No period is closed.")
    lines = [_line(turn, closed) for closed in found[:PAGE]]
    more = [choice(Closing(page + 1), say("More →"))] if len(found) > PAGE else []
    offers = (*_to_close(turn, found), *_to_reopen(turn, found[:PAGE]), *more, choice(Requests(), say("All requests")))
    how = say("You can also write: /chotso tháng 10/2026 · /moso tháng 10/2026 vì bổ sung báo cáo đến muộn")
    text = "\n".join([head, *lines, "", how])
    return [Outgoing(f"{intro}\n\n{text}".strip(), (*offers, *menu.back_to_menu(turn)))]


def _line(turn: Turn, closed: Closed) -> str:
    line = turn.say(
        "• {period}: since {day}, by {person}",
        period=period_text(turn.say, closed.period),
        day=day_text(local_day(closed.closed_at)),
        person=closed.closed_by,
    )
    return f"{line} – {closed.reason}" if closed.reason else line


def _to_close(turn: Turn, known: list[Closed]) -> Iterator[Choice]:
    codes = {closed.code for closed in known}
    for length in OFFERED:
        period = before(around(length, turn.today))
        if period.code not in codes:
            yield choice(ClosePeriod(period), turn.say("Close {period}", period=period_text(turn.say, period)))


def _to_reopen(turn: Turn, known: list[Closed]) -> Iterator[Choice]:
    for closed in known:
        yield choice(Reopen(closed.id), turn.say("Open {period}", period=period_text(turn.say, closed.period)))


def close(turn: Turn, pressed: ClosePeriod) -> Replies:
    """Ask first, and say what closing means; then close."""
    if pressed.period is None:
        return show(turn, Closing())
    if pressed.sure != YES:
        return _ask(turn, pressed.period)
    return close_because(turn, pressed.period, "")


def close_because(turn: Turn, period: Period, reason: str) -> Replies:
    """Close a period, for a reason if one was given."""
    return private.with_reason(turn, reason, lambda kept: _close(turn, period, kept))


def _close(turn: Turn, period: Period, reason: str) -> Replies:
    result = closing.close(turn.db, turn.viewer, period, reason, turn.now)
    if result is None:
        return menu.show_menu(turn)
    title = period_title(turn.say, period)
    return show(turn, Closing(), intro=_CLOSED[result.outcome](turn.say, title))


_CLOSED: Mapping[ClosingOutcome, Callable[[Say, str], str]] = {
    ClosingOutcome.CLOSED: lambda say, period: say(
        "{period} is closed now. Whatever would change its figures comes to you as a request; approving stays free.",
        period=period,
    ),
    ClosingOutcome.KNOWN: lambda say, period: say("{period} is closed already.", period=period),
    ClosingOutcome.NOT_OVER: lambda say, period: say(
        "{period} is not over yet, so it cannot be closed.", period=period
    ),
}


def _ask(turn: Turn, period: Period) -> Replies:
    say = turn.say
    text = say(
        "Close the figures of {period}? From then on new reports, corrections, withdrawals and returns in it come to "
        "you as requests. It can be opened again.",
        period=period_text(say, period),
    )
    yes = choice(ClosePeriod(period, YES), say("Yes, close it"))
    return [Outgoing(text, (yes, choice(Closing(), say("No, keep it open")), *menu.back_to_menu(turn)))]


def reopen(turn: Turn, pressed: Reopen) -> Replies:
    """Ask for the reason; with one, open the period again."""
    if pressed.reason in REASONS:
        return reopen_because(turn, pressed.closed, REASONS[pressed.reason](turn.say))
    closed = closing.find_closed(turn.db, turn.viewer, pressed.closed)
    if closed is None:
        return show(turn, Closing(), intro=_open_already(turn))
    say = turn.say
    text = say("Why is {period} opened again?", period=period_text(say, closed.period))
    offers = (choice(Reopen(closed.id, code), words(say)) for code, words in REASONS.items())
    return [Outgoing(text, (*offers, choice(Closing(), say("No, keep it closed"))))]


def reopen_because(turn: Turn, closed_id: int, reason: str) -> Replies:
    """Open a period again, for a reason."""
    return private.with_reason(turn, reason, lambda kept: _reopen(turn, closed_id, kept))


def _reopen(turn: Turn, closed_id: int, reason: str) -> Replies:
    result = closing.reopen(turn.db, turn.viewer, closed_id, reason, turn.now)
    if result is None:
        return show(turn, Closing(), intro=_open_already(turn))
    say = turn.say
    lines = [say("{period} is open again.", period=period_title(say, result.closed.period))]
    if result.still:
        lines.append(say("Days of it are still closed by {period}.", period=period_text(say, result.still.period)))
    if result.waiting:
        lines.append(say("Requests that wait: {count}. They are not done by themselves.", count=result.waiting))
    return show(turn, Closing(), intro=" ".join(lines))


def reopen_period(turn: Turn, period: Period, reason: str) -> Replies:
    """Open the period of a code again; without a reason, ask for one."""
    closed = closing.find_by_code(turn.db, turn.viewer, period.code)
    if closed is None:
        return show(turn, Closing(), intro=_open_already(turn))
    return reopen_because(turn, closed.id, reason) if reason else reopen(turn, Reopen(closed.id))


def _open_already(turn: Turn) -> str:
    return turn.say("I find no such closed period: it may have been opened meanwhile.")
