"""The real process at a terminal: `python -m bot chat --json`, spoken to line by line as a program does."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.process import environment

Message = dict[str, Any]
SETTINGS = {"BOT_DATABASE_URL": "sqlite:///bot.db", "BOT_MEDIA": "media"}
"""All of it in the working directory itself."""


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
