"""Options and databases that every suite shares; whatever needs storage runs on SQLite and on PostgreSQL."""

import gc
import os
import shutil
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from sqlalchemy import Connection, create_engine, text

from storage.db import engines
from storage.db.database import Database, open_database
from storage.migrations import migrate
from tests.conversation import Town, town
from tests.waiting import until_the_day_has_room

DIALECTS = ("sqlite", "postgresql")
TEMPROOT = "PYTEST_DEBUG_TEMPROOT"
MEMORY = Path("/dev/shm")  # noqa: S108 (a parent of folders of our own)
ROOM = 4 << 30
"""Bytes that must be free there; all tests together need a tenth of it."""

# What is compiled is kept, whatever is said outside, for each process and for those that it starts: at each run each of
# them would compile all modules and tests again, a third of the time until the first test.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Nothing is red by chance: the same examples each time, however long one takes on a busy machine.
# `--hypothesis-profile=default` looks for new ones.
hypothesis.settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")


def pytest_configure() -> None:
    """Tests write to memory where there is enough: flushing thousands of commits to a disk takes half of their time."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault(TEMPROOT, str(MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Without the collector of garbage: nearly all that is made here stays, and looking through it takes seconds."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--everywhere", action="store_true", help="run every conversation on PostgreSQL, too")
    parser.addoption("--update", action="store_true", help="rewrite the golden transcripts instead of comparing")


CONVERSATIONS = frozenset(Path(__file__).parent / folder for folder in ("integration", "channels/web"))
_LOCKING = (
    "writer", "intake", "crash", "corrections", "unsorted", "people_move", "upgrade", "sequences_of_weeks",
    "stream", "push", "review_machine",
)  # fmt: skip
LOCKING = frozenset(f"test_{name}.py" for name in _LOCKING)
"""Conversations that wait for one another, or run statements that only they have."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the second run of plain conversations: the folders beside them run all statements on both."""
    if config.getoption("--everywhere"):
        return
    again = [item for item in items if _is_told_twice(item)]
    config.hook.pytest_deselected(items=again)
    left_out = set(again)
    items[:] = [item for item in items if item not in left_out]


def _is_told_twice(item: pytest.Item) -> bool:
    is_conversation = item.path.parent in CONVERSATIONS and item.path.name not in LOCKING
    return is_conversation and "postgresql" in item.name


class SharedStatements(dict[tuple[Any, ...], Any]):
    """What SQLAlchemy compiled, by the kind of database instead of the engine.

    A process has one engine for long, tests have thousands for a moment each: half of their time went into compiling
    the same statements again.
    """

    @staticmethod
    def _key(key: tuple[Any, ...]) -> tuple[Any, ...]:
        dialect, *statement = key
        return (type(dialect), *statement)

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(self._key(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(self._key(key), compiled)


@pytest.fixture(scope="session", autouse=True)
def shared_statements() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        sharing = partial(create_engine, execution_options={"compiled_cache": SharedStatements()})
        patch.setattr(engines, "create_engine", sharing)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a real PostgreSQL server's maintenance database, holding a migrated template.

    Its folder is none of pytest's: those are closed to others, and where root runs tests the server is another user's.
    """
    from tests.postgres import started

    with TemporaryDirectory(prefix="pg-", dir=os.environ.get(TEMPROOT)) as folder:
        server = started(Path(folder, "data"))
        url = str(server.get_uri())
        _sql(url, "CREATE DATABASE template_bot")
        migrate(_named(url, "template_bot"))
        yield url
        server.cleanup()


def _named(url: str, name: str) -> str:
    """The server's URL with another database; its socket folder stands behind the question mark."""
    address, _, query = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}?{query}"


def _sql(url: str, statement: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(statement))
    engine.dispose()


_TABLES = text("SELECT count(*), sum(relnatts) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
_VERSION = text("SELECT string_agg(version_num, ' ') FROM alembic_version")
_END_OTHERS = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_EMPTY = text(
    """
    DO $$
    DECLARE it record; has_rows boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', it.tablename) INTO has_rows;
            IF has_rows THEN EXECUTE format('DELETE FROM %I', it.tablename); END IF;
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
            FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
    END $$
    """
)


def _shape(db: Connection) -> tuple[object, ...]:
    """What tests must leave as it was: the tables, and the version that they say they have."""
    has_version = db.scalar(text("SELECT to_regclass('alembic_version')"))
    return (*db.execute(_TABLES).one(), db.scalar(_VERSION) if has_version else None)


class KeptDatabase:
    """A migrated database that tests use one after another: emptying it is many times faster than making another.

    A test that leaves other tables behind, and every hundredth test, is followed by a new one.
    """

    USES = 100

    def __init__(self, server: str) -> None:
        self._server = server
        self._name = ""
        self._uses = 0
        self._shape: object = None

    def take(self) -> str:
        """Its URL, with the schema in place and no rows."""
        if not self._name:
            self._name = f"bot_{uuid4().hex}"
            _sql(self._server, f"CREATE DATABASE {self._name} TEMPLATE template_bot")
            self._uses = 0
            with self._inside() as db:
                self._shape = _shape(db)
        return _named(self._server, self._name)

    def empty(self) -> None:
        """End whatever still uses it, and take all rows out."""
        self._uses += 1
        with self._inside() as db:
            db.execute(_END_OTHERS)
            is_whole = _shape(db) == self._shape and self._uses < self.USES
            if is_whole:
                db.execute(_EMPTY)
        if not is_whole:
            self.drop()

    @contextmanager
    def _inside(self) -> Iterator[Connection]:
        url = _named(self._server, self._name).replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as db:
            yield db
        engine.dispose()

    def drop(self) -> None:
        if self._name:
            _sql(self._server, f"DROP DATABASE {self._name} WITH (FORCE)")
        self._name = ""


@pytest.fixture(scope="session")
def kept_postgres(postgres_server: str) -> Iterator[KeptDatabase]:
    kept = KeptDatabase(postgres_server)
    yield kept
    kept.drop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def town_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the shipped units: putting them into an empty file took a third of what a town's test costs."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("town") / "template.db"))
    with open_database(f"sqlite:///{path}") as database:
        town(database)
    return path


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table, on each dialect in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.db'}"
        return
    yield request.getfixturevalue("empty_postgres_url")


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database without any table."""
    name = f"empty_{uuid4().hex}"
    _sql(postgres_server, f"CREATE DATABASE {name}")
    yield _named(postgres_server, name)
    _sql(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the schema in place and no rows but a town's units, on each dialect in turn."""
    if request.param == "sqlite":
        path = tmp_path / "bot.db"
        template = "town_template" if "gv" in request.fixturenames else "sqlite_template"
        path.write_bytes(request.getfixturevalue(template).read_bytes())
        yield f"sqlite:///{path}"
        return
    kept: KeptDatabase = request.getfixturevalue("kept_postgres")
    yield kept.take()
    kept.empty()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with its writer."""
    with open_database(database_url) as opened:
        yield opened


@pytest.fixture
def db(database_url: str) -> Iterator[Connection]:
    """A connection inside a writing transaction that is rolled back afterwards."""
    with taken_back(database_url) as connection:
        yield connection


@pytest.fixture(scope="module", params=DIALECTS)
def shared_db(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The same for all tests of a module, on each dialect in turn: they look at what one fixture has put there."""
    with ExitStack() as used:
        if request.param == "sqlite":
            path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("shared") / "bot.db")
            url = f"sqlite:///{path}"
        else:
            kept: KeptDatabase = request.getfixturevalue("kept_postgres")
            url = kept.take()
            used.callback(kept.empty)
        yield used.enter_context(taken_back(url))


@contextmanager
def taken_back(database_url: str) -> Iterator[Connection]:
    is_sqlite = database_url.startswith("sqlite")
    engine = engines.sqlite_writer(database_url) if is_sqlite else engines.postgres(database_url)
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


@pytest.fixture
def day_with_room() -> None:
    """For tests by the real clock that report today and then look at this day or week."""
    until_the_day_has_room()


@pytest.fixture
def gv(database: Database) -> Town:
    """Gò Vấp with its plan in place and nobody in it yet."""
    return town(database)
