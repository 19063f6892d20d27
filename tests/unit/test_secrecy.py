"""No token, code or personal word in the log (reliability R10): canaries in a whole conversation with failures.

Everything is logged here that anybody logs, from DEBUG on and through the formatter of the real process.
"""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot import logs
from conversation import turn
from conversation.intake import take_once
from handlers.context import Replies, Turn
from messages import Edit, File, Incoming, Location, Press, Text, Unsupported
from storage import tables as t
from storage.db.database import open_database
from storage.db.writer import Unavailable
from tests.conversation import Officer, Town, town

TOKEN = "123456:CANARY-TOKEN"
NAME, TOPIC, PHONE, FILE, ACCOUNT = "Tên Kín", "chuyện kín", "0903000111", "hình kín.jpg", "account-kín"
CANARIES = ("canary", "kín", PHONE, "k7mp", "4xq2", "10.8377")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, as the process would print it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Redacting([TOKEN]))
    before = logging.root.level
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.DEBUG)
    yield stream
    logging.root.removeHandler(handler)
    logging.root.setLevel(before)


@pytest.fixture
def gv(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "bot.db").write_bytes(town_template.read_bytes())
    with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        yield town(database)


def clean_of_canaries(log: io.StringIO) -> str:
    """What was logged; nothing of it is anybody's business."""
    written = log.getvalue()
    assert [canary for canary in CANARIES if canary.casefold() in written.casefold()] == []
    return written


def named(gv: Town) -> Officer:
    """Somebody with a name, an account and a code that nobody may read in a log."""
    code = gv.invitation("propagandist", "P10-KP05")
    officer = gv.stranger(ACCOUNT)
    update = Incoming("web", "bot", ACCOUNT, "first", Text(f"/start {code}"), name=NAME, language="vi")
    gv.database.write(lambda db: take_once(db, gv.world, update, gv.now)).result()
    officer.presses("agree")
    return officer


def test_a_whole_conversation_leaves_no_word_in_the_log(gv: Town, log: io.StringIO) -> None:
    stranger = gv.stranger()
    stranger.says(f"{NAME} {PHONE}")
    stranger.says("K7MP-4XQ2")
    officer = named(gv)
    officer.says(f"báo cáo hôm nay {TOPIC} nữ 30 nam 15")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Người dân")
    officer.taps("Gửi")
    officer.sees("Đã lưu")
    for content in (
        *(Edit("m1", TOPIC), File(is_image=True, name=FILE, sha256="ab" * 32, caption=TOPIC), Location(10.8377, 106.6)),
        *(Text(PHONE), Unsupported("sticker"), Press(f"view:{TOPIC}"), Text("/toi")),
    ):
        officer.sends(content)
    clean_of_canaries(log)


def test_neither_do_failures_whatever_they_hold(gv: Town, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = named(gv)
    respond = turn.respond

    def broken(here: Turn, incoming: Incoming) -> Replies:
        replies = respond(here, incoming)
        if incoming.message_id == "bug":
            raise LookupError(f"{NAME} wrote {incoming.content} with {TOKEN}")
        if incoming.message_id == "constraint":
            here.db.execute(t.setting.insert(), [{"key": TOPIC, "value": PHONE}] * 2)
        if incoming.message_id == "database":
            raise OperationalError(f"INSERT {TOPIC}", {"value": PHONE}, Exception(NAME))
        return replies

    monkeypatch.setattr(turn, "respond", broken)
    for message_id in ("bug", "constraint"):
        officer.says(f"{TOPIC} {PHONE}", message_id=message_id)
        officer.sees("gặp lỗi")
    with pytest.raises(Unavailable):
        officer.says(f"{TOPIC} {PHONE}", message_id="database")
    written = clean_of_canaries(log)
    assert written.count("turn failed") == 2
    assert "LookupError" in written


def test_a_batch_that_is_lost_is_logged_without_its_rows(gv: Town, log: io.StringIO) -> None:
    officer = named(gv)
    large = t.setting.insert().values(key=TOPIC, value=PHONE * 100_000)
    limit = gv.database.write(lambda db: int(db.exec_driver_sql("PRAGMA page_count").scalar_one())).result()
    gv.database.write(lambda db: db.exec_driver_sql(f"PRAGMA max_page_count={limit}").scalar_one()).result()
    with pytest.raises(Unavailable):
        gv.database.write(lambda db: db.execute(large)).result()
    gv.database.write(lambda db: db.exec_driver_sql("PRAGMA max_page_count=1000000").scalar_one()).result()
    officer.says("/menu")
    assert "nothing of" in clean_of_canaries(log)


def test_a_code_is_stored_nowhere(gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    officer = gv.stranger()
    officer.says(code)
    officer.sees("Chào mừng")
    dump = gv.database.read(lambda db: "\n".join(db.connection.driver_connection.iterdump()))  # type: ignore[union-attr]
    assert code.casefold() not in dump.casefold().replace("-", "")
