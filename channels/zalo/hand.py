"""Keeps the update in hand on the disk from the moment it was fetched until it is committed.

By most accounts a poll consumes its update, so that a process killed while the database is away would lose it.
Two gaps are left. The platform may hand an update to a connection whose process has just died, about one a kill;
nothing on this side can help that. And there is the time from the answer's last byte to the end of one flush, in which
the process does nothing else.
"""

import json
import os
from pathlib import Path
from typing import Any

from storage.files.media import flush_folder


class Hand:
    """Holds one poll of one bot in a small file, which is written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def hold(self, raw: Any) -> None:
        """Keep a poll's result; it is on the disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps(raw))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        flush_folder(self._path.parent)

    def left(self) -> Any:
        """Return what a process that ended left behind, `None` if nothing."""
        try:
            return json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def release(self) -> None:
        """Let go of the update, which is committed."""
        self._path.unlink(missing_ok=True)
