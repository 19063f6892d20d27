"""What a ledger may not say: each row is held against the units in use, the new list and the other rows of its day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plan.ledger import LedgerRow
from plan.model import ListedUnit
from plan.problems import Problem
from rules.changes import ChangeKind

ALONE = (ChangeKind.RENAME, ChangeKind.MOVE)
"""The changes that a unit goes through alone; it may be renamed and moved on one day."""


@dataclass(frozen=True, slots=True)
class Known:
    """The units in use by code, each from the day of its last change on; and the units of the new list."""

    stored: Mapping[str, ListedUnit]
    since: Mapping[str, date]
    listed: Mapping[str, ListedUnit]
    rows: Mapping[str, int]

    def beginning(self, row: LedgerRow) -> ListedUnit | None:
        """The unit that the list lets begin as what a row leads to."""
        unit = self.listed.get(row.after)
        return unit if unit is not None and unit.valid_from == row.day and not row.keeps_code else None

    def before(self, row: LedgerRow) -> ListedUnit | None:
        """The unit that a row is about: one in use, or one that the list lets begin earlier."""
        stored, listed = self.stored.get(row.before), self.listed.get(row.before)
        if listed is not None and listed.valid_from < row.day and (stored is None or _ended(stored, row.last_day)):
            return listed
        return stored


def check_ledger(rows: Iterable[LedgerRow], known: Known) -> list[Problem]:
    """Everything that is wrong, each with its row. Nothing of a ledger with a problem may be done."""
    by_day: dict[date, list[LedgerRow]] = defaultdict(list)
    problems = []
    for row in rows:
        by_day[row.day].append(row)
        first = next((problem for check in _OF_A_ROW if (problem := check(row, known))), None)
        problems += [first] if first else []
    for of_a_day in by_day.values():
        problems += [problem for check in _OF_A_DAY for problem in check(of_a_day, known)]
    return sorted(problems, key=lambda problem: problem.row)


def _itself(row: LedgerRow, _known: Known) -> Problem | None:
    is_wrong = row.keeps_code and row.kind not in ALONE
    return row.wrong("into_itself", value=row.before, kind=row.kind) if is_wrong else None


def _unknown(row: LedgerRow, known: Known) -> Problem | None:
    if known.before(row) is None:
        return row.wrong("unknown_before", value=row.before)
    if row.after not in known.listed and (row.keeps_code or row.after not in known.stored):
        return row.wrong("unknown_after", value=row.after)
    return None


def _too_early(row: LedgerRow, known: Known) -> Problem | None:
    unit = known.before(row)
    assert unit is not None  # noqa: S101 (what `_unknown` has found)
    if row.day < unit.valid_from or (row.day == unit.valid_from and not row.keeps_code):
        return row.wrong("before_start", value=row.before, start=unit.valid_from.isoformat())
    since = known.since.get(row.before)
    if since is not None and row.day < since and unit is known.stored.get(row.before):
        return row.wrong("before_change", value=row.before, since=since.isoformat())
    return None


def _too_late(row: LedgerRow, known: Known) -> Problem | None:
    unit = known.before(row)
    assert unit is not None  # noqa: S101 (what `_unknown` has found)
    if _ended(unit, row.last_day) and (unit.valid_to != row.last_day or row.keeps_code):
        return row.wrong("ended_before", value=row.before, end=str(unit.valid_to))
    return None


def _goes_on(row: LedgerRow, known: Known) -> Problem | None:
    """Validity that overlaps: the ledger ends a unit that the list lets go on."""
    unit = known.listed.get(row.before)
    if row.keeps_code or unit is None or unit.valid_from >= row.day or unit.valid_to == row.last_day:
        return None
    end = row.last_day.isoformat()
    return row.wrong("goes_on", value=row.before, end=end, list_row=known.rows.get(row.before, 0))


def _begins_otherwise(row: LedgerRow, known: Known) -> Problem | None:
    """What a row leads to exists on its day: it goes on from before, or begins that very day."""
    listed, stored = known.listed.get(row.after), known.stored.get(row.after)
    if row.keeps_code or known.beginning(row):
        return None
    after = listed or stored
    assert after is not None  # noqa: S101 (what `_unknown` has found)
    is_new = stored is None or _ended(stored, row.last_day)
    if (is_new and after.valid_from != row.day) or after.valid_from > row.day or _ended(after, row.day):
        return row.wrong("not_there", value=row.after, day=row.day.isoformat())
    if row.kind in ALONE:
        return row.wrong("code_in_use", value=row.after, kind=row.kind)
    return None


def _other_level(row: LedgerRow, known: Known) -> Problem | None:
    before, after = known.before(row), known.listed.get(row.after) or known.stored.get(row.after)
    if before is None or after is None or before.level is after.level:
        return None
    return row.wrong("level_differs", value=row.before, found=before.level, after=row.after, level=after.level)


def _nothing_new(row: LedgerRow, known: Known) -> Problem | None:
    if not row.keeps_code or known.since.get(row.before) == row.day:
        return None
    old, new = known.before(row), known.listed[row.after]
    assert old is not None  # noqa: S101 (what `_unknown` has found)
    if row.kind is ChangeKind.RENAME and old.name == new.name:
        return row.wrong("same_name_kept", value=row.before, name=new.name)
    if row.kind is ChangeKind.MOVE and old.parent == new.parent:
        return row.wrong("same_parent_kept", value=row.before, parent=new.parent or "")
    return None


def _ended(unit: ListedUnit, by: date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= by


_OF_A_ROW: tuple[Callable[[LedgerRow, Known], Problem | None], ...] = (
    _itself,
    _unknown,
    _other_level,
    _too_early,
    _too_late,
    _goes_on,
    _begins_otherwise,
    _nothing_new,
)


def _contradictions(rows: list[LedgerRow], _known: Known) -> Iterator[Problem]:
    """On one day a unit is merged, or split, or renamed and moved as one and the same."""
    first: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        others = first[row.before]
        if any((other.kind, other.after) == (row.kind, row.after) for other in others):
            yield row.wrong("said_twice", value=row.before, first=others[0].number)
        elif any(not _go_together(row, other) for other in others):
            yield row.wrong("contradicts", value=row.before, first=others[0].number)
        others.append(row)


def _go_together(row: LedgerRow, other: LedgerRow) -> bool:
    if ChangeKind.SPLIT in (row.kind, other.kind):
        return row.kind is other.kind
    return row.after == other.after and row.kind in ALONE and other.kind in ALONE


def _lonely(rows: list[LedgerRow], known: Known) -> Iterator[Problem]:
    """A merger makes one unit of several, a split several of one; what one unit alone becomes has one origin."""
    for row in rows:
        into = {other.before for other in rows if other.after == row.after and not other.keeps_code}
        parts = {other.after for other in rows if other.before == row.before}
        if row.kind is ChangeKind.MERGE and known.beginning(row) and len(into) < 2:
            yield row.wrong("merge_of_one", value=row.before, after=row.after)
        elif row.kind is ChangeKind.SPLIT and len(parts) < 2:
            yield row.wrong("split_of_one", value=row.before, after=row.after)
        elif row.kind in ALONE and not row.keeps_code and len(into) > 1:
            yield row.wrong("several_into_one", value=row.after, kind=row.kind)


def _circles(rows: list[LedgerRow], known: Known) -> Iterator[Problem]:
    """Nothing goes on as what ends that day itself, let alone as what it came from."""
    after: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not row.keeps_code:
            after[row.before].append(row.after)
    for row in rows:
        if row.keeps_code or row.after not in after:
            continue
        if row.before in _reached(row.after, after):
            yield row.wrong("circle", value=row.before)
        elif known.beginning(row) is None:
            yield row.wrong("ends_too", value=row.after)


def _reached(code: str, after: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [code]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(after.get(here, ()))
    return seen


_OF_A_DAY: tuple[Callable[[list[LedgerRow], Known], Iterator[Problem]], ...] = (_contradictions, _lonely, _circles)
