"""Looks at a page as axe does, and at the sizes at which people read: WCAG 2.2, levels A and AA."""

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "iframes": False,
}
PHONE: ViewportSize = {"width": 360, "height": 740}
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What a screen of 1280 by 1024 shows at 400 %."""
NORMAL_TEXT, LARGE_TEXT = 16, 32
"""A reader's own size of text in px, and twice as much."""


def violations(page: Page) -> list[str]:
    """What axe finds, each with the first place where it does."""
    found: list[dict[str, Any]] = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']} ({len(each['nodes'])}): {each['nodes'][0]['html'][:200]}" for each in found]


def resize_text(page: Page, size: int) -> None:
    """Have the browser's own size of text set, as a person does in its settings."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
    session.detach()


def overflow(page: Page) -> int:
    """By how many px the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def at_every_size(page: Page, look: Callable[[str], None]) -> None:
    """Look at the page on a small phone, at 400 %, and with texts twice as large; `look` is told which."""
    for name, viewport, text in (
        ("a phone", PHONE, NORMAL_TEXT),
        ("400 %", ZOOMED, NORMAL_TEXT),
        ("text of 200 %", PHONE, LARGE_TEXT),
    ):
        page.set_viewport_size(viewport)
        resize_text(page, text)
        look(name)
    page.set_viewport_size(PHONE)
    resize_text(page, NORMAL_TEXT)
