"""One consistent look at the database for long reading: what is committed meanwhile is not seen."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, make_url

from storage.db import engines


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """A connection that reads the database as it stands at the first statement, however long that takes."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = engines.sqlite_readers(url)
        isolated = engine
    else:
        engine = engines.postgres(url, may_take_long=True)
        isolated = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    try:
        with isolated.connect() as db:
            yield db
    finally:
        engine.dispose()
