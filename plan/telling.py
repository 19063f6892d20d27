"""The lines that say what an import would do, before it is done: texts with named places, to be translated."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from plan.course import Link
from plan.importing import Changes, ListedChange
from plan.model import ListedUnit
from rules.changes import ChangeKind

LINES: Mapping[str, str] = MappingProxyType(
    {
        "add": "New: {code} {name}, from {start}",
        "rename": "Renamed: {code} {old} → {name}",
        "confirm": "No longer a sample: {code} {name}",
        "reopen": "Goes on after all: {code} {name}",
        "dates": "New dates: {code} {name}, from {start} to {end}",
        "close": "Closed: {code} {name}, last day {end}; its reports stay",
        "remove": "Sample removed, nobody used it: {code} {name}",
        "keep": "Unchanged: {count}",
        "merge": "Merged on {day}: {before} {was} → {after} {now}{by}",
        "split": "Split on {day}: {before} {was} → {after} {now}{by}",
        "renamed": "Renamed from {day}: {before} {was} → {after} {now}{by}",
        "move": "Moved on {day}: {before} from {was} to {now}{by}",
        "figure_new": "New: {unit} {about}, {sex}: {value} ({source}, {day})",
        "figure_changed": "Changed: {unit} {about}, {sex}: {old} → {value} ({source}, {day})",
        "figures_same": "Known already: {count}",
        "recoded": "Moved on {day}: {before} from {was} to {now}, as {after}{by}",
    }
)


class Line(NamedTuple):
    """One line: a code of `LINES` and what fills its places."""

    code: str
    params: Mapping[str, str | int]

    def __str__(self) -> str:
        return LINES[self.code].format_map(self.params)


def describe(changes: Changes) -> tuple[Line, ...]:
    """Every single change, then how many units stay as they are."""
    return (
        *(_link(link) for link in changes.links),
        *(_line("add", unit) for unit in changes.add),
        *(line for change in changes.change for line in _differences(change)),
        *(_line("close", change.unit) for change in changes.close),
        *(_line("remove", stored.unit) for stored in changes.remove),
        Line("keep", {"count": len(changes.keep)}),
    )


def _link(link: Link) -> Line:
    codes = {ChangeKind.RENAME: "renamed", ChangeKind.MOVE: "move" if link.before == link.after else "recoded"}
    by = f", {link.resolution}" if link.resolution else ""
    params = {"before": link.before, "after": link.after, "was": link.was, "now": link.now, "by": by}
    return Line(codes.get(link.kind, link.kind.value), {"day": link.day.isoformat(), **params})


def _differences(change: ListedChange) -> Iterator[Line]:
    """A unit may change in several ways at once; every one gets a line."""
    old, unit = change.was, change.unit
    if old.name != unit.name:
        yield _line("rename", unit, old=old.name)
    if old.sample and not unit.sample:
        yield _line("confirm", unit)
    if old.valid_to is not None and unit.valid_to is None:
        yield _line("reopen", unit)
    elif (old.valid_from, old.valid_to) != (unit.valid_from, unit.valid_to):
        yield _line("dates", unit)


def _line(code: str, unit: ListedUnit, **more: str) -> Line:
    end = unit.valid_to.isoformat() if unit.valid_to else "…"
    return Line(code, {"code": unit.code, "name": unit.name, "start": unit.valid_from.isoformat(), "end": end, **more})
