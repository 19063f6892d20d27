"""Makes connections to PostgreSQL give up. Behind a network that falls silent nothing would ever answer, not even "no".

So people who wait hear in time that nothing was kept (reliability R1): a webhook gets its 503, a page says so. The
server gives up first, so that a cancelled transaction is rolled back there as well.
"""

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Engine, event

T = TypeVar("T")

CONNECT_SECONDS = 5
"""Seconds to be let in: a live server answers within one, and a start that waits longer tells its operator nothing."""
LOCK_SECONDS = 10
"""Seconds for another transaction to let go: a turn or a tick's slice takes milliseconds, an import a second or two."""
STATEMENT_SECONDS = 30
"""Seconds for one statement: our slowest, over years of reports, takes some."""
OPEN_SECONDS = 60
"""Seconds until the server ends a transaction whose process is silent, so that a vanished replica holds no locks."""
SILENCE_SECONDS = STATEMENT_SECONDS + 5
"""Seconds for the answer to one statement; a proxy may acknowledge bytes long after it has lost the server."""
KEEPALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
"""A peer that is gone is noticed after 25 seconds (the last in milliseconds), also on a connection nobody uses."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits for an answer for a limited time and is then closed, since its state is unknown."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        try:
            return super().wait(gen, interval, SILENCE_SECONDS if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def connect_arguments(url: URL) -> dict[str, int]:
    """Return the arguments of new connections; arguments in the URL take precedence."""
    wanted = {"connect_timeout": CONNECT_SECONDS, **KEEPALIVE}
    return {name: value for name, value in wanted.items() if name not in url.query}


def limit_waiting(engine: Engine) -> None:
    """Have both sides of an engine's connections give up."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> PatientConnection:
        return PatientConnection.connect(*arguments, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: PatientConnection, _record: Any) -> None:
        # Not as options of the connection: poolers in between refuse those.
        connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        connection.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
        connection.execute(f"SET idle_in_transaction_session_timeout = '{OPEN_SECONDS}s'")
        connection.commit()
