"""The child process that makes one file: an order as JSON on stdin, its progress as JSON lines on stdout.

The last line is {"text": …}, the message that brings the file, or {"failed": …}, the kind of error without any of
people's words.
"""

import json
import os
import resource
import sys
import traceback
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from plan.loader import load_plan
from reports.files.builders import builder_of
from reports.files.building import Material
from storage.db.snapshot import snapshot
from storage.files.media import MediaStore

MAX_MEMORY = 1024 * 2**20
"""Bytes of address space; the largest file takes a fifth of it, and the bot beside it is not to be swapped out."""
SAY_SECONDS = 0.5
NICENESS = 10
"""Whoever waits for an answer goes first."""


def main() -> int:
    """Make what is ordered."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    os.nice(NICENESS)
    order = json.load(sys.stdin)
    try:
        _say({"text": make(order)})
    except Exception as error:  # noqa: BLE001 (whatever it is, the one who waits is told)
        _say({"failed": _named(error)})
    return 0


def make(order: dict[str, Any]) -> str:
    """Make the file of an order, and return the text that goes with it."""
    folder = Path(order["plan"])
    files = MediaStore(Path(order["media"]))
    with snapshot(order["url"]) as db:
        material = Material(db, load_plan(folder), folder, datetime.fromisoformat(order["now"]), Telling(), files.path)
        return builder_of(order["kind"])(material, order["data"], Path(order["place"]))


def _named(error: Exception) -> str:
    """The kind of an error and where it happened: never its text, which may quote what people wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


class Telling:
    """Says how far the work is, a few times a second at most."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, done: int, whole: int) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + SAY_SECONDS
            _say({"done": done, "whole": whole})


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 (the contract is standard output)


if __name__ == "__main__":
    sys.exit(main())
