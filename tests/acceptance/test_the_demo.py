"""The demo's page: three phones, a clock that moves forwards and brings reminders, and a way back to the beginning."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.acceptance.conftest import OFFICER, Demo, demo_phone, somebodys
from tests.acceptance.phone import comes
from tests.process import ROOT


@pytest.fixture
def page(own_demo: Demo, browser: Browser) -> Page:
    context = somebodys(browser, viewport={"width": 1380, "height": 860})
    opened = context.new_page()
    opened.goto(own_demo.address)
    for number in range(3):
        expect(opened.frame_locator("iframe").nth(number).get_by_role("log")).to_have_attribute("aria-busy", "false")
    return opened


def goes_on_to(page: Page, clock: Locator, moment: str) -> None:
    """Press for the next reminder until the clock shows this moment; other phones may get something before."""
    onwards = page.get_by_role("button", name="Đến nhắc việc kế tiếp")
    for _ in range(4):
        onwards.click()
        expect(onwards).to_be_enabled()  # it is not while the clock moves
        if moment in clock.inner_text():
            return
    raise AssertionError(f"{moment} did not come: {clock.inner_text()}")


def test_reminders_come_as_the_clock_moves_and_everything_can_begin_again(page: Page) -> None:
    phones = [page.frame_locator("iframe").nth(number) for number in range(3)]
    clock = page.get_by_role("status").or_(page.locator("#now")).first
    expect(clock).to_contain_text("27/10/2020")
    expect(phones[2].get_by_role("log")).to_contain_text("Tuần 43")

    goes_on_to(page, clock, "28/10/2020")
    expect(phones[1].get_by_role("log")).to_contain_text("còn 7 ngày")
    goes_on_to(page, clock, "30/10/2020")
    expect(phones[1].get_by_role("log")).to_contain_text("còn 5 ngày")
    goes_on_to(page, clock, "15:00")
    expect(phones[0].locator(".choices:not(.past)")).to_contain_text("không có hoạt động")

    page.get_by_label("Đến ngày").fill("2020-11-15")
    expect(clock).to_contain_text("15/11/2020")
    page.get_by_role("button", name="+1 ngày").click()  # to the Monday: reminders keep to working days
    expect(clock).to_contain_text("16/11/2020")
    for phone in phones:
        expect(phone.get_by_role("log")).to_contain_text("Tháng hành động")

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bắt đầu lại").click()
    expect(clock).to_contain_text("27/10/2020")
    expect(phones[0].get_by_role("log")).not_to_contain_text("Tháng hành động")
    page.context.close()


def test_the_bar_says_that_the_clock_moves_for_as_long_as_it_does(demo: Demo, context: BrowserContext) -> None:
    page = context.new_page()
    moves: list[Route] = []

    def hold(route: Route) -> None:
        moves.append(route)

    page.route("**/c/**", lambda route: route.abort())  # without the phones
    page.clock.install()
    page.goto(demo.address)
    clock = page.locator("#now")
    expect(clock).to_contain_text("27/10/2020")
    page.route("**/demo/clock", hold)
    page.get_by_role("button", name="+1 ngày").click()
    expect(clock).to_have_text("Đồng hồ đang chạy…")
    page.clock.run_for(20_000)
    expect(clock).to_have_text("Đồng hồ đang chạy…")
    comes(page, lambda: moves, "the request")
    moves[0].abort()
    expect(clock).to_contain_text("Anh/chị thử lại")


def test_the_demo_open_twice_answers_in_all_its_chats(page: Page, own_demo: Demo) -> None:
    other = page.context.new_page()
    other.goto(own_demo.address)
    for number in range(3):
        for opened, word in ((page, "menu"), (other, "trợ giúp")):
            frame = opened.frame_locator("iframe").nth(number)
            expect(frame.get_by_role("log")).to_have_attribute("aria-busy", "false")
            frame.get_by_role("textbox").fill(word)
            frame.get_by_role("textbox").press("Enter")
            for each in (page, other):
                phone = each.frame_locator("iframe").nth(number)
                expect(phone.locator(".item.own").last).to_have_class(re.compile("sent"))
                expect(phone.locator(".item.own").last).to_contain_text(word)
                expect(phone.locator(".item.own.sent + .item.bot")).to_have_count(2 if word != "menu" else 1)
    page.context.close()


def test_a_reminder_leaves_the_open_questions_buttons(own_demo: Demo, context: BrowserContext) -> None:
    phone = demo_phone(own_demo, context, OFFICER)
    phone.says("báo cáo")
    phone.taps("Buổi sinh hoạt")
    phone.sees("Hoạt động nào?")
    context.request.post(f"{own_demo.address}demo/clock", data={"to": "2020-10-30"})
    context.request.post(f"{own_demo.address}demo/clock", data={"to": "next"})
    phone.sees("không có hoạt động")
    expect(phone.page.locator(".choices:not(.past)")).to_have_count(2)
    phone.taps("Nói chuyện: gia đình")
    phone.sees("Làm vào ngày nào?")
    expect(phone.page.locator(".choices:not(.past)")).to_have_count(1)


def test_a_screenshot_for_the_readme(page: Page, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    is_wanted = bool(pytestconfig.getoption("update"))
    officer = page.frame_locator("iframe").nth(0)
    for label in ("Báo cáo hoạt động", "Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm qua"):
        officer.locator(".choices:not(.past) button", has_text=label).click()
    officer.locator(".choices:not(.past) button", has_text="Người dân").click()
    officer.get_by_role("textbox").fill("nữ 30 nam 15")
    officer.get_by_role("button", name="Gửi", exact=True).click()
    expect(officer.locator(".item.bot").last).to_contain_text("Gửi báo cáo này nhé?")
    target = ROOT / "docs" / "images" / "demo.png" if is_wanted else tmp_path / "demo.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, animations="disabled")
    assert target.stat().st_size > 50_000
    page.context.close()
