"""The monthly meter and the places of a bot; which bot serves a ward."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from storage.delivery import usage
from storage.delivery.usage import FREE_USERS, Stage, Usage
from storage.directory import accounts, bots
from storage.directory.bots import Bot

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def test_messages_add_up_by_bot_and_month(db: Connection) -> None:
    usage.add(db, "zalo", "1", "2026-11", received=1)
    usage.add(db, "zalo", "1", "2026-11", sent=2)
    usage.add(db, "zalo", "2", "2026-11", sent=5)
    usage.add(db, "zalo", "1", "2026-12", sent=7)
    assert usage.of(db, "zalo", "1", "2026-11") == Usage(received=1, sent=2)
    assert usage.of(db, "zalo", "3", "2026-11") == Usage()


def test_a_month_begins_at_midnight_in_the_plans_time_zone() -> None:
    assert usage.month_of(datetime(2026, 11, 30, 16, 59, tzinfo=UTC)) == "2026-11"
    assert usage.month_of(datetime(2026, 11, 30, 17, 0, tzinfo=UTC)) == "2026-12"


@pytest.mark.parametrize(
    ("used", "stage"),
    [
        (0, Stage.PLENTY),
        (2_099, Stage.PLENTY),
        (2_100, Stage.TIGHT),
        (2_700, Stage.SCARCE),
        (2_999, Stage.SCARCE),
        (3_000, Stage.SPENT),
    ],
)
def test_the_stages_begin_at_70_and_90_percent(used: int, stage: Stage) -> None:
    assert Usage(received=used // 2, sent=used - used // 2).stage is stage


def test_the_51st_person_finds_no_place(db: Connection) -> None:
    for number in range(FREE_USERS):
        assert usage.has_room(db, "zalo", "1", f"c{number}")
        accounts.add_account(db, None, "zalo", "1", f"c{number}", NOW)
    assert usage.users(db, "zalo", "1") == FREE_USERS
    assert usage.has_room(db, "zalo", "1", "c0")
    assert not usage.has_room(db, "zalo", "1", "c50")
    assert usage.has_room(db, "zalo", "2", "c50")


def test_a_bot_keeps_its_wards_when_it_introduces_itself_again(db: Connection) -> None:
    bots.introduce(db, "zalo", "1", "Bot Gò Vấp")
    bots.set_wards(db, Bot("zalo", "1", "Bot Gò Vấp"), ("P10", "P03"))
    bots.introduce(db, "zalo", "1", "Bot Phường 3 và 10")
    assert bots.bots(db, "zalo") == [Bot("zalo", "1", "Bot Phường 3 và 10", ("P03", "P10"))]
    assert bots.bot(db, "zalo", "2") is None
    assert bots.bots(db, "telegram") == []


def test_a_ward_without_a_bot_of_its_own_uses_those_that_are_nobodys() -> None:
    own, free = Bot("zalo", "1", "A", ("P10",)), Bot("zalo", "2", "B")
    assert bots.serving([own, free], "P10") == [own]
    assert bots.serving([own, free], "P03") == [free]
    assert bots.serving([own], "P03") == []
