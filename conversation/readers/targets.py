"""Reads how far the targets of a unit and period are asked for, and numbers of people that a unit types.

"/chitieu P10", "tiến độ chỉ tiêu năm 2020", "số liệu người dân nữ 12000 nam 11500, nguồn: Thống kê, ngày 31/12/2019".
"""

import re
from functools import partial

from conversation.readers.figures_asked import NOTHING_ASKED, asked_in
from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, sure
from handlers.access import act, may
from handlers.figures import supplies
from handlers.tables import BY_SLASH
from interview.reading.writing import spelled
from messages.actions import ShowTarget, ShowTargets, Supplies
from periods.period import period_of
from plan.typed_numbers import TypedNumbers, typed_numbers

_TARGETS = re.compile(
    spelled(r"(?:tiến độ\s+)?(?:các\s+)?(?:chỉ tiêu|mục tiêu)\s+(?P<rest>.+)|targets?\s+(?P<others>.+)"), re.IGNORECASE
)
_NUMBERS = re.compile(r"(?:số liệu|so lieu|mẫu số|mau so|numbers)\s*:?\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_ONE = re.compile("(?:số |so )?t? ?([1-9])", re.IGNORECASE)


def after_slash(said: SaidAfterSlash) -> Reading:
    """Read "/chitieu P10 2020" and "/solieu người dân nữ 120 …"."""
    action = BY_SLASH.get(said.name)
    if not said.rest or not may(said.turn, action or Supplies()):
        return NO_READING
    if action == ShowTargets():
        return _asked(said, said.rest)
    if action == Supplies():
        unit, typed = _typed(said, said.rest)
        return sure(Meaning.COMMAND, partial(supplies.take, said.turn, unit, typed))
    return NO_READING


def in_words(said: Said) -> Reading:
    """Read the same without a slash, if it cannot mean anything else."""
    if match := _TARGETS.fullmatch(said.text.strip()):
        return _asked(said, match["rest"] or match["others"])
    match = _NUMBERS.fullmatch(said.text.strip())
    if match is None or not may(said.turn, Supplies()):
        return NO_READING
    unit, typed = _typed(said, match["rest"])
    return sure(Meaning.COMMAND, partial(supplies.take, said.turn, unit, typed)) if typed.is_meant else NO_READING


def _asked(said: Said, text: str) -> Reading:
    """One target, or a unit and a period as people speak: "P10 2020", "phường 10 năm nay"."""
    if match := _ONE.fullmatch(text.strip()):
        code = f"T{match[1]}"
        one = ShowTarget(None, code)
        is_one = code in said.turn.plan.targets and may(said.turn, one)
        return sure(Meaning.COMMAND, partial(act, said.turn, one)) if is_one else NO_READING
    asked = asked_in(said.turn, text)
    if asked is None or asked == NOTHING_ASKED or asked.wanted or asked.only:
        return NO_READING
    period = asked.period.value if asked.period else None
    if asked.period and period is None:
        return NO_READING
    named = period_of(str(period), said.turn.plan.periods) if period else None
    return sure(Meaning.COMMAND, partial(act, said.turn, ShowTargets(asked.unit or None, named)))


def _typed(said: Said, text: str) -> tuple[str, TypedNumbers]:
    """The unit that the numbers are of, and the numbers: a code before them, else the person's own unit."""
    tree, home = said.turn.viewer.tree, said.turn.viewer.home
    first, _, rest = text.partition(" ")
    unit = tree.find(first.upper())
    code = unit.code if unit else (home.unit if home else tree.root.code)
    return code, typed_numbers(rest if unit else text, said.turn.plan, tree[code].id, said.turn.today)
