"""Who takes part: the secretariat and chairs see it ward by ward, and invite all who are missing with two taps."""

from tests.conversation import CODE, Town


def test_the_secretariat_sees_every_ward_and_a_ward_unit_by_unit(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05", channel="zalo")
    gv.invitation("propagandist", "P10-KP06")
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("/thamgia")
    secretariat.sees("Phường 10: 1/", "đã mời, chưa vào: 1")
    secretariat.taps("Xem thêm")
    secretariat.sees("Quận Gò Vấp: 1/")
    secretariat.says("/thamgia")
    secretariat.taps("Phường 10")
    secretariat.sees(
        "✓ Khu phố 5: ", "Zalo", "– Khu phố 6: đã mời, chưa vào, còn hạn đến 2/12/2026", "– Khu phố 7: chưa mời"
    )


def test_a_chair_invites_all_who_are_missing_with_two_taps_and_sends_each_their_text(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05")
    waiting = gv.invitation("propagandist", "P10-KP06")
    chair = gv.joined("ward_chair", "P10")
    chair.says("ai chưa tham gia")
    chair.taps("Mời tất cả nơi còn thiếu")
    chair.sees("Làm mã mời riêng", "chưa dùng vẫn giữ nguyên")
    said = chair.taps("Đúng, mời tất cả")
    texts = [message.pass_on for message in said if message.pass_on]
    codes = [CODE.findall(passed.text)[0] for passed in texts]
    assert len(set(codes)) == len(texts) > 5
    assert not any("Khu phố 5," in passed.text for passed in texts)
    assert all(passed.whole in {message.text for message in said} for passed in texts)
    assert max(len(passed.whole) for passed in texts) <= 256  # what Telegram's button copies
    stranger = gv.stranger()
    stranger.says(waiting)  # nobody can read this one again, so it gave way
    stranger.sees("không còn dùng được: đã có mã mới hơn")
    stranger.says(next(code for code, passed in zip(codes, texts, strict=True) if "Khu phố 6" in passed.text))
    stranger.sees("Chào mừng anh/chị", "Khu phố 6, Phường 10")


def test_whoever_invites_reads_the_same_codes_again_until_somebody_comes(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.presses("invite_missing:P10:yes")
    first = chair.codes
    chair.presses("pass_on:P10")
    assert chair.codes == first
    gv.stranger().says(first[0])
    chair.presses("invite_missing:P10:yes")
    assert chair.codes == first[1:]


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


def test_whose_code_expired_gets_another_with_a_tap_and_once(gv: Town) -> None:
    old = gv.invitation("propagandist", "P10-KP06")
    chair = gv.joined("ward_chair", "P10")
    gv.later(days=15)
    chair.says("/thamgia")
    chair.taps("Mã mời chưa dùng")
    again = chair.choice("Mời lại: Khu phố 6").id
    chair.presses(again)
    [code] = chair.codes
    chair.presses(again)
    chair.sees("không còn nữa")
    stranger = gv.stranger()
    stranger.says(old)
    stranger.says(code)
    stranger.sees("Chào mừng anh/chị", "Khu phố 6, Phường 10")


def test_nobody_sees_or_takes_back_what_is_of_another_ward(gv: Town) -> None:
    gv.invitation("propagandist", "P11-KP01")
    chair = gv.joined("ward_chair", "P10")
    for pressed in (
        "joined:0:P11",
        "unused:P11",
        "revoke:P11:1",
        "revoke:P10:1",
        "invite_missing:P11:yes",
        "pass_on:P11",
        "cards:P11",
    ):
        chair.presses(pressed)
        assert "P11" not in str(chair.heard)
        assert "Phường 11" not in str(chair.heard)
    officer = gv.joined("propagandist", "P10-KP01")
    officer.says("/thamgia")
    assert "Khu phố 5" not in str(officer.heard)
