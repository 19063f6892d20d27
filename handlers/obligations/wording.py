"""Words what units owe: its name, its last day, how it stands."""

from collections.abc import Callable, Mapping
from datetime import date

from handlers.context import Turn
from locales import Say
from periods.days import local_day
from plan.duties import briefly_named, named
from reports.wording import day_text
from rules.handing import How
from storage.records.obligations import NOTED, REMINDED, UNDONE, Owed
from storage.records.trail import Deed

HOW: Mapping[str, Callable[[Say], str]] = {
    How.SENT: lambda say: say("sent here"),
    How.SAID: lambda say: say("as the unit said"),
    How.PAPER: lambda say: say("on paper"),
}
_DEEDS: Mapping[str, Callable[[Say], str]] = {
    How.SENT: lambda say: say("handed it in here"),
    How.SAID: lambda say: say("said that it was handed in"),
    How.PAPER: lambda say: say("took it on paper"),
    UNDONE: lambda say: say("opened it again"),
    NOTED: lambda say: say("wrote a note"),
    REMINDED: lambda say: say("reminded the unit"),
}


def what(turn: Turn, owed: Owed) -> str:
    """What is owed, in full."""
    return named(turn.plan.duties, owed.kind, owed.due_on, owed.title, turn.language)


def short(turn: Turn, owed: Owed) -> str:
    """The same for a button."""
    return briefly_named(turn.plan.duties, owed.kind, owed.due_on, owed.title, turn.language)


def standing(turn: Turn, owed: Owed) -> str:
    """How an obligation stands: handed in when, by whom, how; or how many days are left."""
    say = turn.say
    if owed.done_at is None:
        return days_left(say, owed.due_on, turn.today)
    how = HOW[owed.how](say) if owed.how in HOW else ""
    parts = [say("handed in on {day} ✓", day=day_text(local_day(owed.done_at))), how, owed.done_by or "", owed.note]
    return " · ".join(part for part in parts if part)


def days_left(say: Say, due_on: date, today: date) -> str:
    """Say "3 days left", "today is the last day" or "2 days late"."""
    days = (due_on - today).days
    if days == 0:
        return say("today is the last day")
    if days > 0:
        return say.plural("{n} day left", "{n} days left", days)
    return say.plural("{n} day late", "{n} days late", -days)


def deed_line(turn: Turn, deed: Deed) -> str:
    """A line of the audit trail."""
    done = _DEEDS[deed.action](turn.say) if deed.action in _DEEDS else deed.action
    note = deed.detail.get("note")
    return f"{day_text(local_day(deed.at))}: {deed.person} {done}{f' – {note}' if note else ''}".strip()
