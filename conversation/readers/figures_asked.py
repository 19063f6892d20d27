"""What a whole text asks for of figures: whose, of which period, and in which form. Nothing may be left over.

"tổng hợp phường 10 quý 4", "xuất excel tháng 10", "cùng kỳ năm trước": the period is read by `interview.reading`, the
rest word by word; a text in which a word remains that says something else asks for no figures.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from conversation.readers.figure_words import (
    BY,
    CHART,
    COUNTED,
    COURTEOUS,
    HOW_MANY,
    LIGHT,
    NO_FIGURES,
    REQUEST,
    SURELY,
    WANTED,
)
from conversation.readers.narrowed_asked import approved_in, named_in_plan, place_in, plain, without_reporter
from handlers.context import Turn
from interview import fold
from interview.reading.evidence import Reading
from interview.reading.numerals import read_numerals
from interview.reading.periods import EARLIER, PERIOD, SEVERAL, periods_in
from interview.reading.writing import writing
from rules.levels import Level
from services.narrowing import APPROVED, JOINT
from storage.directory.units import Unit, UnitsOfDay

_LONGEST = 200
"""Characters of a text that asks for figures, and says nothing else."""
_BESIDE = re.compile(r"\bky (truoc|sau|nay|roi|toi)\b")
_STEPS = {"truoc": -1, "roi": -1, "nay": 0, "sau": 1, "toi": 1}
_NUMBERED_UNIT = re.compile(r"\b(?:khu pho|phuong|quan) [0-9]")
_KINDS = {"kp": "khu phố", "p": "phường", "f": "phường"}
_UNIT = re.compile(
    r"(?<![\w/-])(?P<kind>(?:kp|p|f)[. ]{0,2}|(?:khu phố|khu pho|phường|phuong|quận|quan) )"
    r"(?:0?(?P<n>[1-9][0-9]?)(?![0-9/-])"
    r"|(?P<word>(?:mười|muoi)(?: (?:một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?|một|hai|ba|bốn|sáu|bảy|tám|chín))(?!\w)",
    re.IGNORECASE,
)
"""A unit's number, in figures or words."""
_SHORT = re.compile(r"(q|p|f|kp) ?0?([1-9][0-9]?)")
_OWN: Mapping[str, frozenset[str]] = {
    Level.NEIGHBOURHOOD: frozenset({"kp", "don vi"}),
    Level.WARD: frozenset({"p", "don vi"}),
}
"""What people call their own unit beside its level's name."""
_LEVELS = {"q": Level.DISTRICT, "p": Level.WARD, "f": Level.WARD, "kp": Level.NEIGHBOURHOOD}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks for; empty for what it leaves out."""

    unit: str = ""
    period: Reading | None = None
    earlier: bool = False
    """The same period of the year before the one that is shown."""
    steps: int | None = None
    """Periods after the one that is shown; before it, if negative."""
    wanted: str = ""
    by: str = ""
    """What the figures are broken down by."""
    only: str = ""
    """Which reports alone, as a button carries it (`services.narrowing`)."""


NOTHING_ASKED = Asked()


def asked_in(turn: Turn, text: str) -> Asked | None:
    """Read a whole text; `None` if it says something else, too, or names several periods."""
    if len(text) > _LONGEST:
        return None
    written = writing(_with_units_spelled(text.strip()))
    readings = periods_in(written, turn.today, turn.plan.periods)
    periods = [reading for reading in readings if reading.what == PERIOD]
    rest = written.said
    for reading in reversed(readings):
        rest = f"{rest[: reading.span[0]]} {rest[reading.span[1] :]}"
    rest = plain(rest)
    if NO_FIGURES.search(rest):
        return None
    asks_how_many = HOW_MANY.search(rest) is not None
    by, rest = _by(rest)
    wanted, rest, _ = _wanted(rest)
    only, rest = _narrowed(turn, without_reporter(rest))
    rest, asks = REQUEST.subn(" ", rest)
    if asks_how_many and (periods or _NUMBERED_UNIT.search(rest)):
        rest = COUNTED.sub(" ", rest)
    beside = _BESIDE.search(rest)
    rest = _BESIDE.sub(" ", rest)
    unit = _unit_in(turn, rest)
    if unit is None and (periods or asks) and (named := named_in_plan(turn.plan, _without_light(rest))):
        unit, only = "", [*only, named]
    if unit is None or (only and (wanted or by)):
        return None
    return Asked(
        unit=unit,
        period=_one_of(periods),
        earlier=any(reading.what == EARLIER for reading in readings),
        steps=_STEPS[beside[1]] if beside else None,
        wanted=wanted,
        by=by,
        only=JOINT.join(only),
    )


def _narrowed(turn: Turn, rest: str) -> tuple[list[str], str]:
    """What the reports are narrowed to by being approved and by their place, and the rest."""
    approved, rest = approved_in(rest)
    place, rest = place_in(rest, lambda where: _unit(turn, where))
    return [*([f"p={place}"] if place else []), *([APPROVED] if approved else [])], rest


def _without_light(rest: str) -> str:
    return " ".join(word for word in rest.split() if word not in LIGHT)


def _one_of(periods: Sequence[Reading]) -> Reading | None:
    """The period that is named; of several none is certain, and each may be meant."""
    if len(periods) < 2:
        return periods[0] if periods else None
    codes = tuple(str(each.value) for each in periods if each.value is not None)
    return replace(periods[0], value=None, sure=False, why=SEVERAL if codes else periods[0].why, options=codes)


def _with_units_spelled(text: str) -> str:
    """The text with the numbers of units written out, so that none of them is a day: "P.10", "phường mười"."""
    return _UNIT.sub(_spelled, text) if _UNIT.search(text) else text


def _spelled(match: re.Match[str]) -> str:
    number = read_numerals(match["word"].lower().split()) if match["word"] else int(match["n"])
    kind = fold(match["kind"]).strip(" .")
    return match[0] if number is None else f"{_KINDS.get(kind, match['kind'].strip(' .'))} {number}"


def _by(rest: str) -> tuple[str, str]:
    """What figures are to be broken down by, and the words without it."""
    for key, words in BY:
        if words.search(rest):
            return key, words.sub(" ", rest, 1)
    return "", rest


def names_figures(text: str) -> bool:
    """Whether a text has a word for figures, or for a form in which only they come; cheap."""
    said = fold(text) if len(text) <= _LONGEST else ""
    return bool(REQUEST.search(said)) or _wanted(said)[2]


def _wanted(rest: str) -> tuple[str, str, bool]:
    """The form that is wanted, the words without it, and whether these could mean nothing else."""
    for key, words in WANTED:
        if words.search(rest):
            return key, words.sub(" ", rest, 1), key in SURELY or bool(CHART.search(rest))
    return "", rest, False


def _unit_in(turn: Turn, rest: str) -> str | None:
    """The code of the unit that is all that is left; empty if nothing is, `None` if it is something else."""
    said = rest.split()
    left = (" ".join(word for word in said if word not in fillers) for fillers in (LIGHT, LIGHT | COURTEOUS))
    for words in dict.fromkeys(left):
        if not words:
            return ""
        if unit := _unit(turn, words):
            return unit
    return None


def _own_unit(turn: Turn, said: str) -> str:
    """The code of the person's own unit, if it is called by nothing but its level: "số liệu khu phố em"."""
    own = turn.viewer.home
    if own is None:
        return ""
    called = _OWN.get(own.level, frozenset()) | {fold(turn.plan.levels.name(own.level, "vi"))}
    return own.unit if said in called else ""


def _unit(turn: Turn, said: str) -> str:
    """Find the code of the one unit with that name, else empty; of several, the one in the person's own ward."""
    if own := _own_unit(turn, said):
        return own
    called = _SHORT.sub(lambda short: f"{fold(turn.plan.levels.name(_LEVELS[short[1]], 'vi'))} {short[2]}", said)
    names, tree = _by_name(turn.viewer.tree), turn.viewer.tree
    bearers = list({unit.id: unit for name in (said, called) for unit in names.get(name, ())}.values())
    if not bearers and {said, called} & set(_words_for_everything(turn, tree.root)):
        bearers = [tree.root]
    home = turn.viewer.tree.ward_of(turn.viewer.home.unit) if turn.viewer.home else None
    near = [unit for unit in bearers if home and unit.parent_id == home.id] if len(bearers) > 1 else bearers
    return near[0].code if len(near) == 1 else ""


@lru_cache(4)  # trees of units are few, and each has hundreds of names
def _by_name(tree: UnitsOfDay) -> Mapping[str, Sequence[Unit]]:
    """The units that exist by code, by name, and by name with that of the unit that they lie in, all folded."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in tree.standing:
        parent = tree.parent(unit.code)
        names = (unit.code, unit.name, *([f"{unit.name} {parent.name}"] if parent else []))
        for name in dict.fromkeys(map(fold, names)):
            found[name].append(unit)
    return found


def _words_for_everything(turn: Turn, root: Unit) -> Iterator[str]:
    """What the root is called without its name: "quận", "toàn quận", "the district"."""
    vietnamese, english = (fold(turn.plan.levels.name(root.level, language)) for language in ("vi", "en"))
    yield from (vietnamese, f"ca {vietnamese}", f"toan {vietnamese}", english, f"the {english}")
