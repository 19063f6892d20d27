"""An expression of a form made ready for lxml, with the slots it reads.

Functions that are ODK's get a prefix (some clash with XPath's), `/data`, `current()`, `instance('x')`, `today()`
and `now()` become variables, and operands that may be dates are made numbers where they are compared or added.
The reads are exact or too many, never too few: results are remembered by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from interview.forms.functions import FUNCTIONS, POSITION
from interview.forms.layout import LANGUAGE, NOW, TODAY, Layout, Place, Steps
from interview.forms.patterns import fault
from interview.forms.xpath import Binary, Call, Hop, Literal, Negative, Path, Tree, XPathSyntaxError, parse

_NUMERIC = frozenset({"<", "<=", ">", ">=", "+", "-"})
_MADE_NUMBER = frozenset({"+", "-", "*", "div", "mod"})
_VARIABLES = {"today": ("$today", TODAY), "now": ("$now", NOW)}


class _Elsewhere:
    """A context outside the instance (the items of a list), or one that cannot be known beforehand."""


_FOREIGN, _UNKNOWN = _Elsewhere(), _Elsewhere()
_Context: TypeAlias = Steps | _Elsewhere


class ExpressionError(ValueError):
    """A code of the catalogue with its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str | int] = params


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The text for lxml, the slots it reads, and the numbers that stand in it."""

    text: str
    reads: frozenset[int]
    numbers: tuple[float, ...]


@dataclass
class Rewriter:
    """Rewrites one expression seen from `own`, the place it belongs to."""

    layout: Layout
    instances: Mapping[str, str]
    """The variables of the secondary instances, by name."""
    own: Steps
    numeric: frozenset[int] = frozenset()
    """Slots of questions that hold only numbers: they need no conversion from a date."""
    reads: set[int] = field(default_factory=set)
    numbers: list[float] = field(default_factory=list)

    def rewrite(self, expression: str) -> Rewritten:
        """Raises `ExpressionError`."""
        try:
            tree = parse(expression)
        except XPathSyntaxError as error:
            raise ExpressionError("expression_invalid", found=error.stopped_at, expression=expression) from None
        except RecursionError:
            raise ExpressionError("expression_invalid", found="(" * 8, expression=expression[:40]) from None
        text = self._text(tree, self.own)
        return Rewritten(text, frozenset(self.reads), tuple(self.numbers))

    def _text(self, tree: Tree, context: _Context) -> str:
        match tree:
            case Literal():
                if tree.is_number:
                    self.numbers.append(float(tree.text))
                return tree.text
            case Negative():
                text = f"-{self._number(tree.operand, context)}"
                if isinstance(tree.operand, Literal) and tree.operand.is_number:
                    self.numbers[-1] *= -1
                return text
            case Binary():
                side = self._number if tree.operator in _NUMERIC else self._text
                return f"({side(tree.left, context)} {tree.operator} {side(tree.right, context)})"
            case Call():
                return self._call(tree, context)
            case Path():
                return self._path(tree, context)

    def _number(self, tree: Tree, context: _Context) -> str:
        text = self._text(tree, context)
        return text if self._is_number(tree, context) else f"odk:number({text})"

    def _is_number(self, tree: Tree, context: _Context) -> bool:
        match tree:
            case Literal():
                return tree.is_number
            case Binary():
                return tree.operator in _MADE_NUMBER
            case Path():
                target = self._target(tree, context)
                place = self.layout.by_steps.get(target) if isinstance(target, tuple) else None
                return place is not None and place.slot in self.numeric
        return isinstance(tree, Negative)

    def _call(self, call: Call, context: _Context) -> str:
        if call.name in _VARIABLES and not call.arguments:
            variable, slot = _VARIABLES[call.name]
            self.reads.add(slot)
            return variable
        if call.name in {"current", "instance"}:
            return self._path(Path(call, ()), context)
        if call.name == "jr:choice-name":
            return self._choice_name(call, context)
        if call.name in {"position", "count"} and len(call.arguments) == 1:
            prefix = "odk:" if call.name == "position" else ""
            return f"{prefix}{call.name}({self._counted(call.arguments[0], context)})"
        function = POSITION if call.name == "position" else FUNCTIONS.get(call.name)
        if function is None:
            raise ExpressionError("function_unknown", function=call.name)
        count = len(call.arguments)
        if count < function.least or 0 <= function.most < count:
            expected = f"{function.least} to {function.most}" if function.most >= 0 else f"{function.least} or more"
            raise ExpressionError("function_arguments", function=call.name, count=count, expected=expected)
        if call.name == "regex":
            _check_regex(call.arguments[1])
        arguments = ", ".join(self._text(argument, context) for argument in call.arguments)
        prefix = "" if function.call is None or call.name == "position" else "odk:"
        return f"{prefix}{call.name}({arguments})"

    def _counted(self, tree: Tree, context: _Context) -> str:
        """The text of a counted path: how many entries there are does not depend on their answers."""
        before = set(self.reads)
        text = self._text(tree, context)
        target = self._target(tree, context) if isinstance(tree, Path) else _UNKNOWN
        place = self.layout.by_steps.get(target) if isinstance(target, tuple) else None
        if isinstance(tree, Path) and place and place.is_repeat and not any(hop.predicates for hop in tree.hops):
            self.reads = before | {place.slot}
        return text

    def _choice_name(self, call: Call, context: _Context) -> str:
        if len(call.arguments) != 2 or not isinstance(call.arguments[1], Literal):
            raise ExpressionError(
                "function_arguments", function=call.name, count=len(call.arguments), expected="a value and a question"
            )
        target = parse(call.arguments[1].value)
        steps = self._target(target, context) if isinstance(target, Path) else _UNKNOWN
        place = self.layout.by_steps.get(steps) if isinstance(steps, tuple) else None
        if place is None:
            raise ExpressionError("path_unknown", path=call.arguments[1].value.strip())
        self.reads.add(LANGUAGE)
        return f"odk:choice-name({self._text(call.arguments[0], context)}, '{place.slot}', $language)"

    def _path(self, path: Path, context: _Context) -> str:
        text, at = self._start(path, context)
        text += self._predicates(path.predicates, at)
        for number, hop in enumerate(path.hops):
            at = _after(at, hop)
            if number == 0 and path.start == "/" and hop.test == self.layout.root and not hop.deep:
                text = "$data"
            else:
                text += ("//" if hop.deep else "/" if text else "") + hop.test
            text += self._predicates(hop.predicates, at)
        self._read(at, text)
        return text

    def _start(self, path: Path, context: _Context) -> tuple[str, _Context]:
        match path.start:
            case "/":
                return "$data", ()
            case "":
                return "", context
            case Call(name="current", arguments=()):
                return "$current", self.own
            case Call(name="instance", arguments=(Literal() as name,)):
                if name.value not in self.instances:
                    raise ExpressionError("path_unknown", path=f"instance('{name.value}')")
                return self.instances[name.value], _FOREIGN
            case str():
                raise ExpressionError("path_unknown", path=path.start)
            case Path() as inner:
                return f"({self._path(inner, context)})", self._target(inner, context)
            case start:
                return f"({self._text(start, context)})", _UNKNOWN

    def _predicates(self, predicates: tuple[Tree, ...], at: _Context) -> str:
        return "".join(f"[{self._text(predicate, at)}]" for predicate in predicates)

    def _target(self, path: Path, context: _Context) -> _Context:
        _, at = self._start(path, context)
        for hop in path.hops:
            at = _after(at, hop)
        return at

    def _read(self, at: _Context, text: str) -> None:
        if at is _FOREIGN:
            return
        slots = self.layout.read_by(at) if isinstance(at, tuple) else self.layout.everything
        if slots is None:
            raise ExpressionError("path_unknown", path=text.replace("$data", f"/{self.layout.root}"))
        self.reads |= slots
        self.reads |= {place.repeat for place in map(self.layout.__getitem__, slots) if place.repeat >= 0}


def _check_regex(pattern: Tree) -> None:
    """Refuse a pattern that cannot be used; one that is made of answers could not be checked before they are given."""
    if not isinstance(pattern, Literal):
        raise ExpressionError("regex_dynamic")
    if why := fault(pattern.value):
        raise ExpressionError("regex_invalid", pattern=pattern.value, why=why)


def _after(at: _Context, hop: Hop) -> _Context:
    if at is _FOREIGN:
        return _FOREIGN
    if not isinstance(at, tuple) or hop.deep:
        return _UNKNOWN
    match hop.test:
        case ".":
            return at
        case "..":
            return at[:-1] if at else _UNKNOWN
        case "*":
            return _UNKNOWN
        case name:
            return _UNKNOWN if "::" in name or name[0] == "@" or name.endswith("()") else (*at, name)


def reads_from(place: Place, reads: frozenset[int]) -> frozenset[int]:
    """All that a result depends on: an expression inside a repeat also on how many entries there are."""
    return reads | {place.repeat} if place.repeat >= 0 else reads
