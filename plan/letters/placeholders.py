"""What a template of a letter can name, and what it names in vain.

A template names placeholders, goes through lists (`for`) and asks whether something is there (`if`): whatever else
Jinja can do is refused, however well the sandbox would hold it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from jinja2 import Environment, nodes

TEXT: Final = "text"
Shape: TypeAlias = str | list["Shape"] | dict[str, "Shape"]
"""A text; a list of what its one element says; or a value with fields."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name, or a doing, that no template can have: a problem's code, the name, and the line of the source."""

    code: str
    name: str
    line: int


_ROW_OF_FIGURES: Shape = dict.fromkeys(("no", "name", "reports", "women", "men", "unsorted", "visits"), TEXT)
_OF_LETTER = (
    *("number", "date", "kind", "title", "subject", "signer", "replaces", "sample"),
    *("attached", "opening", "closing", "as_of"),
)
_CHAPTER: Shape = {"no": TEXT, "title": TEXT, "lines": [TEXT]}
_TABLE_OF_FIGURES: Shape = {"rows": [_ROW_OF_FIGURES], "total": _ROW_OF_FIGURES}


DRAFT: Final = "draft"
"""The kind of letter that is made of a draft plan instead of figures."""
_PLANNED = (
    *("no", "content", "code", "group", "form", "sessions", "women", "men", "time", "place", "lead", "partners"),
    *("cost", "source", "note"),
)
_BUDGETED = ("no", "content", "item", "measure", "quantity", "rate", "amount", "basis", "source")


def known_to(parts: Iterable[str], kind: str = "") -> dict[str, Shape]:
    """Everything that the template of a kind of letter can name, where people write these parts."""
    return {**_common(), **(_of_draft() if kind == DRAFT else _of_figures(parts))}


def _common() -> dict[str, Shape]:
    return {
        "issuer": {
            **dict.fromkeys(("parent", "short", "place", "to"), TEXT),
            "body": [TEXT],
            "signature": [TEXT],
            "recipients": [TEXT],
            "archive": TEXT,
        },
        "letter": dict.fromkeys(_OF_LETTER, TEXT),
        "title_lines": [TEXT],
        "period": {"text": TEXT, "year": TEXT},
    }


def _of_draft() -> dict[str, Shape]:
    planned: Shape = dict.fromkeys(_PLANNED, TEXT)
    budgeted: Shape = dict.fromkeys(_BUDGETED, TEXT)
    return {
        "draft": {"intro": TEXT, "content": [TEXT], "money": [TEXT], "words": TEXT},
        "planned": {"rows": [planned], "total": planned},
        "budget": {"rows": [budgeted], "total": budgeted},
    }


def _of_figures(parts: Iterable[str]) -> dict[str, Shape]:
    return {
        "summary": [TEXT],
        "compared": [TEXT],
        "reporting": [TEXT],
        "chapters": [_CHAPTER],
        "chapters_done": [_CHAPTER],
        "parts": {part: [TEXT] for part in parts},
        "by_unit": _TABLE_OF_FIGURES,
        "by_activity": _TABLE_OF_FIGURES,
        "by_level": {"rows": [dict.fromkeys(("no", "name", "district", "ward", "neighbourhood", "total"), TEXT)]},
        "targets": {
            "rows": [dict.fromkeys(("no", "name", "planned", "done", "estimate", "basis", "note"), TEXT)],
            "assumption": TEXT,
        },
        "documents": {"rows": [dict.fromkeys(("no", "symbol", "day", "about"), TEXT)]},
        "changes": {"rows": [dict.fromkeys(("no", "name", "before", "now"), TEXT)]},
    }


def names_of(shape: Shape, before: str = "") -> Iterator[str]:
    """All placeholders as a template writes them: `issuer.body`, `by_unit.rows[].women`."""
    if isinstance(shape, dict):
        for name, inner in shape.items():
            yield from names_of(inner, f"{before}.{name}" if before else name)
    elif isinstance(shape, list):
        yield from names_of(shape[0], f"{before}[]")
    else:
        yield before


def unknown_names(source: str, known: Mapping[str, Shape]) -> Iterator[Unknown]:
    """What a template names or does that it cannot.

    Raises `TemplateSyntaxError` for braces that do not match.
    """
    yield from _statements(Environment(autoescape=True).parse(source).body, known)


def _statements(body: list[nodes.Node], scope: Mapping[str, Shape]) -> Iterator[Unknown]:
    for node in body:
        if isinstance(node, nodes.Output):
            for inner in node.nodes:
                if not isinstance(inner, nodes.TemplateData):
                    yield from _named(inner, scope, TEXT)
        elif isinstance(node, nodes.If):
            yield from _condition(node.test, scope)
            yield from _statements([*node.body, *node.elif_, *node.else_], scope)
        elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            yield from _loop(node, node.target.name, scope)
        else:
            yield Unknown("forbidden", type(node).__name__.lower(), node.lineno)


def _loop(node: nodes.For, variable: str, scope: Mapping[str, Shape]) -> Iterator[Unknown]:
    yield from _named(node.iter, scope, list)
    listed = _shape(node.iter, scope)
    inner = {**scope, variable: listed[0] if isinstance(listed, list) else TEXT}
    yield from _statements([*node.body, *node.else_], inner)


def _condition(node: nodes.Node, scope: Mapping[str, Shape]) -> Iterator[Unknown]:
    if isinstance(node, nodes.Not):
        yield from _condition(node.node, scope)
    elif isinstance(node, nodes.And | nodes.Or):
        yield from _condition(node.left, scope)
        yield from _condition(node.right, scope)
    else:
        yield from _named(node, scope, object)


def _named(node: nodes.Node, scope: Mapping[str, Shape], wanted: object) -> Iterator[Unknown]:
    """Whether an expression is a placeholder: of text where it is printed, of a list where it is gone through."""
    if not isinstance(node, nodes.Name | nodes.Getattr):
        yield Unknown("forbidden", type(node).__name__.lower(), node.lineno)
        return
    shape = _shape(node, scope)
    fits = {TEXT: isinstance(shape, str), list: isinstance(shape, list)}.get(wanted, shape is not None)
    if not fits:
        yield Unknown("unknown_placeholder", _written(node), node.lineno)


def _shape(node: nodes.Node, scope: Mapping[str, Shape]) -> Shape | None:
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        above = _shape(node.node, scope)
        return above.get(node.attr) if isinstance(above, dict) else None
    return None


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "?"
