"""What the IT officer does: back up while people write, restore elsewhere and here, look whether all is well.

`run` is a process; the commands beside it run in this one, except where a test says that it looks at a process.
"""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from periods.days import ZONE
from tests.commandline import command
from tests.process import BotProcess, environment
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.usefixtures("day_with_room")
TALK = ({"choose": "agree"}, {"text": "/baocao hôm nay nói chuyện nữ 30 nam 15"}, {"text": "1"}, {"photo": "photo.jpg"})


def bot(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def says(folder: Path, code: str, *lines: dict[str, str]) -> str:
    """A conversation in the terminal; everything that was answered."""
    typed = "".join(json.dumps(line) + "\n" for line in lines)
    done = command(folder, "chat", "--as", code, "--json", typed=typed)
    assert done.returncode == 0, done.stderr
    return done.stdout


def visits(folder: Path) -> int:
    """Of today and yesterday: what these tests share may have been reported before midnight, in another week."""
    today = datetime.now(ZONE).date()
    days = f"{today - timedelta(days=1)}..{today}"
    told = json.loads(command(folder, "summary", "--unit", "P10-KP05", "--period", days, "--json").stdout)
    return int(told["female"] + told["male"])


def check(folder: Path, *names: str, **settings: str) -> dict[str, str]:
    """The doctor's states by check."""
    told = json.loads(command(folder, "doctor", "--json", **settings).stdout)
    return {each["check"]: each["state"] for each in told["checks"] if each["check"] in names}


async def starts(process: BotProcess) -> None:
    """Start it and wait until it says that it listens."""
    before = process.log.read_text() if process.log.exists() else ""
    await process.start()
    await until(lambda: "listening at http://127.0.0.1:" in process.log.read_text().removeprefix(before))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An installation in which somebody reported with a photo and nothing runs, and that person's code."""
    office = tmp_path_factory.mktemp("told")
    Image.new("RGB", (60, 40), "red").save(office / "photo.jpg")
    code = str(json.loads(command(office, "invite", "propagandist", "P10-KP05", "--json").stdout)["code"])
    assert "Gửi báo cáo" in says(office, code, *TALK)
    assert "45 lượt người: 30 nữ, 15 nam" in says(office, code, {"text": "Gửi báo cáo"})
    hand = office / "var" / "media" / "in-hand"
    hand.mkdir(parents=True)
    (hand / "zalo-100.json").write_text('{"message": "in hand"}')
    return office, code


@pytest.fixture
async def running(told: tuple[Path, str], tmp_path: Path) -> AsyncIterator[BotProcess]:
    """`run` in a copy of it, tmp_path / "office", up and listening."""
    process = BotProcess(shutil.copytree(told[0], tmp_path / "office"), {})
    await starts(process)
    yield process
    assert await process.end(signal.SIGTERM) == 0
    assert [line.split(": ")[-1] for line in process.log.read_text().splitlines()][-2:] == ["stopping", "stopped"]


@pytest.fixture
def reported(running: BotProcess, told: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """The office that runs, and the code of whoever reported."""
    assert running.pid
    return tmp_path / "office", told[1]


def test_a_backup_made_while_the_bot_runs_goes_on_elsewhere(reported: tuple[Path, str], tmp_path: Path) -> None:
    """With processes, whose files are closed to others whoever makes them."""
    office, code = reported
    done = bot(office, "backup", str(tmp_path / "backup.tar"))
    assert done.returncode == 0, done.stderr
    assert "2 photos and files, the database, the secret" in done.stdout
    assert (tmp_path / "backup.tar").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".backup-")] == []

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = bot(elsewhere, "restore", "../backup.tar", "--yes")
    assert done.returncode == 0, done.stderr
    assert (elsewhere / "var/secret").read_bytes() == (office / "var/secret").read_bytes()
    assert (elsewhere / "var/secret").stat().st_mode & 0o077 == 0
    kept = {path.relative_to(office) for path in (office / "var/media").glob("??/*")}
    assert len(kept) == 1
    assert kept == {path.relative_to(elsewhere) for path in (elsewhere / "var/media").glob("??/*")}
    assert (elsewhere / "var/media/in-hand/zalo-100.json").read_text() == '{"message": "in hand"}'
    assert visits(elsewhere) == 45
    assert "Chào mừng" not in says(elsewhere, code, {"text": "menu"}), "who had joined goes on"
    assert check(elsewhere, "database", "process") == {"database": "ok", "process": "warning"}


def test_a_running_bot_is_not_restored_and_does_not_notice(reported: tuple[Path, str]) -> None:
    office, code = reported
    assert command(office, "backup", "backup.tar").returncode == 0
    before = sorted((office / "var").iterdir())
    done = command(office, "restore", "backup.tar", "--yes")
    assert (done.returncode, "The bot is running" in done.stderr) == (2, True)
    assert sorted((office / "var").iterdir()) == before
    assert check(office, "process") == {"process": "ok"}
    assert "Báo cáo" in says(office, code, {"text": "menu"})


async def test_a_restore_puts_aside_what_is_there(running: BotProcess, reported: tuple[Path, str]) -> None:
    office, code = reported
    assert command(office, "backup", "backup.tar").returncode == 0
    says(office, code, *TALK[1:3])
    says(office, code, {"text": "Gửi báo cáo"}, {"text": "buổi khác"})
    await running.end(signal.SIGKILL)
    assert visits(office) == 90

    done = command(office, "restore", "backup.tar", typed="no\n")
    assert (done.returncode, "Nothing was changed" in done.stdout) == (0, True)
    assert visits(office) == 90
    done = command(office, "restore", "backup.tar", typed="yes\n")
    assert done.returncode == 0, done.stderr
    assert visits(office) == 45
    aside = sorted(path for path in (office / "var").iterdir() if ".before-" in path.name)
    assert [path.name.split(".before-")[0] for path in aside] == ["bot.db", "media", "secret"]
    assert all(str(path.relative_to(office)) in done.stdout for path in aside)
    with closing(sqlite3.connect(aside[0])) as old:
        assert old.execute("SELECT count(*) FROM submission").fetchone() == (2,)
    await starts(running)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a backup in which nothing runs."""
    folder = tmp_path_factory.mktemp("quiet")
    assert command(folder, "invite", "secretariat", "GV").returncode == 0
    (folder / "var/secret").write_text("kept")
    assert command(folder, "backup", "backup.tar").returncode == 0
    return folder


@pytest.fixture
def quiet(template: Path, tmp_path: Path) -> Path:
    """A copy of it for a test to spoil."""
    return shutil.copytree(template, tmp_path / "quiet")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_never_overwrites(quiet: Path) -> None:
    before = contents(quiet)
    done = command(quiet, "backup", "backup.tar")
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    assert contents(quiet) == before


def test_a_backup_that_cannot_be_finished_leaves_nothing(quiet: Path) -> None:
    (quiet / "var/bot.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 8_000)
    before = contents(quiet)
    done = command(quiet, "backup", "second.tar")
    assert (done.returncode, "cannot be copied" in done.stderr) == (2, True)
    assert contents(quiet) == before
    done = command(quiet, "doctor")
    assert (done.returncode, "problem  database" in done.stdout) == (1, True)


def test_a_damaged_database_can_be_restored_and_is_kept(quiet: Path) -> None:
    (quiet / "var/bot.db").write_bytes(b"not a database")
    done = command(quiet, "restore", "backup.tar", "--yes")
    assert done.returncode == 0, done.stderr
    assert check(quiet, "database") == {"database": "ok"}
    [aside] = (quiet / "var").glob("bot.db.before-*[0-9]")
    assert aside.read_bytes() == b"not a database"


def test_a_backup_of_a_newer_version_is_refused(quiet: Path) -> None:
    with closing(sqlite3.connect(quiet / "var/bot.db")) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
    assert command(quiet, "backup", "newer.tar").returncode == 0
    done = command(quiet, "restore", "newer.tar", "--yes")
    assert (done.returncode, "newer version" in done.stderr) == (2, True)


def test_a_backup_of_sqlite_does_not_go_into_postgresql(quiet: Path) -> None:
    done = command(quiet, "restore", "backup.tar", "--yes", BOT_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert (done.returncode, "holds a SQLite database" in done.stderr) == (2, True)


def test_a_damaged_backup_changes_nothing(quiet: Path) -> None:
    with (quiet / "backup.tar").open("r+b") as file:
        file.seek(5_000)
        file.write(b"\xff" * 8)
    before = contents(quiet)
    done = command(quiet, "restore", "backup.tar", "--yes")
    assert (done.returncode, "no backup that can be trusted" in done.stderr) == (2, True)
    assert contents(quiet) == before


def test_with_postgresql_the_files_are_packed_and_the_database_is_pg_dumps(quiet: Path) -> None:
    done = command(quiet, "backup", "files.tar", BOT_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert (done.returncode, "pg_dump" in done.stdout) == (0, True)
    with tarfile.open(quiet / "files.tar") as tar:
        assert tar.getnames() == ["secret", "manifest.json"]
    done = command(quiet, "restore", "files.tar", "--yes")
    assert (done.returncode, "holds no database" in done.stderr) == (2, True)


def test_a_secret_from_the_settings_is_not_packed(quiet: Path) -> None:
    assert command(quiet, "backup", "second.tar", BOT_SECRET="canary" * 8).returncode == 0
    with tarfile.open(quiet / "second.tar") as tar:
        assert tar.getnames() == ["bot.db", "manifest.json"]
    assert b"canary" not in (quiet / "second.tar").read_bytes()


def test_nothing_is_made_by_looking_where_nothing_is(tmp_path: Path) -> None:
    assert command(tmp_path, "doctor").returncode == 0
    assert command(tmp_path, "backup", "b.tar").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_ends_a_command_without_a_word(quiet: Path) -> None:
    """A process: only one ends by a broken pipe."""
    words = "reminders --from 2026-10-01 --to 2026-10-31"  # far more than a pipe holds
    bash = shutil.which("bash")
    assert bash
    piped = [bash, "-o", "pipefail", "-c", f"{sys.executable} -m bot {words} | head -c 10"]
    done = subprocess.run(piped, cwd=quiet, env=environment(), capture_output=True, check=False, timeout=PATIENCE)
    assert (len(done.stdout), done.stderr) == (10, b"")


def test_another_time_zone_stops_the_start(tmp_path: Path) -> None:
    done = command(tmp_path, "run", BOT_TIMEZONE="Europe/Berlin")
    assert done.returncode == 2
    assert done.stderr == "BOT_TIMEZONE: this version knows Asia/Ho_Chi_Minh only; leave the setting out\n"
