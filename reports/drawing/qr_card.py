"""An invitation's card: a QR code to point a phone at, and the code in letters large enough to read out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from locales import texts
from reports.drawing.svg import Style, Weight, document, text, wrap
from reports.wording import day_text

WIDTH = 900
MARGIN = 50
QR_SIDE = 640
MIDDLE = WIDTH / 2
INK, QUIET = "#1c1b22", "#5d5a68"

HEADING = Style(36, QUIET, anchor="middle")
UNIT = Style(52, INK, Weight.SEMIBOLD, "middle")
ROLE = Style(40, INK, anchor="middle")
CODE = Style(84, INK, Weight.SEMIBOLD, "middle")
FINE = Style(32, QUIET, anchor="middle")


def qr_card_svg(data: Mapping[str, Any]) -> str:
    """The picture of a `qr` recipe (`reports.pictures.invitation`)."""
    say = texts(data["language"])
    parts: list[str] = []
    y = _lines(parts, 40, say("Invitation to join"), HEADING)
    y = _lines(parts, y, data["unit"], UNIT)
    y = _lines(parts, y, data["role"], ROLE)
    parts.append(_qr(data["link"], y + 20))
    y = _lines(parts, y + QR_SIDE + 20, say("or type this code"), FINE)
    y = _lines(parts, y, data["code"], CODE.fitting(data["code"], WIDTH - 2 * MARGIN))
    expires = day_text(date.fromisoformat(data["expires"]))
    y = _lines(parts, y + 10, say("Valid until {day}", day=expires), FINE)
    return document(WIDTH, round(y + MARGIN), data["unit"], parts)


def _lines(parts: list[str], y: float, content: str, style: Style) -> float:
    for line in wrap(content, style, WIDTH - 2 * MARGIN, 2):
        y += style.size * 1.35
        parts.append(text(MIDDLE, y, line, style))
    return y


def _qr(link: str, top: float) -> str:
    import segno

    code = segno.make(link, error="m", micro=False)
    modules, _ = code.symbol_size(border=4)
    drawn = code.svg_inline(border=4, svgclass=None, lineclass=None, dark=INK, omitsize=True)
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    scale = QR_SIDE // modules
    side = scale * modules
    left, down = MIDDLE - side / 2, top + (QR_SIDE - side) / 2
    return f'<g transform="translate({left:g} {down:g}) scale({scale})" shape-rendering="crispEdges">{inner}</g>'
