"""The documents say what is true: what they name is there, and what is there is named.

A setting, a command, a dependency or an error in the log that nobody can look up is half finished.
"""

import argparse
import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
ROOMS = ("bot", "channels", "handlers", "scheduler", "reports", "plan", "storage", "interview", "messages", "locales")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(rf"`((?:{'|'.join(ROOMS)}|tests|bench|docs|web)/[\w./-]+)`")
MACHINE_PATH = re.compile(r"(?<![\w.$})>/~%-])/(?:home|root|work|Users|mnt|srv|opt|usr/local)/\w")
REGISTRY = re.compile(
    r"https?://[\w.-]*(?:pypi|pythonhosted|artifactory|jfrog|nexus|npmjs)|--(?:extra-)?index-url", re.IGNORECASE
)
PLACE = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[a-z]")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file of the repository; all of the folder's own where there is no repository (an unpacked archive)."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        skipped = {".venv", "var", ".git"}
        return [p for p in ROOT.rglob("*") if p.is_file() and not skipped & set(p.relative_to(ROOT).parts)]
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_relative_links_lead_somewhere(document: Path) -> None:
    links = [link.partition("#")[0] for link in LINK.findall(document.read_text("utf-8"))]
    broken = [link for link in links if link and "://" not in link and not (document.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_files_named_in_the_text_exist(document: Path) -> None:
    missing = [name for name in FILE.findall(document.read_text("utf-8")) if not (ROOT / name).exists()]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_table_explains_a_name_twice(document: Path) -> None:
    firsts = [
        re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE) for table in document.read_text("utf-8").split("\n\n")
    ]
    assert [first for table in firsts for first in set(table) if table.count(first) > 1] == []


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_explained(setting: str) -> None:
    assert f"| `BOT_{setting.upper()}` |" in OPERATIONS


def test_no_setting_is_explained_that_is_not_there() -> None:
    explained = {name.lower() for name in re.findall(r"^\| `BOT_([A-Z_]+)` \|", OPERATIONS, re.MULTILINE)}
    assert explained == set(Settings.model_fields)


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [re.split(r"[\s\[<>=!~;]", line, maxsplit=1)[0] for line in lines]


@pytest.mark.parametrize("package", dependencies())
def test_every_dependency_has_its_reason(package: str) -> None:
    rows = (ROOT / "docs" / "dependencies.md").read_text("utf-8").splitlines()
    assert any(re.match(rf"\| {re.escape(package)}[ |(]", row) for row in rows)


def commands(parser: argparse.ArgumentParser, above: str = "") -> Iterator[str]:
    """Every command that can be typed, with the words before it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from commands(below, f"{above} {name}".strip())
            return
    yield above


@pytest.mark.parametrize("command", [*commands(cli._parser(()))])
def test_every_command_is_explained(command: str) -> None:
    assert re.search(rf"^\| `python -m bot {command}\b", OPERATIONS, re.MULTILINE)


def errors_of(path: Path) -> Iterator[str]:
    """What a module logs as an error, with "…" for what is put in; a line without words of its own is left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("log"), attr="error" | "exception"), args=[words, *_]):
                text = PLACE.sub("…", str(ast.literal_eval(words))).partition("\n")[0]
                if re.search(r"\w", text):
                    yield text


@pytest.mark.parametrize("room", ROOMS)
def test_every_error_in_the_log_can_be_looked_up(room: str) -> None:
    errors = {error for path in (ROOT / room).rglob("*.py") for error in errors_of(path)}
    assert not {error for error in errors if f"`{error}`" not in OPERATIONS}


def test_decisions_have_a_number_of_their_own_and_say_their_status() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(re.search(r"^Status: \w+", path.read_text("utf-8"), re.MULTILINE) for path in decisions)


def test_no_file_names_a_place_on_somebodys_machine_or_a_package_registry(tracked: list[Path]) -> None:
    found = []
    for path in tracked:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {match[0]}" for match in (MACHINE_PATH.search(text), REGISTRY.search(text)) if match]
    assert not found
