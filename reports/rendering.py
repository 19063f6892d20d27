"""Renders recipes to bytes. It is pure and slow (tens of milliseconds): it runs in a worker, never in a turn."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from reports.drawing.bars import attendance_svg
from reports.drawing.calendar import calendar_svg
from reports.drawing.month import month_svg
from reports.drawing.qr_card import qr_card_svg
from reports.drawing.svg import to_png
from reports.drawing.targets import targets_svg
from reports.drawing.trend import trend_svg

Data = Mapping[str, Any]

RENDERERS: Mapping[str, Callable[[Data], str]] = {
    "attendance": attendance_svg,
    "week_bars": attendance_svg,  # as recipes in old histories say
    "trend": trend_svg,
    "calendar": calendar_svg,
    "targets": targets_svg,
    "month": month_svg,
    "qr": qr_card_svg,
}
"""By kind of picture the function that draws its recipe as SVG. Stored photos (kind "stored") are files already."""


class UnknownPictureError(LookupError):
    """A recipe of a kind that nothing here draws."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no picture of the kind {kind!r}; known are {', '.join(sorted(RENDERERS))}")


def render_png(kind: str, data: Data) -> bytes:
    """The PNG of a recipe; the same recipe gives the same picture."""
    if kind not in RENDERERS:
        raise UnknownPictureError(kind)
    return to_png(RENDERERS[kind](data))


def content_hash(kind: str, data: Data) -> str:
    """The name of the rendered file: equal recipes have equal names."""
    recipe = json.dumps([kind, data], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(recipe.encode()).hexdigest()
