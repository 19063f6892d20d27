"""A new list of units, and a ledger of changes, compared with the units in use: what would they do?

A list speaks only for the levels that it holds: a list of neighbourhoods leaves wards and agencies alone. A unit of
these levels that the list does not name is closed, never deleted. Only a sample that nobody has used is removed, since
it never existed. A closed code can come back: as the same unit if the list says that it never ended, or as a second
unit of that code if it begins after the first one has ended.

Another name or another ward than before holds from a day on, which only a ledger says; without one it is proposed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from plan.course import Course, Link, NewVersion
from plan.importing import Changes, ListedChange, StoredUnit, UnitList, newest
from plan.ledger import NO_LEDGER, Ledger
from plan.ledger_checks import Known, check_ledger
from plan.model import ListedUnit
from plan.problems import Problem
from plan.proposing import Proposal, of_new_codes
from rules.changes import ChangeKind


def compare(
    stored: Iterable[StoredUnit],
    new: UnitList,
    today: date,
    ledger: Ledger = NO_LEDGER,
    declined: Collection[Proposal] = (),
) -> Changes:
    """What list and ledger would do on `today`, which becomes the last day of the units that the list closes.

    What somebody has `declined` is not proposed again.
    """
    current = newest(stored)
    since = {code: kept.since or kept.unit.valid_from for code, kept in current.items()}
    units = {code: kept.unit for code, kept in current.items()}
    if problems := check_ledger(ledger.rows, Known(units, since, new.units, new.rows)):
        return Changes((), (), (), (), (), refused=tuple(problems))
    course = Course(units, new.units)
    course.take(ledger.rows)
    compared = _Compared(current, new, course, today)
    changes = _changes(compared)
    return replace(changes, refused=_refused(compared, changes), proposed=_proposed(compared, changes, declined))


@dataclass(frozen=True, slots=True)
class _Compared:
    """The units in use by code, the list, where the ledger leads the units, and the day."""

    current: Mapping[str, StoredUnit]
    new: UnitList
    course: Course
    today: date

    @property
    def met(self) -> dict[str, ListedUnit]:
        """The list's units that are in use already, by code."""
        units, followed = self.new.units, self.course.units
        return {code: unit for code, unit in units.items() if _goes_on(followed.get(code), unit)}

    @property
    def missing(self) -> list[StoredUnit]:
        """The units that the list leaves out though it speaks for their level, and that no ledger ends."""
        levels = {unit.level for unit in self.new.units.values()}
        is_open = (code for code, unit in self.course.units.items() if unit.valid_to is None and unit.level in levels)
        return [self.current[code] for code in is_open if code not in self.new.units]

    @property
    def named(self) -> set[str]:
        """The codes that the ledger speaks of."""
        return {code for link in self.course.links for code in (link.before, link.after)}

    def is_unused(self, kept: StoredUnit) -> bool:
        return kept.unit.sample and not kept.used and kept.unit.code not in self.named


def _goes_on(stored: ListedUnit | None, unit: ListedUnit) -> bool:
    """Whether the list means the stored unit, rather than a later one of the same code."""
    return stored is not None and not (stored.valid_to is not None and stored.valid_to < unit.valid_from)


def _changes(compared: _Compared) -> Changes:
    current, course, met = compared.current, compared.course, compared.met
    unused = tuple(kept for kept in compared.missing if compared.is_unused(kept))
    closed = {kept.unit.code for kept in compared.missing if kept not in unused}
    ended = {code: _ended(course.units[code], compared.today) for code in closed}
    outcomes = tuple(
        ListedChange(
            current[code], replace(unit, valid_to=current[code].unit.valid_to), {**ended, **met}.get(code, unit)
        )
        for code, unit in course.units.items()
        if current[code] not in unused
    )
    differing = [outcome for outcome in outcomes if outcome.unit != outcome.was]
    return Changes(
        add=tuple(unit for code, unit in compared.new.units.items() if code not in met),
        change=tuple(outcome for outcome in differing if not outcome.ends),
        close=tuple(outcome for outcome in differing if outcome.ends),
        remove=unused,
        keep=tuple(it.stored for it in outcomes if it.unit == it.stored.unit and it.unit.code in met),
        versions=tuple(version for version in course.versions if not _is_stored(version, current)),
        links=tuple(link for link in course.links if not _is_noted(link, current)),
    )


def _ended(unit: ListedUnit, today: date) -> ListedUnit:
    return replace(unit, valid_to=max(today, unit.valid_from))


def _is_stored(version: NewVersion, current: Mapping[str, StoredUnit]) -> bool:
    kept = current[version.code]
    return kept.since == version.day and (kept.unit.name, kept.unit.parent) == (version.name, version.parent)


def _is_noted(link: Link, current: Mapping[str, StoredUnit]) -> bool:
    return link.before in current and (link.kind, link.after, link.day) in current[link.before].went_to


def _proposed(compared: _Compared, changes: Changes, declined: Collection[Proposal]) -> tuple[Proposal, ...]:
    """What the list seems to say: of codes that come and go, and of codes that stay."""
    named, course, rows = compared.named, compared.course, compared.new.rows
    gone = [course.units[it.stored.unit.code] for it in changes.close if it.unit.code not in compared.new.units]
    arrived = [unit for unit in changes.add if unit.code not in named]
    kept = (proposal for change in changes.change for proposal in _of_a_kept_code(change, rows))
    of_codes = of_new_codes([unit for unit in gone if unit.code not in named], arrived, rows, declined)
    return tuple(proposal for proposal in (*of_codes, *kept) if _is_open(proposal, declined))


def _is_open(proposal: Proposal, declined: Collection[Proposal]) -> bool:
    return proposal not in declined or not proposal.can_be_declined


def _of_a_kept_code(change: ListedChange, rows: Mapping[str, int]) -> Iterator[Proposal]:
    """A sample was made up, and a unit that nobody has used was never called anything: these are just corrected."""
    old, unit = change.was, change.unit
    if old.name != unit.name and change.stored.used and not change.stored.unit.sample:
        yield Proposal(ChangeKind.RENAME, (unit.code,), unit.code, old.name, unit.name, rows[unit.code])
    if old.parent != unit.parent and old.level is unit.level:
        was, now = old.parent or "", unit.parent or ""
        yield Proposal(ChangeKind.MOVE, (unit.code,), unit.code, was, now, rows[unit.code])


def _refused(compared: _Compared, changes: Changes) -> tuple[Problem, ...]:
    new, rows = compared.new, compared.new.rows
    contradictions = (_contradiction(change, new) for change in (*changes.change, *changes.close))
    ending = (*(kept.unit for kept in changes.remove), *(change.unit for change in changes.close))
    removed = {kept.unit.code for kept in changes.remove}
    outcomes = {change.unit.code: change.unit for change in (*changes.change, *changes.close)}
    after = [*(outcomes.get(code, unit) for code, unit in compared.course.units.items() if code not in removed)]
    after += changes.add
    left = (_children_left(unit, after, new) for unit in ending)
    early = (_begins_too_early(unit, after, new.file, rows[unit.code]) for unit in changes.add if changes.links)
    return tuple(problem for problem in (*contradictions, *left, *early) if problem is not None)


def _contradiction(change: ListedChange, new: UnitList) -> Problem | None:
    """Why a unit cannot become what the list says."""
    old, unit = change.stored.unit, change.unit
    row = new.rows.get(unit.code, 0)
    if old.level is not unit.level:
        params: dict[str, str | int] = {"value": unit.code, "found": old.level, "level": unit.level}
        return Problem(new.file, row, "level_changed", params)
    if change.stored.used and unit.valid_from > old.valid_from:
        return Problem(new.file, row, "begins_late", {"value": unit.code, "found": old.valid_from.isoformat()})
    return None


def _children_left(ending: ListedUnit, after: Iterable[ListedUnit], new: UnitList) -> Problem | None:
    """A unit cannot end while others go on inside it."""
    last = ending.valid_to or date.min
    units = list(after)
    if any(unit.code == ending.code and unit.valid_from > last for unit in units):
        return None  # what lies in the code now lies in the later unit of that code
    children = sum(unit.parent == ending.code and (unit.valid_to or date.max) > last for unit in units)
    if not children:
        return None
    row = new.rows.get(ending.code, 0)
    return Problem(new.file, row, "keeps_children", {"value": ending.code, "children": children})


def _begins_too_early(unit: ListedUnit, after: Iterable[ListedUnit], file: str, row: int) -> Problem | None:
    """A unit cannot begin in one that comes later: where it lay in between is not said."""
    begins = min((other.valid_from for other in after if other.code == unit.parent), default=date.min)
    if begins <= unit.valid_from:
        return None
    params = {"value": unit.code, "start": unit.valid_from.isoformat(), "parent": unit.parent or ""}
    return Problem(file, row, "begins_before_parent", params)
