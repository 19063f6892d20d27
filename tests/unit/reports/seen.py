"""What an eye finds in a picture: its words, where they stand, its bars by colour."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations

from lxml import etree
from PIL import Image

from messages.outgoing import Picture
from reports.drawing.sheet import WIDTH
from reports.drawing.svg import Style, Weight
from reports.rendering import RENDERERS, render_png

SVG = "{http://www.w3.org/2000/svg}"
CAPITALS, TAILS = 0.72, 0.2
"""How far letters reach above and below their line, of their size."""


@dataclass(frozen=True)
class Written:
    """A text and the rectangle that it fills."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other: "Written") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def drawn(picture: Picture) -> etree._Element:
    """The picture as it is drawn from what an outbox row keeps of it."""
    return etree.fromstring(RENDERERS[picture.kind](json.loads(json.dumps(dict(picture.data)))).encode())


def opened(picture: Picture) -> Image.Image:
    image = Image.open(BytesIO(render_png(picture.kind, json.loads(json.dumps(dict(picture.data))))))
    image.load()
    assert image.format == "PNG"
    return image


def words(picture: etree._Element) -> list[str]:
    return [each.text or "" for each in picture.iter(f"{SVG}text")]


def written(picture: etree._Element) -> Iterator[Written]:
    for each in picture.iter(f"{SVG}text"):
        size, anchor = float(each.get("font-size") or ""), each.get("text-anchor") or ""
        weight = Weight.SEMIBOLD if each.get("font-weight") == "600" else Weight.REGULAR
        width = Style(100, "", weight).width(each.text or "") * size / 100
        left = float(each.get("x") or "") - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        y = float(each.get("y") or "")
        yield Written(each.text or "", left, left + width, y - CAPITALS * size, y + TAILS * size)


def boxes(picture: etree._Element, fill: str) -> list[tuple[float, float]]:
    """Width and height of the boxes of a colour, in the order in which they are drawn."""
    found = (box for box in picture.iter(f"{SVG}rect") if box.get("fill") == fill and box.getparent() is picture)
    return [(float(box.get("width") or ""), float(box.get("height") or "")) for box in found]


def assert_legible(picture: etree._Element) -> None:
    """All texts lie within the picture, and none touches another."""
    texts = [each for each in written(picture) if each.words]
    height = float(picture.get("height") or "")
    outside = [each.words for each in texts if each.left < 0 or each.right > WIDTH or each.bottom > height]
    assert outside == []
    touching = [(one.words, other.words) for one, other in combinations(texts, 2) if one.touches(other)]
    assert touching == []
