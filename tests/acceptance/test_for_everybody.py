"""The page for small screens, keyboards and screen readers, in both languages."""

from playwright.sync_api import Browser, expect

from tests.acceptance.conftest import OFFICER, Demo, demo_phone, somebodys
from tests.acceptance.phone import Phone, open_phone


def test_nothing_is_wider_than_a_small_phone_and_every_button_fits_a_thumb(officer: Phone) -> None:
    officer.answers_until_review()
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = officer.page.evaluate(
        "[...document.querySelectorAll('button')].filter(b => b.offsetParent && !b.classList.contains('picture'))"
        ".map(b => [b.offsetWidth, b.offsetHeight, b.textContent.trim()])"
    )
    assert [size for size in sizes if min(size[0], size[1]) < 44] == []


def test_the_keyboard_reaches_everything_and_the_log_is_announced(officer: Phone) -> None:
    expect(officer.log).to_have_attribute("aria-live", "polite")
    officer.page.get_by_role("textbox").focus()
    officer.page.keyboard.type("báo cáo")
    officer.page.keyboard.press("Enter")
    officer.sees("Anh/chị muốn báo việc gì?")
    officer.button("Buổi sinh hoạt").first.focus()
    officer.page.keyboard.press("Enter")
    officer.sees("Hoạt động nào?")
    unnamed = officer.page.evaluate(
        "[...document.querySelectorAll('button:not([hidden]), input:not([hidden]), textarea, a, iframe')]"
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).length"
    )
    assert unnamed == 0


def test_the_page_follows_the_person_into_english(officer: Phone) -> None:
    officer.says("/language")
    officer.taps("English")
    expect(officer.page.locator("html")).to_have_attribute("lang", "en")
    expect(officer.page.get_by_role("textbox")).to_have_attribute("placeholder", "Write a message")


def test_another_browser_cannot_open_the_chat(demo: Demo, browser: Browser) -> None:
    office, stranger = somebodys(browser), somebodys(browser)
    address = demo_phone(demo, office, OFFICER).page.url
    page = stranger.new_page()
    answer = page.goto(address)
    assert answer
    assert answer.status == 403
    expect(page.get_by_role("heading")).to_have_text("Trình duyệt này chưa mở cuộc trò chuyện")
    for context in (office, stranger):
        context.close()


def test_a_keyboard_begins_in_the_text_field_and_passes_by_old_buttons(officer: Phone, browser: Browser) -> None:
    address, cookies = officer.page.url, officer.page.context.storage_state()
    desk = somebodys(browser, viewport={"width": 1200, "height": 800}, storage_state=cookies)
    phone = open_phone(desk, address)
    expect(phone.page.get_by_role("textbox")).to_be_focused()
    expect(phone.page.get_by_role("main").get_by_role("log")).to_be_visible()
    phone.says("menu")
    phone.says("báo cáo")
    expect(phone.page.locator(".choices.past button").first).to_be_visible()
    expect(phone.page.locator('.choices.past button:not([tabindex="-1"])')).to_have_count(0)
    phone.says("menu")
    expect(officer.page.locator(".choices:not(.past)")).to_have_count(
        1
    )  # it did not send this, and knows it all the same
    desk.close()


def test_twice_as_large_a_text_leaves_the_room_to_the_conversation(officer: Phone) -> None:
    officer.page.set_viewport_size({"width": 180, "height": 370})
    header = officer.page.locator("header").bounding_box()
    assert header
    assert header["height"] < 370 / 6
