"""A day with its time (XLSForm `dateTime`), written in one message: "8h sáng 15/11", "hôm qua lúc 2 giờ chiều"."""

from dataclasses import replace
from datetime import datetime

from interview.forms.form import Question
from interview.kinds.protocol import Near, Offered, QuestionKind, Read
from interview.reading.moments import iso_moment, moment_was_long_ago, read_moment
from interview.reading.unreadable import Unreadable
from interview.shown import day
from interview.steps import Json
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot


class DateTimeKind(QuestionKind):
    """Stored as "2026-11-15T08:00:00+07:00"."""

    controls = frozenset({("input", "dateTime")})
    is_written = True
    unread = "not_a_moment"

    def read(self, state: State, spot: Spot, text: str) -> Read:
        moment = read_moment(text, state.now)
        if isinstance(moment, Unreadable):
            return moment
        if moment_was_long_ago(text, moment, state.now):
            return Near(moment.isoformat(), _clock_and_day(moment), "which_year")
        return moment.isoformat()

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        moment = iso_moment(value, state.now) if isinstance(value, str) else None
        return None if moment is None else moment.isoformat()

    def shown(self, state: State, question: Question, value: Json) -> str:
        return _clock_and_day(datetime.fromisoformat(str(value)))

    def example(self, state: State, question: Question, entry: int) -> str:
        return _clock_and_day(state.now.replace(hour=8, minute=0))

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        """The buttons, with the default as people read it."""
        offered = super().options(stepping, spot)
        moments = ((option, self.fitting(stepping.state, spot, option.label)) for option in offered.options)
        return Offered(
            tuple(
                option if moment is None else replace(option, label=self.shown(stepping.state, spot.question, moment))
                for option, moment in moments
            )
        )


def _clock_and_day(moment: datetime) -> str:
    return f"{moment:%H:%M} {day(moment.date())}"
