"""What is to be tried, and what became of it: noted one by one, since processes end on the way; told by room."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.mutation.changes import Change


@dataclass(frozen=True)
class Tried:
    """What became of a change; `found` is empty where no test could be run."""

    change: Change
    text: str
    found: bool | None
    tests: int

    def line(self) -> str:
        seen = f"{self.tests} tests" if self.found is not None else "no test runs it"
        return f"{self.change.path}:{self.change.line}  {self.text}  ({seen})"


@dataclass(frozen=True)
class Work:
    """The changes in their order, the folder where results are noted, and until when (by the monotonic clock)."""

    drawn: list[Change]
    folder: Path
    watching_until: float
    until: float

    def note(self, change: Change, text: str, tests: int, found: bool | None) -> None:
        tried = Tried(change, text, found, tests)
        with (self.folder / "tried").open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(tried)) + "\n")
        if not found:
            print(f"survived {tried.line()}", flush=True)

    def tried(self) -> list[Tried]:
        """Everything so far, in the order of the code."""
        lines = map(json.loads, (self.folder / "tried").read_text("utf-8").splitlines())
        every = (Tried(**{**one, "change": Change(**one["change"])}) for one in lines)
        return sorted(every, key=lambda one: (one.change.path, one.change.line))

    @property
    def covered(self) -> Path:
        return self.folder / "covered"

    @property
    def basetemp(self) -> str:
        """Pytest's option for a folder of tests that each child empties."""
        return f"--basetemp={self.folder / 'tests'}"


def report(tried: Iterable[Tried], possible: Counter[str], places: Iterable[str], minutes: float) -> None:
    """Print how many were found of how many, by place and in all, and all survivors."""
    tried = list(tried)
    print("\nfound of tried (possible) in modules")
    for place in places:
        here = [one for one in tried if one.change.path.startswith(place)]
        there = sum(count for path, count in possible.items() if path.startswith(place))
        modules = len({one.change.path for one in here})
        print(f"  {place}: {_found(here)} of {len(here)} ({there}) in {modules}")
    unseen = sum(one.found is None for one in tried)
    print(f"in all: {_found(tried)} of {len(tried)} ({possible.total()}) in {minutes:.0f} minutes")
    print(f"\nsurvivors, {unseen} of them in what no test runs:")
    for one in tried:
        if not one.found:
            print(f"  {one.line()}")


def _found(tried: Iterable[Tried]) -> int:
    return sum(bool(one.found) for one in tried)
