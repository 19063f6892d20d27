"""When the bot writes by itself: rules as values, each of which knows on which days it falls due.

A rule is read from `plan/calendar.toml` (`plan.calendar_file`). Each of its occurrences has a name, a day that says
what it is about (a week's Monday, a year's first day, the day itself), and a moment at which it falls due. The name
stays when the moment is moved, by a holiday or by whoever edits the calendar: so what was sent is never sent again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from periods.days import ZONE
from plan.duties import Duty
from rules import working_days
from rules.times_of_day import DIGEST_AT, MONDAY_DIGEST_AT, NUDGE_AT


class Topic(StrEnum):
    """What a rule reminds of."""

    WEEK_UNREPORTED = "week_unreported"
    WEEK_SUMMARY = "week_summary"
    WEEK_CARD = "week_card"
    SILENT_UNITS = "silent_units"
    REQUESTS = "requests"
    QUIET_UNITS = "quiet_units"
    NOT_JOINED = "not_joined"
    TO_APPROVE = "to_approve"
    TO_MEND = "to_mend"
    DEADLINE = "deadline"
    DEADLINE_ABOVE = "deadline_above"
    MONTH_OPENING = "month_opening"
    MONTH_MONDAY = "month_monday"
    MONTH_HALF_TIME = "month_half_time"
    MONTH_CLOSING = "month_closing"


MONTH_TOPICS = frozenset({Topic.MONTH_OPENING, Topic.MONTH_MONDAY, Topic.MONTH_HALF_TIME, Topic.MONTH_CLOSING})
DEADLINE_TOPICS = frozenset({Topic.DEADLINE, Topic.DEADLINE_ABOVE})
"""What units owe by a last day: it goes out however many messages a person got that week."""


LATE_FOR = timedelta(days=365)
"""So long after its last day what is owed is still spoken of."""


class Moves(StrEnum):
    """Where an occurrence goes that would fall on a weekend or a public holiday."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, order=True)
class YearDay:
    """A day that comes every year; 29 February is none."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year, self.month, self.day)

    def on_or_after(self, day: date) -> date:
        this_year = self.in_year(day.year)
        return this_year if this_year >= day else self.in_year(day.year + 1)


_A_YEAR = timedelta(days=366) + working_days.LONGEST_REST


@dataclass(frozen=True, slots=True)
class Rule:
    """One reminder; the comments of `plan/calendar.toml` say what each part means.

    It comes every week on `weekday` (0 is Monday), or every year on `year_day`, or, with neither, every working day.
    """

    id: str
    version: str
    topic: Topic
    roles: tuple[str, ...]
    useful_for: timedelta
    weekday: int | None = None
    year_day: YearDay | None = None
    moves: Moves = Moves.AFTER
    afternoon: bool = False
    rides: bool = False
    priority: int = 5
    days_before: tuple[int, ...] = ()
    days_after: tuple[int, ...] = ()
    late_days: int = 0
    late_weekday: int | None = None
    period: tuple[YearDay, YearDay] | None = None
    duties: tuple[Duty, ...] = field(default=(), compare=False)
    """What the plan asks of units with one of its roles, where it reminds of last days."""

    def moments(self, first: date, last: date) -> Iterator[tuple[date, datetime]]:
        """Yield the occurrences that fall due on the days from `first` to `last`: what each is about, and when."""
        for about, day in self._planned(first - working_days.LONGEST_REST, last + working_days.LONGEST_REST):
            moved = self._moved(about, day)
            if moved is not None and first <= moved <= last:
                yield about, datetime.combine(moved, self._time(moved), ZONE)

    def moment_of(self, about: date) -> datetime | None:
        """When the occurrence that is about a day falls due; a yearly one is about 1 January of its year."""
        within = self.moments(about, about + _A_YEAR)
        return next((at for named, at in within if named == about), None)

    def _planned(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Yield what each occurrence is about, with the day on which it would come if every day were a working day."""
        if self.year_day is not None:
            for year in range(first.year, last.year + 1):
                yield date(year, 1, 1), self.year_day.in_year(year)
            return
        day = first
        while day <= last:
            if self.weekday is None and working_days.is_working_day(day):
                yield day, day
            elif day.weekday() == self.weekday and self._is_in_period(day):
                yield day - timedelta(days=day.weekday()), day
            day += timedelta(days=1)

    def _is_in_period(self, day: date) -> bool:
        if self.period is None:
            return True
        first, last = self.period_of(day)
        return first <= day <= last

    def _moved(self, about: date, day: date) -> date | None:
        """The working day on which it comes; none if it would have to be said of a week that has not begun."""
        if self.moves is Moves.AFTER:
            return working_days.on_or_after(day)
        moved = working_days.on_or_before(day)
        return None if self.weekday is not None and moved < about else moved

    def due_days(self, day: date) -> dict[date, int]:
        """The last days that are spoken of on a working day, each with the days until then; fewer than 0 if it is over.

        Those before it move to the working day before, those after it to the one after. Of two that meet one counts.
        """
        spoken: dict[date, int] = {}
        for back in range(working_days.LONGEST_REST.days + 1):
            earlier, later = day - timedelta(days=back), day + timedelta(days=back)
            if working_days.on_or_after(earlier) == day:
                spoken |= {earlier - timedelta(days=days): -days for days in self.days_after}
            if working_days.on_or_before(later) == day:
                spoken |= {later + timedelta(days=days): days for days in self.days_before}
        return spoken

    def late_since(self, day: date) -> date | None:
        """The earliest last day that is spoken of as past on a working day, with all after it; none if none is.

        The first `late_days` working days after it each speak of it, then each week's `late_weekday`.
        """
        monday = day - timedelta(days=day.weekday())
        if self.late_weekday is not None and (
            working_days.on_or_after(monday + timedelta(days=self.late_weekday)) == day
        ):
            return day - LATE_FOR
        if not self.late_days:
            return None
        since = day - timedelta(days=1)
        while working_days.worked_since(since - timedelta(days=1), day) <= self.late_days:
            since -= timedelta(days=1)
        return since

    def _time(self, day: date) -> time:
        return NUDGE_AT if self.afternoon else slot(day)

    def period_of(self, day: date) -> tuple[date, date]:
        """First and last day of the month of action that `day` lies in, or that comes next."""
        if self.period is None:
            raise ValueError(f"{self.id} has no period")
        first, last = self.period
        end = last.on_or_after(day)
        return first.in_year(end.year if first <= last else end.year - 1), end


def slot(day: date) -> time:
    """When a day's reminders go out."""
    return MONDAY_DIGEST_AT if day.weekday() == 0 else DIGEST_AT


Calendar = Mapping[str, Rule]
"""The rules by id, in the order of the file."""
