"""Guessing invitation codes: slow by address and by person, told to the operator, never in a right code's way."""

import asyncio
import logging
from collections.abc import AsyncIterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from aiohttp.test_utils import TestClient, TestServer

from channels.web import Ports, application, guessing
from channels.web.guessing import Guesses
from channels.web.limits import ALL_FREE_GUESSES, FREE_GUESSES
from conversation.intake import take_once
from messages import Incoming
from periods.days import local_day
from reports.gallery import Gallery
from storage.directory import strangers
from storage.directory.strangers import FREE_TRIES
from storage.files.media import MediaStore
from tests.conversation import Officer, Town

Client: TypeAlias = TestClient[Any, Any]

MANY = 600
TOLD = "Mã này chưa đúng"


@pytest.fixture
async def client(gv: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """Somebody at the browser channel, behind a proxy that is believed; the pauses of those who guess take no time."""
    monkeypatch.setattr(guessing, "GUESS_PAUSE", 0)
    store, tokens = MediaStore(tmp_path / "media"), count(1)

    async def submit(incoming: Incoming) -> None:
        await gv.database.awrite(lambda db: take_once(db, gv.world, incoming, gv.now))

    ports = Ports(
        database=gv.database,
        submit=submit,
        now=lambda: gv.now,
        monotonic=lambda: 1_000.0,
        new_token=lambda: f"chat-token-{next(tokens)}",
        secret=b"a secret of the tests",
        store=store,
        gallery=Gallery(tmp_path / "rendered", store),
        place="Quận Gò Vấp",
    )
    async with TestClient(TestServer(application(ports))) as opened:
        yield opened


def address(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}


async def guess(client: Client, addresses: int) -> list[int]:
    """Many wrong codes from so many addresses by turns, several at a time; how each was answered."""
    answers = []
    for begin in range(0, MANY, 20):
        numbers = range(begin, begin + 20)
        gets = [client.get(f"/j/GUESS{n:03}", headers=address(n % addresses)) for n in numbers]
        answers += [answer.status for answer in await asyncio.gather(*gets)]
    return answers


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("addresses", "learned"), [(1, FREE_GUESSES + 20), (MANY, ALL_FREE_GUESSES + 20)])
async def test_of_many_guesses_few_are_told_from_others_and_a_right_code_gets_in_at_once(
    gv: Town, client: Client, caplog: pytest.LogCaptureFixture, addresses: int, learned: int
) -> None:
    answers = await guess(client, addresses)
    assert set(answers) == {404, 429}
    assert answers.count(404) <= learned
    code = gv.invitation("propagandist", "P10-KP05")
    for noisy in (0, addresses - 1):
        assert (await client.get(f"/j/{code}", headers=address(noisy))).status == 200
    assert (await client.post(f"/j/{code}", headers=address(0), allow_redirects=False)).status == 303
    assert "WRONG" not in caplog.text


async def test_whoever_is_over_looks_one_at_a_time_and_by_hanging_up_not_at_all() -> None:
    guesses = Guesses(lambda: 0.0)
    inside, looked = [0], [0, 0]

    async def look() -> None:
        async with guesses.look("noisy"):
            inside[0] += 1
            looked[0] += 1
            looked[1] = max(looked[1], inside[0])
            await asyncio.sleep(0)
            inside[0] -= 1

    await asyncio.gather(*(look() for _ in range(5)))
    assert looked == [5, 5]
    for _ in range(FREE_GUESSES + 1):
        guesses.wrong("noisy")
    looked[:] = [0, 0]
    waiting = [asyncio.create_task(look()) for _ in range(8)]
    await asyncio.sleep(0)
    for task in waiting[:6]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert looked == [2, 1]


async def test_guesses_are_counted_for_the_doctor_and_told_in_the_log(
    gv: Town, caplog: pytest.LogCaptureFixture
) -> None:
    clock = [0.0]
    guesses = Guesses(lambda: clock[0])
    told = []
    for number in range(MANY):
        clock[0] += 0.2
        guesses.wrong(f"198.51.100.{number % 250}")
        told.append(guesses.to_tell())
    assert next(each for each in told if each) == 1
    assert sum(1 for each in told if each) == 2
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    day = local_day(gv.now)
    for each in filter(None, told):
        gv.database.write(partial(strangers.count_guesses, count=each, day=day)).result()
    assert gv.database.read(lambda db: strangers.guesses(db, day)) == sum(told)
    gv.later(days=1)
    gv.database.write(lambda db: strangers.count_guesses(db, 7, local_day(gv.now))).result()
    assert gv.database.read(lambda db: strangers.guesses(db, day)) == 7


def connected(officer: Officer, channel: str) -> Officer:
    """The same person on another channel."""
    officer.says("/ketnoi")
    other = officer.town.stranger(channel=channel)
    other.says(officer.text.splitlines()[1])
    other.sees("Đã kết nối")
    return other


def test_a_person_who_has_joined_guesses_no_faster_by_more_accounts(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    accounts = [officer, connected(officer, "zalo"), connected(officer, "web")]
    spellings = ("/start {0}", "mã {0}", "{0}")
    told = 0
    for number in range(24):
        account = accounts[number % 3]
        account.says(spellings[number % 3].format(f"KKKK-{number:04}".replace("0", "K").replace("1", "M")))
        told += TOLD in account.text
    assert told == FREE_TRIES
    code = gv.invitation("ward_chair", "P10")
    officer.says(code)
    officer.sees("tạm nghỉ")
    gv.joined("propagandist", "P10-KP06").says(code)
    gv.later(hours=13)
    officer.says(gv.invitation("ward_chair", "P10"))
    officer.sees("Đã thêm")


def test_two_accounts_of_one_person_do_not_take_turns_at_joining_and_guessing(gv: Town) -> None:
    """A stranger's wrong codes are not forgotten by being let in: who is let go guesses on where they were."""
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    guesser = gv.stranger(channel="zalo")
    told = 0
    for _ in range(4):
        for _ in range(FREE_TRIES):
            guesser.says("KKKK-KKKK")
            told += TOLD in guesser.text
        officer.says("/ketnoi")
        guesser.says(officer.text.splitlines()[1])
        officer.says("/toi")
        if any(label.startswith("Gỡ Zalo") for label in officer.labels):
            officer.taps("Gỡ Zalo")
    assert told == FREE_TRIES
