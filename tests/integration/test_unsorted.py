"""People whose sex nobody noted: taken as a total, shown as such, asked for again at most twice, never split."""

from datetime import UTC, datetime

from sqlalchemy import select

from messages import Outgoing, decode
from scheduler.digest import compose
from storage import tables as t
from tests.conversation import CALENDAR, Officer, Town
from tests.ticking import tick

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""9:00, after the Action Month's Monday fell due, of which everybody is told."""
QUESTION = "còn 75 người chưa phân nam nữ. Anh/chị bổ sung"


def reports(officer: Officer, *, total: str = "75 người") -> None:
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says("hôm nay")
    officer.taps("Người dân")
    officer.says(total)
    officer.taps("Ghi ")
    officer.taps("Gửi báo cáo")


def digest(gv: Town) -> Outgoing | None:
    """What the digest of the next Monday says to the first person."""
    gv.now = MONDAY
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, gv.now)).result()
    row = select(t.outbox.c.id).where(t.outbox.c.kind == "digest", t.outbox.c.person_id == 1)
    outbox_id = gv.database.read(lambda db: db.scalars(row).one())
    job = gv.database.write(lambda db: compose(db, gv.world.plan, CALENDAR, outbox_id, 1, gv.now))
    body = job.result()
    return None if body is None else decode(body)


def test_a_total_is_taken_with_one_tap_and_shown_as_such(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says("hôm nay")
    officer.taps("Người dân")
    officer.says("75 người")
    officer.sees("Tôi hiểu là có tất cả 75 người", "nữ 30, nam 15")
    officer.taps("Ghi 75, bổ sung nam nữ sau")
    officer.sees("75 người (chưa phân nam nữ)", "Gửi báo cáo này nhé?")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "75 lượt người (chưa phân nam nữ) · Người dân")


def test_where_there_are_no_buttons_a_word_takes_the_total(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.says("báo cáo")
    officer.says("1")
    officer.says("2")
    officer.says("hôm nay")
    officer.says("1")
    officer.says("75")
    assert officer.choice("Ghi 75").word == "ghi"
    officer.says("ghi")
    officer.says("gửi")
    officer.sees("Đã lưu", "75 lượt người (chưa phân nam nữ)")


def test_the_authors_list_asks_twice_and_no_more(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer)
    for _ in range(2):
        officer.says("của tôi")
        officer.sees(f"Báo cáo ngày 18/11/2026 (Nói chuyện: gia đình, chống bạo lực) {QUESTION}")
        assert officer.choice("Không rõ")
    officer.says("của tôi")
    assert QUESTION not in officer.text


def test_what_is_added_takes_the_place_of_the_total(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer)
    officer.says("của tôi")
    officer.taps("Bổ sung nam nữ")
    officer.sees("Đã ghi: 75")
    officer.says("nữ 50 nam 25")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong", "75 lượt người: 50 nữ, 25 nam")
    officer.says("của tôi")
    assert "chưa phân" not in officer.text


def test_nobody_knows_is_the_last_word(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer)
    officer.says("của tôi")
    officer.taps("Không rõ")
    officer.sees("không hỏi lại nữa")
    officer.says("của tôi")
    assert QUESTION not in officer.text


def test_the_next_digest_asks_as_well(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer)
    message = digest(gv)
    assert message is not None
    assert QUESTION in message.text
    assert {"Bổ sung nam nữ", "Không rõ"} <= {choice.label for choice in message.choices}


def test_a_digest_asks_nothing_once_nobody_knows(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer)
    officer.says("của tôi")
    officer.taps("Không rõ")
    message = digest(gv)
    assert message is not None
    assert "bổ sung bao nhiêu nữ" not in message.text


def test_an_old_button_changes_nothing(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer)
    officer.says("của tôi")
    unsure, sort = officer.choice("Không rõ").id, officer.choice("Bổ sung nam nữ").id
    officer.presses(sort)
    officer.says("nữ 50 nam 25")
    officer.taps("Gửi báo cáo")
    for old in (unsure, sort):
        officer.presses(old)
        officer.sees("75 lượt người: 50 nữ, 25 nam")


def test_women_men_and_some_unsorted_are_noted_together(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports(officer, total="35 người, 20 nữ, 10 nam")
    officer.sees("35 lượt người: 20 nữ, 10 nam, 5 chưa phân nam nữ")
