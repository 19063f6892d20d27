"""Reads sums of whole branches: few rows for a district's week, month or year, however many reports there are.

They answer for a unit above its branches, as units were, and for what the second rollup is by: not for one activity and
one group at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, func, select

from periods.pieces import Pieces
from reports.filtering import Filter
from reports.scope import Scope, ScopeMember
from reports.stored import COUNTS, VISITS, PlaceTotal, Total
from rules.levels import Level
from rules.states import ReportState
from storage import tables as t

_TOTAL = t.branch_total.c
_Alike: TypeAlias = tuple[tuple[int, ...], Filter]
"""What periods have in common that can be read together: the same branches, and the same reports of them."""


def hold(scope: Scope, only: Filter) -> bool:
    """Whether sums of branches answer: no neighbourhood has a line of its own, and the filter mixes no breakdowns."""
    members = scope.members.items()
    is_above = all(member.level is not Level.NEIGHBOURHOOD or member.line.id != unit for unit, member in members)
    return is_above and not (only.activity or only.group or only.item or only.place)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Months and weeks of a scope, and which of its reports."""

    pieces: Pieces
    scope: Scope
    only: Filter

    @property
    def buckets(self) -> tuple[str, ...]:
        return (*self.pieces.months, *self.pieces.weeks)

    @property
    def branches(self) -> tuple[int, ...]:
        members = self.scope.members.items()
        return tuple(unit for unit, member in members if member.level is not Level.NEIGHBOURHOOD)


def by_activity(db: Connection, wanted: Wanted) -> Iterator[tuple[Total, ScopeMember]]:
    """Sums by activity, and who they are of; a report counts once in them."""
    for row in _read(db, "activity", ("branch_id", "level", "activity", "kind", "state"), COUNTS, wanted):
        branch, level, activity, kind, state, *sums = row
        yield Total(branch, activity, kind, "", "", "", state, *map(int, sums)), _by(wanted.scope, branch, level)


class Kinds:
    """Sums by kind alone, for whoever asks neither where nor what: of many periods in one statement.

    A period of its own would cost as much in the asking as all of them do in the answer.
    """

    def __init__(self, db: Connection, several: Iterable[Wanted]) -> None:
        alike: defaultdict[_Alike, list[Wanted]] = defaultdict(list)
        for wanted in several:
            alike[wanted.branches, wanted.only].append(wanted)
        self._found: dict[tuple[_Alike, str], list[Total]] = defaultdict(list)
        for key, group in alike.items():
            buckets = dict.fromkeys(bucket for wanted in group for bucket in wanted.buckets)
            together = replace(group[0], pieces=Pieces(tuple(buckets), (), ()))
            for bucket, kind, state, *sums in _read(db, "activity", ("bucket", "kind", "state"), COUNTS, together):
                total = Total(together.scope.root.id, "", kind, "", "", "", state, *map(int, sums))
                self._found[key, bucket].append(total)

    def of(self, wanted: Wanted) -> Iterator[Total]:
        """Those of one of the periods; a kind stands in a row for each month and week of it."""
        for bucket in wanted.buckets:
            yield from self._found.get(((wanted.branches, wanted.only), bucket), ())


def by_line(db: Connection, wanted: Wanted) -> Iterator[tuple[Total, ScopeMember]]:
    """Sums by target group, item and mode; a report counts once in each group and in each item."""
    root = wanted.scope.members[wanted.scope.root.id]
    for row in _read(db, "line", ("kind", "target_group", "item", "mode", "state"), COUNTS, wanted):
        kind, group, item, mode, state, *sums = row
        yield Total(wanted.scope.root.id, "", kind, group, item, mode, state, *map(int, sums)), root


def by_place(db: Connection, wanted: Wanted) -> Iterator[PlaceTotal]:
    """Sums by where it took place."""
    key = ("place", "place_unit_id", "kind")
    for row in _read(db, "place", key, VISITS, wanted):
        place, unit, kind, *sums = row
        yield PlaceTotal(place, unit, kind, *map(int, sums))


def _by(scope: Scope, branch: int, level: str) -> ScopeMember:
    """Who a branch's reports of a level are of: only level and line are asked."""
    member = scope.members[branch]
    return ScopeMember(member.code, Level(level), member.line)


def _read(
    db: Connection, part: str, key: Sequence[str], counts: Sequence[str], wanted: Wanted
) -> Iterator[Sequence[Any]]:
    only = wanted.only
    if not wanted.buckets:
        return
    columns = [_TOTAL[name] for name in key]
    named = {"kind": only.kind, "level": only.level, "state": ReportState.APPROVED if only.approved_only else ""}
    inside = (_TOTAL.bucket.in_(wanted.buckets), _TOTAL.part == part, _TOTAL.branch_id.in_(wanted.branches))
    chosen = (_TOTAL[name] == value for name, value in named.items() if value)
    sums = (func.sum(_TOTAL[name]) for name in counts)
    yield from db.execute(select(*columns, *sums).where(*inside, *chosen).group_by(*columns))
