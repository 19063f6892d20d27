"""Nobody waits for ever for PostgreSQL: who asks hears in time that nothing was kept, and asks again."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import OperationalError

from storage.db import engines
from storage.db.database import Database, open_database
from storage.db.writer import Unavailable
from tests.waiting import PATIENCE

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


class Proxy(ThreadingTCPServer):
    """Something between us and the server that takes every byte, and once it is `silent` hands none on."""

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.server = server
        self.silent = Event()


class Line(BaseRequestHandler):
    """One connection through the proxy."""

    server: Proxy

    def handle(self) -> None:
        with socket.socket(socket.AF_UNIX) as beyond:
            beyond.connect(self.server.server)
            other = {self.request: beyond, beyond: self.request}
            while True:
                for source in select(list(other), (), ())[0]:
                    data = source.recv(65_536)
                    if not data:
                        return
                    if not self.server.silent.is_set():
                        other[source].sendall(data)


@pytest.fixture
def proxy(database_url: str) -> Iterator[Proxy]:
    folder = make_url(database_url).query["host"]
    with Proxy(f"{folder}/.s.PGSQL.5432") as made:
        Thread(target=made.serve_forever).start()
        yield made
        made.shutdown()


@pytest.fixture
def behind(proxy: Proxy, database_url: str) -> Iterator[Database]:
    """The database as it is reached through the proxy."""
    there = make_url(database_url).set(host="127.0.0.1", port=proxy.server_address[1], query={})
    with open_database(there.render_as_string(hide_password=False)) as opened:
        yield opened


@contextmanager
def connection(url: str, *, may_take_long: bool = False) -> Iterator[Connection]:
    engine = engines.postgres(url, may_take_long=may_take_long)
    with engine.connect() as db:
        yield db
    engine.dispose()


def one(db: Connection) -> object:
    return db.execute(text("SELECT 1")).scalar()


def test_a_network_that_falls_silent_is_given_up(
    proxy: Proxy, behind: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Soon while it is silent; before and after it may be as slow as a busy machine makes it."""
    with monkeypatch.context() as impatient:

        def after_silence(db: Connection) -> object:
            impatient.setattr("storage.db.postgres_patience.SILENCE_SECONDS", 0.3)
            proxy.silent.set()
            return one(db)

        with pytest.raises(Unavailable):
            behind.write(after_silence).result(PATIENCE)
        assert proxy.silent.is_set()
    proxy.silent.clear()
    assert behind.write(one).result(PATIENCE) == 1


def test_a_job_that_waits_for_a_lock_says_that_it_was_not_done(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.db.postgres_patience.LOCK_SECONDS", 0.1)
    lock = text("SELECT pg_advisory_xact_lock(1)")
    with open_database(database_url) as opened, connection(database_url) as other:
        other.execute(lock)
        with pytest.raises(Unavailable):
            opened.write(lambda db: db.execute(lock) and None).result(PATIENCE)


def test_what_may_take_long_is_not_cut_short(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("STATEMENT_SECONDS", "SILENCE_SECONDS"):
        monkeypatch.setattr(f"storage.db.postgres_patience.{limit}", 0.1)
    slow = text("SELECT pg_sleep(0.3)")
    with connection(database_url) as db, pytest.raises(OperationalError):
        db.execute(slow)
    with connection(database_url, may_take_long=True) as db:
        db.execute(slow)
