"""Tries changes, each in a forked child of a warm process: nothing is started or imported again, nothing is left over.

What stands in functions is put into those that are loaded already; what runs on import is tried in a child of a process
that has not imported the project yet.
"""

import gc
import importlib.abc
import importlib.machinery
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from bench.mutation.changes import ROOT, Change

MEMORY = 4 << 30
"""Bytes that a child may take: a loop that collects without end is stopped by it."""
PROCESSOR, WAITING = 30, 60.0
"""Seconds of a processor, and of any kind: a loop without end, and a wait without one."""
FOUND, SURVIVED, UNCLEAR = 1, 0, 3
"""How a child ends: a test failed, all passed, nothing could be run."""


def forked(run: Callable[[], int], is_limited: bool = True) -> bool | None:
    """Run in a child and say whether the change was found; what never ends was found, too."""
    pid = os.fork()
    if pid == 0:
        _alone(is_limited)
        code = FOUND
        try:
            code = run()
        except SystemExit:
            code = FOUND
        except BaseException:  # noqa: BLE001  # whatever it is, the change made it
            code = FOUND
        finally:
            os._exit(code)
    until = time.monotonic() + WAITING
    while not is_limited or time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            _end_group(pid)
            code = os.waitstatus_to_exitcode(status)
            return None if code == UNCLEAR else code != SURVIVED
        time.sleep(0.01)
    _end_group(pid)
    os.waitpid(pid, 0)
    return True


def _alone(is_limited: bool) -> None:
    os.setsid()
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    if is_limited:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError):  # it has ended, and had started nothing
        os.killpg(pid, signal.SIGKILL)


_CACHE = type(lru_cache(lambda: None))


class Loaded:
    """The functions of the project that are in memory, by file and name."""

    def __init__(self) -> None:
        self._functions: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        self._caches: dict[str, list[Any]] = defaultdict(list)
        gc.unfreeze()  # what tests set aside for children of their own is not listed otherwise
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                code = one.__code__
                if code.co_filename.startswith(str(ROOT)):
                    self._functions[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
            elif type(one) is _CACHE and isinstance(one.__wrapped__, FunctionType):
                self._caches[one.__wrapped__.__code__.co_filename].append(one)
        self.paths = {str(Path(file).relative_to(ROOT)) for file, _, _ in self._functions}

    def forget(self, paths: Iterable[str]) -> None:
        """Empty what these modules keep of earlier calls: else a test would not run them again."""
        for path in paths:
            for cache in self._caches.get(str(ROOT / path), ()):
                cache.cache_clear()

    def put_all(self, code: CodeType) -> None:
        """Give all functions of a module their new code."""
        for inner in _codes(code):
            self._put(inner)

    def put(self, change: Change, code: CodeType) -> bool:
        """Give the changed function its new code, wherever it was imported; say whether there is one."""
        return sum(self._put(inner) for inner in _codes(code) if inner.co_qualname == change.function) > 0

    def _put(self, code: CodeType) -> bool:
        functions = self._functions.get((code.co_filename, code.co_qualname, code.co_firstlineno), [])
        for function in functions:
            function.__code__ = code
        return bool(functions)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from other code than its file's."""

    def __init__(self, path: str, code: CodeType) -> None:
        self._name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._file, self._code = ROOT / path, code

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        found = importlib.machinery.ModuleSpec(name, self, origin=str(self._file))
        found.has_location = True
        if self._file.name == "__init__.py":
            found.submodule_search_locations = [str(self._file.parent)]
        return found

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102  # the module's own code with one change

    def install(self) -> None:
        sys.meta_path.insert(0, self)
