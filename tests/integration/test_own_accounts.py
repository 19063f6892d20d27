"""A person uses the bot in a bounded number of places; who would have one more is told which one could go."""

import pytest
from sqlalchemy import func, select

from services.limits import MOST_ACCOUNTS, MOST_OF_A_CHANNEL
from storage import tables as t
from tests.conversation import Officer, Town


def code_of(officer: Officer) -> str:
    officer.says("/ketnoi")
    return officer.text.splitlines()[1]


def connects(officer: Officer, channel: str) -> Officer:
    other = officer.town.stranger(channel=channel)
    other.says(code_of(officer))
    other.sees("Đã kết nối")
    officer.town.later(days=1)
    return other


def accounts(gv: Town) -> int:
    query = select(func.count()).select_from(t.account).where(t.account.c.person_id == 1)
    return gv.database.read(lambda db: int(db.execute(query).scalar_one()))


def test_one_too_many_on_a_channel_is_told_which_could_go_and_the_code_stays_good(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    for _ in range(MOST_OF_A_CHANNEL):
        connects(officer, "web")
    code = code_of(officer)
    late = gv.stranger(channel="web")
    late.says(code)
    late.sees("số nơi tối đa", "/toi", "trình duyệt (dùng gần nhất 18/11/2026)")
    assert accounts(gv) == 1 + MOST_OF_A_CHANNEL
    officer.says("/toi")
    officer.taps("Gỡ trình duyệt (dùng gần nhất 18/11/2026)")
    late.says(code)
    late.sees("Đã kết nối")


def test_one_too_many_in_all_is_asked_to_remove_one_before_a_code_is_made(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    for number in range(MOST_ACCOUNTS - 1):
        connects(officer, ("web", "zalo")[number % 2])
    officer.says("/ketnoi")
    officer.sees("Anh/chị gỡ bớt một nơi")
    assert sum(label.startswith("Gỡ ") for label in officer.labels) == MOST_ACCOUNTS - 1
    officer.taps("Gỡ Zalo")
    connects(officer, "telegram")
    assert accounts(gv) == MOST_ACCOUNTS


@pytest.mark.parametrize("channel", ["web", "zalo", "telegram"])
def test_a_newer_code_of_ones_own_takes_the_place_of_the_older(gv: Town, channel: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    older, newer = code_of(officer), code_of(officer)
    other = gv.stranger(channel=channel)
    other.says(older)
    other.sees("đã được dùng rồi")
    other.says(newer)
    other.sees("Đã kết nối")
