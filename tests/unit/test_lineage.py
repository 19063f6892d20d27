"""Who was before and after a unit, through any number of changes."""

from datetime import date

from rules.changes import ChangeKind
from storage.directory.lineage import Lineage, UnitChange

EARLY, LATE = date(2025, 1, 1), date(2025, 7, 1)
OLD, JOINED, MERGED, NEW, PART, OTHER_PART = range(1, 7)


def change(kind: ChangeKind, before: int, after: int, on_date: date = EARLY) -> UnitChange:
    return UnitChange(kind, before, after, on_date, "")


RENAMED = change(ChangeKind.RENAME, OLD, JOINED)
MERGERS = (change(ChangeKind.MERGE, JOINED, NEW, LATE), change(ChangeKind.MERGE, MERGED, NEW, LATE))
SPLITS = (change(ChangeKind.SPLIT, OLD, PART), change(ChangeKind.SPLIT, OLD, OTHER_PART))


def test_what_leads_into_a_unit_is_told_generation_by_generation() -> None:
    lineage = Lineage((*MERGERS, RENAMED))
    assert lineage.into(NEW) == MERGERS
    assert lineage.all_into(NEW) == (*MERGERS, RENAMED)


def test_a_split_unit_has_all_its_parts_after_it() -> None:
    lineage = Lineage(SPLITS)
    assert lineage.out_of(OLD) == SPLITS
    assert (lineage.into(PART), lineage.into(OTHER_PART)) == (SPLITS[:1], SPLITS[1:])


def test_a_unit_that_keeps_its_code_has_nobody_before_it() -> None:
    kept = change(ChangeKind.RENAME, OLD, OLD)
    lineage = Lineage([kept])
    assert (lineage.changes, lineage.into(OLD), lineage.out_of(OLD)) == ((kept,), (), ())


def test_the_same_unit_reached_twice_is_followed_once() -> None:
    meeting = (*SPLITS, change(ChangeKind.MERGE, PART, NEW, LATE), change(ChangeKind.MERGE, OTHER_PART, NEW, LATE))
    first = change(ChangeKind.RENAME, MERGED, OLD)
    assert Lineage((first, *meeting)).all_into(NEW) == (*meeting[2:], *SPLITS, first)
