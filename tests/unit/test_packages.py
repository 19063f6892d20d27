"""What an installed copy holds: every package, and every file that one reads, is named in pyproject.toml."""

import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
ROOMS = [*PROJECT["tool"]["importlinter"]["root_packages"], "web"]


def files() -> list[Path]:
    """All of the rooms' files, relative to the root."""
    found = chain.from_iterable((ROOT / room).rglob("*") for room in ROOMS)
    return [path.relative_to(ROOT) for path in found if path.is_file() and "__pycache__" not in path.parts]


def test_every_folder_of_code_is_a_listed_package() -> None:
    folders = {".".join(path.parent.parts) for path in files() if path.suffix == ".py"}
    assert sorted(folders) == SETUPTOOLS["packages"]
    assert all((ROOT / folder.replace(".", "/") / "__init__.py").is_file() for folder in folders)


def test_every_other_file_is_named_as_its_packages_data() -> None:
    data = {str(path) for path in files() if path.suffix != ".py"}
    named: set[str] = set()
    for package, patterns in SETUPTOOLS["package-data"].items():
        place = ROOT / package.replace(".", "/")
        for pattern in patterns:
            matched = {str(path.relative_to(ROOT)) for path in place.glob(pattern)}
            assert matched, f"{package}: {pattern} matches nothing"
            named |= matched
    assert data == named
