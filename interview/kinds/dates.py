"""A day: the near ones are buttons, any other is written ("15/11", "thứ sáu tuần trước")."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from interview.forms.form import Question
from interview.kinds.protocol import Answered, Looks, Near, Offered, Pressing, QuestionKind, Read
from interview.lines.phrases import WrittenLine
from interview.reading.dates import Verdict, read_day
from interview.reading.unreadable import Unreadable
from interview.reading.writing import Span
from interview.shown import day
from interview.steps import Json, WalkCommand
from interview.walking.buttons import command_option
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot

LAST_DAY = "last-day"
"""The appearance of the question for the last of several days."""
AHEAD = "ahead"
"""The appearance of a question for a day that is still to come: a day without a year is the next such day."""
_YEAR = timedelta(days=364)
"""Of two moments so far apart the later one has the next year's days before it, but for the very same day."""
_BARE_DAY = re.compile("0?[1-9]|[12][0-9]|3[01]")
""" "22" is the day of a month where a day is asked for."""
_AGO: Mapping[str, int] = {WalkCommand.TODAY: 0, WalkCommand.YESTERDAY: 1}


class DateKind(QuestionKind):
    """Stored as "2026-11-15"."""

    controls = frozenset({("input", "date")})
    is_written = True
    words = (WalkCommand.OTHER_DAY,)
    numbered = (WalkCommand.TODAY, WalkCommand.YESTERDAY, WalkCommand.OTHER_DAY)
    unread = "not_a_date"

    def read(self, state: State, spot: Spot, text: str) -> Read:
        written, today = f"ngày {text}" if _BARE_DAY.fullmatch(text) else text, state.now.date()
        said = read_day(written, today)
        if AHEAD in spot.question.look and (coming := _coming(written, said, today)):
            return coming.isoformat()
        if said is None:
            return Unreadable("not_a_date")
        if said.last is None and (said.day is not None or said.why == "future"):
            return (said.day or said.options[0]).isoformat()
        if said.invalid or not (said.options or said.day):
            return Unreadable("invalid_date" if said.invalid else "which_day")
        likeliest = said.options[0] if said.options else said.day
        return (
            Unreadable("not_a_date") if likeliest is None else Near(likeliest.isoformat(), day(likeliest), "day_meant")
        )

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        try:
            return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
        except ValueError:
            return None

    def shown(self, state: State, question: Question, value: Json) -> str:
        return day(date.fromisoformat(str(value)))

    def example(self, state: State, question: Question, entry: int) -> str:
        return day(state.now.date())

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        if stepping.view.get("typed") or AHEAD in spot.question.look:
            return super().options(stepping, spot)
        return Offered(tuple(command_option(command, answers=True) for command in self.numbered))

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        if token == WalkCommand.OTHER_DAY:
            return Looks({"typed": True})
        ago = _AGO.get(token)
        if ago is None:
            return super().pressed(stepping, spot, token)
        return Answered((stepping.state.now.date() - timedelta(days=ago)).isoformat())

    def said_in(self, state: State, spot: Spot, line: WrittenLine) -> Sequence[tuple[Span, str]]:
        said = line.said_day.last if LAST_DAY in spot.question.look else line.said_day.day
        days = [reading.span for reading in line.days if reading.what in {"day", "days", "week"}]
        if said is None or not days:
            return []
        return [(line.words_at((days[0][0], days[-1][1]) if len(days) == 1 else days[0]), said.isoformat())]


def _coming(text: str, said: Verdict | None, today: date) -> date | None:
    """The next such day, where a text names day and month without a year; `None` if it does not, or names a later one.

    Readers look back. Where the same text, read a year later, is the same day of another year, it names no year.
    """
    if said is None or said.day is None or said.last is not None or said.day >= today:
        return None
    again = read_day(text, today + _YEAR)
    later = again.day if again else None
    is_same = later is not None and (later.month, later.day) == (said.day.month, said.day.day)
    return later if is_same and later is not None and later >= today else None
