"""The command line: `command` runs one in this process; `Chat` is the real process, spoken to line by line."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from logging import Logger
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from bot.cli import main
from bot.logs import CHATTY
from bot.private import OTHERS
from plan.loader import load_plan
from plan.model import Plan
from tests.conversation import shipped_plan
from tests.process import ROOT, environment

Message = dict[str, Any]
SETTINGS = {"BOT_DATABASE_URL": "sqlite:///bot.db", "BOT_MEDIA": "media"}
"""All of it in the working directory itself."""


def command(folder: Path, *words: str, typed: str = "", **settings: str) -> CompletedProcess[str]:
    """A command to its end, without a process of its own: importing everything would take longer than the command."""
    out, err = io.StringIO(), io.StringIO()
    mask, streams = os.umask(OTHERS), (redirect_stdout(out), redirect_stderr(err))
    with logs_as_before(), pytest.MonkeyPatch.context() as patch, streams[0], streams[1]:
        for name in [name for name in os.environ if name.startswith("BOT_")]:
            patch.delenv(name)
        for name, value in environment(**settings).items():
            patch.setenv(name, value)
        patch.setattr("bot.prepare.load_plan", known_plan)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        patch.chdir(folder)
        try:
            code = main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            os.umask(mask)
    return CompletedProcess(words, code, out.getvalue(), err.getvalue())


@contextmanager
def logs_as_before() -> Iterator[None]:
    """What a command sets up for its own process is not for the next test, which would miss lines, or find more."""
    handlers = logging.root.handlers[:]
    loggers = [logging.root, *(each for each in logging.root.manager.loggerDict.values() if isinstance(each, Logger))]
    levels = {logger: logger.level for logger in loggers}
    try:
        yield
    finally:
        logging.root.handlers[:] = handlers
        for logger in {*loggers, *map(logging.getLogger, CHATTY)}:
            logger.setLevel(levels.get(logger, logging.NOTSET))


def told(folder: Path, *words: str, **settings: str) -> Message:
    """What a command that must not fail tells programs."""
    done = command(folder, *words, "--json", **settings)
    assert done.returncode == 0, done.stderr
    found: Message = json.loads(done.stdout)
    return found


def known_plan(folder: Path) -> Plan:
    """The plan that ships is compiled once for all commands."""
    return shipped_plan() if folder == ROOT / "plan" else load_plan(folder)


@dataclass
class Chat:
    """One run of `chat --as CODE --json`; `heard` is what the last line brought, without its end."""

    folder: Path
    code: str
    heard: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "chat", "--as", self.code, "--json"],
                cwd=self.folder,
                env=environment(**SETTINGS),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def says(self, text: str) -> str:
        return self.sends(text=text)

    def taps(self, label: str) -> str:
        """Choose what begins so among the choices of the last message."""
        found = [choice["id"] for choice in self.heard[-1]["choices"] if choice["label"].startswith(label)]
        assert found, f"no choice {label!r} under {self.heard[-1]}"
        return self.sends(choose=found[0])

    def sends(self, **line: object) -> str:
        return self.writes(json.dumps(line).encode())

    def writes(self, line: bytes) -> str:
        """All the texts that a line brings, up to its end."""
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        self.heard = []
        while "end" not in (message := self._next()):
            self.heard.append(message)
        assert message == {"end": True}
        return "\n\n".join(str(each["text"]) for each in self.heard)

    def _next(self) -> Message:
        assert self.process.stdout
        message: Message = json.loads(self.process.stdout.readline())
        return message

    def end(self) -> int:
        """Close its input; its exit code."""
        rest, _ = self.process.communicate()
        assert rest == b""
        return self.process.returncode

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.communicate()
