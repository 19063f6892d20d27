"""Who takes part: the secretariat and chairs see it ward by ward, and invite all who are missing with two taps."""

import re

from tests.conversation import Town

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def test_the_secretariat_sees_every_ward_and_a_ward_unit_by_unit(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05", channel="zalo")
    gv.invitation("propagandist", "P10-KP06")
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("/thamgia")
    secretariat.sees("Phường 10: 1/", "đã mời, chưa vào 1")
    secretariat.taps("Xem thêm")
    secretariat.sees("Quận Gò Vấp: 1/")
    secretariat.says("/thamgia")
    secretariat.taps("Phường 10")
    secretariat.sees(
        "✓ Khu phố 5: ", "Zalo", "– Khu phố 6: đã mời, chưa vào, còn hạn đến 2/12/2026", "– Khu phố 7: chưa mời"
    )


def test_a_chair_invites_all_who_are_missing_with_two_taps_and_forwards_the_codes(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05")
    old = gv.invitation("propagandist", "P10-KP06")
    chair = gv.joined("ward_chair", "P10")
    chair.says("ai chưa tham gia")
    chair.taps("Mời tất cả nơi còn thiếu")
    chair.sees("Làm mã mời riêng", "chưa dùng sẽ hết hiệu lực: 1 mã")
    said = chair.taps("Đúng, mời tất cả")
    text = "\n".join(message.text for message in said)
    units = [line for line in text.splitlines() if line.startswith("• ")]
    assert len(units) == len(set(CODE.findall(text))) > 5
    assert not any("Khu phố 5:" in line or "Phường 10" in line for line in units)
    assert all(len(message.text) <= 1_900 for message in said)
    stranger = gv.stranger()
    stranger.says(old)
    stranger.sees("không còn dùng được: đã có mã mới hơn")
    stranger.says(CODE.findall(next(line for line in units if "Khu phố 6" in line))[0])
    stranger.sees("Chào mừng anh/chị", "Khu phố 6, Phường 10")


def test_a_code_is_taken_back_with_a_tap(gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP06")
    chair = gv.joined("ward_chair", "P10")
    chair.says("/thamgia")
    chair.taps("Mã mời chưa dùng")
    chair.sees("Mã mời chưa dùng: 1", "• Khu phố 6: làm ngày 18/11/2026, còn hạn đến 2/12/2026")
    chair.taps("Thu hồi: Khu phố 6")
    chair.sees("Đã thu hồi", "– Khu phố 6: chưa mời")
    stranger = gv.stranger()
    stranger.says(code)
    stranger.sees("đã bị thu hồi")


def test_nobody_sees_or_takes_back_what_is_of_another_ward(gv: Town) -> None:
    gv.invitation("propagandist", "P11-KP01")
    chair = gv.joined("ward_chair", "P10")
    for pressed in ("joined:0:P11", "unused:P11", "revoke:P11:1", "revoke:P10:1", "invite_missing:P11:yes"):
        chair.presses(pressed)
        assert "P11" not in str(chair.heard)
        assert "Phường 11" not in str(chair.heard)
    officer = gv.joined("propagandist", "P10-KP01")
    officer.says("/thamgia")
    assert "Khu phố 5" not in str(officer.heard)
