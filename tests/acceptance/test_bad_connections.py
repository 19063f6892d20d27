"""Nothing is lost and nothing comes twice: the process dies, the connection breaks, thumbs slip, tabs multiply."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Route, expect

from tests.acceptance.conftest import OFFICER, Demo, demo_phone
from tests.acceptance.phone import Phone, comes, comes_true, open_phone
from tests.acceptance.test_the_main_job import a_photo

NOTHING_IS_KEPT = """store => new Promise((resolve) => {
  indexedDB.open("unsent").onsuccess = ({ target }) => {
    const all = target.result.transaction(store).objectStore(store).count();
    all.onsuccess = () => resolve(target.result.close() ?? all.result === 0);
  };
})"""
"""Whether the browser keeps nothing in a store."""
SLOW_DISK = """() => {
  const { set } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete");
  globalThis.written = [];
  const later = (act) => (event) => written.push(() => act(event));
  Object.defineProperty(IDBTransaction.prototype, "oncomplete", { set(act) { set.call(this, later(act)); } });
}"""
"""What the page keeps is on the disk only once the test calls what is in `written`."""


def test_a_killed_process_loses_nothing_and_the_page_goes_on(own_demo: Demo, context: BrowserContext) -> None:
    phone = demo_phone(own_demo, context, OFFICER)
    phone.says("báo cáo")
    phone.sees("Anh/chị muốn báo việc gì?")
    own_demo.kill()
    phone.writes("1")
    expect(phone.page.locator("#banner")).to_contain_text("Mất kết nối")
    expect(phone.waiting).to_have_count(1)

    own_demo.start()
    expect(phone.own.last).to_have_class("item own text sent")
    phone.sees("Hoạt động nào?")
    expect(phone.page.locator("#banner")).to_be_hidden()
    assert phone.heard.filter(has_text="Hoạt động nào?").count() == 1


@pytest.mark.parametrize("first", ["message", "line"])
def test_a_page_left_open_over_a_restore_begins_anew(
    own_demo: Demo, context: BrowserContext, tmp_path: Path, first: str
) -> None:
    phone = demo_phone(own_demo, context, OFFICER)
    phone.says("menu")
    own_demo.stop()
    shutil.copytree(tmp_path / "var", tmp_path / "kept")
    own_demo.start()
    phone.says("báo cáo")
    phone.says("1")
    phone.sees("Hoạt động nào?")

    own_demo.stop()
    shutil.rmtree(tmp_path / "var")
    (tmp_path / "kept").rename(tmp_path / "var")
    context.route("**/say" if first == "line" else "**/stream?*", lambda route: route.abort())
    if first == "message":
        phone.page.route_web_socket("**/stream*", lambda line: line.close())
    phone.writes("trợ giúp")
    own_demo.start()
    if first == "line":
        expect(phone.heard.filter(has_text="Hoạt động nào?")).to_have_count(0)
    else:
        expect(phone.own.filter(has_text="trợ giúp")).to_have_class(re.compile("sent"))
        phone.page.route_web_socket("**/stream*", lambda line: line.connect_to_server() and None)
    context.unroute_all()
    expect(phone.own.filter(has_text="trợ giúp")).to_have_class(re.compile("sent"))
    phone.sees("Bất cứ lúc nào")
    expect(phone.heard.filter(has_text="Hoạt động nào?")).to_have_count(0)
    expect(phone.own.filter(has_text="báo cáo")).to_contain_text("khôi phục từ bản sao lưu")
    with phone.answered():
        phone.own.filter(has_text="báo cáo").get_by_role("button", name="Gửi lại").click()
    phone.sees("Anh/chị muốn báo việc gì?")
    phone.page.reload()
    phone.is_ready()
    phone.sees("Anh/chị muốn báo việc gì?")


def test_a_page_that_gets_no_line_says_so_and_hears_the_answers_all_the_same(
    officer: Phone, context: BrowserContext
) -> None:
    address = officer.page.url
    officer.page.close()
    page = context.new_page()
    page.route_web_socket("**/stream*", lambda line: line.close())
    phone = Phone(page)
    page.goto(address)
    phone.is_ready()
    phone.says("menu")
    phone.sees("Anh/chị muốn làm gì")
    expect(page.locator("#banner")).to_contain_text("đến chậm vài giây")

    page.route_web_socket("**/stream*", lambda line: line.connect_to_server() and None)
    expect(page.locator("#banner")).to_be_hidden()
    phone.says("báo cáo")
    phone.sees("Anh/chị muốn báo việc gì?")


def test_what_waits_survives_a_closed_page(officer: Phone, context: BrowserContext) -> None:
    address = officer.page.url
    context.set_offline(True)
    officer.writes("báo cáo")
    expect(officer.waiting).to_have_count(1)
    officer.page.close()

    context.set_offline(False)
    again = open_phone(context, address)
    expect(again.waiting).to_have_count(0)
    again.sees("Anh/chị muốn báo việc gì?")
    assert again.own.filter(has_text="báo cáo").count() == 1


def test_an_answer_that_got_lost_is_asked_for_again_and_counted_once(officer: Phone, context: BrowserContext) -> None:
    calls: list[str] = []

    def lose_the_first(route: Route) -> None:
        calls.append("say")
        if len(calls) > 1:
            route.continue_()
        else:
            route.fetch()
            route.abort()

    context.route("**/say", lose_the_first)
    menus = officer.heard.filter(has_text="Anh/chị muốn làm gì").count()
    officer.says("menu")
    assert len(calls) == 2
    officer.says("trợ giúp")  # a second answer would come before this one's
    assert officer.heard.filter(has_text="Anh/chị muốn làm gì").count() == menus + 1


def test_two_tabs_agree(officer: Phone, context: BrowserContext) -> None:
    other = open_phone(context, officer.page.url)
    other.agrees_with(officer)
    officer.says("báo cáo")
    other.taps("Buổi sinh hoạt")
    officer.sees("Hoạt động nào?")
    for phone in (officer, other):
        expect(phone.own.last).to_contain_text("Buổi sinh hoạt có người dự")
    officer.agrees_with(other)


def test_a_double_tap_counts_once_and_an_old_button_brings_the_present_question(officer: Phone) -> None:
    officer.says("báo cáo")
    taps: list[Route] = []

    def hold(route: Route) -> None:
        """Nothing is answered between the two."""
        taps.append(route)

    officer.page.route("**/say", hold)
    officer.button("Buổi sinh hoạt").first.dblclick()
    expect(officer.waiting).to_have_count(1)
    comes(officer.page, lambda: taps, "the tap's request")
    for tap in taps:
        tap.continue_()
    officer.page.unroute("**/say")
    officer.sees("Hoạt động nào?")
    assert officer.own.filter(has_text="Buổi sinh hoạt").count() == 1

    officer.taps("Nói chuyện: gia đình")
    officer.sees("Làm vào ngày nào?")
    officer.page.locator(".choices.past button", has_text="Nói chuyện: xóa bỏ").last.click()
    officer.sees("Làm vào ngày nào?")
    expect(officer.heard.filter(has_text="Làm vào ngày nào?")).to_have_count(2)


def test_what_claims_to_be_a_photo_is_refused_in_words(officer: Phone, tmp_path: Path) -> None:
    fake = tmp_path / "hinh.jpg"
    fake.write_bytes(b"%PDF-1.4 not a photo at all" * 40)
    officer.sends_photos(fake)
    expect(officer.page.locator(".own.refused")).to_contain_text("không phải là hình đọc được")

    huge = tmp_path / "lon.jpg"
    huge.write_bytes(b"\xff\xd8\xff" + bytes(50 * 1024 * 1024))
    officer.sends_photos(huge)
    expect(officer.page.locator("#banner")).to_contain_text("nặng hơn 12 MB")
    officer.says("menu")
    officer.sees("Anh/chị muốn làm gì")


def test_a_message_that_the_server_fails_at_holds_nothing_up_and_can_be_sent_again(
    officer: Phone, context: BrowserContext
) -> None:
    def fail_at_one(route: Route) -> None:
        if "hỏng" in (route.request.post_data_json or {}).get("text", ""):
            route.fulfill(status=500)
        else:
            route.continue_()

    context.route("**/say", fail_at_one)
    officer.writes("tin hỏng")
    officer.writes("menu")
    refused = officer.page.locator(".own.refused")
    expect(refused).to_contain_text("máy chủ chưa nhận được")
    officer.sees("Anh/chị muốn làm gì")
    expect(officer.page.locator("#banner")).to_be_hidden()

    context.unroute("**/say")
    with officer.answered():
        refused.get_by_role("button", name="Gửi lại").click()
    expect(officer.own.filter(has_text="tin hỏng")).to_have_class(re.compile("sent"))


def test_a_photo_for_which_there_is_no_room_is_kept_and_can_be_sent_again(
    officer: Phone, context: BrowserContext, tmp_path: Path
) -> None:
    context.route("**/files*", lambda route: route.fulfill(status=507, json={"message": "Máy chủ tạm hết chỗ"}))
    officer.sends_photos(a_photo(tmp_path))
    refused = officer.page.locator(".own.refused")
    expect(refused).to_contain_text("Máy chủ tạm hết chỗ")
    officer.says("menu")

    context.unroute("**/files*")
    officer.page.reload()
    officer.is_ready()
    with officer.answered():
        refused.get_by_role("button", name="Gửi lại").click()
    officer.sees("hình")


def test_what_goes_along_with_another_message_while_it_is_being_kept_is_shown_as_sent(officer: Phone) -> None:
    first: list[Route] = []
    officer.page.route("**/say", lambda route: route.continue_() if first else first.append(route))
    officer.writes("báo cáo")
    comes(officer.page, lambda: first, "the first message's request")
    officer.page.evaluate(SLOW_DISK)
    officer.writes("menu")
    comes_true(officer.page, "written.length > 0")
    first[0].continue_()
    expect(officer.own.filter(has_text="menu")).to_have_class(re.compile("sent"))
    officer.page.evaluate("for (const act of written) act()")
    expect(officer.waiting).to_have_count(0)


def test_an_upload_that_stands_still_is_begun_anew(officer: Phone, context: BrowserContext, tmp_path: Path) -> None:
    stuck: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if stuck:
            route.continue_()
        else:
            stuck.append(route)

    officer.page.clock.install()
    context.route("**/files*", hold_the_first)
    with officer.answered():
        officer.sends_photos(a_photo(tmp_path))
        expect(officer.waiting).to_have_count(1)
        comes(officer.page, lambda: stuck, "the upload")
        officer.page.clock.fast_forward(31_000)
        officer.page.clock.fast_forward(2_000)
    officer.sees("hình")


def test_whoever_has_everything_deleted_reads_the_farewell_and_leaves_nothing_on_the_phone(officer: Phone) -> None:
    officer.says("/toi")
    officer.taps("Xóa thông tin của tôi")
    held: list[tuple[Route, APIResponse]] = []
    officer.page.route("**/say", lambda route: held.append((route, route.fetch())))
    officer.button("Xóa tất cả").first.click()
    officer.sees("Đã xóa mọi thông tin")
    expect(officer.page.locator("#banner")).to_contain_text("xin người đã mời một lời mời mới")
    expect(officer.page.get_by_role("textbox")).to_be_hidden()
    comes(officer.page, lambda: held, "the answer to the tap itself, which may come last")
    for route, answer in held:
        route.fulfill(response=answer)
    expect(officer.page.locator(".own.waiting")).to_have_count(0)
    for store in ("own", "rows", "files"):
        comes_true(officer.page, NOTHING_IS_KEPT, store)
    officer.page.reload()
    expect(officer.page.get_by_role("heading", name="đã kết thúc")).to_be_visible()
