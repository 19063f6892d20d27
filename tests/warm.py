"""A parent that has imported everything and opened nothing, and forks the real process on demand.

Importing takes seconds, being killed takes none: so a crash test spends its time on crashes. What is forked runs a
command of `bot.cli` with its own settings, as `python -m bot` does. `Warm` and `WarmProcess` are the test's side of it;
the other side is this module run as a program, which takes a line of JSON for each order and answers with another.
"""

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from bot import cli
from bot.private import OTHERS
from plan.loader import load_plan
from tests.process import environment

_NONE: Mapping[str, Any] = MappingProxyType({})


class Warm:
    """The parent of processes that begin in no time; several tests may share one.

    `modules` are what they will need besides: what a process imports by itself, it imports at each start.
    `constants` ("module:NAME" → value) replace module constants before anything uses them: leases of minutes and the
    platform's own pace would make a crash test wait, not crash. A number is seconds where the constant is a span of
    time; a list is what the constant's class is made of.
    """

    def __init__(self, *modules: str, constants: Mapping[str, Any] = _NONE) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", __name__, json.dumps(dict(constants)), *modules],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._hear() == {"ready": True}

    def ask(self, **order: object) -> dict[str, Any]:
        """Hand it a line, and hear its answer."""
        assert self._parent.stdin
        self._parent.stdin.write(f"{json.dumps(order)}\n")
        self._parent.stdin.flush()
        return self._hear()

    def close(self) -> None:
        """End it; what it forked has ended before."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.close()
        self._parent.wait()
        self._parent.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hear(self) -> dict[str, Any]:
        assert self._parent.stdout
        heard: dict[str, Any] = json.loads(self._parent.stdout.readline())
        return heard


class WarmProcess:
    """An installation in a folder, with its settings, and at most one process that serves it; made as a context.

    What it prints is in `said`, each life's own; its log goes on over all lives.
    """

    def __init__(self, warm: Warm, folder: Path, settings: Mapping[str, str], words: Sequence[str] = ("run",)) -> None:
        self.log, self.said = folder / "log", folder / "said"
        self.pid = 0
        self._words = words
        self._warm = warm
        self._folder = folder
        self._settings = {"BOT_PORT": "0", **settings}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid:
            self.finish(signal.SIGKILL)

    def begin(self) -> None:
        """Fork a process."""
        assert not self.pid
        order = {"start": str(self._folder), "settings": self._settings, "words": list(self._words)}
        self.pid = self._warm.ask(**order)["pid"]

    def finish(self, how: signal.Signals) -> int:
        """Send it a signal and wait for its end; its exit code, negative for a signal."""
        pid, self.pid = self.pid, 0
        os.kill(pid, how)
        return int(self._warm.ask(wait=pid)["code"])

    async def start(self) -> None:
        self.begin()

    async def end(self, how: signal.Signals) -> int:
        """`finish`, while what it talks to goes on."""
        return await asyncio.to_thread(self.finish, how)

    async def kill(self) -> None:
        """End it as a power cut does."""
        assert await self.end(signal.SIGKILL) == -signal.SIGKILL, "a kill that hits no live process does not count"


def _replace(constants: Mapping[str, Any]) -> None:
    for place, value in constants.items():
        module, _, name = place.partition(":")
        room = import_module(module)
        kind = type(getattr(room, name))
        new = kind(*value) if isinstance(value, list) else kind(seconds=value) if kind is timedelta else value
        setattr(room, name, new)


def _import_everything(modules: Sequence[str]) -> None:
    """And compile the plan: it is only read, so each child may have the parent's. No child's collector looks at it all
    again, which would take longer than the rest of a start."""
    for module in ("bot.app", *modules):
        import_module(module)
    preparing = import_module("bot.prepare")
    vars(preparing)["load_plan"] = cache(load_plan)
    preparing.load_plan(Path(os.environ["BOT_PLAN"]))
    gc.collect()
    gc.freeze()


def main() -> None:
    os.umask(OTHERS)
    _replace(json.loads(sys.argv[1]))
    _import_everything(sys.argv[2:])
    _tell(ready=True)
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            child = os.fork()
            if not child:
                _live(Path(order["start"]), order["settings"], order["words"])
            _tell(pid=child)
        else:
            _, status = os.waitpid(order["wait"], 0)
            _tell(code=os.waitstatus_to_exitcode(status))


def _tell(**answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 (the answer to `Warm`)


def _live(folder: Path, settings: Mapping[str, str], words: Sequence[str]) -> None:
    """Never returns into the parent's loop."""
    sys.stdin.close()
    code = 1
    try:
        os.chdir(folder)
        os.dup2(os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
        os.environ.update(settings)
        code = cli.main(words)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
