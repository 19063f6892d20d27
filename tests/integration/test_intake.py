"""Taken once, tried three times, parked with an apology (reliability R1); nothing is kept of what was not taken."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.exc import OperationalError

from conversation import turn
from conversation.intake import TRIES, Intake, take_once
from handlers.context import Replies, Turn
from messages import Content, Incoming, Press, Reachability, Text
from storage import tables as t
from storage.db.writer import Unavailable
from tests.conversation import Officer, Town

BAD = "bà Sáu Cảnh, 0903 000 111"
APOLOGY = "Xin lỗi, hệ thống gặp lỗi"
Fail = Callable[[Turn], None]


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def break_turns(monkeypatch: pytest.MonkeyPatch, fail: Fail) -> list[str]:
    """Every turn that holds the bad text fails from now on, after having written; the tries."""
    respond, tries = turn.respond, []

    def broken(here: Turn, incoming: Incoming) -> Replies:
        replies = respond(here, incoming)
        if incoming.content == Text(BAD):
            tries.append(incoming.message_id)
            fail(here)
        return replies

    monkeypatch.setattr(turn, "respond", broken)
    return tries


def bug(_: Turn) -> None:
    raise ZeroDivisionError(f"what {BAD} wrote")


def fails(*_: object) -> None:
    raise LookupError


def broken_constraint(here: Turn) -> None:
    here.db.execute(t.setting.insert(), [{"key": "a", "value": BAD}, {"key": "a", "value": BAD}])


def lost_database(_: Turn) -> None:
    raise OperationalError("SELECT", {}, Exception("disk I/O error"))


def rows(gv: Town, table: Table) -> int:
    return gv.database.read(lambda db: int(db.execute(select(func.count()).select_from(table)).scalar_one()))


def taken(gv: Town, message_id: str) -> list[tuple[str, str | None, str]]:
    query = select(t.inbox.c.state, t.inbox.c.body, t.inbox.c.error).where(t.inbox.c.message_id == message_id)
    return gv.database.read(lambda db: [(row[0], row[1], row[2]) for row in db.execute(query)])


def submit(gv: Town, *messages: Incoming) -> list[int | BaseException | None]:
    """Hand all to one intake at the same time, as a channel does."""

    async def all_at_once() -> list[int | BaseException | None]:
        intake = Intake(gv.database, gv.world, lambda: gv.now, time.monotonic)
        return await asyncio.gather(*map(intake, messages), return_exceptions=True)

    return asyncio.run(all_at_once())


def from_officer(officer: Officer, message_id: str, content: Content) -> Incoming:
    return Incoming(officer.channel, officer.bot, officer.account, message_id, content)


def test_what_is_delivered_many_times_at_once_is_taken_once(gv: Town, officer: Officer) -> None:
    before = rows(gv, t.outbox)
    answers = submit(gv, *[from_officer(officer, "same", Text("/menu"))] * 10)
    assert len([answer for answer in answers if isinstance(answer, int)]) == 1
    assert answers.count(None) == 9
    assert rows(gv, t.outbox) == before + 1


@pytest.mark.parametrize("part", ["channel", "bot", "account", "message_id"])
def test_an_update_is_another_one_if_any_part_of_its_identity_differs(gv: Town, part: str) -> None:
    first = {"channel": "web", "bot": "b", "account": "a", "message_id": "1"}
    answers = submit(gv, *(Incoming(**each, content=Press("x")) for each in (first, {**first, part: "2"})))
    assert all(isinstance(answer, int) for answer in answers)


def test_a_taken_update_keeps_its_key_only(gv: Town, officer: Officer) -> None:
    officer.says(BAD, message_id="plain")
    assert taken(gv, "plain") == [("taken", None, "")]


@pytest.mark.parametrize(("fail", "name"), [(bug, "ZeroDivisionError"), (broken_constraint, "IntegrityError")])
def test_a_turn_that_fails_is_tried_three_times_and_parked_with_one_apology(
    gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch, fail: Fail, name: str
) -> None:
    settings, tries = rows(gv, t.setting), break_turns(monkeypatch, fail)
    officer.says(BAD, message_id="bad")
    assert tries == ["bad"] * TRIES
    assert [message.text[: len(APOLOGY)] for message in officer.heard] == [APOLOGY]
    assert officer.labels == ["Menu"]
    [(state, body, error)] = taken(gv, "bad")
    assert (state, error) == ("parked", name)
    assert json.loads(body or "")["content"] == {"text": BAD}
    assert officer.says(BAD, message_id="bad") == []
    assert rows(gv, t.setting) == settings


def test_after_a_failed_turn_everything_goes_on(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    break_turns(monkeypatch, bug)
    officer.says("báo cáo")
    officer.says(BAD)
    officer.taps("Làm tiếp báo cáo")
    officer.sees("Anh/chị muốn báo việc gì?")
    officer.says("/menu")
    officer.reports()


def test_what_a_failed_turn_wrote_is_gone(gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    officer.says("báo cáo")
    state = select(t.interview.c.state, t.interview.c.revision)
    before = gv.database.read(lambda db: db.execute(state).all())
    monkeypatch.setattr(f"{__name__}.BAD", "1")
    break_turns(monkeypatch, bug)
    officer.says("1")
    officer.sees(APOLOGY)
    assert gv.database.read(lambda db: db.execute(state).all()) == before


def test_neighbours_in_the_batch_are_untouched(gv: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = [gv.joined("propagandist", "P10-KP05") for _ in range(6)]
    break_turns(monkeypatch, bug)
    messages = [from_officer(each, f"at once {at}", Text(BAD if at == 3 else "/menu")) for at, each in enumerate(crowd)]
    assert all(isinstance(answer, int) for answer in submit(gv, *messages))
    states = [taken(gv, message.message_id)[0][0] for message in messages]
    assert states == ["taken", "taken", "taken", "parked", "taken", "taken"]


def test_the_log_names_the_place_and_no_persons_words(
    officer: Officer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_turns(monkeypatch, broken_constraint)
    with caplog.at_level(logging.DEBUG):
        officer.says(BAD)
    [record] = [each for each in caplog.records if each.levelno >= logging.ERROR]
    line = logging.Formatter().format(record)
    assert "turn failed: inbox=" in line
    assert "IntegrityError" in line
    assert "broken_constraint" in line
    assert "Sáu" not in line
    assert "0903" not in line


def test_whatever_broke_the_turn_can_be_parked(gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Channels clean what they read; if one does not, its update must not come again for ever."""
    monkeypatch.setattr(f"{__name__}.BAD", "\ud800 \x00 \uffff")
    break_turns(monkeypatch, bug)
    officer.says("\ud800 \x00 \uffff", message_id="bad")
    officer.sees(APOLOGY)
    assert taken(gv, "bad")[0][0] == "parked"


def test_a_failing_database_parks_nothing_and_stores_nothing(
    gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = break_turns(monkeypatch, lost_database)
    before = rows(gv, t.outbox)
    [answer] = submit(gv, from_officer(officer, "bad", Text(BAD)))
    assert isinstance(answer, Unavailable)
    assert tries == ["bad"]
    assert taken(gv, "bad") == []
    assert rows(gv, t.outbox) == before
    monkeypatch.undo()
    assert isinstance(submit(gv, from_officer(officer, "bad", Text(BAD)))[0], int)


def test_a_strangers_failed_turn_is_parked_and_the_apology_is_the_days_one_answer(
    gv: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.people.joining.greet_stranger", fails)
    stranger = gv.stranger()
    stranger.says("alo", message_id="1")
    stranger.sees(APOLOGY)
    assert stranger.says("alo", message_id="2") == []
    assert [taken(gv, number)[0][0] for number in "12"] == ["parked", "parked"]


def test_a_person_whose_data_break_every_turn_stops_nobody(
    gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Turn, "of", fails)
    assert officer.says("/menu", message_id="1") == []
    assert taken(gv, "1")[0][0] == "parked"
    assert "no apology for inbox=" in caplog.text


def test_a_stranger_who_blocks_the_bot_leaves_nothing_but_a_key(gv: Town) -> None:
    stranger = gv.stranger()
    assert stranger.sends(Reachability(usable=False)) == []
    assert (rows(gv, t.stranger), rows(gv, t.account), rows(gv, t.outbox)) == (0, 0, 0)


def test_a_stranger_is_known_by_a_hash(gv: Town) -> None:
    stranger = gv.stranger("0903000111")
    stranger.says("alo")
    found = gv.database.read(lambda db: [tuple(row) for row in db.execute(select(t.stranger))])
    assert len(found) == 1
    assert "0903000111" not in repr(found)


def test_the_turn_has_no_clock_of_its_own(gv: Town, officer: Officer) -> None:
    moment = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
    update = from_officer(officer, "later", Text("/menu"))
    row = gv.database.write(lambda db: take_once(db, gv.world, update, moment)).result()
    query = select(t.outbox.c.created_at).where(t.outbox.c.inbox_id == row)
    assert gv.database.read(lambda db: db.execute(query).scalar_one()) == moment


@pytest.mark.parametrize("failures", range(TRIES))
def test_a_turn_that_works_at_the_last_try_is_a_turn_like_any_other(
    gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """As where another replica's row came in between: nobody reads an apology for that."""
    left = iter(range(failures))

    def sometimes(here: Turn) -> None:
        if next(left, None) is not None:
            bug(here)

    tries = break_turns(monkeypatch, sometimes)
    officer.says(BAD, message_id="m")
    assert (len(tries), taken(gv, "m")) == (failures + 1, [("taken", None, "")])
    assert APOLOGY not in officer.text


def test_a_turn_is_given_up_after_three_tries(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = break_turns(monkeypatch, bug)
    officer.says(BAD, message_id="m")
    assert len(tries) == 3
    officer.sees(APOLOGY)
