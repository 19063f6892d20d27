"""A code for a whole ward: many come by it, say who they are, and wait until the ward lets them in."""

from pathlib import Path

import docx
import pytest

from tests.conversation import Officer, Town
from tests.integration.test_lists_in_chat import Desk
from tests.ticking import tick


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def code(chair: Officer) -> str:
    chair.says("/thamgia")
    chair.taps("Mã chung của phường")
    chair.sees("Mã chung của Phường 10", "Đã có 0 người vào", "Khu phố".lower())
    (code,) = chair.codes
    return code


def comes(gv: Town, code: str, name: str, unit: str = "Khu phố 5", channel: str = "web") -> Officer:
    """Somebody comes by a ward's code and says all that is asked."""
    officer = gv.stranger(channel=channel)
    officer.says(code)
    officer.taps("Tôi đồng ý")
    officer.says(unit)
    officer.says(name)
    officer.sees("Cảm ơn", "Phường 10", unit)
    return officer


def test_who_comes_by_it_waits_and_is_let_in_with_one_tap(gv: Town, chair: Officer, code: str) -> None:
    officer = comes(gv, code, "Đặng Thị Mẫu")
    for said in ("menu", "báo cáo", "báo cáo hôm nay tọa đàm nữ 30 nam 15", "/tomtat"):
        officer.says(said)
        officer.sees("Tôi đã báo Phường 10")
    (asked,) = gv.notices(chair)
    assert "1 người vào bằng mã chung" in asked.text
    assert "• Đặng Thị Mẫu, Khu phố 5, Phường 10" in asked.text
    assert [choice.label for choice in asked.choices] == ["Nhận: Đặng Thị Mẫu", "Không phải: Đặng Thị Mẫu"]
    chair.presses(asked.choices[0].id)
    chair.sees("Đã nhận Đặng Thị Mẫu, Khu phố 5, Phường 10")
    assert "Anh/chị đã được nhận: cán bộ tuyên truyền" in gv.notices(officer)[-1].text
    officer.reports()
    chair.presses(asked.choices[1].id)
    chair.sees("đã quyết định rồi")
    chair.presses("joined:0:P10")
    chair.sees("✓ Khu phố 5: Đặng Thị Mẫu")


def test_several_who_come_together_are_told_of_together(gv: Town, chair: Officer, code: str) -> None:
    names = ("Đặng Thị Mẫu", "Trần Văn Thử", "Lý Thị Ví Dụ")
    for number, name in enumerate(names, 5):
        comes(gv, code, name, f"Khu phố {number}")
    (first,) = gv.notices(chair)
    chair.presses(first.choices[0].id)
    chair.sees("2 người vào bằng mã chung", *names[1:])
    chair.taps("Không phải: Trần Văn Thử")
    chair.taps("Nhận: Lý Thị Ví Dụ")
    assert len(gv.notices(chair)) == 1


def test_who_comes_soon_after_others_is_told_of_by_the_tick(gv: Town, chair: Officer, code: str) -> None:
    comes(gv, code, "Đặng Thị Mẫu", "Khu phố 5")
    comes(gv, code, "Trần Văn Thử", "Khu phố 6")
    (first,) = gv.notices(chair)
    assert "Trần Văn Thử" not in first.text
    gv.later(minutes=11)
    for _ in range(2):
        gv.database.write(lambda db: tick(db, gv.world.plan, gv.world.calendar, gv.now)).result()
    assert len([notice for notice in gv.notices(chair) if "Trần Văn Thử" in notice.text]) == 1


def test_whoever_is_not_let_in_is_told_whom_to_ask(gv: Town, chair: Officer, code: str) -> None:
    officer = comes(gv, code, "Ngô Văn Sai")
    chair.presses(gv.notices(chair)[-1].choices[1].id)
    assert "xin phường một mã riêng" in gv.notices(officer)[-1].text
    officer.says("menu")
    officer.sees("chưa có vai trò")


def test_without_a_chair_the_secretariat_is_asked(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    secretariat.presses("ward_code:P11")
    officer = gv.stranger()
    officer.says(secretariat.codes[0])
    officer.taps("Tôi đồng ý")
    officer.taps("Khu phố 3")
    officer.says("12345")
    officer.sees("chưa phải họ tên")
    officer.says("Đặng Thị Mẫu")
    (asked,) = gv.notices(secretariat)
    secretariat.presses(asked.choices[0].id)
    secretariat.sees("Đã nhận")


def test_a_ward_has_one_code_which_is_printed_and_taken_back(gv: Town, chair: Officer, code: str, desk: Desk) -> None:
    chair.presses("ward_code:P10")
    assert chair.codes == [code]
    chair.taps("Áp phích để in")
    desk.works(chair)
    paper = chair.heard[-1].document
    assert paper is not None
    poster = docx.Document(str(desk.store.path(paper.data["sha256"])))
    assert code in [paragraph.text for paragraph in poster.paragraphs]
    assert len(poster.inline_shapes) == 1
    chair.presses("ward_code:P10")
    chair.taps("Thu hồi mã chung")
    stranger = gv.stranger()
    stranger.says(code)
    stranger.sees("đã bị thu hồi")
    chair.presses("ward_code:P10")
    assert chair.codes not in ([], [code])


def test_nobody_decides_about_another_ward(gv: Town, chair: Officer, code: str) -> None:
    comes(gv, code, "Đặng Thị Mẫu")
    take_in, turn_away = gv.notices(chair)[-1].choices
    other = gv.joined("ward_chair", "P11")
    for pressed in (take_in.id, turn_away.id):
        other.presses(pressed)
        other.sees("đã quyết định rồi, hoặc")
    for pressed in ("ward_code:P10", "poster:P10", "end_ward_code:P10", "newcomers"):
        other.presses(pressed)
        assert code not in other.text
    chair.presses(take_in.id)
    chair.sees("Đã nhận")


def test_a_role_above_is_given_by_no_code_that_many_use(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    for pressed in (
        "invite_make:secretariat:GV:many",
        "invite_make:ward_chair:P10:many",
        "invite_make:agency:CQ-VHTT:many",
    ):
        secretariat.presses(pressed)
        assert secretariat.codes == []
    secretariat.presses("invite_make:ward_chair:P10")
    assert "Một mã cho nhiều người" not in secretariat.labels


def test_somebody_with_a_role_gains_nothing_by_it_and_uses_nothing(gv: Town, chair: Officer, code: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(code)
    officer.sees("đã tham gia rồi")
    chair.presses("ward_code:P10")
    chair.sees("Đã có 0 người vào")


@pytest.fixture
def desk(gv: Town, tmp_path: Path) -> Desk:
    return Desk(gv, tmp_path)
