"""Coming in: codes right, wrong, used and expired; consent before anything else; strangers answered once a day."""

import pytest
from sqlalchemy import func, select

from storage import tables as t
from tests.conversation import Town


def test_nothing_but_navigation_works_before_the_consent(gv: Town) -> None:
    officer = gv.stranger()
    officer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    officer.sees("cán bộ tuyên truyền, Khu phố 5, Phường 10", "Lưu gì", "/toi")
    officer.says("báo cáo")
    officer.sees("Lưu gì")
    officer.taps("Tôi đồng ý, bắt đầu")
    officer.sees("Mọi việc bắt đầu từ menu này")
    consent = gv.database.read(lambda db: db.execute(select(t.consent)).one())
    assert consent.text_version


def test_whoever_has_no_button_is_told_what_to_write(gv: Town) -> None:
    officer = gv.stranger(channel="zalo")
    officer.says(gv.invitation("propagandist", "P10-KP05"))
    officer.sees("chỉ cần trả lời: đồng ý")
    officer.says("báo cáo")
    officer.sees("chỉ cần trả lời: đồng ý")


@pytest.mark.parametrize("before", ["", "báo cáo"])
@pytest.mark.parametrize("words", ["đồng ý", "dong y", "Tôi đồng ý.", "ok", "1"])
def test_the_consent_is_given_in_words_too(gv: Town, before: str, words: str) -> None:
    officer = gv.stranger(channel="zalo")
    officer.says(gv.invitation("propagandist", "P10-KP05"))
    if before:
        officer.says(before)
    officer.says(words)
    officer.sees("Mọi việc bắt đầu từ menu này")


def test_photos_before_the_consent_are_asked_for_again_once(gv: Town) -> None:
    officer = gv.stranger()
    officer.says(gv.invitation("propagandist", "P10-KP05"))
    officer.photographs()
    officer.sees("hình hoặc tệp vừa gửi chưa được nhận", "Lưu gì", "trả lời: đồng ý")
    assert officer.photographs("cd" * 32) == officer.photographs("ef" * 32) == []
    officer.says("báo cáo")
    officer.sees("Lưu gì")
    officer.photographs()
    officer.taps("Tôi đồng ý, bắt đầu")
    officer.sees("gửi lại")
    assert gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.attachment))) == 0


@pytest.mark.parametrize("spelling", ["{0}-{1}", "{0} {1}", "mã {0}{1}", "ma {0}-{1}", "/start {0}{1}", " {0}-{1} "])
def test_a_code_is_understood_however_it_is_typed(gv: Town, spelling: str) -> None:
    code = gv.invitation("propagandist", "P10-KP05").lower()
    officer = gv.stranger()
    officer.says(spelling.format(code[:4], code[4:]))
    officer.sees("Chào mừng anh/chị")


def test_a_used_code_says_so(gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    gv.stranger().says(code)
    second = gv.stranger()
    second.says(code)
    second.sees("đã được dùng rồi")


def test_one_code_can_serve_a_meeting(gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05", uses=2)
    for officer in (gv.stranger(), gv.stranger()):
        officer.says(code)
        officer.sees("Chào mừng")
    third = gv.stranger()
    third.says(code)
    third.sees("đã được dùng rồi")


def test_an_expired_code_says_so(gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    gv.later(days=15)
    officer = gv.stranger()
    officer.says(code)
    officer.sees("đã hết hạn")


def test_wrong_codes_are_slowed_down_and_a_right_one_must_wait_too(gv: Town) -> None:
    officer = gv.stranger()
    for _ in range(5):
        officer.says("KKKK-KKKK")
        officer.sees("chưa đúng")
    officer.says("KKKK-KKKK")
    officer.sees("sau 5 phút")
    code = gv.invitation("propagandist", "P10-KP05")
    assert officer.says(code) == []
    gv.later(minutes=6)
    officer.says(code)
    officer.sees("Chào mừng")


@pytest.mark.parametrize("kind", ["wrong", "used", "/start"])
def test_who_keeps_sending_codes_is_answered_six_times_and_then_once_a_bar(gv: Town, kind: str) -> None:
    used = gv.invitation("propagandist", "P10-KP05")
    gv.stranger().says(used)
    code = {"wrong": "KKKK-KKKK", "used": used, "/start": "/start x"}[kind]
    guesser = gv.stranger(channel="zalo")
    assert sum(len(guesser.says(code)) for _ in range(100)) == 6
    gv.later(minutes=6)
    assert sum(len(guesser.says(code)) for _ in range(100)) == 1


def test_a_stranger_is_told_once_a_day_how_to_join_and_leaves_no_words_behind(gv: Town) -> None:
    officer = gv.stranger()
    officer.says("alo, bí mật của tôi")
    officer.sees("mã mời")
    assert officer.says("alo") == []
    gv.later(days=1)
    officer.says("alo")
    officer.sees("mã mời")
    stored = gv.database.read(lambda db: [tuple(row) for row in db.execute(select(t.stranger))])
    assert len(stored) == 1
    assert "bí mật" not in repr(stored)
    inbox = gv.database.read(lambda db: db.execute(select(t.inbox.c.body)).scalars().all())
    assert set(inbox) == {None}


def test_a_second_code_adds_a_role_to_the_same_person(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(gv.invitation("ward_chair", "P10"))
    officer.sees("Đã thêm", "Chủ tịch UBND, Phường 10")
    officer.says("/toi")
    officer.sees("cán bộ tuyên truyền, Khu phố 5, Phường 10", "Chủ tịch UBND, Phường 10")
    assert gv.database.read(lambda db: db.execute(select(func.count()).select_from(t.person)).scalar_one()) == 1


def test_the_chair_invites_in_chat_with_code_link_and_picture(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("mời")
    chair.taps("Cán bộ tuyên truyền")
    chair.taps("Khu phố 2")
    chair.sees("Khu phố 2", "https://bot.example/j/", "Dùng cho 1 người")
    head, passed = chair.heard
    (picture,) = head.pictures
    assert picture.kind == "qr"
    given = passed.pass_on
    assert given is not None
    assert passed.text == given.whole  # it can be forwarded as it is
    assert "Khu phố 2" in given.text
    officer = gv.stranger()
    officer.says(given.link.rpartition("/")[2])
    officer.sees("Khu phố 2")


def test_a_chair_invites_to_no_other_ward_and_makes_no_secretariat(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    for press in (
        "invite_make:propagandist:P11-KP01:1",
        "invite_make:secretariat:GV:1",
        "invite_make:ward_chair:P11:1",
    ):
        before = gv.database.read(lambda db: db.execute(select(func.count()).select_from(t.invitation)).scalar_one())
        chair.presses(press)
        after = gv.database.read(lambda db: db.execute(select(func.count()).select_from(t.invitation)).scalar_one())
        assert after == before, press


def test_language_is_the_persons_own_choice(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/ngonngu")
    officer.taps("English")
    officer.sees("From now on I speak English.")
    officer.says("report")
    officer.sees("What would you like to report?")


@pytest.mark.parametrize(
    ("role", "unit", "name"),
    [("propagandist", "P10-KP05", "cán bộ tuyên truyền Khu phố 5"), ("ward_chair", "P10", "Chủ tịch UBND Phường 10")],
)
def test_whoever_gave_no_name_is_greeted_without_their_title(gv: Town, role: str, unit: str, name: str) -> None:
    officer = gv.joined(role, unit)
    for _ in range(2):
        officer.says("/menu")
        officer.sees("Chào anh/chị! Anh/chị muốn làm gì")
        officer.says("/toi")
        officer.sees(f"Anh/chị là {name}.")
        officer.presses("language:en")
        officer.presses("language:vi")
    officer.says("/toi Nguyễn Thị Lan")
    officer.says("/menu")
    officer.sees("Chào anh/chị Nguyễn Thị Lan!")


def test_one_person_goes_on_with_the_same_draft_on_another_channel(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.says("/ketnoi")
    code = officer.text.splitlines()[1]
    here = gv.stranger(channel="zalo")
    here.says(code)
    here.sees("Đã kết nối")
    here.says("/menu")
    here.taps("Làm tiếp bản nháp")
    here.sees("Hoạt động nào?")
    people = gv.database.read(lambda db: db.execute(select(func.count()).select_from(t.person)).scalar_one())
    assert people == 1


def test_a_person_sees_and_removes_their_own_accounts(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.says("kết nối")
    other = gv.stranger(channel="web")
    other.says(officer.text.splitlines()[1])
    officer.says("/toi")
    officer.sees("Telegram", "trình duyệt")
    officer.taps("Gỡ trình duyệt")
    officer.sees("Đã gỡ")
    gv.later(days=1)
    other.says("báo cáo")
    other.sees("mã mời")


def test_nobody_removes_an_account_that_is_not_theirs(gv: Town) -> None:
    officer, other = gv.joined("propagandist", "P10-KP05"), gv.joined("propagandist", "P10-KP06")
    for account in range(1, 4):
        officer.presses(f"release:{account}")
    other.says("báo cáo")
    other.sees("Anh/chị muốn báo việc gì?")


def test_a_code_sent_twice_before_the_consent_asks_for_it_again(gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    officer = gv.stranger()
    officer.says(code)
    officer.says(code)
    officer.sees("Lưu gì")


def test_an_officer_sees_that_the_week_is_due_and_answers_with_one_tap(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("việc cần làm")
    officer.sees("báo cáo tuần 47", "trước 7:00 thứ Hai 23/11/2026")
    officer.taps("Tuần này không có hoạt động")
    officer.says("hạn")
    officer.sees("không có việc đến hạn")
