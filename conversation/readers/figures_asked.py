"""What a whole text asks for of figures: whose, of which period, and in which form. Nothing may be left over.

"tổng hợp phường 10 quý 4", "xuất excel tháng 10", "cùng kỳ năm trước": the period is read by `interview.reading`, the
rest word by word; a text in which a word remains that says something else asks for no figures.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.context import Turn
from interview import fold
from interview.reading.evidence import Reading
from interview.reading.periods import EARLIER, PERIOD, periods_in
from interview.reading.writing import writing
from rules.levels import Level
from storage.directory.units import Unit, UnitsOfDay

PICTURE, FILE = "picture", "file"
"""Some picture, some file: which one is asked."""
_LONGEST = 200
"""Characters of a text that asks for figures, and says nothing else."""
_WANTED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(rf"\b(?:{words})\b"))
    for key, words in (
        ("excel", r"(?:(?:xuat|tai|gui|lay|in) )?(?:ra |ve )?(?:file |tep |bang )?(?:excel|xlsx)|bang tinh"),
        ("csv", r"(?:(?:xuat|tai|gui|lay) )?(?:ra |ve )?(?:file |tep )?csv"),
        ("word", r"(?:(?:xuat|tai|gui|lay|in) )?(?:ra |ve )?(?:file |tep )?(?:word|docx)|cong van"),
        ("issued", r"(?:ban )?da ban hanh"),
        (PICTURE, r"bieu do|do thi|hinh(?: anh| ve)?|charts?|pictures?"),
        ("table", r"(?:ke |lap )?bang(?: so lieu| bieu| tong hop)?|tables?"),
        (FILE, r"(?:xuat|tai)(?: ra| ve)?(?: file| tep)?|files?|tep|export"),
    )
)
"""The words for a form, folded, by the key of the offer (`handlers.figures.offers`); the first that is found counts."""
_SURELY = frozenset({"excel", "csv"})
"""Forms whose words mean nothing else, wherever they stand; "biểu đồ" is the third."""
_CHART = re.compile(r"\b(?:bieu do|do thi|bang so lieu|bang tong hop)\b")
_REQUEST = re.compile(
    r"\b(?:bao cao )?(?:so lieu|tong hop|thong ke|tom tat)(?: (?:so lieu|tong hop|bao cao|hoat dong|tinh hinh))*\b"
    r"|\btinh hinh hoat dong\b|\bket qua(?: hoat dong| thuc hien)?\b|\b(?:summary|figures|statistics)\b"
)
_BESIDE = re.compile(r"\bky (truoc|sau|nay|roi|toi)\b")
_STEPS = {"truoc": -1, "roi": -1, "nay": 0, "sau": 1, "toi": 1}
_LIGHT = frozenset(["cua", "o", "tai", "cho", "trong", "of", "for", "the", "in", "la", "ve", "theo"])
_COURTEOUS = frozenset(
    [
        *("xem", "toi", "em", "anh", "chi", "minh", "xin", "gui", "giup", "nhe", "nha", "a", "voi", "di", "can", "lay"),
        *(
            "muon",
            "ra",
            "nhu",
            "the",
            "nao",
            "sao",
            "bao",
            "nhieu",
            "cac",
            "moi",
            "hien",
            "thong",
            "tin",
            "hoat",
            "dong",
        ),
        *("dum", "ho", "duoc", "khong", "coi", "biet", "show", "me", "please"),
    ]
)
"""Words that change nothing about what is asked for."""
_MARKS = re.compile(r"[,;:()?!.…\"“”]+")
_SHORT = re.compile(r"(q|p|f|kp) ?0?([1-9][0-9]?)")
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


NOTHING_ASKED = Asked()


def asked_in(turn: Turn, text: str) -> Asked | None:
    """Read a whole text; `None` if it says something else, too, or names several periods."""
    if len(text) > _LONGEST:
        return None
    written = writing(text.strip())
    readings = periods_in(written, turn.today, turn.plan.periods)
    periods = [reading for reading in readings if reading.what == PERIOD]
    if len(periods) > 1:
        return None
    rest = written.said
    for reading in reversed(readings):
        rest = f"{rest[: reading.span[0]]} {rest[reading.span[1] :]}"
    rest = " ".join(_MARKS.sub(" ", fold(rest)).split())
    wanted, rest, _ = _wanted(rest)
    rest = _REQUEST.sub(" ", rest)
    beside = _BESIDE.search(rest)
    unit = _unit_in(turn, _BESIDE.sub(" ", rest))
    if unit is None:
        return None
    return Asked(
        unit=unit,
        period=periods[0] if periods else None,
        earlier=any(reading.what == EARLIER for reading in readings),
        steps=_STEPS[beside[1]] if beside else None,
        wanted=wanted,
    )


def names_figures(text: str) -> bool:
    """Whether a text has a word for figures, or for a form in which only they come; cheap."""
    said = fold(text) if len(text) <= _LONGEST else ""
    return bool(_REQUEST.search(said)) or _wanted(said)[2]


def _wanted(rest: str) -> tuple[str, str, bool]:
    """The form that is wanted, the words without it, and whether these could mean nothing else."""
    for key, words in _WANTED:
        if words.search(rest):
            return key, words.sub(" ", rest, 1), key in _SURELY or bool(_CHART.search(rest))
    return "", rest, False


def _unit_in(turn: Turn, rest: str) -> str | None:
    """The code of the unit that is all that is left; empty if nothing is, `None` if it is something else."""
    said = rest.split()
    left = (" ".join(word for word in said if word not in fillers) for fillers in (_LIGHT, _LIGHT | _COURTEOUS))
    for words in dict.fromkeys(left):
        if not words:
            return ""
        if unit := _unit(turn, words):
            return unit
    return None


def _unit(turn: Turn, said: str) -> str:
    """Find the code of the one unit with that name, else empty; of several, the one in the person's own ward."""
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
