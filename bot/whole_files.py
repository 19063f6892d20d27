"""Writes a file that somebody asked for: it takes its place when it is whole, and else nothing is there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import UsageError


def check_place(option: str, out: Path) -> None:
    """Refuse a place at which no file can stand, before any work is done for it. Raises `UsageError`."""
    if not out.parent.is_dir() or out.is_dir():
        raise UsageError(f"{option}: {out} cannot be written. Name a file in a folder that is there.")


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """The path to write to; what was written there stands at `out` afterwards, unless writing failed."""
    handle, part = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    os.close(handle)
    try:
        yield Path(part)
        Path(part).replace(out)
    finally:
        Path(part).unlink(missing_ok=True)
