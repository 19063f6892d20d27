"""What reading costs, counted: the same on every machine and in every run.

A meter counts calls of Python's and of C's functions, and for each regular expression the characters that it was
handed: one call of a bad expression may take seconds and is still one call.
"""

import gc
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from cProfile import Profile
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard

ROOMS = (
    "bot",
    "channels",
    "conversation",
    "handlers",
    "interview",
    "messages",
    "plan",
    "reports",
    "scheduler",
    "storage",
)
USES = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
"""What a regular expression does with a text."""


@dataclass
class Cost:
    """Calls, known once the work is done, and characters by the expression that they were handed to."""

    calls: int = 0
    handed: Counter[str] = field(default_factory=Counter)


class Meter:
    """Counts one piece of work after the other."""

    def __init__(self) -> None:
        self._cost = Cost()

    @contextmanager
    def running(self) -> Iterator[Cost]:
        """What is done here, with nothing remembered of what was read before, nor collected of other tests' garbage."""
        forget_what_is_remembered()
        self._cost = cost = Cost()
        counting = Profile()
        gc.disable()
        counting.enable(subcalls=False)
        try:
            yield cost
        finally:
            counting.disable()
            gc.enable()
            cost.calls = sum(each.callcount for each in counting.getstats())

    def hand(self, pattern: str, text: str) -> None:
        """An expression is about to read a text."""
        self._cost.handed[pattern] += len(text)


class Counted:
    """A regular expression that tells a meter how much it is handed."""

    def __init__(self, pattern: re.Pattern[str], meter: Meter) -> None:
        self._pattern, self._meter = pattern, meter

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if name not in USES:
            return found

        def counted(*given: Any) -> Any:
            self._meter.hand(self._pattern.pattern, given[1] if name in {"sub", "subn"} else given[0])
            return found(*given)

        return counted


@contextmanager
def metered() -> Iterator[Meter]:
    """A meter that sees every regular expression which a module of ours holds."""
    meter = Meter()
    replaced = [
        (module, name, value)
        for module in modules()
        for name, value in vars(module).items()
        if any(True for _ in _within(value))
    ]
    for module, name, value in replaced:
        setattr(module, name, _counted(value, meter))
    try:
        yield meter
    finally:
        for module, name, value in replaced:
            setattr(module, name, value)


def patterns() -> dict[str, tuple[re.Pattern[str], list[str]]]:
    """Every regular expression that a module of ours holds, by a name, and what is done with it there."""
    return {
        f"{module.__name__}.{name} {number}": (pattern, _uses(module, name))
        for module in sorted(modules(), key=lambda module: module.__name__)
        for name, value in vars(module).items()
        for number, pattern in enumerate(_within(value))
    }


def _uses(module: ModuleType, name: str) -> list[str]:
    called = re.findall(rf"\b{name}\.({'|'.join(USES)})\(", Path(module.__file__ or "").read_text())
    return sorted(set(called)) or ["fullmatch", "search"]


def modules() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.partition(".")[0] in ROOMS]


def _reads_text(value: object) -> TypeGuard[re.Pattern[str]]:
    """An expression for bytes reads a file's beginning, never what somebody wrote."""
    return isinstance(value, re.Pattern) and isinstance(value.pattern, str)


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if _reads_text(value):
        yield value
    elif type(value) is tuple:
        for part in value:
            yield from _within(part)


def _counted(value: object, meter: Meter) -> object:
    if type(value) is tuple:
        return tuple(_counted(part, meter) for part in value)
    return Counted(value, meter) if _reads_text(value) else value


def forget_what_is_remembered() -> None:
    """Empty the readers' memories, but for what a form's choices are called: no text adds to that."""
    for module in modules():
        if module.__name__.startswith("interview."):
            for name, value in vars(module).items():
                if hasattr(value, "cache_clear") and value.__module__ == module.__name__ and name != "_spellings":
                    value.cache_clear()
