"""The disk is full: what was taken stays, what was not taken is said to be so, and with room again it is taken."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Connection, func, select

from bot.clock import system_now
from conversation.intake import take_once
from messages import Incoming, Text
from storage import tables as t
from storage.db.database import Database, open_database
from storage.db.writer import Unavailable
from tests.commandline import Chat
from tests.conversation import Officer, Town, town
from tests.waiting import PATIENCE

NO_LIMIT = resource.RLIM_INFINITY


@pytest.fixture
def gv(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    """On SQLite, whose file can be told how large it may grow; PostgreSQL reports a full disk as any other failure."""
    (tmp_path / "bot.db").write_bytes(town_template.read_bytes())
    with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        yield town(database)


def pragma(database: Database, words: str) -> int:
    return database.write(lambda db: int(db.exec_driver_sql(f"PRAGMA {words}").scalar_one())).result()


@contextmanager
def full(database: Database) -> Iterator[None]:
    """Not a page more than now."""
    pragma(database, f"max_page_count={pragma(database, 'page_count')}")
    yield
    pragma(database, "max_page_count=1000000")


def take(gv: Town, update: Incoming) -> int | None:
    return gv.database.write(lambda db: take_once(db, gv.world, update, gv.now)).result()


def send_until_full(officer: Officer) -> tuple[int, Incoming]:
    """Long messages until one is not taken: how many were, and the one that was not."""
    gv = officer.town
    for number in range(2_000):
        update = Incoming(officer.channel, officer.bot, officer.account, f"{number}", Text(f"tìm {number} " * 100))
        try:
            take(gv, update)
        except Unavailable:
            return number, update
    raise AssertionError("the disk did not fill up")


def taken(gv: Town) -> int:
    query = select(func.count()).select_from(t.inbox).where(t.inbox.c.message_id.not_like("m%"))
    return gv.database.read(lambda db: int(db.execute(query).scalar_one()))


def test_what_a_full_disk_did_not_take_is_not_acknowledged_and_can_come_again(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    with full(gv.database):
        number, refused = send_until_full(officer)
        assert taken(gv) == number
        for _ in range(3):
            with pytest.raises(Unavailable):
                take(gv, refused)
    assert isinstance(take(gv, refused), int)
    assert taken(gv) == number + 1
    assert gv.database.read(lambda db: db.execute(select(t.activity_line.c.women)).all()) == [(30,)]


_WRITTEN = select(t.setting.c.key).where(t.setting.c.key.in_(("small", "large")))


def test_a_batch_that_a_full_disk_ends_is_refused_as_a_whole(gv: Town) -> None:
    """SQLite rolls everything back by itself then: nobody of the batch may be told that theirs was kept."""
    database = gv.database

    def small(db: Connection) -> None:
        db.execute(t.setting.insert().values(key="small", value="1"))

    def large(db: Connection) -> None:
        db.execute(t.setting.insert().values(key="large", value="x" * 10_000_000))

    with full(database):
        futures = [database.write(job) for job in (small, large, small)]
        failures = [type(future.exception(PATIENCE)) for future in futures]
    kept = database.read(lambda db: list(db.scalars(_WRITTEN)))
    assert failures[1] is Unavailable
    assert kept == ["small"] * failures.count(type(None))
    database.write(large).result()


@contextmanager
def files_of_at_most(size: int, pid: int) -> Iterator[None]:
    """A process can write no further into any file: what it sees is a disk without room."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, NO_LIMIT))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))


def test_the_sender_is_told_and_the_conversation_goes_on_once_there_is_room(gv: Town, tmp_path: Path) -> None:
    photo = tmp_path / "lớn.jpg"
    Image.effect_noise((300, 300), 90).save(photo)
    gv.now = system_now()  # the invitation is of a process with the machine's clock
    chat = Chat(tmp_path, gv.invitation("propagandist", "P10-KP05"))
    assert "Chào mừng" in chat.says("Tôi đồng ý, bắt đầu")
    for text in ("báo cáo", "1", "2", "hôm nay", "người dân"):
        chat.says(text)
    with files_of_at_most(4_096, chat.process.pid):
        assert "nothing was taken" in chat.says("nữ 30 nam 15")
        assert "nothing was taken" in chat.says("nữ 30 nam 15")
        assert "Check the path and the disk" in chat.sends(photo=str(photo))
    assert "Nữ 30" in chat.says("nữ 30 nam 15")
    assert "Đã lưu" in chat.says("gửi")
    assert chat.end() == 0
    assert gv.database.read(lambda db: db.execute(select(t.activity_line.c.women)).all()) == [(30,)]
