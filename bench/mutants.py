"""Changes one thing at a time in a module and runs its narrow tests: what survives is not tested, or needs no test.

`python -m bench.mutants rules/usual.py tests/unit/test_second_look.py --most 40 --minutes 10`. The code is changed in a
copy of the project, never in place; which changes are tried is drawn with a fixed seed, so that a run can be repeated.
"""

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache")
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}
"""An operator and the one that stands in its place."""


def mutants(source: str) -> Iterator[tuple[int, str]]:
    """Each change with its line: another operator, a number one higher, a truth that is none, no `not`."""
    tree = ast.parse(source)
    for at, node in enumerate(ast.walk(tree)):
        changed = deepcopy(tree)
        twin = next(other for place, other in enumerate(ast.walk(changed)) if place == at)
        if _change(twin):
            yield getattr(node, "lineno", 0), ast.unparse(ast.fix_missing_locations(changed))


def _change(node: ast.AST) -> bool:
    match node:
        case ast.Compare() if type(node.ops[0]) in SWAPPED:
            node.ops[0] = SWAPPED[type(node.ops[0])]()  # type: ignore[call-overload] # an operator of the same kind
        case ast.BoolOp() | ast.BinOp() if type(node.op) in SWAPPED:
            node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment] # an operator of the same kind
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant(value=int() as number):
            node.value = number + 1
        case ast.IfExp():
            node.body, node.orelse = node.orelse, node.body
        case _:
            return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=10)
    asked = parser.parse_args()
    until = time.monotonic() + 60 * asked.minutes
    source = (ROOT / asked.module).read_text("utf-8")
    drawn = list(mutants(source))
    random.Random(20).shuffle(drawn)  # noqa: S311 (a draw that can be repeated)
    tried, survived = 0, []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        for line, changed in drawn[: asked.most]:
            if time.monotonic() > until:
                break
            (copy / asked.module).write_text(changed, "utf-8")
            run = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *asked.tests]
            done = subprocess.run(run, cwd=copy, capture_output=True, timeout=300, check=False)
            tried += 1
            if done.returncode == 0:
                survived.append(line)
    lines = ", ".join(map(str, sorted(survived)))
    print(
        f"{asked.module}: {tried - len(survived)} of {tried} found ({len(drawn)} possible); survived on lines: {lines}"
    )


if __name__ == "__main__":
    main()
