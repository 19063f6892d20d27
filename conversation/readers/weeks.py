"""Reads what is said of whole weeks: that nothing took place in one ("tuần trước không có hoạt động"), or that one is
free ("tuần nghỉ tuần 7 Tết Nguyên đán")."""

import re
from collections.abc import Sequence
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, sure
from handlers import menu
from handlers.access import act, may
from handlers.context import Replies, Turn
from handlers.figures import free_weeks
from handlers.reports import nil
from interview import fold
from interview.reading.shorthand import written_out
from messages import Outgoing
from messages.actions import FreeWeeks, Nil, choice
from periods.period import Period, week_around, week_period
from periods.weeks import monday_of, shift, week_of
from services.nil import neighbourhoods

_NOTHING = re.compile(
    r"\b(?:khong|chua)(?: co)?(?: (?:to chuc|phat sinh|dien ra|lam))? (?:hoat dong|buoi)(?: (?:nao|gi))?(?: het)?\b"
    r"|\bkhong co (?:gi|viec gi|noi dung)(?: (?:de |can )?bao cao| phat sinh| moi| het| ca)?\b"
    r"|\bkhong(?: co)? (?:to chuc|phat sinh|lam)(?: (?:gi|duoc|duoc gi))?\b|\b(?:tam )?nghi\b"
    r"|\b(?:no activity|nothing (?:happened|took place|to report))\b"
)
_PLAINLY = re.compile(r"\b(?:hoat dong|buoi|no activity|nothing)\b")
"""Without these words somebody may only say that they were busy: that is asked."""
_WHY = re.compile(r"\b(?:vi|do|tai|boi)\b.*$|\b(?:ban|mua|benh|bao)\b(?! cao)")
"""Why there was none: it changes nothing."""
_NEAR_WEEKS = {
    "tuan nay": 0, "this week": 0, "tuan truoc": -1, "tuan roi": -1, "tuan qua": -1, "tuan vua roi": -1,
    "tuan vua qua": -1, "last week": -1,
}  # fmt: skip
_NEXT_WEEK = re.compile("tuan sau|tuan toi|next week")
_NEAR_WEEK = re.compile("|".join(sorted(_NEAR_WEEKS, key=len, reverse=True)))
_WEEK = re.compile(r"\b(?:([0-9]{4})-?w|(?:tuan|week) (?:so )?)([0-9]{1,2})\b")
_FILLER = frozenset(
    [
        *("bao", "cao", "da", "thua", "anh", "chi", "em", "minh", "toi", "ben", "o", "tai", "kp", "khu", "pho"),
        *("dia", "ban", "a", "nhe", "nha", "roi", "ca", "het", "la", "thi", "trong", "cua", "in", "we", "xin", "de"),
        *("ben", "don", "vi", "vang", "ne", "luon", "duoc", "cung", "nua", "phuong", "ta", "tui"),
    ]
)
"""Words beside the week and the unit that change nothing."""
_WORD = re.compile(r"\w+")
_MARKS = " -–:;,.()"
_LONGEST = 120
"""Characters of a text that says this and nothing else."""


def without_activity(said: Said) -> Reading:
    """Read "tuần trước khu phố em không có hoạt động": nothing is stored before a yes, but for this week."""
    week = _week_without(said.turn, said.text) if len(said.text) <= _LONGEST else None
    if week is None:
        return NO_READING
    is_plain = _PLAINLY.search(written_out(said.text)) is not None
    return sure(Meaning.COMMAND, partial(_offer if is_plain else nil.offer, said.turn, week))


def without_activity_after_slash(said: SaidAfterSlash) -> Reading:
    """Read "/khong tuần trước"."""
    if said.beginning.action != Nil() or not said.rest or len(said.rest) > _LONGEST:
        return NO_READING
    rest, week = week_in(fold(said.rest), week_of(said.turn.today))
    named = week_period(week) if week and _is_filler(said.turn, rest) else None
    return NO_READING if named is None else sure(Meaning.COMMAND, partial(_offer, said.turn, named))


def _week_without(turn: Turn, text: str) -> Period | None:
    rest, week = week_in(written_out(text), week_of(turn.today))
    without, found = _NOTHING.subn(" ", _WHY.sub(" ", rest))
    is_all = week and found == 1 and _is_filler(turn, without) and may(turn, Nil())
    return week_period(week) if is_all else None


def _is_filler(turn: Turn, rest: str) -> bool:
    """Whether what is left names at most the person's own unit."""
    own = {word for code in neighbourhoods(turn.viewer) for word in _words(turn.viewer.tree.title(code))}
    return set(_words(rest)) <= own | _FILLER


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(fold(text))


def _offer(turn: Turn, week: Period) -> Replies:
    return act(turn, Nil()) if week == week_around(turn.today) or not may(turn, Nil()) else nil.offer(turn, week)


def free_after_command(said: Said) -> Reading:
    """Read "tuần nghỉ tuần 7 Tết Nguyên đán", or say what can be written there."""
    begun = said.beginning
    if begun.action != FreeWeeks() or not begun.rest:
        return NO_READING
    return sure(Meaning.COMMAND, partial(_declare, said.turn, begun.rest))


def _declare(turn: Turn, text: str) -> Replies:
    if not may(turn, FreeWeeks()):
        return act(turn, FreeWeeks())
    period, reason = _first_week(turn, text)
    if period is None:
        hint = turn.say("I did not find that week. You can write, for example: tuần nghỉ tuần 7 Tết Nguyên đán.")
        offers = (choice(FreeWeeks(), turn.say("Free weeks")), *menu.back_to_menu(turn))
        return [Outgoing(hint, offers)]
    return free_weeks.declare_with_reason(turn, period, reason)


def _first_week(turn: Turn, text: str) -> tuple[Period | None, str]:
    """The week that the first words name, and the words after it; a number alone is the next such week."""
    words = text.split()
    if words and len(words[0]) <= 2 and words[0].isascii() and words[0].isdecimal():  # "tuần nghỉ 7 Tết"
        words = ["tuần", *words]
    for length in range(min(3, len(words)), 0, -1):
        rest, week = week_in(fold(" ".join(words[:length])), week_of(turn.today), ahead=True)
        if week and not rest.strip(_MARKS):
            return week_period(week), " ".join(words[length:]).strip(_MARKS)
    return None, ""


def week_in(said: str, this_week: str, *, ahead: bool = False) -> tuple[str, str]:
    """Split a folded text into the rest and the week that it names.

    A number without a year is the latest such week that has begun; with `ahead`, the next that has not ended.
    """
    near = _NEAR_WEEK.search(said)
    if near:
        return said.replace(near[0], " ", 1), shift(this_week, _NEAR_WEEKS[near[0]])
    if ahead and (following := _NEXT_WEEK.search(said)):
        return said.replace(following[0], " ", 1), shift(this_week, 1)
    match = _WEEK.search(said)
    if match is None:
        return said, ""
    year = int(match[1] or this_week[:4])
    week = f"{year}-W{int(match[2]):02}"
    if not match[1] and (week < this_week if ahead else week > this_week):
        week = f"{year + 1 if ahead else year - 1}{week[4:]}"
    try:
        monday_of(week)
    except ValueError:
        return said, ""
    return said.replace(match[0], " ", 1), week
