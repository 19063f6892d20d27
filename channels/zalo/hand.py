"""The update in hand: on the disk from the moment it was fetched until it is committed.

By most accounts a poll consumes its update, so that a process killed while the database is away would take it along.
What is left of that: an update that the platform hands to a connection whose process has just died, about one a kill,
which nothing on this side can help; and the time from the answer's last byte to the end of one flush, in which nothing
is parsed, asked or awaited but the answer itself.
"""

import json
import os
from pathlib import Path
from typing import Any

from storage.files.media import flush_folder


class Hand:
    """What one bot's poller holds: one small file, written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def hold(self, raw: Any) -> None:
        """Keep a poll's result; on the disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps(raw))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        flush_folder(self._path.parent)

    def left(self) -> Any:
        """What a process that ended left behind, `None` if nothing."""
        try:
            return json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def release(self) -> None:
        """It is committed: let go of it."""
        self._path.unlink(missing_ok=True)
