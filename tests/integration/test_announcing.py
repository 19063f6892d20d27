"""Announcing to many: who may to whom, the preview, the night, second thoughts, and whom it reached."""

from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, Connection, func, select, update

from messages import File, Outgoing
from periods.days import local_day
from storage import tables as t
from storage.directory import bots
from storage.tables.states import AttachmentState, OutboxState
from tests.conversation import Officer, Town
from tests.integration.changing import merged, moved
from tests.ticking import tick

WORDS = "Mời anh/chị dự họp 8h thứ Sáu, 20/11, hội trường phường. Liên hệ chị Lan 0903 123 456."


GONE = update(t.attachment).values(state=AttachmentState.LOST)


def at_night(gv: Town) -> None:
    """21:00."""
    gv.later(hours=11)


def write(chair: Officer, words: str = WORDS, *taps: str) -> None:
    chair.says("/thongbao")
    chair.taps("Soạn thông báo")
    chair.says(words)
    chair.taps("Bỏ qua")
    for label in taps:
        chair.taps(label)


def tick_later(gv: Town, **span: float) -> None:
    gv.later(**span)
    gv.database.write(lambda db: tick(db, gv.world.plan, gv.world.calendar, gv.now)).result()


def announced(gv: Town, officer: Officer) -> list[Outgoing]:
    return [message for message in gv.notices(officer) if message.text.startswith("📢")]


def test_a_chair_writes_to_everybody_in_the_ward_and_to_nobody_else(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    other, secretariat = gv.joined("propagandist", "P11-KP01"), gv.joined("secretariat", "GV")
    write(chair)
    chair.sees("Gửi đến 1 người.", "sau khi anh/chị bấm gửi một phút", "0903 123 456")
    chair.sees("Gửi đi nhé?")
    chair.taps("Gửi đi")
    chair.sees("Một phút nữa tin đi")
    tick_later(gv, seconds=30)
    assert not announced(gv, one)
    tick_later(gv, seconds=40)
    tick_later(gv, seconds=40)
    (message,) = announced(gv, one)
    assert message.text == f"📢 Thông báo của Phường 10\n\n{WORDS}"
    assert not announced(gv, other)
    assert not announced(gv, secretariat)
    assert not announced(gv, chair)


def test_the_secretariat_chooses_for_whom_it_is(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    other, agency = gv.joined("ward_chair", "P11"), gv.joined("agency", "CQ-VHTT")
    people = (chair, one, other, agency)
    for audience, units, reached in (
        ("Mọi người", "", people),
        ("Các phường", "", (chair, other)),
        ("Phòng, ban", "", (agency,)),
        ("Tuyên truyền viên", "", (one,)),
        ("Mọi người ở một số", "phường 10", (chair, one)),
        ("Chỉ người phụ trách", "phường 10, phường 11", (chair, other)),
    ):
        before = {officer.account: len(announced(gv, officer)) for officer in people}
        secretariat.says("thông báo")
        secretariat.taps("Soạn thông báo")
        secretariat.taps(audience)
        if units:
            secretariat.says(units)
        secretariat.says("Họp giao ban")
        secretariat.taps("Bỏ qua")
        secretariat.sees(f"Gửi đến {len(reached)} người.")
        secretariat.taps("Gửi")
        tick_later(gv, minutes=2)
        new = [officer for officer in people if len(announced(gv, officer)) > before[officer.account]]
        assert new == list(reached), audience
    assert announced(gv, agency)[0].text == "📢 Thông báo của Thường trực Ban\n\nHọp giao ban"


def test_a_chair_cannot_see_or_stop_what_another_ward_announced(gv: Town) -> None:
    chair, other = gv.joined("ward_chair", "P10"), gv.joined("ward_chair", "P11")
    one = gv.joined("propagandist", "P10-KP05")
    write(chair)
    chair.taps("Gửi")
    for pressed in ("see_announcement:1", "stop_announcement:1", "announced_to:1:0"):
        other.presses(pressed)
        assert "Chưa có thông báo nào" in other.text
    one.presses("announce")
    assert "Nội dung thông báo" not in one.text
    tick_later(gv, minutes=2)
    assert announced(gv, one)


def test_at_night_it_waits_for_the_morning_unless_it_is_urgent(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    at_night(gv)
    write(chair, WORDS, "Chờ đến sáng")
    chair.sees("Đang là buổi tối: tin sẽ đi lúc 07:00 ngày 19/11/2026")
    chair.taps("Gửi")
    tick_later(gv, hours=3)
    assert not announced(gv, one)
    write(chair, "Nước dâng, sơ tán ngay", "Gấp")
    chair.taps("Gửi")
    tick_later(gv, minutes=2)
    assert [message.text.split("\n\n")[1] for message in announced(gv, one)] == ["Nước dâng, sơ tán ngay"]
    tick_later(gv, hours=8)
    assert len(announced(gv, one)) == 2


def test_who_was_meant_at_night_gets_it_though_their_ward_is_another_in_the_morning(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    two, stranger = gv.joined("propagandist", "P10-KP06"), gv.joined("propagandist", "P12-KP01")
    at_night(gv)
    write(chair, WORDS, "Chờ đến sáng")
    chair.taps("Gửi")
    day = local_day(gv.now) + timedelta(days=1)
    merged(gv, day, "P10-KP06", "P10-KP05")
    moved(gv, day, "P10-KP06", "Khu phố 6", "P12")
    merged(gv, day, "P12", "P10")
    tick_later(gv, hours=12)
    assert announced(gv, one)
    assert announced(gv, two)
    assert not announced(gv, stranger)


def test_what_was_kept_back_by_an_outage_until_the_night_waits_too(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    write(chair)
    chair.taps("Gửi")
    tick_later(gv, hours=12)
    assert not announced(gv, one)
    tick_later(gv, hours=10)
    assert announced(gv, one)


@pytest.mark.parametrize("days", [1, 400])
def test_a_moment_of_wrong_clock_holds_no_announcement_back(gv: Town, days: int) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    gv.later(days=days)
    write(chair)
    chair.taps("Gửi")
    tick_later(gv, days=-days, minutes=2)
    assert announced(gv, one)


def test_a_second_thought_stops_it_before_anybody_gets_it(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    write(chair)
    chair.taps("Gửi")
    gv.later(seconds=50)
    chair.taps("Dừng lại")
    chair.sees("Đã dừng. Chưa ai nhận tin này.")
    tick_later(gv, minutes=5)
    assert not announced(gv, one)
    chair.presses("stop_announcement:1")
    chair.sees("Tin đã dừng")


def test_later_it_stops_what_has_not_gone_and_says_whom_it_reached(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    people = [gv.joined("propagandist", f"P10-KP0{number}") for number in (1, 2, 3)]
    write(chair)
    chair.taps("Gửi")
    tick_later(gv, minutes=2)
    settle(gv, people[0], OutboxState.SENT)
    settle(gv, people[1], OutboxState.DEAD, "too_long")
    chair.taps("Ai đã nhận")
    chair.sees("Số người: đã gửi: 1, đang chờ: 1, không gửi được: 1.")
    chair.taps("Từng người")
    chair.sees("tin quá dài")
    chair.presses("stop_announcement:1")
    chair.sees("Trước đó 1 người đã nhận", "đã dừng: 1")
    states = gv.database.read(lambda db: db.scalars(select(t.outbox.c.state).where(_is_announced())).all())
    assert sorted(states) == [OutboxState.DEAD, OutboxState.SENT, OutboxState.SKIPPED]


def _is_announced() -> ColumnElement[bool]:
    return t.outbox.c.body.contains("Thông báo của") & (t.outbox.c.kind == "notice")


def settle(gv: Town, officer: Officer, state: OutboxState, error: str = "") -> None:
    mine = select(t.account.c.id).where(t.account.c.external_id == officer.account).scalar_subquery()
    done = update(t.outbox).where(_is_announced(), t.outbox.c.account_id == mine).values(state=state, error=error)
    gv.database.write(lambda db: db.execute(done)).result()


def test_who_cannot_be_reached_is_counted_before_and_named_after(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    one, two = gv.joined("propagandist", "P10-KP05"), gv.joined("propagandist", "P10-KP06")
    gone = update(t.account).where(t.account.c.external_id == two.account).values(usable=False)
    gv.database.write(lambda db: db.execute(gone)).result()
    write(chair)
    chair.sees("Gửi đến 1 người.", "1 người chưa nhận được tin của bot")
    chair.taps("Gửi")
    tick_later(gv, minutes=2)
    assert announced(gv, one)
    chair.taps("Ai đã nhận")
    chair.taps("Từng người")
    chair.sees("chưa có kênh nào nhận được tin")


def test_a_second_press_says_that_the_announcement_has_gone(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    gv.joined("propagandist", "P10-KP05")
    write(chair)
    send = chair.choice("Gửi").id
    chair.presses(send)
    chair.presses(send)
    chair.sees("Thông báo đó đã gửi rồi")
    assert chair.labels == ["Thông báo đến nhiều người", "Menu"]


def test_an_announcement_for_nobody_is_not_kept(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    write(chair)
    chair.taps("Gửi")
    chair.sees("chưa có ai nhận được tin")
    assert not gv.database.read(lambda db: db.scalars(select(t.announcement.c.id)).all())


def test_what_it_costs_of_a_bots_month_is_said(gv: Town) -> None:
    gv.database.write(lambda db: bots.introduce(db, "zalo", "bot", "Gò Vấp 1")).result()
    chair = gv.joined("ward_chair", "P10")
    gv.joined("propagandist", "P10-KP05", channel="zalo")
    gv.joined("propagandist", "P10-KP06")
    write(chair)
    chair.sees("Gửi đến 2 người.", "Qua bot Zalo Gò Vấp 1 tốn ít nhất 1 tin; tháng này đã dùng", "/3.000 tin")


def test_a_picture_goes_with_it_once_it_is_here(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    chair.says("/thongbao")
    chair.taps("Soạn thông báo")
    chair.says(WORDS)
    chair.sends(File(is_image=True, name="thu-moi.jpg", mime="image/jpeg", size=9, remote="file-1"))
    chair.taps("Gửi")
    tick_later(gv, minutes=2)
    assert not announced(gv, one)
    here = update(t.attachment).values(state=AttachmentState.STORED, sha256="ab" * 32)
    gv.database.write(lambda db: db.execute(here)).result()
    tick_later(gv, minutes=1)
    (message,) = announced(gv, one)
    assert message.pictures[0].data == {"sha256": "ab" * 32}


def test_a_file_goes_with_it_and_one_that_never_came_stops_it(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    file = File(is_image=False, name="thu-moi.pdf", mime="application/pdf", size=9, sha256="cd" * 32)
    for lost in (False, True):
        chair.says("/thongbao")
        chair.taps("Soạn thông báo")
        chair.says(WORDS)
        chair.sends(file)
        chair.taps("Gửi")
        if lost:
            gv.database.write(lambda db: db.execute(GONE)).result()
        tick_later(gv, minutes=2)
    (message,) = announced(gv, one)
    assert message.document is not None
    assert (message.document.name, message.document.data) == ("thu-moi.pdf", {"sha256": "cd" * 32})
    chair.taps("Ai đã nhận")
    chair.sees("chưa gửi cho ai")


def test_a_text_that_is_too_long_is_asked_for_again(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    gv.joined("propagandist", "P10-KP05")
    chair.says("/thongbao")
    chair.taps("Soạn thông báo")
    chair.says("ă" * 1_501)
    chair.sees("viết gọn trong 1.500 ký tự")


def test_it_is_in_the_audit_trail(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    gv.joined("propagandist", "P10-KP05")
    write(chair)
    chair.taps("Gửi")
    chair.taps("Dừng lại")
    row = t.audit.c
    deeds = gv.database.read(lambda db: db.scalars(select(row.action).where(row.subject == "announcement:1")).all())
    assert list(deeds) == ["announce", "stop"]


def test_nobody_gets_it_twice_however_often_it_is_addressed(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    write(chair)
    chair.taps("Gửi")
    tick_later(gv, minutes=2)

    def again(db: Connection) -> None:
        db.execute(update(t.announcement).values(state="waiting"))

    gv.database.write(again).result()
    tick_later(gv, minutes=1)
    assert len(announced(gv, one)) == 1
    assert gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.announcement_receipt))) == 1


def test_the_author_still_sees_and_stops_what_waits_when_their_ward_was_merged(gv: Town) -> None:
    chair, one = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    other = gv.joined("ward_chair", "P11")
    at_night(gv)
    write(chair, WORDS, "Chờ đến sáng")
    chair.taps("Gửi")
    merged(gv, local_day(gv.now) + timedelta(days=1), "P12", "P10")
    tick_later(gv, hours=6)
    other.says("/thongbao")
    assert not [label for label in other.labels if "Mời" in label]
    chair.says("/thongbao")
    (label,) = [label for label in chair.labels if "Mời anh/chị" in label]
    chair.taps(label)
    chair.taps("Dừng")
    chair.sees("Đã dừng")
    tick_later(gv, hours=6)
    assert not announced(gv, one)
