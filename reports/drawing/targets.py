"""How far the targets are: what is sure, what may be, and the line to reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.drawing.palette import GOAL, INK, PAPER, QUIET, RULE, SURE, UNSORTED
from reports.drawing.plot import key
from reports.drawing.sheet import INNER, MARGIN, RIGHT, STRIPED_POSSIBLE, Sheet, begun, framed
from reports.drawing.svg import Style, Weight, box, path, wrap

TRACK = 44
WHOLE = 100
NAME = Style(36, INK, Weight.SEMIBOLD)
STATE = Style(36, INK)
DETAIL = Style(32, QUIET)
NEED = Style(30, GOAL, Weight.SEMIBOLD, "middle")


@dataclass(frozen=True, slots=True)
class Line:
    """A target: the percentage to reach, the two ends in percent if there are any, and what is said of it."""

    code: str
    name: str
    percent: int
    low: float | None
    high: float | None
    state: str
    details: Sequence[str]


def targets_svg(data: Mapping[str, Any]) -> str:
    """The picture of a `targets` recipe (`reports.pictures.progress`)."""
    sheet = begun(data)
    sheet.down(10)
    say = sheet.say
    key(
        sheet,
        [
            (box(0, 4, 32, 24, fill=SURE), say("at least")),
            (framed(0, 4, 32, 24, STRIPED_POSSIBLE, SURE), say("at most")),
            (framed(0, 4, 32, 24, RULE, UNSORTED), "100 %"),
            (_goal(16, 0, 32), say("to reach")),
        ],
    )
    sheet.rule()
    for line in data["targets"]:
        _draw(sheet, Line(*line))
    sheet.rule()
    sheet.down(14)
    sheet.foot(data["foot"], data["as_of"])
    return sheet.finished(data["unit"])


def _draw(sheet: Sheet, line: Line) -> None:
    sheet.down(28)
    indent = NAME.width("T00 ")
    y = sheet.y + NAME.size * 1.3
    sheet.write(MARGIN, y, line.code, NAME)
    for part in wrap(line.name, STATE, INNER - indent, 3):
        sheet.write(MARGIN + indent, sheet.down(STATE.size * 1.3), part, STATE)
    sheet.down(16)
    _draw_track(sheet, line)
    sheet.paragraph(line.state, NAME, lines=2)
    for detail in line.details:
        sheet.paragraph(detail, DETAIL, lines=3)


def _draw_track(sheet: Sheet, line: Line) -> None:
    """From 0 to 100 %: full up to the lower end, striped up to the upper one."""
    goal = MARGIN + INNER * line.percent / WHOLE
    need = f"{line.percent} %"
    x = min(max(goal, MARGIN + NEED.width(need) / 2), RIGHT - NEED.width(need) / 2)
    sheet.write(x, sheet.down(34), need, NEED)
    top = sheet.down(14)
    if line.low is None or line.high is None:
        dashes = f"M{MARGIN} {top + TRACK / 2:g}H{RIGHT}"
        sheet.add(path(dashes, stroke=QUIET, stroke_width=3, stroke_dasharray="4 12", stroke_linecap="round"))
    else:
        sheet.add(framed(MARGIN, top, INNER, TRACK, RULE, UNSORTED))
        low, high = (INNER * min(WHOLE, share) / WHOLE for share in (line.low, line.high))
        if high > low:
            sheet.add(framed(MARGIN + low, top, high - low, TRACK, STRIPED_POSSIBLE, SURE))
        sheet.add(box(MARGIN, top, low, TRACK, fill=SURE))
    sheet.add(_goal(min(goal, RIGHT - 3), top - 10, TRACK + 20))
    sheet.down(TRACK + 10)


def _goal(x: float, top: float, height: float) -> str:
    edge = box(x - 6, top, 12, height, fill=PAPER)
    return edge + box(x - 3, top, 6, height, fill=GOAL)
