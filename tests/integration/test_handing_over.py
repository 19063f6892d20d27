"""A role goes to somebody else: at once to whoever takes part, by a code to whoever comes; what is open goes along."""

import re

from tests.conversation import CALENDAR, Officer, Town
from tests.ticking import tick

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def ticks(gv: Town) -> None:
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, gv.now)).result()


def begins(officer: Officer) -> None:
    """A report that stops at the number of people."""
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says("hôm nay")
    officer.taps("Người dân")


def named(officer: Officer, name: str) -> Officer:
    officer.says(f"/toi {name}")
    return officer


def test_an_officer_hands_over_to_a_colleague_with_drafts_and_returned_reports(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer = named(gv.joined("propagandist", "P10-KP05"), "Trần Thị Lan")
    colleague = named(gv.joined("propagandist", "P10-KP06", channel="zalo"), "Lê Văn Hùng")
    gv.joined("propagandist", "P11-KP01")
    officer.reports()
    officer.reports(women=5, men=5, day="hôm qua")
    chair.presses("return:1:1:numbers")
    chair.presses("return:2:1:numbers")
    begins(officer)
    officer.says("/toi")
    officer.taps("Bàn giao vai trò của tôi")
    officer.sees("Ai nhận bàn giao từ Trần Thị Lan, cán bộ tuyên truyền, Khu phố 5, Phường 10?")
    assert any(label.startswith("Lê Văn Hùng · Khu phố 6") for label in officer.labels)
    assert not any("Phường 11" in label for label in officer.labels)
    officer.taps("Lê Văn Hùng")
    officer.sees("Lê Văn Hùng nhận vai trò", "vai trò của Trần Thị Lan kết thúc")
    officer.says("bàn giao")
    officer.sees("Xong: Lê Văn Hùng nay là cán bộ tuyên truyền, Khu phố 5, Phường 10")
    officer.says("báo cáo")
    officer.sees("chưa có vai trò", "dữ liệu vẫn là của anh/chị")
    assert "Thông tin của tôi" in officer.labels
    greeting = gv.notices(colleague)[-1]
    assert "Trần Thị Lan vừa bàn giao lại" in greeting.text
    assert "• 1 bản nháp đang ghi dở" in greeting.text
    assert "• 2 báo cáo bị trả lại, cần sửa" in greeting.text
    colleague.presses(next(each.id for each in greeting.choices if each.label == "Các bản nháp này"))
    colleague.taps("Nói chuyện: gia đình, chống bạo lực · 18/11 · dở ở: số người dự")
    colleague.sees("Bao nhiêu người dự?")


def test_what_was_handed_over_is_not_handed_over_again_by_an_old_button(gv: Town) -> None:
    officer = named(gv.joined("propagandist", "P10-KP05"), "Trần Thị Lan")
    colleague = named(gv.joined("propagandist", "P10-KP06"), "Lê Văn Hùng")
    other = named(gv.joined("propagandist", "P10-KP07"), "Đỗ Thị Mận")
    officer.says("/toi")
    officer.taps("Bàn giao vai trò của tôi")
    officer.taps("Lê Văn Hùng")
    yes = officer.choices[0].id
    officer.presses(yes)
    officer.sees("Xong: Lê Văn Hùng")
    told = len(gv.notices(colleague))
    officer.presses(yes)
    assert "Xong" not in officer.text
    assert (len(gv.notices(colleague)), gv.notices(other)) == (told, [])


def test_the_successor_sees_and_corrects_what_was_reported_before(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    colleague = gv.joined("propagandist", "P10-KP06")
    officer.reports()
    colleague.presses("correct:1:1")
    colleague.sees("không")
    officer.says("bàn giao")
    officer.presses(officer.choices[0].id)
    officer.taps("Đúng, bàn giao")
    colleague.says("báo cáo của tôi")
    assert any("Nói chuyện" in label for label in colleague.labels)
    colleague.at_report("Sửa")
    colleague.sees("Anh/chị xem lại")
    colleague.says("dừng")
    colleague.says("giống lần trước")
    colleague.sees("Giống lần trước: Nói chuyện")


def test_by_a_code_the_role_goes_on_until_somebody_comes_by_it(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    begins(officer)
    chair.says("/canbo")
    chair.taps("Khu phố 5")
    chair.taps("Bàn giao cho người khác")
    chair.says("bàn giao cho Phạm Thị Hoa")
    chair.sees("Mã mời cho Phạm Thị Hoa, người nhận bàn giao vai trò cán bộ tuyên truyền, Khu phố 5, Phường 10:")
    found = CODE.search(chair.text)
    assert found is not None
    officer.taps("Bỏ qua") if "Bỏ qua" in officer.labels else None
    officer.says("/viec")
    officer.sees("Khu phố 5")
    ticks(gv)
    assert gv.notices(officer) == []
    newcomer = gv.stranger(channel="zalo")
    newcomer.says(found[0])
    ticks(gv)
    assert gv.notices(newcomer) == []
    newcomer.says("đồng ý")
    ticks(gv)
    ticks(gv)
    (greeting,) = gv.notices(newcomer)
    assert "• 1 bản nháp đang ghi dở" in greeting.text
    (thanks,) = gv.notices(officer)
    assert "Phạm Thị Hoa nay là cán bộ tuyên truyền, Khu phố 5, Phường 10" in thanks.text
    assert "Phạm Thị Hoa đã vào và nay là cán bộ tuyên truyền" in gv.notices(chair)[-1].text
    officer.says("báo cáo")
    officer.sees("chưa có vai trò")


def test_a_role_that_has_ended_still_gets_a_successor_and_a_second_code_ends_the_first(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer = gv.joined("propagandist", "P10-KP05")
    begins(officer)
    chair.says("/canbo")
    chair.taps("Khu phố 5")
    chair.taps("Không còn phụ trách")
    chair.says("kết thúc")
    chair.taps("Chọn người nhận bàn giao")
    chair.taps("Người mới: làm mã mời")
    first = CODE.search(chair.text)
    chair.presses("leave_code:2")
    second = CODE.search(chair.text)
    assert first is not None
    assert second is not None
    late, newcomer = gv.stranger(), gv.stranger()
    late.says(first[0])
    late.sees("không còn dùng được")
    newcomer.says(second[0])
    newcomer.says("đồng ý")
    ticks(gv)
    assert "1 bản nháp" in gv.notices(newcomer)[-1].text


def test_nobody_hands_over_what_is_not_theirs(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    other = gv.joined("propagandist", "P10-KP06")
    chair = gv.joined("ward_chair", "P11")
    for somebody in (other, chair):
        for button in ("hand_over:1", "leave_code:1", "hand_to:1:2:yes", "hand_to:1:3:yes"):
            somebody.presses(button)
            assert not CODE.search(somebody.text)
    officer.presses("hand_to:1:3:yes")
    officer.says("báo cáo")
    officer.sees("Anh/chị muốn báo việc gì?")
