"""Expressions: compiled once, evaluated by lxml, and remembered by the values they read.

An expression is pure: the same values of the slots it reads (and the same entry of a repeat) give the same result,
so a remembered result is exact. A walk through a form asks mostly what it asked before; only the rest costs XPath.
"""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from enum import Enum, auto
from operator import itemgetter
from typing import Any, TypeAlias

from lxml import etree

from interview.forms.functions import FUNCTIONS, NAMESPACE, POSITION, text_of
from interview.forms.layout import FIRST, LANGUAGE, NOW, TODAY, Layout, Place
from interview.limits import MEMO_SIZE

Slot: TypeAlias = str | tuple[str, ...]
"""A value as XPath sees it; inside a repeat there is one for every entry."""

Value: TypeAlias = str | float | bool | tuple[int, ...]


_VARIABLE = re.compile(r"\$(\w+)")
_SLOT_VARIABLES = {"today": TODAY, "now": NOW, "language": LANGUAGE}


class Yields(Enum):
    """How a result is used."""

    TRUTH = auto()
    TEXT = auto()
    VALUE = auto()
    """A number, a text or a truth, as the expression gives it; a node set gives its first node's text."""
    ITEMS = auto()
    """The positions of the selected items in their list."""


class Machine:
    """One instance in lxml that all expressions of a form are evaluated over, one at a time.

    Only the slots that an expression reads are written before it runs: the others may be stale.
    """

    def __init__(self, layout: Layout, instances: Mapping[str, etree._Element]) -> None:
        self.layout = layout
        self.lock = threading.Lock()
        document = etree.Element("form")  # one document: lxml copies nodes that come from another
        self.root = etree.SubElement(document, layout.root)
        document.extend(instances.values())
        self._elements: dict[tuple[int, int], etree._Element] = {}
        self._sizes: dict[int, int] = {}
        self._prototypes: dict[int, etree._Element] = {}
        self._anchors: dict[int, etree._Element] = {}
        self.variables: dict[str, list[etree._Element]] = {"data": [self.root]}
        self.variables |= {name.removeprefix("$"): [element] for name, element in instances.items()}
        self._build()

    def element(self, place: Place, entry: int) -> etree._Element:
        """The node from which an expression of `place` is evaluated."""
        return self._elements[place.slot, entry if place.repeat >= 0 or place.is_repeat else 0]

    def write(self, slots: Sequence[Slot], reads: Sequence[int]) -> None:
        """Put the values of `reads` (ascending, so that a repeat comes before what it holds) into the instance."""
        for slot in reads:
            if slot < FIRST:
                continue
            place, value = self.layout[slot], slots[slot]
            if place.is_repeat:
                self._resize(place, int(text_of(value) or 0))
            elif place.is_leaf and isinstance(value, tuple):
                for entry, text in enumerate(value):
                    self._elements[slot, entry].text = text
            elif place.is_leaf:
                self._elements[slot, 0].text = text_of(value)

    def _build(self) -> None:
        for place in self.layout.places:
            parent = self._elements.get((place.parent, 0), self.root)
            if place.is_repeat:
                self._anchors[place.slot] = etree.Comment(place.name)
                parent.append(self._anchors[place.slot])
            self._elements[place.slot, 0] = etree.SubElement(parent, place.name)
        for place in self.layout.places:
            if place.is_repeat:
                self._prototypes[place.slot] = deepcopy(self._elements[place.slot, 0])
                self._sizes[place.slot] = 1

    def _resize(self, place: Place, size: int) -> None:
        anchor, now = self._anchors[place.slot], self._sizes[place.slot]
        parent = anchor.getparent()
        for entry in range(now, size):
            if (place.slot, entry) not in self._elements:
                self._register(place, deepcopy(self._prototypes[place.slot]), entry)
            before = self._elements[place.slot, entry - 1] if entry else anchor
            before.addnext(self._elements[place.slot, entry])
        for entry in range(size, now):
            if parent is not None:
                parent.remove(self._elements[place.slot, entry])
        self._sizes[place.slot] = size

    def _register(self, place: Place, added: etree._Element, entry: int) -> None:
        self._elements[place.slot, entry] = added
        for below in self.layout.below(place):
            element = added.find("/".join(below.steps[len(place.steps) :]))
            if element is not None:
                self._elements[below.slot, entry] = element


Extensions: TypeAlias = dict[tuple[str, str], Callable[..., object]]


def extensions(choice_name: Callable[[str, str, str], str]) -> Extensions:
    """The ODK functions as lxml takes them; `choice_name(value, slot, language)` is the form's own."""
    table: Extensions = {
        (NAMESPACE, name): _without_context(function.call)
        for name, function in (*FUNCTIONS.items(), ("position", POSITION))
        if function.call is not None
    }

    def named(_: object, value: object, slot: object, language: object) -> str:
        return choice_name(text_of(value), text_of(slot), text_of(language))

    table[NAMESPACE, "choice-name"] = named
    return table


def _without_context(call: Callable[..., object]) -> Callable[..., object]:
    return lambda _, *arguments: call(*arguments)


class Expression:
    """One compiled expression; `value(slots, entry)` is what it gives, `reads` the slots that decide it."""

    __slots__ = ("_items", "_key", "_machine", "_memo", "_names", "_place", "_run", "_yields", "numbers", "reads")

    def __init__(
        self,
        text: str,
        reads: frozenset[int],
        numbers: tuple[float, ...],
        *,
        yields: Yields,
        place: Place,
        machine: Machine,
        functions: Extensions,
        items: Mapping[etree._Element, int] | None = None,
    ) -> None:
        self.reads = tuple(sorted(reads))
        self.numbers = numbers
        self._key: Callable[[Sequence[Slot]], object] = itemgetter(*self.reads) if self.reads else _nothing
        self._memo: dict[object, Value] = {}
        self._yields = yields
        self._place = place
        self._machine = machine
        self._items = items or {}
        known = {*_SLOT_VARIABLES, "current", *machine.variables}  # a "$" in a quoted text is none
        self._names = tuple(name for name in dict.fromkeys(_VARIABLE.findall(text)) if name in known)
        wrapped = {Yields.TRUTH: f"boolean({text})", Yields.TEXT: f"string({text})"}.get(yields, text)
        self._run = etree.XPath(wrapped, namespaces={"odk": NAMESPACE}, extensions=functions, smart_strings=False)

    def value(self, slots: Sequence[Slot], entry: int = 0) -> Value:
        """The result over these slots, for one entry if the expression belongs into a repeat."""
        key = self._key(slots)
        if self._place.repeat >= 0:
            key = (entry, key)
        known = self._memo.get(key)
        if known is not None:
            return known
        if len(self._memo) >= MEMO_SIZE:
            self._memo.clear()
        result = self._evaluate(slots, entry)
        self._memo[key] = result
        return result

    def _evaluate(self, slots: Sequence[Slot], entry: int) -> Value:
        machine = self._machine
        with machine.lock:
            machine.write(slots, self.reads)
            node = machine.element(self._place, entry)
            variables = {name: self._variable(name, slots, node) for name in self._names}
            return self._result(self._run(node, **variables))

    def _variable(self, name: str, slots: Sequence[Slot], node: etree._Element) -> Any:
        if name in _SLOT_VARIABLES:
            return text_of(slots[_SLOT_VARIABLES[name]])
        return [node] if name == "current" else self._machine.variables[name]

    def _result(self, given: object) -> Value:
        if self._yields is Yields.ITEMS:
            return tuple(self._items[item] for item in given if item in self._items) if isinstance(given, list) else ()
        if isinstance(given, bool | float | str):
            return given
        return text_of(given)


def _nothing(_: Sequence[Slot]) -> object:
    return ()
