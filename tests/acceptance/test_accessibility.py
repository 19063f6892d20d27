"""WCAG 2.2 AA by axe on every page, light and dark, small, zoomed and with large text; and the keyboard alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import web
from tests.acceptance.axe import at_every_size, overflow, violations
from tests.acceptance.conftest import CHAIR, SECRETARIAT, Demo, demo_phone, somebodys
from tests.acceptance.phone import Phone, comes_true

Scheme = Literal["light", "dark"]
FURTHEST = 100
"""Presses of a key after which whatever is on its way has come."""


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme: Scheme = request.param
    context = somebodys(browser, color_scheme=scheme)
    yield context.new_page()
    context.close()


def is_fine(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than the screen, at any size; in the dark, where colours alone are
    others, at one."""

    def look(name: str) -> None:
        assert violations(page) == [], name
        assert overflow(page) <= 0, name

    if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"):
        look("in the dark")
    else:
        at_every_size(page, look)


def test_the_chat_with_everything_that_can_stand_in_it(demo: Demo, page: Page) -> None:
    phone = demo_phone(demo, page.context, SECRETARIAT)
    is_fine(phone.page)
    phone.says("tóm tắt")
    phone.sees_picture()
    is_fine(phone.page)
    phone.heard.last.locator(".picture").click()
    expect(phone.page.locator("dialog")).to_be_visible()
    assert violations(phone.page) == []
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("dialog")).to_be_hidden()
    phone.page.get_by_role("button", name="Tệp, vị trí và việc khác").click()
    expect(phone.page.locator("#sheet")).to_be_visible()
    assert violations(phone.page) == []
    phone.taps("Hình, bảng…")
    phone.taps("Bảng")
    expect(phone.heard.last.get_by_role("table")).to_be_visible()
    is_fine(phone.page)


def test_the_text_field_and_the_question_are_in_view_at_400_percent(demo: Demo, page: Page) -> None:
    phone = demo_phone(demo, page.context, SECRETARIAT)
    phone.page.set_viewport_size({"width": 320, "height": 256})
    phone.says("menu")
    expect(phone.page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    expect(phone.heard.last).to_be_in_viewport()
    conversation = phone.page.locator("main").bounding_box()
    assert conversation
    assert conversation["height"] > 256 / 2


def test_invitations_and_notices(demo: Demo, page: Page) -> None:
    chair = demo_phone(demo, page.context, CHAIR)
    link = chair.invites()
    is_fine(chair.page)
    for address in (link, demo.address + "j/AAAA-BBBB", demo.address + "c/nobody/", demo.address):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        is_fine(page)


def test_an_invitation_is_copied_and_shared(demo: Demo, browser: Browser) -> None:
    office = somebodys(browser, permissions=["clipboard-read", "clipboard-write"])
    office.add_init_script("navigator.share = async (given) => { globalThis.shared = given.text; }")
    chair = demo_phone(demo, office, CHAIR)
    link = chair.invites()
    chair.heard.last.get_by_role("button", name="Sao chép").click()
    expect(chair.heard.last.get_by_role("button", name="Đã sao chép")).to_be_visible()
    copied = chair.page.evaluate("navigator.clipboard.readText()")
    chair.heard.last.get_by_role("button", name="Chia sẻ").click()
    assert copied.splitlines()[-1] == link
    comes_true(chair.page, "text => globalThis.shared === text", copied)
    office.close()


@pytest.mark.parametrize("name", ["question_file", "question_place", "home"])
def test_a_question_on_a_page_of_its_own(demo: Demo, page: Page, name: str) -> None:
    base = re.findall(r'href="(/static/\w+)/', page.request.get(demo.address + "j/AAAA-BBBB", headers=_HTML).text())[0]
    template = Template((Path(web.__file__).parent / f"{name}.html").read_text("utf-8"))
    values = dict.fromkeys(("site", "title", "hint", "kind", "accept", "choose", "button", "promise", "failed"), "Hình")
    here = '<li><a href="/c/a/"><strong>Lan</strong><span>Khu phố 5, Phường 10</span><em>3 tin mới</em></a></li>'
    values |= {"chats": here, "before": "", "code": "Mã mời", "given": "", "elsewhere": "Ở máy khác"}
    body = template.substitute(values, base=base, language="vi", id="1")
    address = demo.address + "q/one"
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(address)
    is_fine(page)


_HTML = {"Accept": "text/html"}


def focused(phone: Phone) -> Locator:
    return phone.page.locator("*:focus")


def tabs_to(phone: Phone, label: str) -> None:
    """Press the key until a button of the present question has the focus."""
    expect(phone.button(label).first).to_be_visible()
    for _ in range(FURTHEST):
        if focused(phone).and_(phone.button(label)).count():
            return
        phone.page.keyboard.press("Tab")
    raise AssertionError(f"{label} is not on the keyboard's way")


def no_answer_is_late(phone: Phone) -> None:
    """What comes seconds after a press takes no focus: on a slow machine every answer might."""
    phone.page.evaluate("performance.now = () => 0")


def test_an_event_is_reported_with_the_keyboard_alone(officer: Phone) -> None:
    keys = officer.page.keyboard
    no_answer_is_late(officer)
    officer.page.get_by_role("textbox").focus()
    with officer.answered():
        keys.type("báo cáo")
        keys.press("Enter")
    keys.press("ArrowUp")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        tabs_to(officer, label)
        with officer.answered():
            keys.press("Enter")
        expect(officer.heard.last).to_be_focused()
    with officer.answered():
        keys.type("nữ 30 nam 15")  # from the question: what is written goes into the text field
        expect(officer.page.get_by_role("textbox")).to_be_focused()
        keys.press("Enter")
    officer.sees("Anh/chị xem lại giúp", "Nữ 30")
    keys.press("ArrowUp")
    expect(focused(officer)).to_have_text("Gửi báo cáo")
    with officer.answered():
        keys.press("Enter")
    expect(officer.heard.last).to_contain_text(re.compile("Đã lưu|Trùng với báo cáo đó"))
    expect(officer.heard.last).to_be_focused()
    keys.press("Escape")
    expect(officer.page.get_by_role("textbox")).to_be_focused()


def test_a_message_is_announced_or_focused_and_never_both(officer: Phone) -> None:
    no_answer_is_late(officer)
    officer.says("báo cáo")
    expect(officer.heard.last).not_to_have_attribute("aria-live", "off")
    officer.button("Buổi sinh hoạt").first.focus()
    with officer.answered():
        officer.page.keyboard.press("Enter")
    expect(officer.heard.last).to_be_focused()
    expect(officer.heard.last).to_have_attribute("aria-live", "off")
    officer.page.get_by_role("textbox").focus()
    officer.says("lùi")
    expect(officer.heard.last).not_to_have_attribute("aria-live", "off")
    expect(officer.log).to_have_attribute("aria-live", "polite")


def test_a_table_is_sorted_and_scrolled_by_the_keyboard_and_copied_whole(demo: Demo, browser: Browser) -> None:
    office = somebodys(browser, permissions=["clipboard-read", "clipboard-write"])
    phone = demo_phone(demo, office, SECRETARIAT)
    phone.says("tóm tắt")
    phone.taps("Hình, bảng…")
    phone.taps("Bảng")
    message = phone.heard.last
    expect(message.get_by_role("table")).to_be_visible()
    head = message.get_by_role("columnheader", name="Lượt người")
    expect(head).to_have_attribute("aria-sort", "none")
    head.get_by_role("button").focus()
    orders = []
    for order in ("descending", "ascending", "none"):
        phone.page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", order)
        orders.append(visits(message))
    assert orders[0] == sorted(orders[2], reverse=True)
    assert orders[1] == sorted(orders[2])
    assert sum(orders[2]) > 0

    box = message.get_by_role("group", name="Theo phường và cơ quan")
    box.focus()
    phone.page.keyboard.press("ArrowRight")
    phone.page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    first = message.get_by_role("rowheader").first
    assert first.bounding_box()["x"] - box.bounding_box()["x"] <= 2  # type: ignore[index]  # both are to be seen

    message.get_by_role("button", name="Sao chép bảng").click()
    expect(message.get_by_role("button", name="Đã sao chép")).to_be_visible()
    copied = phone.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].split("\t")[:3] == ["Đơn vị", "Hoạt động", "Lượt người"]
    assert sum(line.startswith("Khu phố") for line in copied) == 186
    assert phone.errors == []
    office.close()


def visits(message: Locator) -> list[int]:
    """The visits of the wards, in the order in which they stand."""
    cells = message.locator("tr.group td:nth-child(3)").all_inner_texts()
    return [int(cell.replace(".", "")) for cell in cells]
