"""Tables kept in workbooks: .xlsx, .xls and .ods, told by their content and not by their name."""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from plan.problems import Problems

ZIP, CONTAINER = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIXES = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name under which Excel keeps what a password locks."""
FILE_PASS = re.compile(rb"\x09\x08\x10\x00.{16}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""The record behind the first one of a locked .xls ([MS-XLS] 2.4.117)."""
LONGEST_MANIFEST = 1 << 20
"""Bytes; one names a dozen files. Packed, a thousand times as many fit into what people may send."""
PATIENCE = 60.0
"""Seconds for reading a workbook; ten thousand units take one."""
PROJECT = Path(__file__).parents[1]


def is_workbook(data: bytes, file: str) -> bool:
    """Whether the file is one, or calls itself one: a text under such a name has to be saved again."""
    return data.startswith((ZIP, CONTAINER)) or (bool(data) and PurePath(file).suffix.lower() in SUFFIXES)


def read_sheet(
    data: bytes, file: str, problems: Problems, count_names: Callable[[Sequence[str]], int], looked_at: int
) -> list[list[str]] | None:
    """The lines of the first sheet with the most column names in one of its first `looked_at` lines.

    A line's place in the list is its row; `None` if the workbook cannot be read.
    """
    sheets = read_all(data, file, problems)
    if sheets is None:
        return None
    found = {name: max(map(count_names, lines[:looked_at]), default=0) for name, lines in sheets.items()}
    most = max(found.values(), default=0)
    if not most:
        return next((lines for lines in sheets.values() if any(map(any, lines))), [])
    best, *others = (name for name in sheets if found[name] == most)
    if others:
        problems.doubt(file, 0, "other_lists", sheet=best, others="”, “".join(others))
    return sheets[best]


def read_all(data: bytes, file: str, problems: Problems) -> dict[str, list[list[str]]] | None:
    """The lines of all visible sheets by their names; `None` if the workbook cannot be read."""
    if _is_locked(data):
        problems.add(file, 0, "locked")
        return None
    sheets = _sheets(data)
    if sheets is None:
        problems.add(file, 0, "no_workbook")
    return sheets


def _sheets(data: bytes) -> dict[str, list[list[str]]] | None:
    command = [sys.executable, "-m", "plan.sheets"]
    try:
        read = subprocess.run(command, input=data, capture_output=True, check=True, cwd=PROJECT, timeout=PATIENCE)  # noqa: S603 (our own)
    except subprocess.SubprocessError:
        return None
    sheets: dict[str, list[list[str]]] = json.loads(read.stdout)
    return sheets


def _is_locked(data: bytes) -> bool:
    if not data.startswith(ZIP):
        return ENCRYPTED in data or FILE_PASS.search(data) is not None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(LONGEST_MANIFEST)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError, ValueError):
        return False
