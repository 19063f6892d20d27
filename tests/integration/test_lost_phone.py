"""A phone is lost: its chats end with a tap, and what waited there goes where the person opens the bot next."""

import re

from sqlalchemy import Connection, select

from storage import tables as t
from storage.delivery import subscriptions
from tests.conversation import Officer, Town
from tests.fakes.push import Browser

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def connected(officer: Officer, channel: str) -> Officer:
    officer.says("/ketnoi")
    other = officer.town.stranger(channel=channel)
    other.says(officer.text.splitlines()[1])
    return other


def waiting_for(gv: Town, account: str) -> int:
    query = select(t.outbox.c.id).join(t.account, t.account.c.id == t.outbox.c.account_id)
    mine = (t.account.c.external_id == account, t.outbox.c.kind == "notice", t.outbox.c.state == "pending")
    return len(gv.database.read(lambda db: db.scalars(query.where(*mine)).all()))


def may_be_pushed_to(gv: Town) -> None:
    """Let the account used last have a browser that is knocked at."""
    pushed = Browser("hoa", "").subscription

    def keep(db: Connection) -> None:
        newest = db.scalar(select(t.account.c.id).order_by(t.account.c.id.desc()).limit(1))
        subscriptions.keep(db, newest or 0, pushed, gv.now)

    gv.database.write(keep).result()


def test_a_person_ends_their_other_chats_and_gets_here_what_waited_there(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    lost = gv.joined("propagandist", "P10-KP05", channel="zalo")
    lost.reports()
    here = connected(lost, "web")
    gv.later(hours=1)
    chair.presses("return:1:1:numbers")
    assert waiting_for(gv, lost.account) == 1
    here.says("mất điện thoại")
    here.sees("Đã ngắt 1 nơi khác", "chuyển về đây")
    assert (waiting_for(gv, lost.account), waiting_for(gv, here.account)) == (0, 1)
    lost.says("báo cáo")
    lost.sees("mã mời")
    here.says("/toi")
    assert not [label for label in here.labels if label.startswith(("Gỡ", "Mất"))]
    here.says("mất máy")
    here.sees("chỉ dùng bot ở đây")


def test_a_chair_ends_the_chats_of_an_officer_who_comes_back_as_themselves(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    lost = gv.joined("propagandist", "P10-KP05", channel="zalo")
    lost.says("/toi Trần Thị Lan")
    may_be_pushed_to(gv)
    lost.reports()
    lost.says("báo cáo")
    lost.taps("Buổi sinh hoạt")
    chair.presses("return:1:1:numbers")
    chair.says("/canbo")
    chair.taps("Khu phố 5")
    chair.taps("Mất điện thoại: ngắt các cuộc trò chuyện")
    chair.taps("Đúng, ngắt và làm mã mới")
    chair.sees("Đã ngắt. Mã của Trần Thị Lan")
    found = CODE.search(chair.text)
    assert found is not None
    assert gv.database.read(lambda db: db.scalars(select(t.push_subscription.c.id)).all()) == []
    lost.says("báo cáo")
    lost.sees("mã mời")
    assert waiting_for(gv, lost.account) == 0
    gv.later(days=2)
    new = gv.stranger(channel="telegram")
    new.says(found[0])
    new.sees("Đã kết nối")
    assert waiting_for(gv, new.account) == 1
    new.says("/toi")
    new.sees("Trần Thị Lan", "cán bộ tuyên truyền, Khu phố 5, Phường 10")
    new.says("bản nháp")
    assert any("dở ở" in label for label in new.labels)


def test_nobody_ends_the_chats_of_somebody_whom_they_do_not_look_after_in_all_roles(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(f"/start {gv.invitation('propagandist', 'P11-KP01')}")
    colleague = gv.joined("propagandist", "P10-KP06")
    for somebody in (chair, colleague):
        somebody.presses("end_chats:2:yes")
        assert not CODE.search(somebody.text)
    officer.says("báo cáo")
    officer.sees("Báo cáo này cho đơn vị nào")
    chair.presses("end_chats:2")
    chair.sees("Tôi không ngắt được")
