"""A process that talks to the intake and is killed at a given step; run as a program by `test_crash`.

A step is a statement that goes to the database, a commit's return, or an acknowledgement. The program imports
everything once and forks for each life, since importing takes seconds and being killed takes none. It reads a line of
JSON for each life, `{"url", "acknowledged", "die_at"}`, and answers with `{"code", "steps"}`.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from bot.library import Library
from conversation.intake import take_once
from handlers.context import World
from messages import Incoming, Text
from services.directory.codes import Seal
from storage.db.database import open_database
from tests.conversation import CALENDAR, WEDNESDAY, numbered_code, shipped_plan, town

CONVERSATION = (
    f"/start {numbered_code(0)}",
    "tôi đồng ý, bắt đầu",
    *("báo cáo", "1", "2", "hôm nay", "người dân", "nữ 30 nam 15", "gửi"),
    *("của tôi", "tóm tắt"),
)
"""From a stranger to a stored report and a look at it, in words that every channel understands."""


class Life:
    """Counts steps, and ends the process without a word at one of them (0: never)."""

    def __init__(self, die_at: int) -> None:
        self.steps = 0
        self._die_at = die_at

    def step(self, *_: object) -> None:
        self.steps += 1
        if self.steps == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, connection: Any, _record: object) -> None:
        """Have every statement of a new connection be a step."""
        if not isinstance(connection, psycopg.Connection):
            connection.set_trace_callback(self.step)
            return
        step = self.step

        class Stepping(psycopg.Cursor[Any]):
            def execute(self, *arguments: Any, **options: Any) -> "Stepping":
                step()
                return super().execute(*arguments, **options)

        connection.cursor_factory = Stepping


def talk(url: str, acknowledged: Path, life: Life) -> None:
    """Send what was not acknowledged yet, one after the other, as a platform does; acknowledge what is committed."""
    event.listen(Engine, "connect", life.watch)
    with open_database(url) as database:
        plan = shipped_plan()
        world = World(plan, CALENDAR, Library(plan), "https://bot.example", lambda: numbered_code(9), Seal(bytes))

        def take(update: Incoming) -> None:
            database.write(lambda db: take_once(db, world, update, WEDNESDAY)).result()

        for at in range(int(acknowledged.read_text()), len(CONVERSATION)):
            take(Incoming("web", "bot", "lan", str(at), Text(CONVERSATION[at])))
            life.step()
            acknowledged.write_text(f"{at + 1}")
            life.step()


def seed(url: str) -> None:
    """The plan in place and one invitation."""
    with open_database(url) as database:
        town(database).invitation("propagandist", "P10-KP05")


def main() -> None:
    """Fork for each line, and say how the child ended."""
    shipped_plan()
    for line in sys.stdin:
        order = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            live(order, write)
        os.close(write)
        with os.fdopen(read) as said:
            steps = said.read()
        _, status = os.waitpid(child, 0)
        answer = {"code": os.waitstatus_to_exitcode(status), "steps": int(steps or 0)}
        print(json.dumps(answer), flush=True)  # noqa: T201 (the answer to `test_crash`)


def live(order: dict[str, Any], write: int) -> None:
    """One life; never returns into the parent's loop."""
    code = 1
    try:
        if "die_at" in order:
            life = Life(order["die_at"])
            talk(order["url"], Path(order["acknowledged"]), life)
            os.write(write, f"{life.steps}".encode())
        else:
            seed(order["url"])
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
