"""An order in which every value of a form can be computed from those before it."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from ..form import Derived, Node, Question, Source
from ..steps import Kind
from .expression import Expression
from .layout import FIRST
from .problems import Problem


def evaluation_order(nodes: Sequence[Node]) -> tuple[Node, ...] | Problem:
    """The nodes sorted by what they depend on, or the circle that prevents it."""
    by_slot: Mapping[int, Node] = {node.slot: node for node in nodes}
    sorter = TopologicalSorter({node.slot: sorted(_needs(node)) for node in nodes})
    try:
        return tuple(by_slot[slot] for slot in sorter.static_order())
    except CycleError as error:
        circle = [by_slot[slot] for slot in error.args[1]]
        path = " → ".join(node.name for node in circle)
        return Problem("cycle", {"name": circle[0].name, "path": path}, row=circle[0].row)


def _needs(node: Node) -> set[int]:
    needs = {node.parent, node.repeat} - {-1}
    for expression in (node.relevant, *_sources(node)):
        if isinstance(expression, Expression):
            needs.update(slot for slot in expression.reads if slot >= FIRST)
    return needs


def _sources(node: Node) -> tuple[object, ...]:
    if isinstance(node, Derived):
        return (node.expression,) if node.source is Source.CALCULATED else ()
    if isinstance(node, Question) and node.kind is Kind.SELECT_ONE and node.choices:
        return (node.choices.filter, node.required)  # a single remaining choice is taken without asking
    return ()
