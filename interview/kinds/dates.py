"""A day: the near ones are buttons, any other is written ("15/11", "thứ sáu tuần trước")."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from interview.forms.form import Question
from interview.kinds.protocol import Answered, Looks, Near, Offered, Pressing, QuestionKind, Read
from interview.lines.phrases import Span, WrittenLine
from interview.reading.dates import read_date, was_long_ago
from interview.reading.unreadable import Unreadable
from interview.shown import day
from interview.steps import Json, WalkCommand
from interview.walking.buttons import command_option
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot

_AGO: Mapping[str, int] = {WalkCommand.TODAY: 0, WalkCommand.YESTERDAY: 1}


class DateKind(QuestionKind):
    """Stored as "2026-11-15"."""

    controls = frozenset({("input", "date")})
    is_written = True
    words = (WalkCommand.OTHER_DAY,)
    numbered = (WalkCommand.TODAY, WalkCommand.YESTERDAY, WalkCommand.OTHER_DAY)
    unread = "not_a_date"

    def read(self, state: State, spot: Spot, text: str) -> Read:
        said, today = read_date(text, state.now.date()), state.now.date()
        if isinstance(said, Unreadable):
            return said
        doubtful = was_long_ago(text, said, today)
        return Near(said.isoformat(), day(said), "which_year") if doubtful else said.isoformat()

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
        if stepping.view.get("typed"):
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
        return [(span, said) for span, said in line.days.items() if line.is_fresh(span)]
