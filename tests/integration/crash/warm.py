"""A parent that has imported everything and opened nothing, and forks the real process on demand.

Importing takes seconds, being killed takes none: so a crash test spends its time on crashes. What is forked runs
`bot.app.serve` with its own settings, as `python -m bot run` does. `Warm` is the test's side of it; the other side is
this module run as a program, which takes a line of JSON for each start and answers with lines of JSON.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from plan.loader import load_plan
from tests.process import environment


class Warm:
    """The parent, and the one child that it has at a time.

    `constants` ("module:NAME" → value) replace module constants before anything uses them: leases of minutes and the
    platform's own pace would make a crash test wait, not crash. A number is seconds where the constant is a span of
    time; a list is what the constant's class is made of.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str], constants: Mapping[str, Any]) -> None:
        self._folder = folder
        self._environment = environment(**settings)
        self._constants = dict(constants)
        self._parent: asyncio.subprocess.Process | None = None
        self.pid = 0

    async def __aenter__(self) -> Self:
        with (self._folder / "log").open("ab") as log:
            self._parent = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __name__, json.dumps(self._constants)),
                cwd=self._folder,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert await self._hear() == {"ready": True}
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._parent
        assert self._parent.stdin
        if self.pid:
            await self.end(signal.SIGKILL)
        self._parent.stdin.close()
        await self._parent.wait()

    async def start(self) -> None:
        """Fork a process."""
        assert not self.pid
        self.pid = (await self._ask("start"))["pid"]

    async def end(self, how: signal.Signals) -> int:
        """Send it a signal and wait for its end; its exit code, negative for a signal."""
        os.kill(self.pid, how)
        self.pid = 0
        return int((await self._ask("wait"))["code"])

    async def _ask(self, command: str) -> dict[str, Any]:
        assert self._parent
        assert self._parent.stdin
        self._parent.stdin.write(f"{command}\n".encode())
        return await self._hear()

    async def _hear(self) -> dict[str, Any]:
        assert self._parent
        assert self._parent.stdout
        line = await self._parent.stdout.readline()
        heard: dict[str, Any] = json.loads(line)
        return heard


def _replace(constants: Mapping[str, Any]) -> None:
    for place, value in constants.items():
        module, _, name = place.partition(":")
        room = import_module(module)
        kind = type(getattr(room, name))
        new = kind(*value) if isinstance(value, list) else kind(seconds=value) if kind is timedelta else value
        setattr(room, name, new)


def _import_everything() -> None:
    """And compile the plan: it is only read, so each child may have the parent's. No child's collector looks at it all
    again, which would take longer than the rest of a start."""
    for module in ("bot.app", "channels.telegram.channel", "channels.zalo.channel"):
        import_module(module)
    preparing = import_module("bot.prepare")
    vars(preparing)["load_plan"] = cache(load_plan)
    preparing.load_plan(Path(os.environ["BOT_PLAN"]))
    gc.collect()
    gc.freeze()


def _child() -> None:
    from bot import logs
    from bot.app import serve
    from bot.settings import Settings

    settings = Settings()
    logs.set_up(settings.secrets())
    asyncio.run(serve(settings))


def main() -> None:
    _replace(json.loads(sys.argv[1]))
    _import_everything()
    print('{"ready": true}', flush=True)  # noqa: T201
    child = 0
    for line in sys.stdin:
        if line.strip() == "start":
            child = os.fork()
            if not child:
                _run_child()
            print(json.dumps({"pid": child}), flush=True)  # noqa: T201
        else:
            _, status = os.waitpid(child, 0)
            print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)  # noqa: T201


def _run_child() -> None:
    """Never returns into the parent's loop."""
    sys.stdin.close()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    code = 1
    try:
        _child()
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
