"""Files that people ask for: made once, from one snapshot, and sent; whoever waits is told; nothing is lost."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from messages import Document, Outgoing, decode
from scheduler import filing
from scheduler.filing import Filing, NotMadeError, StoppedError, Tell, Tools
from storage import tables as t
from storage.files.media import MediaStore
from tests.conversation import Officer, Town


@dataclass
class Workshop:
    """Makes files of the recipe's own words; a test says what else happens on the way."""

    town: Town
    folder: Path
    on_the_way: Callable[[Tell], None] = lambda _: None
    made: list[Document] = field(default_factory=list)
    seconds: float = 0.0
    tokens: "count[int]" = field(default_factory=count)
    machine: datetime | None = None

    def make(self, document: Document, now: datetime, place: Path, tell: Tell) -> str:
        self.made.append(document)
        place.write_text(f"{document.data}", "utf-8")
        self.on_the_way(tell)
        return f"Tệp đây ạ, số liệu lúc {now:%H:%M}"

    @property
    def store(self) -> MediaStore:
        return MediaStore(self.folder / "media")

    def filing(self) -> Filing:
        tools = Tools(
            self.make,
            self.store,
            self.folder / "making",
            lambda: self.town.now,
            lambda: self.machine or self.town.now,
            lambda: self.seconds,
            lambda: f"token{next(self.tokens)}",
        )
        return Filing(self.town.database, tools)


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def workshop(gv: Town, tmp_path: Path) -> Workshop:
    return Workshop(gv, tmp_path)


def said_last(officer: Officer) -> Outgoing:
    mine = select(t.outbox.c.body).join(t.account).where(t.account.c.external_id == officer.account)
    last = mine.order_by(t.outbox.c.id.desc()).limit(1)
    return decode(str(officer.town.database.read(lambda db: db.scalar(last))))


def test_a_file_comes_when_it_is_made(chair: Officer, workshop: Workshop) -> None:
    chair.presses("export:P10:2026-W47")
    chair.sees("Tôi đang lập tệp tong-hop-P10-2026-W47.xlsx")
    assert workshop.filing().make_next()
    message = said_last(chair)
    assert message.text == "Tệp đây ạ, số liệu lúc 03:00"
    assert [each.label for each in message.choices] == ["Tóm tắt", "Menu"]
    assert message.document
    assert message.document.name == "tong-hop-P10-2026-W47.xlsx"
    kept = workshop.store.path(message.document.data["sha256"]).read_text("utf-8")
    assert "'unit': 'P10'" in kept
    assert not workshop.filing().make_next()
    assert not list((workshop.folder / "making").iterdir())


def test_a_file_that_is_asked_for_twice_is_made_and_sent_once(chair: Officer, workshop: Workshop) -> None:
    chair.presses("export:P10:2026-W47")
    chair.presses("export:P10:2026-W47")
    while workshop.filing().make_next():
        pass
    assert len(workshop.made) == 1


def test_two_chairs_of_one_ward_get_one_file(gv: Town, chair: Officer, workshop: Workshop) -> None:
    deputy = gv.joined("ward_chair", "P10")
    for officer in (chair, deputy):
        officer.presses("export:P10:2026-W47")
    assert workshop.filing().make_next()
    assert len(workshop.made) == 1
    assert said_last(chair).document == said_last(deputy).document
    assert not workshop.filing().make_next()


def test_who_waits_long_is_told_once_how_far_it_is(chair: Officer, workshop: Workshop) -> None:
    def slowly(tell: Tell) -> None:
        for done in range(0, 100_000, 20_000):
            workshop.seconds += 10
            tell(done, 100_000)

    workshop.on_the_way = slowly
    chair.presses("export:P10:2026-W47")
    workshop.filing().make_next()
    chats = select(t.outbox.c.body).order_by(t.outbox.c.id)
    texts = [decode(str(body)).text for body in workshop.town.database.read(lambda db: db.scalars(chats).all()) if body]
    told = [text for text in texts if "vẫn đang lập" in text]
    assert told == ["Tôi vẫn đang lập tệp tong-hop-P10-2026-W47.xlsx: xong 20 %. Có tệp là tôi gửi ngay vào đây."]


def test_who_asked_for_a_file_that_cannot_be_made_is_told_what_to_do(chair: Officer, workshop: Workshop) -> None:
    def fails(_: Tell) -> None:
        raise NotMadeError("ValueError at sheets.py:1")

    workshop.on_the_way = fails
    chair.presses("export:P10:2026-W47")
    assert workshop.filing().make_next()
    message = said_last(chair)
    assert "Tôi chưa lập được tệp tong-hop-P10-2026-W47.xlsx" in message.text
    assert (message.choices[0].id, message.choices[0].label) == ("export:P10:2026-W47", "Lập lại")
    assert not workshop.filing().make_next()


def test_a_file_whose_maker_dies_is_made_by_another_one(chair: Officer, workshop: Workshop) -> None:
    def dies(_: Tell) -> None:
        raise MemoryError

    workshop.on_the_way = dies
    chair.presses("export:P10:2026-W47")
    with pytest.raises(MemoryError):
        workshop.filing().make_next()
    workshop.on_the_way = lambda _: None
    assert not workshop.filing().make_next()
    workshop.machine = workshop.town.now + timedelta(minutes=2)
    assert workshop.filing().make_next()
    assert said_last(chair).document


def test_makers_that_die_again_and_again_are_given_up(chair: Officer, workshop: Workshop) -> None:
    def dies(_: Tell) -> None:
        raise MemoryError

    workshop.on_the_way = dies
    chair.presses("export:P10:2026-W47")
    for minutes in range(2, 2 * filing.MOST_ATTEMPTS + 1, 2):
        workshop.machine = workshop.town.now + timedelta(minutes=minutes)
        with pytest.raises(MemoryError):
            workshop.filing().make_next()
    workshop.machine = workshop.town.now + timedelta(minutes=20)
    assert workshop.filing().make_next()
    assert "chưa lập được" in said_last(chair).text


def test_a_process_that_ends_leaves_the_file_to_the_next(chair: Officer, workshop: Workshop) -> None:
    def stops(_: Tell) -> None:
        raise StoppedError

    workshop.on_the_way = stops
    chair.presses("export:P10:2026-W47")
    assert not workshop.filing().make_next()
    workshop.on_the_way = lambda _: None
    assert workshop.filing().make_next()
    assert said_last(chair).document


def test_who_is_forgotten_gets_no_file(gv: Town, chair: Officer, workshop: Workshop) -> None:
    chair.presses("export:P10:2026-W47")
    workshop.on_the_way = lambda _: forget(chair)
    workshop.filing().make_next()
    assert said_last(chair).document is None
    assert gv.database.read(lambda db: db.execute(select(t.file_order.c.id)).all()) == []


def forget(officer: Officer) -> None:
    officer.says("/toi")
    officer.taps("Xóa thông tin của tôi")
    officer.taps("Xóa")


def test_many_files_at_once_are_not_asked_for(chair: Officer) -> None:
    for week in range(41, 47):
        chair.presses(f"export:P10:2026-W{week}")
    chair.sees("Tôi đang lập mấy tệp cho anh/chị rồi")


def test_who_asks_while_the_disk_is_full_is_told_what_to_do(chair: Officer, workshop: Workshop) -> None:
    def fills(_: Tell) -> None:
        raise OSError("no space left")

    workshop.on_the_way = fills
    chair.presses("export:P10:2026-W47")
    assert workshop.filing().make_next()
    assert "chưa lập được" in said_last(chair).text


async def test_the_service_makes_files_until_it_is_stopped(chair: Officer, workshop: Workshop) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stops(_: Tell) -> None:
        loop.call_soon_threadsafe(stop.set)

    workshop.on_the_way = stops
    chair.presses("export:P10:2026-W47")
    await workshop.filing().run(stop)
    assert said_last(chair).document


async def test_what_a_killed_maker_left_goes_after_a_day(workshop: Workshop) -> None:
    left = [workshop.folder / "making" / name for name in ("old.part", "new.part")]
    left[0].parent.mkdir()
    for path, age in zip(left, (timedelta(days=2), timedelta(hours=1)), strict=True):
        path.touch()
        written = (workshop.town.now - age).timestamp()
        os.utime(path, (written, written))
    stop = asyncio.Event()
    stop.set()
    await workshop.filing().run(stop)
    assert [path.exists() for path in left] == [False, True]
