"""Nobody learns a small number by subtracting what is shown: by kind, sex, ward, and from one period to another."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest

from periods.period import Period, period_of
from rules.kinds import Sex
from rules.levels import Level
from rules.small_numbers import (
    SEXES,
    Detail,
    Helped,
    HelpKey,
    cells_of_quarter,
    detail_of,
    quarters_of,
    together,
)
from rules.suppression import Cell, Hidden, Sum, is_few, suppressed

TODAY = date(2021, 6, 1)


def line(*counts: int) -> tuple[dict[str, int], list[Sum[str]]]:
    """A total and its parts: the simplest table."""
    parts = {f"p{n}": count for n, count in enumerate(counts)}
    return {**parts, "all": sum(counts)}, [Sum("all", tuple(parts))]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((10, 20), [10, 20, 30]),
        ((0, 20), [0, 20, 20]),
        ((3, 20, 9), [Hidden.FEW, 20, Hidden.WITHHELD, 32]),
        ((3, 0, 20), [Hidden.FEW, 0, Hidden.WITHHELD, 23]),
        ((2, 3, 50), [Hidden.FEW, Hidden.FEW, 50, 55]),
        ((1, 1, 50, 7), [Hidden.FEW, Hidden.FEW, 50, Hidden.WITHHELD, 59]),
        ((4, 4, 50, 7), [Hidden.FEW, Hidden.FEW, 50, Hidden.WITHHELD, 65]),
        ((3, 0), [Hidden.FEW, 0, Hidden.FEW]),
        ((0, 0), [0, 0, 0]),
    ],
)
def test_a_small_cell_takes_the_next_smallest_with_it(counts: Sequence[int], shown: Sequence[Cell]) -> None:
    assert list(suppressed(*line(*counts)).values()) == shown


def test_a_cell_that_follows_from_rows_and_columns_together_is_not_left_standing() -> None:
    """Each line has two hidden cells, and yet the corner would follow from all of them."""
    counts = dict.fromkeys(map("".join, product("abc", "xyz")), 10) | {"ax": 3}
    sums = [Sum(row, tuple(f"{row}{column}" for column in "xyz")) for row in "abc"]
    sums += [Sum(column, tuple(f"{row}{column}" for row in "abc")) for column in "xyz"]
    totals = {each.total: sum(counts[part] for part in each.parts) for each in sums}
    shown = suppressed({**counts, **totals}, sums)
    assert shown["ax"] is Hidden.FEW
    assert sum(cell is Hidden.WITHHELD for cell in shown.values()) == 3, "a rectangle is enough"


@pytest.mark.parametrize("seed", range(24))
def test_another_world_looks_the_same(seed: int) -> None:
    """For each hidden small cell there are other counts with the same face: so it cannot be told."""
    chance = random.Random(seed)
    rows, columns = range(2), range(2 + seed % 2)
    counts: dict[object, int] = {cell: chance.choice((0, 1, 2, 3, 4, 5, 8)) for cell in product(rows, columns)}
    sums: list[Sum[object]] = [Sum(("row", row), tuple((row, column) for column in columns)) for row in rows]
    sums += [Sum(("column", column), tuple((row, column) for row in rows)) for column in columns]
    sums.append(Sum("all", tuple(("row", row) for row in rows)))
    sums.append(Sum("all", tuple(("column", column) for column in columns)))
    for each in sums:
        counts[each.total] = sum(counts[part] for part in each.parts)
    shown = suppressed(counts, sums)
    small = [key for key, count in counts.items() if is_few(count)]
    assert all(shown[key] is Hidden.FEW for key in small)
    possible: dict[object, set[int]] = {key: set() for key in small}
    for world in _worlds(shown, list(product(rows, columns)), sums, most=9):
        for key in small:
            possible[key].add(world[key])
    assert all(len(values) > 1 for values in possible.values())


def _worlds(
    shown: Mapping[object, Cell], inner: Sequence[object], sums: Sequence[Sum[object]], most: int
) -> Iterator[dict[object, int]]:
    """All counts that look as shown, with no cell above `most`."""
    choices = [_possible(shown[cell], most) for cell in inner]
    for values in product(*choices):
        world = dict(zip(inner, values, strict=True))
        for each in sums:
            world[each.total] = sum(world[part] for part in each.parts)
        if all(count in _possible(shown[key], 10**6) for key, count in world.items()):
            yield world


def _possible(cell: Cell, most: int) -> range:
    if isinstance(cell, Hidden):
        return range(1, 5) if cell is Hidden.FEW else range(most + 1)
    return range(cell, cell + 1)


def test_who_sees_what_of_a_level() -> None:
    assert detail_of(Level.DISTRICT, is_root=True) is Detail.FULL
    assert detail_of(Level.CITY, is_root=True) is Detail.FULL
    assert detail_of(Level.DISTRICT, is_root=False) is Detail.TOTAL
    assert {detail_of(level, is_root=root) for level in (Level.WARD, Level.AGENCY) for root in (True, False)} == {
        Detail.TOTAL
    }
    assert detail_of(Level.NEIGHBOURHOOD, is_root=False) is Detail.NOTHING


@pytest.mark.parametrize(
    ("code", "of_root", "of_ward"),
    [
        ("2020-Q4", 1, 1),
        ("2020-H2", 2, 0),
        ("2020-9M", 3, 0),
        ("2020", 4, 0),
        ("2020-10", 0, 0),
        ("2020-W45", 0, 0),
        ("2020-10M", 0, 0),
        ("2020-10-01..2020-12-31", 0, 0),
        ("2021-Q2", 0, 0),
    ],
)
def test_only_quarters_that_are_over_and_what_is_made_of_them(code: str, of_root: int, of_ward: int) -> None:
    period = period_of(code)
    assert len(quarters_of(period, Detail.FULL, TODAY)) == of_root
    assert len(quarters_of(period, Detail.TOTAL, TODAY)) == of_ward
    assert quarters_of(period, Detail.NOTHING, TODAY) == ()


def test_a_quarter_as_official_reports_cut_it_off_is_none() -> None:
    period = replace(period_of("2020-Q4"), code="2020-Q4@chot")
    assert quarters_of(period, Detail.FULL, TODAY) == ()


def test_nothing_is_hidden_in_sums_that_a_small_number_does_not_touch() -> None:
    counts = {"a": 1, "b": 2, "c": 10, "all": 13, "d": 6, "e": 7, "others": 13}
    sums = [Sum("all", ("a", "b", "c")), Sum("others", ("d", "e"))]
    shown = suppressed(counts, sums)
    assert {key for key, cell in shown.items() if isinstance(cell, Hidden)} == {"a", "b", "c"}


KINDS = ("counselling", "shelter", "legal", "health")
PERIODS = ("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2020-H1", "2020-H2", "2020-9M", "2020")
FINER = tuple(f"2020-W{week:02}" for week in range(1, 54)) + tuple(f"2020-{month:02}" for month in range(1, 13))


def services(chance: random.Random) -> Iterator[tuple[date, tuple[str, ...], str, str, int]]:
    """A year's visits: few a day, in some wards, of an agency and of the root itself."""
    lines = [("P01", "GV"), ("P10", "GV"), ("P17", "GV"), ("CQ-PN", "GV"), ("GV",)]
    for _ in range(chance.choice((6, 25, 90))):
        day = date(2020, chance.randint(1, 12), chance.randint(1, 28))
        yield day, chance.choice(lines), chance.choice(KINDS), chance.choice(SEXES), chance.choice((1, 1, 2, 3, 6, 14))


@pytest.mark.parametrize("seed", range(25))
def test_no_difference_of_shown_cells_is_small(seed: int) -> None:
    """Totals less shown parts, and longer periods less shorter ones: each is nothing, or at least five."""
    visits = list(services(random.Random(seed)))
    shown = {code: _shown(visits, period_of(code)) for code in (*PERIODS, *FINER)}
    assert not any(shown[code] for code in FINER)
    for code in PERIODS:
        assert all(not (isinstance(cell, int) and is_few(cell)) for cell in shown[code].values())
        for left, right in _equations(shown[code]):
            _assert_safe(left, right, code)
    for whole, parts in (
        ("2020", PERIODS[:4]),
        ("2020", PERIODS[4:6]),
        ("2020-H1", PERIODS[:2]),
        ("2020-9M", PERIODS[:3]),
    ):
        for key, cell in shown[whole].items():
            _assert_safe(cell, [shown[part].get(key, 0) for part in parts], f"{whole} {key}")
    for one, other in combinations(PERIODS, 2):
        if period_of(one).first == period_of(other).first:
            for key, cell in shown[one].items():
                longer = shown[other].get(key, 0)
                if isinstance(cell, int) and isinstance(longer, int):
                    assert not is_few(abs(longer - cell)), f"{one} and {other}: {key}"


def _shown(visits: Sequence[tuple[date, tuple[str, ...], str, str, int]], period: Period) -> dict[HelpKey, Cell]:
    quarters = []
    for quarter in quarters_of(period, Detail.FULL, TODAY):
        sums: Counter[tuple[tuple[str, ...], str, str]] = Counter()
        for day, units, kind, sex, count in visits:
            if day in quarter:
                sums[units, kind, sex] += count
        quarters.append(cells_of_quarter([Helped(*key, count) for key, count in sums.items()], Detail.FULL))
    return together(quarters)


def _equations(cells: Mapping[HelpKey, Cell]) -> Iterator[tuple[Cell, list[Cell]]]:
    """What any reader of the tables would subtract."""

    def cell(kind: str = "", sex: str = Sex.ALL) -> Cell:
        return cells.get(HelpKey("GV", kind, sex), 0)

    yield cell(), [value for key, value in cells.items() if key.unit != "GV" or key.own]
    for kind in ("", *KINDS):
        yield cell(kind), [cell(kind, sex) for sex in SEXES]
    for sex in (Sex.ALL, *SEXES):
        yield cell("", sex), [cell(kind, sex) for kind in KINDS]


def _assert_safe(total: Cell, parts: Sequence[Cell], what: str) -> None:
    if isinstance(total, int):
        rest = total - sum(part for part in parts if isinstance(part, int))
        assert not is_few(rest), what
    hidden = [part for part in (total, *parts) if isinstance(part, Hidden)]
    assert not (parts and len(hidden) == 1 and hidden[0] is Hidden.FEW), what
