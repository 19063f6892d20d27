"""What depends on what: an order to compute all values in, and what to compute again after a change."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from interview.forms.expression import Expression
from interview.forms.form import Derived, Node, Question, Source
from interview.forms.layout import FIRST
from interview.forms.problems import FormProblem


def evaluation_order(nodes: Sequence[Node]) -> tuple[Node, ...] | FormProblem:
    """The nodes sorted by what they depend on, or the circle that prevents it."""
    by_slot: Mapping[int, Node] = {node.slot: node for node in nodes}
    sorter = TopologicalSorter({node.slot: sorted(_needs(node)) for node in nodes})
    try:
        return tuple(by_slot[slot] for slot in sorter.static_order())
    except CycleError as error:
        circle = [by_slot[slot] for slot in error.args[1]]
        path = " → ".join(node.name for node in circle)
        return FormProblem("cycle", {"name": circle[0].name, "path": path}, row=circle[0].row)


def dependents(order: Sequence[Node]) -> dict[int, tuple[Node, ...]]:
    """By slot the nodes whose value, relevance or validity can change with it, its own included, in order."""
    reach: dict[int, set[int]] = {node.slot: {node.slot} for node in order}
    for node in reversed(order):
        for need in _needs(node):
            reach[need] |= reach[node.slot]
    checks = {node.slot: _read_to_check(node) for node in order}
    return {
        slot: tuple(node for node in order if node.slot in reached or not reached.isdisjoint(checks[node.slot]))
        for slot, reached in reach.items()
    }


def _read_to_check(node: Node) -> set[int]:
    """The slots that decide whether an answer is valid, beside those that decide its value."""
    if not isinstance(node, Question):
        return set()
    checks = (node.constraint, node.choices.filter if node.choices else None, node.required)
    return {slot for check in checks if isinstance(check, Expression) for slot in check.reads}


def _needs(node: Node) -> set[int]:
    needs = {node.parent, node.repeat} - {-1}
    for expression in (node.relevant, *_sources(node)):
        if isinstance(expression, Expression):
            needs.update(slot for slot in expression.reads if slot >= FIRST)
    return needs


def _sources(node: Node) -> tuple[object, ...]:
    if isinstance(node, Derived):
        return (node.expression,) if node.source is Source.CALCULATED else ()
    if isinstance(node, Question) and node.speaks and node.choices:
        return (node.choices.filter, node.required)
    return ()
