"""What can be changed in a module, one thing at a time: an operator, a number, a condition, a call, a value written.

A change is known by its place in the walk through the module's tree, so that it can be made again in a fresh tree whose
lines are those of the file. What only states what is (annotations, assertions, what is logged) is left as it is.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, cast

ROOT = Path(__file__).parents[2]
SHOWN = 70
"""Characters of a piece of code in the list of survivors."""
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
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
"""An operator and the one that stands in its place."""
CONDITIONS = {"where", "filter", "having", "and_", "or_"}
"""Calls whose arguments are conditions, of which one is left out."""
Doing = Callable[[], object]
"""Makes one change in the tree at hand."""


@dataclass(frozen=True)
class Change:
    """One change: the module, its place in the walk, its line, and the line where its statement begins.

    `function` is the outermost function that holds it, empty where the module itself runs it; `name` is then what the
    statement gives a name to.
    """

    path: str
    number: int
    line: int
    statement: int
    function: str
    name: str


def changes(path: str) -> list[Change]:
    """Every change of a module, in the order of its lines."""
    found = enumerate(_doings(_parsed(path)))
    return [Change(path, number, node.lineno, at.statement, at.function, at.name) for number, (node, at, _) in found]


def made(change: Change) -> tuple[CodeType, str]:
    """The module's code with the change in it, and what was changed into what."""
    tree = _parsed(change.path)
    node, _, do = next(one for place, one in enumerate(_doings(tree)) if place == change.number)
    before = _text(node)
    do()
    code = compile(ast.fix_missing_locations(tree), str(ROOT / change.path), "exec", dont_inherit=True)
    return code, " → ".join(_where_they_differ(before, _text(node)))


def _parsed(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node.test if isinstance(node, ast.If) else node).split())


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Both texts, without what they have in common but for a few characters."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(after))
    start = max(0, min(same - SHOWN // 2, len(before) - SHOWN))
    return tuple(  # type: ignore[return-value]  # of two comes two
        ("…" if start else "") + text[start : start + SHOWN] + ("…" if text[start + SHOWN :] else "")
        for text in (before, after)
    )


@dataclass(frozen=True)
class _At:
    """Where in a module: the outermost function, the classes around, the name that is given here."""

    function: str = ""
    classes: str = ""
    name: str = ""
    statement: int = 0


def _doings(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, _At, Doing]]:
    for node, at in _nodes(tree, _At()):
        if isinstance(node, ast.expr | ast.stmt):
            yield from ((node, at, do) for do in _changing(node))


def _nodes(node: ast.AST, at: _At) -> Iterator[tuple[ast.AST, _At]]:
    """The nodes that run, each with where it stands."""
    match node:
        case ast.Assert() | ast.Import() | ast.ImportFrom() | ast.arg():
            return
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return
        case ast.stmt():
            at = replace(at, statement=node.lineno)
        case _:
            pass
    yield node, at
    for child, there in _children(node, at):
        yield from _nodes(child, there)


def _children(node: ast.AST, at: _At) -> Iterator[tuple[ast.AST, _At]]:
    """What a node is made of; defaults and decorators belong to what is around a function."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            around, inside = replace(at, name=at.name or node.name), _At(at.function or f"{at.classes}{node.name}")
            outer = (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults))
            yield from ((one, around) for one in outer)
            yield from ((one, inside) for one in node.body)
        case ast.ClassDef():
            inside = replace(at, classes=f"{at.classes}{node.name}.", name=node.name)
            yield from ((one, inside) for one in node.body)
        case ast.AnnAssign(value=None):
            return
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.Assign(targets=[target], value=value):
            is_named = not at.function and not at.name and isinstance(target, ast.Name)
            yield value, replace(at, name=ast.unparse(target)) if is_named else at
        case _:
            yield from ((child, at) for child in ast.iter_child_nodes(node))


def _changing(node: ast.AST) -> Iterator[Doing]:
    kind = _KINDS.get(type(node))
    return kind(node) if kind else iter(())


def _sign(node: Any) -> Iterator[Doing]:
    if type(node.op) in SWAPPED:
        yield partial(setattr, node, "op", SWAPPED[type(node.op)]())


def _signs(node: ast.Compare) -> Iterator[Doing]:
    for place, sign in enumerate(node.ops):
        yield partial(cast("list[ast.AST]", node.ops).__setitem__, place, SWAPPED[type(sign)]())


def _constant(node: ast.Constant) -> Iterator[Doing]:
    if isinstance(node.value, bool):
        yield partial(setattr, node, "value", not node.value)
    elif isinstance(node.value, int | float):
        yield partial(setattr, node, "value", node.value + 1)


def _other_branch(node: ast.IfExp) -> Iterator[Doing]:
    yield partial(node.__dict__.update, body=node.orelse, orelse=node.body)


def _not(node: ast.UnaryOp) -> Iterator[Doing]:
    if isinstance(node.op, ast.Not | ast.Invert):
        yield partial(setattr, node, "operand", ast.UnaryOp(node.op, node.operand))


def _if(node: ast.If) -> Iterator[Doing]:
    if isinstance(node.test, ast.Name | ast.Attribute | ast.Call | ast.Await | ast.NamedExpr):
        yield partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test))


def _deed(node: ast.Expr) -> Iterator[Doing]:
    if isinstance(node.value, ast.Call | ast.Await):
        yield partial(setattr, node, "value", ast.Constant(None))


def _one_less(many: list[Any]) -> Iterator[Doing]:
    yield from (partial(many.pop, place) for place in range(len(many)))


def _member(node: ast.Set) -> Iterator[Doing]:
    if len(node.elts) > 1:
        yield from _one_less(node.elts)


def _filter(node: Any) -> Iterator[Doing]:
    for part in node.generators:
        yield from _one_less(part.ifs)


def _call(node: ast.Call) -> Iterator[Doing]:
    """A condition less, or a value that is not written."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in CONDITIONS and (len(node.args) > 1 or called == "where"):
        yield from _one_less(node.args)
    if called == "values" and len(node.keywords) > 1:
        yield from _one_less(node.keywords)


_KINDS: dict[type[ast.AST], Callable[[Any], Iterator[Doing]]] = {
    ast.Compare: _signs,
    ast.BoolOp: _sign,
    ast.BinOp: _sign,
    ast.Constant: _constant,
    ast.IfExp: _other_branch,
    ast.UnaryOp: _not,
    ast.If: _if,
    ast.Expr: _deed,
    ast.Set: _member,
    ast.ListComp: _filter,
    ast.SetComp: _filter,
    ast.DictComp: _filter,
    ast.GeneratorExp: _filter,
    ast.Call: _call,
}
