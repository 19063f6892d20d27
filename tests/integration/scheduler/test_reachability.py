"""Whoever blocks the bot on one channel hears by the other what waited there."""

import pytest
from sqlalchemy import select

from messages import Outgoing, Reachability, encode
from scheduler.outcomes import Outcome, Unreachable
from scheduler.settling import Attempt, settle
from storage import tables as t
from storage.delivery.notices import notify
from storage.directory.accounts import add_account, set_usable
from tests.conversation import Town as Conversation
from tests.integration.scheduler.town import LANE, Town, at

NOW = "2020-11-06 15:00"
BLOCKED = Unreachable("403")


@pytest.fixture
def lan(town: Town) -> int:
    return town.joins("Lan", "propagandist", "P10-KP01")


def zalo_of(town: Town, person: int) -> int:
    """Another account, which was used before."""
    return add_account(town.db, person, "zalo", "7", f"z{person}", at("2018-01-01"))


def places(town: Town) -> list[tuple[str, int]]:
    """What is queued for which account."""
    rows = town.db.execute(select(t.outbox.c.kind, t.outbox.c.account_id).order_by(t.outbox.c.id))
    return [(kind, account) for kind, account in rows]


def tries_one(town: Town, outcome: Outcome) -> None:
    (row,) = town.claim(NOW, 1)
    settle(town.db, [Attempt(LANE, row, outcome)], machine=town.machine, now=at(NOW), chance=1.0)


def test_what_waits_behind_a_refused_message_goes_along(town: Town, lan: int) -> None:
    zalo = zalo_of(town, lan)
    for text in ("1", "2"):
        notify(town.db, lan, Outgoing(text), at(NOW))
    town.tick(NOW)
    tries_one(town, BLOCKED)
    assert places(town) == [("notice", zalo), ("notice", zalo), ("digest", zalo)]
    assert town.states() == ["pending"] * 3


def test_who_has_no_other_account_finds_it_there_on_coming_back(town: Town, lan: int) -> None:
    for text in ("1", "2"):
        notify(town.db, lan, Outgoing(text), at(NOW))
    tries_one(town, BLOCKED)
    set_usable(town.db, town.account(lan), usable=True)
    assert [row.body for row in town.claim(NOW)] == [encode(Outgoing("2"))]


def test_another_persons_messages_stay_where_they_are(town: Town, lan: int) -> None:
    """A phone that was handed on: what was queued for its last owner is not the new one's to read elsewhere."""
    zalo = zalo_of(town, lan)
    mai = town.joins("Mai", "propagandist", "P10-KP02")
    for _ in range(2):
        notify(town.db, mai, Outgoing("1"), at(NOW))
    town.db.execute(t.outbox.update().values(account_id=town.account(lan)))
    notify(town.db, lan, Outgoing("2"), at(NOW))
    tries_one(town, BLOCKED)
    assert places(town) == [("notice", town.account(each)) for each in (mai, lan)] + [("notice", zalo)]


def test_whom_the_platform_reports_as_gone_hears_by_the_other_channel(gv: Conversation) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.says("/ketnoi")
    phone = gv.stranger(channel="zalo")
    phone.says(f"/start {officer.text.splitlines()[1]}")
    gv.later(hours=1)
    officer.says("menu")
    person = gv.database.read(lambda db: db.scalars(select(t.person.c.id)).one())
    gv.database.write(lambda db: notify(db, person, Outgoing("1"), gv.now)).result()
    assert (gv.notices(officer), gv.notices(phone)) == ([Outgoing("1")], [])
    officer.sends(Reachability(usable=False))
    assert (gv.notices(officer), gv.notices(phone)) == ([], [Outgoing("1")])
