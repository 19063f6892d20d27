"""Two turns that meet: each has begun before the other is committed, in the order that a test wants.

On PostgreSQL they are transactions of two replicas. On SQLite, whose one writer takes turns one after the other, both
wait for it at the same time.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event
from time import monotonic, sleep
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Connection, text

from conversation.intake import take_once
from messages import Content, Incoming, Press, Text
from storage.conversation import turns as conversation
from storage.db.database import Database
from tests.conversation import Officer, Town
from tests.waiting import PATIENCE

_BLOCKED = text(
    """
    SELECT count(*) FROM pg_stat_activity AS waits
    JOIN pg_stat_activity AS holds ON holds.pid = ANY (pg_blocking_pids(waits.pid))
    WHERE waits.datname = current_database() AND waits.wait_event_type = 'Lock'
    AND waits.backend_type = 'client backend' AND holds.backend_type = 'client backend'
    """
)
"""One turn waits for the other; whoever waits for a vacuum goes on by itself."""


@dataclass(frozen=True)
class Move:
    """What somebody does."""

    who: Officer
    content: Content

    @classmethod
    def press(cls, who: Officer, choice_id: str) -> "Move":
        return cls(who, Press(choice_id))

    @classmethod
    def say(cls, who: Officer, words: str) -> "Move":
        return cls(who, Text(words))


@dataclass
class Meeting:
    """Where turns of two people meet."""

    gv: Town
    replica: Database
    patch: pytest.MonkeyPatch

    @property
    def is_postgres(self) -> bool:
        return self.gv.database.dialect == "postgresql"

    def first_commits_while_second_waits(self, first: Move, second: Move) -> None:
        """The first has done everything but commit when the second begins."""
        did, commit = Event(), Event()

        def at_end() -> None:
            did.set()
            assert commit.wait(PATIENCE)

        one = self._begins(self.gv.database, first, at_end)
        assert did.wait(PATIENCE)
        two = self._begins(self.replica, second)
        self._until(lambda: two.done() or self._is_blocked())
        commit.set()
        self._heard(first, one)
        self._heard(second, two)

    def second_has_read_when_first_acts(self, first: Move, second: Move) -> None:
        """The second has read who and where its sender is; then the first does all; then the second goes on.

        Only on PostgreSQL: elsewhere nobody begins before another has ended.
        """
        read, go_on, look = Event(), Event(), conversation.known_sender

        def pausing(db: Connection, channel: str, bot: str, account: str) -> conversation.Known | None:
            known = look(db, channel, bot, account)
            if account == second.who.account and not read.is_set():
                read.set()
                assert go_on.wait(PATIENCE)
            return known

        with self.patch.context() as patched:
            patched.setattr(conversation, "known_sender", pausing)
            two = self._begins(self.replica, second)
            assert read.wait(PATIENCE)
            one = self._begins(self.gv.database, first)
            self._until(lambda: one.done() or self._is_blocked())
            go_on.set()
            self._heard(second, two)
            self._heard(first, one)

    def _begins(self, database: Database, move: Move, at_end: Callable[[], Any] = lambda: None) -> "Future[int | None]":
        who = move.who
        key = f"m{next(self.gv._numbers)}"
        incoming = Incoming(who.channel, who.bot, who.account, key, move.content, language="vi")

        def job(db: Connection) -> int | None:
            row = take_once(db, self.gv.world, incoming, self.gv.now)
            at_end()
            return row

        return database.write(job)

    def _heard(self, move: Move, taken: "Future[int | None]") -> None:
        row = taken.result(PATIENCE)
        assert row is not None
        move.who.heard = move.who._answers(row)
        assert "gặp lỗi" not in move.who.text

    def _is_blocked(self) -> bool:
        if not self.is_postgres:
            return True
        return bool(self.gv.database.read(lambda db: db.scalar(_BLOCKED)))

    @staticmethod
    def _until(holds: Callable[[], bool]) -> None:
        end = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < end, "they never met"
            sleep(0.005)


Meet: TypeAlias = Callable[[Meeting, Move, Move], None]
WAITS, HAS_READ = Meeting.first_commits_while_second_waits, Meeting.second_has_read_when_first_acts
IN_EVERY_ORDER = pytest.mark.parametrize(
    ("database_url", "meet"),
    [("sqlite", WAITS), ("postgresql", WAITS), ("postgresql", HAS_READ)],
    indirect=["database_url"],
    ids=["sqlite", "postgresql-waits", "postgresql-has-read"],
)
