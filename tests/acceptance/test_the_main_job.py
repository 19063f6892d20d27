"""Report an event in the browser, with a photo; correct it; see it in the week's summary with its picture."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect

from tests.acceptance.conftest import CHAIR, SECRETARIAT, Demo, demo_phone, somebodys
from tests.acceptance.phone import Phone


def a_photo(folder: Path, colour: str = "#2f6b4f") -> Path:
    path = folder / f"{colour.lstrip('#')}.jpg"
    Image.new("RGB", (640, 480), colour).save(path)
    return path


def test_an_event_is_reported_with_a_photo_and_corrected(officer: Phone, tmp_path: Path) -> None:
    officer.answers_until_review(women=31, men=14)
    officer.sends_photos(a_photo(tmp_path), a_photo(tmp_path, "#752f63"))
    officer.sees("Hình ảnh: 📷 2")
    expect(officer.heard.filter(has_text="Anh/chị xem lại giúp")).to_have_count(2)  # one for both photos
    expect(officer.page.locator(".own.photo.sent img")).to_have_count(2)
    officer.sends_the_report()
    officer.sees("Đã lưu", "45 lượt người: 31 nữ, 14 nam")

    officer.taps("Sửa báo cáo này")
    officer.taps("Sửa câu trả lời")
    officer.taps("Nữ")
    officer.says("40")
    officer.taps("Gửi báo cáo")
    officer.sees("40 nữ")


def test_the_chair_and_the_secretariat_see_a_report_in_their_week(officer: Phone, demo: Demo, browser: Browser) -> None:
    for who, place in ((CHAIR, "Phường 10"), (SECRETARIAT, "Quận Gò Vấp")):
        office = somebodys(browser)
        phone = demo_phone(demo, office, who)
        phone.says("tóm tắt")
        phone.sees(place)
        before = phone.figures()
        officer.answers_until_review(women=400, men=111)
        officer.sends_the_report()

        phone.says("tóm tắt")
        phone.sees(place, "Theo hoạt động", "danh sách mẫu")
        assert phone.figures() == (before[0] + 1, before[1] + 511, before[2] + 400, before[3] + 111)
        phone.sees_picture()
        office.close()


def test_own_photos_and_words_are_there_after_a_reload(officer: Phone, tmp_path: Path) -> None:
    officer.says("chào trợ lý")
    officer.sends_photos(a_photo(tmp_path))
    expect(officer.page.locator(".own.photo.sent img")).to_have_count(1)
    officer.sees("Đã nhận hình")  # or the answer may come only after what follows was read
    before = officer.log.inner_text()

    officer.page.reload()
    officer.is_ready()
    expect(officer.log).to_have_text(before, use_inner_text=True)
    officer.shows(officer.page.locator(".own.photo img"))


def test_an_invitation_shows_who_invites_and_looking_at_it_uses_nothing_up(demo: Demo, browser: Browser) -> None:
    office = somebodys(browser)
    link = demo_phone(demo, office, CHAIR).invites()
    page = somebodys(browser).new_page()
    for _ in range(3):
        page.goto(link)
        expect(page.get_by_role("heading")).to_have_text("Trần Văn Bình mời anh/chị")
        expect(page.locator("dl")).to_contain_text("Khu phố")
    phone = Phone(page)
    phone.joins("Ngô Thị Mai")
    phone.sees("Chào mừng")

    again = somebodys(browser).new_page()
    again.goto(link)
    expect(again.get_by_role("heading")).to_have_text("Lời mời này đã được dùng rồi")
    again.goto(demo.address + "j/AAAA-BBBB")
    expect(again.get_by_role("heading")).to_have_text("Mã mời này chưa đúng")
    for context in (office, page.context, again.context):
        context.close()
