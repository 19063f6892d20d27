"""A person at the page: what they write, tap, send and see."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.waiting import PATIENCE


class Phone:
    """One page of one chat; `errors` is what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def own(self) -> Locator:
        """The person's own messages."""
        return self.page.locator(".item.own")

    @property
    def waiting(self) -> Locator:
        """Those of them that the server has not taken yet."""
        return self.page.locator(".item.own.waiting")

    @property
    def heard(self) -> Locator:
        """The bot's messages."""
        return self.page.locator(".item.bot")

    def is_ready(self) -> None:
        expect(self.log).to_have_attribute("aria-busy", "false")

    def says(self, text: str) -> None:
        """Write, and wait until it is stored and answered."""
        with self.answered(), self.said():
            self.writes(text)

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Do something in it: it is left when that is stored and answered."""
        before = self.heard.count()
        yield
        expect(self.waiting).to_have_count(0)
        expect(self.heard.nth(before)).to_be_visible()

    @contextmanager
    def said(self) -> Iterator[None]:
        """Do something in it that becomes a message: it is kept on the device before it is shown."""
        before = self.own.count()
        yield
        expect(self.own.nth(before)).to_be_visible()

    def writes(self, text: str) -> None:
        self.page.get_by_role("textbox").fill(text)
        self.page.get_by_role("button", name="Gửi", exact=True).click()

    def button(self, label: str) -> Locator:
        """A button of the present question whose label begins so."""
        return self.page.locator(".choices:not(.past) button").filter(has_text=re.compile(f"^{re.escape(label)}"))

    def taps(self, label: str) -> None:
        """Press a button once it is there, and wait for what it brings."""
        pressed = self.button(label).first
        expect(pressed).to_be_visible()
        with self.answered(), self.said():
            pressed.click()

    def sends_the_report(self) -> None:
        """Press "send" at the review; other tests of the demo may have reported such an event, which is another one."""
        self.taps("Gửi báo cáo")
        expect(self.heard.last).to_contain_text(re.compile("Đã lưu|Trùng với báo cáo đó"))
        if "Trùng với báo cáo đó" in self.heard.last.inner_text():
            self.taps("Không, buổi khác")
        self.sees("Đã lưu")

    def sends_photos(self, *paths: Path) -> None:
        self.page.locator("#photos").set_input_files(paths)

    def sees(self, *parts: str) -> None:
        """All of it in the latest message."""
        for part in parts:
            expect(self.heard.last).to_contain_text(part)

    def agrees_with(self, other: "Phone") -> None:
        """Both pages come to show the same."""
        comes(self.page, lambda: self.log.inner_text() == other.log.inner_text(), "the same on both pages")

    def sees_picture(self) -> None:
        """A picture in the latest message that the browser could show."""
        image = self.heard.last.locator("img")
        expect(image).to_be_visible()
        self.shows(image, wider_than=300)

    def shows(self, image: Locator, wider_than: int = 0) -> None:
        """Wait until the browser could show a picture; the page may have put another element in its place."""
        is_there = "(image, px) => image.complete && image.naturalWidth > px"
        comes(self.page, lambda: image.evaluate(is_there, wider_than), "a picture")

    def figures(self) -> tuple[int, ...]:
        """Activities, visits, women and men of the summary in the latest message."""
        text = self.heard.last.inner_text().replace(".", "")
        if "Chưa có hoạt động nào" in text:
            return (0, 0, 0, 0)
        found = re.search(r"(\d+) buổi.*?, (\d+) lượt người \((\d+) nữ, (\d+) nam[,)]", text)
        assert found, text
        return tuple(int(number) for number in found.groups())

    def joins(self, name: str) -> None:
        """From an invitation's page into the chat."""
        self.page.get_by_label("Họ và tên").fill(name)
        self.page.get_by_role("button", name="Tham gia").click()
        self.is_ready()

    def invites(self) -> str:
        """Invite an officer to the first neighbourhood offered; the link."""
        self.says("mời")
        self.taps("Cán bộ tuyên truyền")
        self.taps("Khu phố")
        return str(self.heard.last.locator("a").get_attribute("href"))

    def answers_until_review(self, women: int = 30, men: int = 15) -> None:
        """A typical event, from the menu to the review."""
        self.says("báo cáo")
        for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
            self.taps(label)
        self.says(f"nữ {women} nam {men}")
        self.sees("Anh/chị xem lại giúp", f"Nữ {women}")


def comes_true(page: Page, expression: str, arg: object = None) -> None:
    """Wait until an expression with a promise is true: the browser's own wait would take the promise for true."""
    comes(page, lambda: page.evaluate(expression, arg), expression)


def comes(page: Page, condition: Callable[[], object], what: str) -> None:
    """Wait for what a page brings about elsewhere; meanwhile it goes on, and so do the handlers of its requests."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"did not come: {what}"
        page.wait_for_timeout(20)


def open_phone(context: BrowserContext, address: str, *, is_chat: bool = True) -> Phone:
    """Open a chat (or an invitation) on a page of its own."""
    phone = Phone(context.new_page())
    phone.page.goto(address)
    if is_chat:
        phone.is_ready()
    return phone
