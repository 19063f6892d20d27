"""Which reports a text wants figures of: the approved ones, those of a place, of a group, a kind or an activity.

"số liệu đã duyệt tháng 10", "số liệu diễn ra ở phường 10", "số liệu trẻ em quý 3": what buttons narrow figures to, in
words. The texts that are read here are folded, and nothing else is left in them than this and a unit.
"""

import re
from collections.abc import Callable, Mapping

from interview import fold
from plan.model import Labelled, Plan

_APPROVED = re.compile(r"\b(?:chi )?(?:(?:cac )?bao cao )?(?<!chua )da duyet\b|\bapproved(?: only)?\b")
_PLACE = re.compile(r"\b(?:dien ra|to chuc|took place) (?:o|tai|trong|in|at) (?P<where>.+)")
_BY = re.compile(r"\bdo (?P<who>.+?) (?:bao cao|gui)\b")
_MARKS = re.compile(r"[,;:()?!.…\"“”]+")


def plain(text: str) -> str:
    """A text folded, without marks, its words a blank apart."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


def approved_in(rest: str) -> tuple[bool, str]:
    """Whether only approved reports are wanted, and the rest."""
    without, found = _APPROVED.subn(" ", rest)
    return bool(found), without


def place_in(rest: str, unit_of: Callable[[str], str]) -> tuple[str, str]:
    """The code of the unit in which it took place, empty if none is named, and the rest."""
    match = _PLACE.search(rest)
    code = unit_of(match["where"].strip()) if match else ""
    return (code, rest[: match.start()]) if match and code else ("", rest)


def without_reporter(rest: str) -> str:
    """ "do phường 10 báo cáo" is the unit itself: figures are of whoever reports, unless a place is named."""
    return _BY.sub(lambda match: f" {match['who']} ", rest)


def named_in_plan(plan: Plan, rest: str) -> str:
    """The part of a filter for the group, kind or activity that is all that is left; empty if it is none."""
    return _names(plan).get(" ".join(rest.split()), "")


def _names(plan: Plan) -> Mapping[str, str]:
    """By their folded names the groups, kinds and activities; what two things are called means neither."""
    found: dict[str, set[str]] = {}
    tables: tuple[tuple[str, Mapping[str, Labelled]], ...] = (
        ("g", plan.groups),
        ("k", plan.kinds),
        ("a", plan.activities),
    )
    for letter, table in tables:
        for code, labelled in table.items():
            for name in (labelled.name_vi, labelled.short_vi, labelled.name_en, labelled.short_en):
                found.setdefault(plain(name), set()).add(f"{letter}={code}")
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}
