"""Makes files in child processes, so that neither the event loop nor the writer waits for one.

A child reads the database itself, from a snapshot of its own, and has bounded memory and time. It is told what to make
on its standard input, since its arguments can be seen by others of the machine.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any

from bot.clock import system_now
from bot.settings import Settings
from handlers.context import World
from handlers.obligations import sheets
from handlers.people import lists
from messages import Document
from scheduler.filing import Filing, NotMadeError, Tell, Tools
from storage.db.database import Database
from storage.files.media import MediaStore

MOST_SECONDS = 900.0
"""Seconds for one file: the largest we know takes half a minute; this ends what would never end."""
HEARTBEAT_SECONDS = 2.0
"""Seconds after which the parent is told anew, even if the child has nothing to say."""
CHILD = "bot.maker"


@dataclass(frozen=True, slots=True)
class ChildMaker:
    """A `Maker` that starts a child for each file."""

    database_url: str
    plan: Path
    media: Path

    def __call__(self, document: Document, now: datetime, place: Path, tell: Tell) -> str:
        order = {
            "url": self.database_url,
            "plan": str(self.plan),
            "media": str(self.media),
            "kind": document.kind,
            "data": dict(document.data),
            "now": now.isoformat(),
            "place": str(place.resolve()),
        }
        child = subprocess.Popen(  # noqa: S603 (our own module; what is to be made goes in by stdin)
            [sys.executable, "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            text=True,
            start_new_session=True,
        )
        assert child.stdout  # noqa: S101 (it is a pipe)
        lines: SimpleQueue[str] = SimpleQueue()
        reader = Thread(target=_read, args=(child.stdout, lines), daemon=True)
        reader.start()
        try:
            return _text_of(_answer(child, json.dumps(order), lines, tell), child)
        except BrokenPipeError as error:
            raise NotMadeError("it ended before it was told what to make") from error
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            reader.join()


def filing(
    database: Database, settings: Settings, store: MediaStore, now: Callable[[], datetime], world: World
) -> Filing:
    """What makes files in this process, and reads lists; `now` is the conversation's clock."""
    tools = Tools(
        make=ChildMaker(settings.database_url, settings.plan, settings.media),
        store=store,
        folder=settings.media / "making",
        now=now,
        machine=system_now,
        monotonic=monotonic,
        token=lambda: secrets.token_hex(8),
        readers={**lists.readers(world), **sheets.readers(world)},
    )
    return Filing(database, tools)


def _answer(child: "subprocess.Popen[str]", order: str, lines: "SimpleQueue[str]", tell: Tell) -> dict[str, Any]:
    """The last line that the child says; on the way its progress is passed on."""
    assert child.stdin  # noqa: S101 (it is a pipe)
    with child.stdin as told:
        told.write(order)
    until, done, whole = monotonic() + MOST_SECONDS, 0, 1
    while monotonic() < until:
        try:
            line = lines.get(timeout=HEARTBEAT_SECONDS)
        except Empty:
            line = "{}"
        said: dict[str, Any] = json.loads(line) if line else {"failed": f"exit code {child.wait()}"}
        if "text" in said or "failed" in said:
            return said
        done, whole = said.get("done", done), said.get("whole", whole)
        tell(done, whole)
    raise NotMadeError(f"more than {MOST_SECONDS:.0f} s")


def _read(output: IO[str], lines: "SimpleQueue[str]") -> None:
    with output:
        for line in output:
            lines.put(line)
    lines.put("")


def _text_of(answer: dict[str, Any], child: "subprocess.Popen[str]") -> str:
    if "failed" in answer:
        raise NotMadeError(str(answer["failed"]))
    child.wait()
    return str(answer["text"])
