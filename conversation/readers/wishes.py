"""Reads a wish in people's own words ("kp nào chưa nộp", "em gửi nhầm rồi"), and does what its command does.

Only pages are shown, or a report is begun: nothing that is stored changes by a guess.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from conversation.readers import small_talk
from conversation.readers.wish_words import BESIDE_A_REPORT, Wish, wish_in
from conversation.readings import NO_READING, Meaning, Reading, Said, SaidToQuestion, sure
from handlers import wished
from handlers.access import act, may
from handlers.context import Replies, Turn
from interview.reading.period_rules import BARE
from interview.reading.periods import PERIOD, periods_in
from interview.reading.shorthand import written_out
from interview.reading.writing import writing
from messages import Choice
from messages.actions import (
    Action,
    Again,
    Announcements,
    Connect,
    DueNow,
    Files,
    HandOver,
    Help,
    Invite,
    Me,
    Menu,
    Mine,
    Missing,
    NewReport,
    Outstanding,
    Participants,
    Queue,
    ShowTargets,
    Staff,
    Summary,
    UnitReports,
    choice,
)
from periods.period import Length, Period, around, period_of, week_around
from plan.unit_names import unit_names

_UNIT = re.compile(
    r"\b(?:khu pho|phuong|quan|to dan pho) [0-9]{1,3}(?: (?:phuong|quan) [0-9]{1,3})?\b"
    r"|\b(?:khu pho|phuong|quan|don vi|ben) (?:em|minh|toi|chung em|chung toi|chi|anh|ta|tui)\b"
)
_TARGET = re.compile(r"\b(chi tieu|muc tieu) (?:so )?(?:t )?[1-9]\b")
_IS_CALLED = re.compile(
    r"(?:(?:da|em|toi|minh|chi|anh) )*(?:ten|ho ten) (?:(?:la|em|toi|cua toi) )*[a-z]+(?: [a-z]+){0,4}"
)
""" "em tên Lan": the page about oneself says how a name is changed."""
_REASON = re.compile(
    r"^((?:tra|yeu cau)\b.*?\b(?:khu pho|phuong) [0-9]{1,3}(?: phuong [0-9]{1,3})?)\b.*$"
    r"|^((?:tra|yeu cau sua|cho sua lai)\b.*?) (?:vi|do|ly do|tai)\b.*$"
)
""" "trả lại báo cáo kp5 vì số nữ sai": which report it is comes first, its reason is asked then."""
_NUMBER = re.compile("[0-9]")
_LENGTHS = {"tuan": Length.WEEK, "thang": Length.MONTH, "quy": Length.QUARTER, "nam": Length.YEAR}
_LONGEST = 200
"""Characters of a wish; a longer text is a story."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """The unit (its code; empty if none is named) and the period that a wish is about."""

    unit: str = ""
    period: Period | None = None

    @property
    def week(self) -> Period | None:
        return self.period if self.period and self.period.length is Length.WEEK else None


def instead(said: SaidToQuestion) -> Reading:
    """Read a wish that the open question cannot take, if it can have nothing to do with the open report."""
    return _read(said, BESIDE_A_REPORT)


def in_own_words(said: Said) -> Reading:
    """Read a wish for which there is a command."""
    return _read(said, frozenset(Wish))


def _read(said: Said, wishes: Collection[Wish]) -> Reading:
    turn, text = said.turn, said.text.strip()
    if len(text) > _LONGEST or not turn.viewer.roles:
        return NO_READING
    if _IS_CALLED.fullmatch(written_out(text)):
        return sure(Meaning.COMMAND, partial(_do, turn, Me()))
    rest, period = _period_out_of(turn, text)
    rest, unit = _unit_out_of(turn, _REASON.sub(r"\1\2", _TARGET.sub(r"\1", written_out(rest))))
    if unit is None or rest == "":
        return NO_READING
    wish = wish_in(rest, has_unit=bool(unit), has_period=period is not None)
    if wish is None or wish not in wishes:
        return NO_READING
    return _reading(turn, wish, _Meant(unit, period or _around(turn, rest)))


def _around(turn: Turn, said: str) -> Period | None:
    """The period of today of a length that is said without more: "báo cáo quý"."""
    lengths = [length for word, length in _LENGTHS.items() if word in said.split()]
    return around(lengths[0], turn.today) if len(lengths) == 1 else None


def _period_out_of(turn: Turn, text: str) -> tuple[str, Period | None]:
    """The text without the one period that it names for sure."""
    written = writing(text)
    readings = [one for one in periods_in(written, turn.today, turn.plan.periods) if one.what == PERIOD]
    if len(readings) != 1 or readings[0].value is None or readings[0].rule in BARE:
        return text, None
    first, last = readings[0].span
    return f"{written.said[:first]} {written.said[last:]}", period_of(str(readings[0].value), turn.plan.periods)


def _unit_out_of(turn: Turn, said: str) -> tuple[str, str | None]:
    """The words without the unit that they name, and its code: empty if none is named, `None` if there is no such."""
    match = _UNIT.search(said)
    if match is None:
        return said, ""
    rest = " ".join(f"{said[: match.start()]} {said[match.end() :]}".split())
    home = turn.viewer.home
    if home is None:
        return rest, None
    if not _NUMBER.search(match[0]):
        return rest, home.unit
    ward = turn.viewer.tree.ward_of(home.unit)
    names = unit_names(turn.viewer.tree)
    called = names.called(match[0], ward.code) if ward else []
    called = called or names.called(match[0])
    return rest, called[0].code if len(called) == 1 else None


def _reading(turn: Turn, wish: Wish, meant: _Meant) -> Reading:
    if wish in _ANSWERED:
        return sure(Meaning.SMALL_TALK, partial(_ANSWERED[wish], turn))
    if wish is Wish.PERIODIC:
        return sure(
            Meaning.SUMMARY,
            partial(wished.which_report, turn, meant.unit or _home(turn), meant.period or week_around(turn.today)),
        )
    actions = [action for make in _ACTIONS[wish] if (action := make(turn, meant)) is not None]
    open_to = next((action for action in actions if may(turn, action)), None)
    return NO_READING if open_to is None else sure(Meaning.COMMAND, partial(_do, turn, open_to))


def _do(turn: Turn, action: Action) -> Replies:
    replies, beside = act(turn, action), _beside(turn, action)
    if not beside or not replies:
        return replies
    *others, last = replies
    return [*others, replace(last, choices=(*last.choices[:-1], *beside, *last.choices[-1:]))]


def _beside(turn: Turn, action: Action) -> tuple[Choice, ...]:
    """The other list of who is late: "chưa nộp" may mean the weeks, or what is owed besides."""
    other: Mapping[type[Action], tuple[Action, str]] = {
        Missing: (Outstanding(), turn.say("Who has not handed in")),
        Outstanding: (Missing(), turn.say("Who has not reported this week")),
    }
    beside = other.get(type(action))
    return (choice(*beside),) if beside and may(turn, beside[0]) else ()


def _is_own(turn: Turn, meant: _Meant) -> bool:
    home = turn.viewer.home
    return not meant.unit or (home is not None and meant.unit == home.unit)


def _joined(_turn: Turn, meant: _Meant) -> Action:
    return Participants(0, meant.unit or None)


def _staff(_turn: Turn, meant: _Meant) -> Action:
    return Staff(unit=meant.unit or None)


def _missing(_turn: Turn, meant: _Meant) -> Action:
    return Missing(meant.unit or None, meant.week)


def _due(turn: Turn, meant: _Meant) -> Action:
    return DueNow() if _is_own(turn, meant) else Outstanding()


def _reports(turn: Turn, meant: _Meant) -> Action:
    return UnitReports(meant.unit or _home(turn), meant.period)


def _files(turn: Turn, meant: _Meant) -> Action:
    return Files(meant.unit or _home(turn), meant.period or week_around(turn.today))


def _figures_of(turn: Turn, meant: _Meant) -> Action:
    return Summary(meant.unit or _home(turn), meant.period or week_around(turn.today))


def _home(turn: Turn) -> str:
    return turn.viewer.home.unit if turn.viewer.home else ""


def _just(action: Action) -> Callable[[Turn, _Meant], Action]:
    return lambda _turn, _meant: action


_ACTIONS: Mapping[Wish, tuple[Callable[[Turn, _Meant], Action | None], ...]] = {
    Wish.ANNOUNCE: (_just(Announcements()), _just(Help())),
    Wish.APPROVE: (_just(Queue()),),
    Wish.AGAIN: (_just(Again()),),
    Wish.CONNECT: (_just(Connect()),),
    Wish.DUE: (_due,),
    Wish.GREETING: (_just(Menu()),),
    Wish.FILES: (_files, _figures_of, _just(Mine())),
    Wish.HELP: (_just(Help()),),
    Wish.LEAVE: (_just(HandOver()),),
    Wish.ME: (_just(Me()),),
    Wish.MINE: (_just(Mine()),),
    Wish.MISSING: (_missing, _just(Mine())),
    Wish.OUTSTANDING: (_just(Outstanding()), _missing, _just(Mine())),
    Wish.NEWCOMERS: (_joined, _just(Help())),
    Wish.PEOPLE: (_staff, _just(Help())),
    Wish.INVITE: (_just(Invite()), _just(Help())),
    Wish.REPORT: (_just(NewReport()),),
    Wish.REPORTS: (_reports, _just(Mine())),
    Wish.TARGETS: (lambda _turn, meant: ShowTargets(meant.unit or None, meant.period), _just(ShowTargets())),
}
"""By wish the actions that answer it: the first one that this person may do."""


_ANSWERED: Mapping[Wish, Callable[[Turn], Replies]] = {
    Wish.NOTHING_OPEN: wished.nothing_open,
    Wish.NOD: small_talk.be_warm,
    Wish.PHOTOS: wished.photos,
    Wish.PHOTOS_LATER: wished.later,
    Wish.QUIET: wished.quiet,
    Wish.VICTIM: wished.victim,
}
"""By wish what is said, where that is no command."""
