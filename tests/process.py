"""The real process, `python -m bot …`, in a folder of its own."""

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]


class BotProcess:
    """One installation: its folder, its settings, and at most one process that serves it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.log = folder / "log"
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOT_PLAN": str(ROOT / "plan"),
            "BOT_PORT": "0",
            **environment,
        }
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await self._execute("run", stderr=log)

    async def end(self, how: signal.Signals) -> int:
        """Send it a signal and wait for its end; its exit code, negative for a signal."""
        assert self._process
        self._process.send_signal(how)
        return await self._process.wait()

    async def tells(self, *arguments: str) -> dict[str, object]:
        """What a command prints."""
        process = await self._execute(*arguments, "--json", stdout=asyncio.subprocess.PIPE)
        out, _ = await process.communicate()
        told: dict[str, object] = json.loads(out)
        return told

    async def _execute(self, *arguments: str, **streams: int | io.BufferedWriter) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "bot", *arguments)
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=self._folder,
            env=self.environment,
            **streams,  # type: ignore[arg-type]
        )
