"""Runs tests for changes: those in functions within one pytest session, those on import in a session each."""

import gc
import pickle
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from shutil import copyfile
from types import CodeType

import hypothesis
import pytest

from bench.mutation.changes import Change, made
from bench.mutation.covering import Covered, Watch, in_order
from bench.mutation.outcome import Work
from bench.mutation.trying import FOUND, SURVIVED, UNCLEAR, Instead, Loaded, forked

# fmt: off
COSTLY = (
    "/unit/interview/", "/unit/letters/", "/unit/plan/", "/crash/", "/demo/", "/files/", "/letters/", "/roots/",
    "_crash.py", "_upgrade.py", "test_access_of", "test_disk", "test_doctor", "test_figures_in", "test_images",
    "test_import", "test_media", "test_pictures", "test_secrecy", "test_packages", "test_texts", "test_writer",
    "test_review_machine",
)
# fmt: on
"""Tests of processes, files and pictures, of rooms that are not changed here, and those that do much to see much."""
SECONDS = 4.0
"""Tests for one change, as long as they took a processor while they were watched."""
MOST_NAMED = 12
"""Tests besides, which nobody has watched, of files with the module's name."""
QUIET = ("-qq", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


def in_functions(work: Work, tests: Sequence[str]) -> None:
    """Watch all tests once, and try the changes in functions that tests run."""
    pytest.main([*QUIET, work.basetemp, *tests], plugins=[_InFunctions(work, tests), _Unshrunk()])


def on_import(work: Work) -> None:
    """Try what a module runs when it is imported, or what only that runs, in children that have not imported it."""
    covered = _read(work)
    for change in work.drawn:
        if time.monotonic() > work.until:
            break
        if not covered.runs_function(change):
            _try(work, change, covered, lambda change, code, tests: partial(_fresh, work, change, code, tests))


def _try(
    work: Work,
    change: Change,
    covered: Covered,
    prepare: Callable[[Change, CodeType, list[str]], Callable[[], int]],
    named: Sequence[str] = (),
) -> None:
    chosen = [*in_order(covered.tests(change), covered.seconds, change.path, SECONDS), *named]
    code, text = made(change)
    work.note(change, text, len(chosen), forked(prepare(change, code, chosen)))


def _read(work: Work) -> Covered:
    covered: Covered = pickle.loads(work.covered.read_bytes())  # noqa: S301  # written by a child of ours
    return covered


class _InFunctions:
    """Collects all tests, and instead of running them tries one change after the other."""

    def __init__(self, work: Work, tests: Sequence[str]) -> None:
        self._work = work
        self._order = tests
        self._named = tuple(test for test in tests if test.endswith(".py"))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        def rank(item: pytest.Item) -> int:
            return next((at for at, one in enumerate(self._order) if item.nodeid.startswith(one)), len(self._order))

        on_sqlite = (item for item in items if not _needs_server(item))
        items[:] = sorted((item for item in on_sqlite if self._is_wanted(item)), key=rank)

    def _is_wanted(self, item: pytest.Item) -> bool:
        """Costly tests only where they are named."""
        return item.nodeid.startswith(self._named) or not any(part in f"/{item.nodeid}" for part in COSTLY)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        _warm(self._work.folder)
        items, loaded = {item.nodeid: item for item in session.items}, Loaded()
        gc.freeze()  # children share what is there
        forked(lambda: self._watch(session, loaded), is_limited=False)
        covered = _read(self._work)
        took = sum(covered.seconds.values())
        print(f"watched {len(covered.seconds)} of {len(items)} tests in {took:.0f} s of a processor", flush=True)

        def within(change: Change, code: CodeType, tests: list[str]) -> Callable[[], int]:
            return partial(_with, loaded, change, code, [items[test] for test in tests])

        for change in self._work.drawn:
            if time.monotonic() > self._work.until:
                break
            if covered.runs_function(change):
                _try(self._work, change, covered, within, _named_alike(change.path, items.keys() - covered.seconds))
        return True

    def _watch(self, session: pytest.Session, loaded: Loaded) -> int:
        paths = {change.path for change in self._work.drawn}
        covered, watch = Covered(), Watch(loaded, paths)
        for item, following in pairwise([*session.items, None]):
            if item is None or time.monotonic() > self._work.watching_until:
                break
            failed, begun = session.testsfailed, time.process_time()
            loaded.forget(paths)
            watch.seen.clear()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed == failed:
                covered.seconds[item.nodeid] = time.process_time() - begun
                for place in watch.seen:
                    covered.at[place].add(item.nodeid)
        self._work.covered.write_bytes(pickle.dumps(covered))
        return SURVIVED


def _named_alike(path: str, unwatched: Collection[str]) -> list[str]:
    """The first tests of files that have a module's name, for which there was no time before."""
    name = Path(path).stem
    return sorted(test for test in unwatched if name in Path(test.split("::")[0]).stem)[:MOST_NAMED]


def _needs_server(item: pytest.Item) -> bool:
    return "postgresql" in item.name or "postgres_server" in getattr(item, "fixturenames", ())


def _with(loaded: Loaded, change: Change, code: CodeType, items: list[pytest.Item]) -> int:
    if not items or not loaded.put(change, code):
        return UNCLEAR
    loaded.forget([change.path])
    for item, following in pairwise([*items, None]):
        if item is not None:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return FOUND
    return SURVIVED


def _fresh(work: Work, change: Change, code: CodeType, tests: list[str]) -> int:
    if not tests:
        return UNCLEAR
    Instead(change.path, code).install()
    files = dict.fromkeys(test.split("::")[0] for test in tests)
    ended = pytest.main([*QUIET, "-x", work.basetemp, *files], plugins=[_Only(tests, work.folder), _Unshrunk()])
    return {pytest.ExitCode.OK: SURVIVED, pytest.ExitCode.NO_TESTS_COLLECTED: UNCLEAR}.get(
        pytest.ExitCode(ended), FOUND
    )


def _warm(folder: Path) -> None:
    """Make what takes a second and is the same in every child: the plan that ships, a migrated database."""
    from storage.migrations import migrate
    from tests import conftest, conversation

    template = folder / "template.db"
    if not template.exists():
        forked(partial(_run, migrate, f"sqlite:///{template}"))
    vars(conftest)["migrate"] = lambda url: copyfile(template, url.removeprefix("sqlite:///"))
    conversation.shipped_plan()


def _run(migrate: Callable[[str], None], url: str) -> int:
    migrate(url)
    return SURVIVED


class _Only:
    """Leaves those tests that were chosen, in their order."""

    def __init__(self, tests: Sequence[str], folder: Path) -> None:
        self._folder = folder
        self._tests = {test: at for at, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        _warm(self._folder)
        items[:] = sorted((one for one in items if one.nodeid in self._tests), key=lambda one: self._tests[one.nodeid])


class _Unshrunk:
    """A counterexample is enough: nobody looks at it, so it need not be made small."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        steady = hypothesis.settings.get_profile("steady")
        hypothesis.settings.register_profile("unshrunk", steady, phases=phases)
        hypothesis.settings.load_profile("unshrunk")
