"""The little of SVG that the pictures need: shapes and measured text, and their way to PNG.

The typeface is Be Vietnam Pro (fonts/, OFL), drawn for Vietnamese; no font of the machine is ever used, so a picture
looks the same everywhere. Text is measured with the same files that it is drawn with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from messages.limits import clean

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FAMILY = "Be Vietnam Pro"
_FONTS = Path(__file__).parents[1] / "fonts"
_MEASURED_AT = 100


class Weight(Enum):
    """The two weights that are shipped, by their file and their SVG value."""

    REGULAR = ("BeVietnamPro-Regular.ttf", 400)
    SEMIBOLD = ("BeVietnamPro-SemiBold.ttf", 600)

    @property
    def path(self) -> Path:
        return _FONTS / self.value[0]

    @property
    def number(self) -> int:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks."""

    size: int
    fill: str
    weight: Weight = Weight.REGULAR
    anchor: str = "start"
    halo: bool = False
    """A white rim, for what is written over lines."""

    def width(self, text: str) -> float:
        """The width of the text in pixels."""
        return _font(self.weight).getlength(text) * self.size / _MEASURED_AT

    def fitting(self, text: str, width: float) -> "Style":
        """This style, smaller if the text would be wider than `width`: for what must not be cut."""
        return replace(self, size=int(self.size * min(1, width / max(1, self.width(text)))))


def text(x: float, y: float, content: str, style: Style) -> str:
    """A line of text on the baseline `y`."""
    look = f'font-family="{FAMILY}" font-size="{style.size}" font-weight="{style.weight.number}" fill="{style.fill}"'
    if style.halo:
        look += ' paint-order="stroke" stroke="#ffffff" stroke-width="10" stroke-linejoin="round"'
    return f'<text x="{x:g}" y="{y:g}" {look} text-anchor="{style.anchor}">{escape(clean(content))}</text>'


def box(left: float, top: float, width: float, height: float, **attributes: str | float) -> str:
    """A rectangle; attributes are written with `_` for `-`."""
    return f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}"{_written(attributes)}/>'


def path(steps: str, **attributes: str | float) -> str:
    """A path of SVG's own commands."""
    return f'<path d="{steps}"{_written(attributes)}/>'


def stripes(name: str, colour: str, stripe: str) -> str:
    """A pattern of slanted stripes, to be used as the fill `url(#name)`."""
    tile = f'id="{name}" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f"<pattern {tile}>{box(0, 0, 14, 14, fill=colour)}{box(0, 0, 4, 14, fill=stripe)}</pattern>"


def document(width: int, height: int, title: str, parts: list[str], patterns: str = "") -> str:
    """A whole picture on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<title>{escape(clean(title))}</title><defs>{patterns}</defs>"
        f"{box(0, 0, width, height, fill='#ffffff')}{''.join(parts)}</svg>"
    )


def wrap(content: str, style: Style, width: float, lines: int) -> list[str]:
    """The text in at most so many lines of at most this width; what does not fit ends in an ellipsis."""
    words = content.split()
    wrapped: list[str] = []
    while words:
        if len(wrapped) == lines - 1:
            return [*wrapped, _cut(" ".join(words), style, width)]
        taken = _words_that_fit(words, style, width)
        wrapped.append(_cut(" ".join(words[:taken]), style, width))
        words = words[taken:]
    return wrapped or [""]


def to_png(svg: str) -> bytes:
    """The picture as PNG, in its own size."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(weight.path) for weight in Weight],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


def _written(attributes: Mapping[str, str | float]) -> str:
    return "".join(f" {name.replace('_', '-')}={quoteattr(str(value))}" for name, value in attributes.items())


def _words_that_fit(words: list[str], style: Style, width: float) -> int:
    taken = 1
    while taken < len(words) and style.width(" ".join(words[: taken + 1])) <= width:
        taken += 1
    return taken


def _cut(content: str, style: Style, width: float) -> str:
    if style.width(content) <= width:
        return content
    while content and style.width(content + "…") > width:
        content = content[:-1]
    return content.rstrip(" ,-–") + "…"


@cache
def _font(weight: Weight) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(weight.path, _MEASURED_AT)
