"""Changes the code one thing at a time and runs the tests that see it: what survives has no test, or needs none.

`python -m bench.mutants` (or `make mutants`) draws changes over `services/`, `rules/`, the outbox and the writers, of
each module in turn, for 45 minutes; `python -m bench.mutants rules/usual.py --tests tests/unit/test_second_look.py`
tries all of one module. On one processor, with SQLite; which changes are tried, and in which order, is always the same.

First tests run once and note what they run (`bench/mutation/covering.py`), then each change meets those that run it
(`bench/mutation/trying.py`), for a few seconds. A survivor was not noticed by them; some changes change nothing.
"""

import argparse
import importlib
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.mutation.changes import ROOT, Change, changes, made
from bench.mutation.outcome import Work, report
from bench.mutation.running import in_functions, on_import

PLACES = ("rules", "services", "scheduler", "storage/delivery", "storage/records")
TESTS = (
    "tests/unit",
    "tests/integration/test_review_loop.py",
    "tests/integration/test_second_look.py",
    "tests/integration/test_corrections.py",
    "tests/integration/test_same_event.py",
    "tests/integration/services",
    "tests/integration/scheduler",
    "tests/integration/storage",
    "tests/integration/reports",
    "tests/integration/closing",
    "tests/abuse/test_acting_on_what_was_seen.py",
    "tests/abuse/test_two_at_once.py",
    "tests/integration",
)
"""Narrow ones first: watching them ends with its share of the time."""
MINUTES, WATCHING, IN_FUNCTIONS = 45.0, 0.3, 0.9
"""All of it, and the shares of it after which watching ends, and changes in functions give way to those on import."""
WARM = ("sqlalchemy.dialects.sqlite", "alembic.command", "lxml.etree", "pyxform", "PIL.Image", "aiohttp.web")
"""What is the same in every child."""
MEMORY = Path("/dev/shm")  # noqa: S108  # the parent of a folder of our own


def draw(paths: Iterable[str], most: int) -> tuple[list[Change], Counter[str]]:
    """Changes of each module in turn, at most so many of one, and how many there are by module."""
    columns, possible = [], Counter[str]()
    for path in paths:
        found = changes(path)
        possible[path] = len(found)
        random.Random(f"20 {path}").shuffle(found)  # noqa: S311  # a draw that can be repeated
        columns.append(found[:most])
    return [change for row in zip_longest(*columns) for change in row if change is not None], possible


def survivors(drawn: Iterable[Change], log: Path) -> list[Change]:
    """Those changes that a run's output says survived."""
    lines = log.read_text("utf-8").splitlines()
    told = {line.removeprefix("survived ").rpartition("  (")[0] for line in lines if line.startswith("survived ")}
    places = {line.partition("  ")[0] for line in told}
    near = [change for change in drawn if f"{change.path}:{change.line}" in places]
    return [change for change in near if f"{change.path}:{change.line}  {made(change)[1]}" in told]


def modules(places: Iterable[str]) -> list[str]:
    """The modules of folders, or those that are named."""
    found = [path for place in places for path in (sorted((ROOT / place).rglob("*.py")) or [ROOT / place])]
    return [str(path.relative_to(ROOT)) for path in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", default=PLACES, help="folders or modules whose code is changed")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="folders or files of tests")
    parser.add_argument("--most", type=int, default=10_000, help="changes of one module")
    parser.add_argument("--again", type=Path, help="the output of a run: only what survived then")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    asked = parser.parse_args()
    begun, seconds = time.monotonic(), 60 * asked.minutes
    drawn, possible = draw(modules(asked.places), asked.most)
    if asked.again:
        drawn = survivors(drawn, asked.again)
    for name in WARM:
        with suppress(ImportError):
            importlib.import_module(name)
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        first = Work(drawn, Path(folder), begun + WATCHING * seconds, begun + IN_FUNCTIONS * seconds)
        session = multiprocessing.get_context("fork").Process(target=in_functions, args=(first, asked.tests))
        session.start()
        session.join()
        work = Work(drawn, Path(folder), 0, begun + seconds)
        on_import(work)
        report(work.tried(), possible, asked.places, (time.monotonic() - begun) / 60)


if __name__ == "__main__":
    main()
