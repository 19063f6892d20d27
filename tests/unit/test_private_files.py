"""Nobody else on the machine reads what the process keeps: new files are its own, old ones are narrowed."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.private import narrow
from bot.settings import Settings
from tests.process import environment


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_whatever_a_command_makes_is_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "invite", "secretariat", "GV"]
    old = os.umask(0o000)
    try:
        subprocess.run(command, cwd=tmp_path, env=environment(), check=True, capture_output=True)
    finally:
        os.umask(old)
    made = list(tmp_path.rglob("*"))
    assert tmp_path / "var" / "bot.db" in made
    assert [path for path in made if mode(path) & 0o077] == []


def test_what_stood_open_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = (
        *("var/bot.db", "var/bot.db-wal", "var/bot.db-shm", "var/bot.db.before-1", "var/secret", "backup-2026.tar"),
        *("var/media/ab/photo", "var/media/in-hand/zalo-1.json", "var/media/rendered/x.png", "var/media.before-1/ab/y"),
    )
    other = tmp_path / "elsewhere"
    for path in (*map(tmp_path.joinpath, names), other):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        path.chmod(0o666)
    (tmp_path / "var" / "media" / "link").symlink_to(other)
    for folder in tmp_path.rglob("var/media*"):
        folder.chmod(0o755)
    narrow(Settings())
    for path in map(tmp_path.joinpath, names):
        assert mode(path) == 0o600
    assert mode(tmp_path / "var" / "media") == mode(tmp_path / "var" / "media" / "ab") == 0o700
    assert mode(other) == 0o666


def test_a_setting_that_names_a_folder_by_mistake_closes_nothing(tmp_path: Path) -> None:
    """Neither the folder itself nor its neighbours of a like name: whoever else works there goes on."""
    everybodys, neighbour = tmp_path / "tmp", tmp_path / "tmp-of-another"
    for folder in (everybodys, neighbour):
        folder.mkdir()
    neighbour.chmod(0o755)
    everybodys.chmod(0o1777)
    narrow(Settings(database_url=f"sqlite:///{everybodys}", media=everybodys))
    assert (mode(everybodys), mode(neighbour)) == (0o1777, 0o755)
    everybodys.chmod(0o755)
    narrow(Settings(database_url=f"sqlite:///{everybodys}", media=tmp_path / "media"))
    assert mode(everybodys) == 0o755
