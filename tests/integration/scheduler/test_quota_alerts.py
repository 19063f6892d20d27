"""The secretariat hears of a bot that runs short: at 70 and 90 percent and when nothing is left, once each."""

from sqlalchemy import select

from scheduler.quota_alerts import warn_of_quotas
from storage import tables as t
from storage.delivery import usage
from storage.directory import bots
from tests.conversation import Town


def notices(gv: Town) -> list[str]:
    query = select(t.outbox.c.body).where(t.outbox.c.kind == "notice").order_by(t.outbox.c.id)
    return list(gv.database.read(lambda db: db.scalars(query).all()))


def spend(gv: Town, messages: int) -> None:
    gv.database.write(lambda db: usage.add(db, "zalo", "100", usage.month_of(gv.now), sent=messages)).result()
    gv.database.write(lambda db: warn_of_quotas(db, gv.now)).result()
    gv.database.write(lambda db: warn_of_quotas(db, gv.now)).result()


def test_each_stage_is_told_once_to_the_secretariat_only(gv: Town) -> None:
    gv.joined("secretariat", "GV")
    gv.joined("ward_chair", "P10")
    gv.database.write(lambda db: bots.introduce(db, "zalo", "100", "Phường 10")).result()
    spend(gv, 2_000)
    assert notices(gv) == []
    spend(gv, 100)
    assert len(notices(gv)) == 1
    assert "Phường 10 đã dùng 70 %" in notices(gv)[0]
    spend(gv, 600)
    spend(gv, 300)
    assert ["đã hết lượt tin" in text for text in notices(gv)] == [False, False, True]


def test_a_new_month_begins_anew(gv: Town) -> None:
    gv.joined("secretariat", "GV")
    gv.database.write(lambda db: bots.introduce(db, "zalo", "100", "Phường 10")).result()
    spend(gv, 2_100)
    gv.later(days=30)
    spend(gv, 2_100)
    assert len(notices(gv)) == 2
