"""XPath 1.0 as a tree, so that an expression can be rewritten for lxml and asked what it reads.

The grammar is the W3C's (https://www.w3.org/TR/xpath-10/), abbreviated syntax; a named axis is kept as written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?(?:::)?)
    |(?P<mark>//|\.\.|<=|>=|!=|::|[-/.@()\[\],|+=<>*$]))""",
    re.VERBOSE,
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


class XPathSyntaxError(ValueError):
    """An expression that is no XPath; `stopped_at` is the text at which reading stopped."""

    def __init__(self, stopped_at: str) -> None:
        super().__init__(f"cannot be read at {stopped_at!r}")
        self.stopped_at = stopped_at


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a quoted string, as written."""

    text: str

    @property
    def is_number(self) -> bool:
        return self.text[0] not in "'\""

    @property
    def value(self) -> str:
        return self.text if self.is_number else self.text[1:-1]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; `operator` is one of XPath's, or `|`."""

    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Negative:
    """Unary minus."""

    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: a name, `.`, `..`, `*`, or a test with its axis; `deep` when `//` leads to it."""

    test: str
    predicates: tuple["Tree", ...] = ()
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from `start`: the document (`/`), the context (`""`), or an expression with its own predicates."""

    start: "Tree | str"
    hops: tuple[Hop, ...]
    predicates: tuple["Tree", ...] = ()


Tree: TypeAlias = Literal | Call | Binary | Negative | Path


def parse(expression: str) -> Tree:
    """The tree of an expression; raises `XPathSyntaxError`."""
    reader = _Reader(_tokens(expression))
    tree = reader.binary(0)
    if reader.ahead:
        raise XPathSyntaxError(reader.ahead)
    return tree


def _tokens(expression: str) -> list[str]:
    tokens: list[str] = []
    at, text = 0, expression.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise XPathSyntaxError(text[at : at + 20])
        tokens.append(token.group().strip())
        at = token.end()
    return tokens


class _Reader:
    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = (*tokens, "")
        self._at = 0

    @property
    def ahead(self) -> str:
        return self._tokens[self._at]

    def take(self) -> str:
        token = self.ahead
        self._at += 1
        return token

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise XPathSyntaxError(self._tokens[self._at - 1] or "the end")

    def binary(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.ahead in _LEVELS[level]:
            left = Binary(self.take(), left, self.binary(level + 1))
        return left

    def unary(self) -> Tree:
        if self.ahead == "-":
            self.take()
            return Negative(self.unary())
        left = self.path()
        while self.ahead == "|":
            left = Binary(self.take(), left, self.path())
        return left

    def path(self) -> Tree:
        if self.ahead in {"/", "//"}:
            if self.ahead == "/":
                self.take()
            return Path("/", self.hops())
        primary = self.primary()
        if primary is None:
            return Path("", self.hops())
        predicates = self.predicates()
        if self.ahead == "/":
            self.take()
            return Path(primary, self.hops(), predicates)
        if self.ahead == "//":
            return Path(primary, self.hops(), predicates)
        return Path(primary, (), predicates) if predicates else primary

    def primary(self) -> Tree | None:
        token = self.ahead
        if token[:1] in {"'", '"'} or token[:1].isdigit() or (token[:1] == "." and token[1:2].isdigit()):
            return Literal(self.take())
        if token == "(":  # noqa: S105 - a bracket
            self.take()
            inner = self.binary(0)
            self.expect(")")
            return Path(inner, ()) if isinstance(inner, Path) else inner
        if self._tokens[self._at + 1 : self._at + 2] == ("(",) and token not in _NODE_TYPES and _is_name(token):
            return self.call()
        return None

    def call(self) -> Call:
        name = self.take()
        self.expect("(")
        arguments: list[Tree] = []
        while self.ahead != ")":
            if arguments:
                self.expect(",")
            arguments.append(self.binary(0))
        self.take()
        return Call(name, tuple(arguments))

    def hops(self) -> tuple[Hop, ...]:
        hops = [self.hop()]
        while self.ahead in {"/", "//"}:
            if self.ahead == "/":
                self.take()
            hops.append(self.hop())
        return tuple(hops)

    def hop(self) -> Hop:
        deep = self.ahead == "//"
        if deep:
            self.take()
        test = self.take()
        if test == "@" or test.endswith("::"):
            test += self.take()
        if test.rsplit(":", 1)[-1] in _NODE_TYPES and self.ahead == "(":
            self.take()
            self.expect(")")
            test += "()"
        if not (test in {".", "..", "*"} or test[:1] == "@" or _is_name(test.removesuffix("()"))):
            raise XPathSyntaxError(test or "the end")
        return Hop(test, self.predicates(), deep)

    def predicates(self) -> tuple[Tree, ...]:
        predicates: list[Tree] = []
        while self.ahead == "[":
            self.take()
            predicates.append(self.binary(0))
            self.expect("]")
        return tuple(predicates)


def _is_name(token: str) -> bool:
    return token[:1].isalpha() or token[:1] == "_"
