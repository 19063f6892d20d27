"""Which tests run which lines: every test once, watched, so that a change is held against the tests that can see it."""

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from bench.mutation.changes import ROOT, Change
from bench.mutation.trying import Loaded

ROOMS = ("services", "rules", "scheduler", "storage", "handlers", "conversation", "reports", "plan", "interview",
         "messages", "periods", "channels", "bot", "locales")  # fmt: skip
Place = tuple[str, int | str]
"""A file with a line, or with the name of a function."""


@dataclass
class Covered:
    """The tests that passed, with their seconds, and at each line and in each function those that were there."""

    seconds: dict[str, float] = field(default_factory=dict)
    at: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))

    def runs_function(self, change: Change) -> bool:
        """Whether a test runs the function that holds a change; else it may be what a module runs on import."""
        return bool(change.function and self.at.get((change.path, change.function)))

    def tests(self, change: Change) -> set[str]:
        """Those that run the changed line; else its function; else, for what runs on import, whoever asks for it."""
        if change.function:
            found = self.at.get((change.path, change.statement), set()) or self.at.get(
                (change.path, change.function), set()
            )
            return found or self._asking(change.path, change.function.split(".")[0])
        return self._asking(change.path, change.name)

    def _asking(self, path: str, name: str) -> set[str]:
        places = _readers().get(name, set()) if name else set()
        found = set().union(*(self.at.get(place, set()) for place in places))
        return found or set().union(*(there for (at, _), there in self.at.items() if at == path))


@cache
def _readers() -> dict[str, set[Place]]:
    """Each name with the functions that read it, also by way of a constant that is made of it."""
    asked: dict[str, set[Place]] = defaultdict(set)
    made_of: dict[str, set[str]] = defaultdict(set)
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            path = str(file.relative_to(ROOT))
            for names, reader in _reading(ast.parse(file.read_text("utf-8")), path, ""):
                for name in names:
                    if isinstance(reader, str):
                        made_of[name].add(reader)
                    else:
                        asked[name].add(reader)
    for _ in range(3):
        for name, constants in made_of.items():
            asked[name] = asked[name].union(*(asked.get(constant, set()) for constant in constants))
    return asked


def _reading(node: ast.AST, path: str, classes: str) -> Iterator[tuple[set[str], Place | str]]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield _names(child), (path, f"{classes}{child.name}")
            case ast.ClassDef():
                yield from _reading(child, path, f"{classes}{child.name}.")
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield _names(child), name
            case _:
                pass


def _names(node: ast.AST) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return names | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


class Watch:
    """Notes which functions of the project a test runs, and which statements of the modules at hand, in all threads.

    Each function that is loaded gets code that notes itself: many times faster than to trace every call that is made.
    """

    def __init__(self, loaded: Loaded, paths: Iterable[str]) -> None:
        self.seen: set[Place] = set()
        setattr(builtins, _Noting.NOTED, lambda path, what: self.seen.add((path, what)))
        lines = set(paths)
        for path in sorted(loaded.paths & {*lines, *_project()}):
            tree = ast.parse((ROOT / path).read_text("utf-8"))
            _Noting(path, with_lines=path in lines).visit(tree)
            loaded.put_all(compile(ast.fix_missing_locations(tree), str(ROOT / path), "exec", dont_inherit=True))


def _project() -> Iterator[str]:
    return (str(file.relative_to(ROOT)) for room in ROOMS for file in (ROOT / room).rglob("*.py"))


class _Noting(ast.NodeTransformer):
    """Puts a note at the beginning of each function, and before each statement in it."""

    NOTED = "_noted_by_mutants"

    def __init__(self, path: str, *, with_lines: bool) -> None:
        self._path, self._with_lines = path, with_lines
        self._around: list[str] = []
        self._depth = 0

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:  # the library's name
        return self._inside(node, node.name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:  # the library's name
        is_outermost = self._depth == 0
        name = ".".join([*self._around, node.name])
        self._depth += 1
        self._inside(node, node.name)
        self._depth -= 1
        if is_outermost:
            node.body.insert(0, self._note(node.body[0], name))
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]  # noqa: N815  # the same for both

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if self._depth and self._with_lines:
            for name in ("body", "orelse", "finalbody"):
                block = getattr(node, name, None)
                if isinstance(block, list):
                    setattr(node, name, [one for each in block for one in (self._note(each, each.lineno), each)])
        return node

    def _inside(self, node: ast.AST, name: str) -> ast.AST:
        self._around.append(name)
        self.generic_visit(node)
        self._around.pop()
        return node

    def _note(self, before: ast.stmt, what: str | int) -> ast.Expr:
        call = ast.Call(ast.Name(self.NOTED, ast.Load()), [ast.Constant(self._path), ast.Constant(what)], [])
        return ast.copy_location(ast.Expr(call), before)


def in_order(tests: Iterable[str], seconds: dict[str, float], path: str, most: float) -> list[str]:
    """Those to try: first files that name the module, quick ones first, one of each file in turn, `most` s in all."""
    files: dict[str, list[str]] = defaultdict(list)
    for test in sorted(tests, key=lambda test: (seconds[test], test)):
        files[test.split("::")[0]].append(test)
    in_line = sorted(files, key=lambda file: (not _speaks_of(file, path), seconds[files[file][0]], file))
    chosen: list[str] = []
    spent = 0.0
    for turn in range(max(map(len, files.values()), default=0)):
        for file in in_line:
            if turn < len(files[file]) and (spent < most or len(chosen) < 3):
                chosen.append(files[file][turn])
                spent += seconds[files[file][turn]]
    return chosen


@cache
def _speaks_of(file: str, path: str) -> bool:
    room, _, name = path.removesuffix(".py").replace("/", ".").rpartition(".")
    pattern = rf"from {room}\.{name} import|import {room}\.{name}\b|from {room} import [^\n]*\b{name}\b"
    return re.search(pattern, (ROOT / file).read_text("utf-8")) is not None
