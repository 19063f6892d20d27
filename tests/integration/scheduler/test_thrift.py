"""As a bot's quota shrinks reminders wait for company, and at the end take another channel."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from plan.calendar import Topic
from scheduler.thrift import account_for
from storage import tables as t
from storage.delivery import usage
from storage.directory import accounts, persons

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def person(db: Connection, *channels: str) -> int:
    """Somebody with accounts, the last one used last."""
    row = persons.add_person(db, "Chị Hoa", "vi", NOW)
    for age, channel in enumerate(reversed(channels)):
        accounts.add_account(db, row, channel, "100", f"{channel}-1", NOW - timedelta(hours=age))
    return row


def channel_for(db: Connection, who: int, *topics: Topic, now: datetime = NOW) -> str:
    account = account_for(db, who, topics, now)
    return account.channel if account else ""


@pytest.mark.parametrize(
    ("used", "nudge", "week", "deadline"),
    [
        (0, "zalo", "zalo", "zalo"),
        (2_099, "zalo", "zalo", "zalo"),
        (2_100, "", "zalo", "zalo"),
        (2_700, "", "", "zalo"),
        (3_000, "", "", ""),
    ],
)
def test_the_less_is_left_the_more_must_wait(db: Connection, used: int, nudge: str, week: str, deadline: str) -> None:
    who = person(db, "zalo")
    usage.add(db, "zalo", "100", "2026-11", sent=used)
    assert channel_for(db, who, Topic.WEEK_UNREPORTED) == nudge
    assert channel_for(db, who, Topic.WEEK_SUMMARY) == week
    assert channel_for(db, who, Topic.DEADLINE) == deadline


def test_what_waits_goes_along_with_what_may_go(db: Connection) -> None:
    who = person(db, "zalo")
    usage.add(db, "zalo", "100", "2026-11", sent=2_800)
    assert channel_for(db, who, Topic.MONTH_MONDAY, Topic.DEADLINE) == "zalo"


@pytest.mark.parametrize(
    ("channels", "expected"),
    [(("telegram", "zalo"), "telegram"), (("web", "zalo"), "web"), (("zalo",), ""), ((), "")],
)
def test_a_spent_quota_moves_reminders_to_another_channel(
    db: Connection, channels: tuple[str, ...], expected: str
) -> None:
    who = person(db, *channels)
    usage.add(db, "zalo", "100", "2026-11", sent=3_000)
    assert channel_for(db, who, Topic.WEEK_SUMMARY) == expected


def test_a_new_month_has_its_own_quota(db: Connection) -> None:
    who = person(db, "zalo")
    usage.add(db, "zalo", "100", "2026-11", sent=3_000)
    assert channel_for(db, who, Topic.WEEK_UNREPORTED, now=NOW + timedelta(days=15)) == "zalo"


def test_a_channel_without_a_quota_is_never_short(db: Connection) -> None:
    who = person(db, "telegram")
    usage.add(db, "telegram", "100", "2026-11", sent=9_000)
    assert channel_for(db, who, Topic.WEEK_UNREPORTED) == "telegram"
    assert db.scalar(select(t.account.c.usable))
