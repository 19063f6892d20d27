"""A ledger of changes beside a list of units: what it does to the units in use, and what of it is refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plan.comparing import compare
from plan.course import NewVersion
from plan.importing import Changes, StoredUnit, UnitList
from plan.ledger import Ledger, LedgerRow, read_ledger
from plan.model import ListedUnit
from plan.problems import PlanError
from plan.telling import describe
from rules.changes import ChangeKind
from rules.levels import Level
from tests.workbooks import ods, xlsx

START, DAY, TODAY = date(2019, 1, 1), date(2025, 1, 1), date(2025, 3, 1)
EVE = date(2024, 12, 31)
GV = ListedUnit("GV", "Quận Gò Vấp", Level.DISTRICT, None, START)
P01, P04, P07, P08 = (ListedUnit(f"P{n:02}", f"Phường {n}", Level.WARD, "GV", START) for n in (1, 4, 7, 8))
KP1, KP2 = (ListedUnit(f"P04-KP{n}", f"Khu phố {n}", Level.NEIGHBOURHOOD, "P04", START) for n in (1, 2))
ALL = (GV, P01, P04, P07, P08, KP1, KP2)
HEADER = "day,kind,from,to,resolution\n"


def stored(*units: ListedUnit) -> tuple[StoredUnit, ...]:
    return tuple(StoredUnit(number, unit, used=True) for number, unit in enumerate(units, start=1))


def listed(*units: ListedUnit) -> UnitList:
    return UnitList("units.csv", {each.code: each for each in units}, {u.code: n for n, u in enumerate(units, 2)})


def ledger(*rows: str) -> Ledger:
    """Rows like "2025-01-01 merge P04 P01"."""
    read = []
    for number, row in enumerate(rows, start=2):
        day, kind, before, after = row.split()
        read.append(LedgerRow("ledger.csv", number, date.fromisoformat(day), ChangeKind(kind), before, after, "NQ 12"))
    return Ledger(tuple(read))


def changes(*rows: str, units: tuple[ListedUnit, ...] = (P01, P08), current: tuple[ListedUnit, ...] = ALL) -> Changes:
    return compare(stored(*current), listed(*units), TODAY, ledger(*rows))


def refused(*rows: str, units: tuple[ListedUnit, ...] = (P01, P04, P07, P08)) -> list[str]:
    return [str(problem) for problem in changes(*rows, units=units).refused]


MERGED = ("2025-01-01 merge P04 P01", "2025-01-01 merge P07 P01")


def test_a_ledger_is_read_in_both_languages_from_any_table(tmp_path: Path) -> None:
    vietnamese = ("Ngày", "Loại", "Từ", "Thành", "Nghị quyết")
    row = ("01/01/2025", "Sáp nhập", "P04", "P01", "1278/NQ-UBTVQH15")
    for name, data in (
        ("l.csv", (HEADER + "2025-01-01,merge,P04,P01,1278/NQ-UBTVQH15\n").encode()),
        ("l.xlsx", xlsx({"Sổ": [vietnamese, row]})),
        ("l.ods", ods({"Sổ": [vietnamese, row]})),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        expected = LedgerRow(name, 2, DAY, ChangeKind.MERGE, "P04", "P01", "1278/NQ-UBTVQH15")
        assert read_ledger(path).rows == (expected,)


def test_a_row_without_a_new_code_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(HEADER + "2025-07-01,move,P04-KP1,,\n2025-01-01,đổi tên,P04,,\n", "utf-8")
    assert [(row.number, row.kind, row.keeps_code) for row in read_ledger(path).rows] == [
        (3, ChangeKind.RENAME, True),
        (2, ChangeKind.MOVE, True),
    ]


def test_what_cannot_be_read_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(HEADER + ",merge,P04,P01,\n2025-01-01,swap,P04,P01,\n2025-01-01,merge,P04,,\n", "utf-8")
    with pytest.raises(PlanError) as caught:
        read_ledger(path)
    assert [str(problem) for problem in caught.value.problems] == [
        "[l.csv row 2] “day” is empty. Fill it in.",
        "[l.csv row 3] “swap” in “kind” is not known. Use one of: merge, split, rename, move.",
        "[l.csv row 4] “to” is empty. Fill it in.",
    ]


def test_merged_wards_end_and_their_neighbourhoods_go_with_them() -> None:
    done = changes(*MERGED)
    assert (done.refused, done.proposed) == ((), ())
    assert {(it.unit.code, it.unit.valid_to) for it in done.close} == {("P04", EVE), ("P07", EVE)}
    assert [(it.code, it.day, it.parent) for it in done.versions] == [("P04-KP1", DAY, "P01"), ("P04-KP2", DAY, "P01")]
    assert [str(line) for line in describe(done)][:3] == [
        "Merged on 2025-01-01: P04 Phường 4 → P01 Phường 1, NQ 12",
        "Merged on 2025-01-01: P07 Phường 7 → P01 Phường 1, NQ 12",
        "Moved on 2025-01-01: P04-KP1 from P04 to P01, NQ 12",
    ]


def test_a_rename_that_keeps_the_code_is_a_version_from_its_day_on() -> None:
    renamed = replace(P08, name="Phường Tám")
    done = changes("2025-01-01 rename P08 P08", units=(P01, P04, P07, renamed))
    assert (done.versions, done.change, done.close) == ((NewVersion("P08", DAY, "Phường Tám", "GV"),), (), ())
    assert [it.unit.code for it in done.keep] == ["P01", "P04", "P07"]


def test_a_neighbourhood_moves_to_another_ward_on_a_day() -> None:
    done = changes("2025-01-01 move P04-KP1 P04-KP1", units=(replace(KP1, parent="P08"), KP2))
    assert done.versions == (NewVersion("P04-KP1", DAY, "Khu phố 1", "P08"),)
    assert (done.refused, done.proposed, done.change) == ((), (), ())


def test_a_new_code_ends_one_unit_and_begins_another() -> None:
    new = replace(KP1, code="P08-KP9", parent="P08", valid_from=DAY)
    done = changes("2025-01-01 move P04-KP1 P08-KP9", units=(new, KP2))
    assert (done.add, [(it.unit.code, it.unit.valid_to) for it in done.close]) == ((new,), [("P04-KP1", EVE)])
    assert [(it.kind, it.before, it.after) for it in done.links] == [(ChangeKind.MOVE, "P04-KP1", "P08-KP9")]


def test_the_parts_of_a_ward_take_the_neighbourhoods_that_the_list_gives_them() -> None:
    parts = tuple(replace(P04, code=f"P4{letter}", name=letter, valid_from=DAY) for letter in "AB")
    rows = ("2025-01-01 split P04 P4A", "2025-01-01 split P04 P4B")
    wards = (P01, P07, P08, *parts)
    done = changes(*rows, units=(*wards, replace(KP1, parent="P4A"), replace(KP2, parent="P4B")))
    assert done.refused == ()
    assert [(it.code, it.parent) for it in done.versions] == [("P04-KP1", "P4A"), ("P04-KP2", "P4B")]
    assert refused(*rows, units=wards)[0].startswith(
        "[units.csv] “P04” would end, but 2 units that lie in it would not"
    )


def test_two_reorganisations_may_stand_in_one_ledger() -> None:
    new = replace(P01, code="HT", name="Phường Hạnh Thông", valid_from=date(2025, 7, 1))
    done = changes(*MERGED, "2025-07-01 merge P01 HT", "2025-07-01 merge P08 HT", units=(new,))
    assert done.refused == ()
    assert [(it.code, it.day, it.parent) for it in done.versions if it.code == "P04-KP1"] == [
        ("P04-KP1", DAY, "P01"),
        ("P04-KP1", date(2025, 7, 1), "HT"),
    ]


def test_a_code_that_ends_may_begin_again_as_another_unit() -> None:
    """Offices reuse codes: what was P07 is P04 now, and what was P04 is part of P01."""
    again = replace(P04, name="Phường 7 cũ", valid_from=DAY)
    done = changes("2025-01-01 merge P04 P01", "2025-01-01 rename P07 P04", units=(P01, again, P08))
    assert (done.refused, done.add) == ((), (again,))
    assert {(it.unit.code, it.unit.valid_to) for it in done.close} == {("P04", EVE), ("P07", EVE)}


@pytest.mark.parametrize(
    ("row", "keeps", "said"),
    [
        ("2025-01-01 merge P04 P04", False, "“P04” cannot go on as itself by a merge."),
        ("2025-01-01 split P04 P04", False, "“P04” cannot go on as itself by a split."),
        ("2025-01-01 merge P99 P01", False, "“P99” in “from” is no unit in use, nor in the list."),
        ("2025-01-01 merge P04 P99", False, "“P99” in “to” is no unit in use that goes on, nor in the list."),
        ("2018-12-31 merge P04 P01", False, "“P04” began on 2019-01-01. The day of a change comes after it"),
        ("2025-01-01 merge P04 P01", True, "By this row “P04” ends on 2024-12-31, but in row 3 of the list it goes on"),
        ("2025-01-01 rename P04 P01", False, "“P01” is a unit that exists already."),
        ("2025-01-01 rename P04 P04", True, "“P04” is called “Phường 4” in the list as before."),
        ("2025-01-01 move P04 P04", True, "“P04” lies in “GV” in the list as before."),
        ("2025-01-01 merge P04-KP1 P01", False, "“P04-KP1” is of level neighbourhood and “P01” of level ward."),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_the_remedy(row: str, keeps: bool, said: str) -> None:
    texts = refused(row, units=(P01, P04, P07, P08) if keeps else (P01, P07, P08))
    assert any(f"[ledger.csv row 2] {said}" in text for text in texts), texts


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("2025-01-01 merge P04 P01", "2025-01-01 merge P04 P08"), "row 3] Row 2 says something else of “P04”"),
        (("2025-01-01 merge P04 P01", "2025-01-01 merge P04 P01"), "row 3] The same of “P04” stands in row 2."),
        (("2025-01-01 merge P04 P07", "2025-01-01 merge P07 P04"), "row 2] By these rows “P04” becomes what it came"),
        (
            ("2025-01-01 merge P04 P07", "2025-01-01 merge P07 P01", "2025-01-01 merge P01 P04"),
            "row 3] By these rows “P07” becomes what it came from",
        ),
        (("2025-01-01 merge P04 P07", "2025-01-01 merge P07 P01"), "row 2] “P07” ends on that day itself."),
    ],
)
def test_rows_of_one_day_that_contradict_each_other_are_refused(rows: tuple[str, ...], said: str) -> None:
    assert any(said in text for text in refused(*rows, units=(P01, P08)))


def test_a_merger_and_a_split_need_several_units() -> None:
    new, other = replace(P04, code="HT", valid_from=DAY), replace(P04, code="AN", valid_from=DAY)
    assert "Only “P04” would become “HT”." in refused("2025-01-01 merge P04 HT", units=(P01, P07, P08, new))[0]
    assert "would be split into “HT” alone" in refused("2025-01-01 split P04 HT", units=(P01, P07, P08, new))[0]
    two = ("2025-01-01 rename P04 HT", "2025-01-01 rename P07 HT")
    assert "Several units would become “HT” that day." in refused(*two, units=(P01, P08, new))[0]
    assert refused("2025-01-01 split P04 HT", "2025-01-01 split P04 AN", units=(P01, P07, P08, new, other, KP1, KP2))


def test_a_new_unit_begins_on_the_day_of_the_change() -> None:
    late = replace(P04, code="HT", valid_from=date(2025, 2, 1))
    rows = ("2025-01-01 merge P04 HT", "2025-01-01 merge P07 HT")
    assert "“HT” does not exist on 2025-01-01." in refused(*rows, units=(P01, P08, late))[0]


def test_a_day_before_an_earlier_change_is_refused() -> None:
    renamed = StoredUnit(1, replace(P08, name="Phường Tám"), used=True, since=date(2025, 2, 1))
    again = compare(
        (*stored(*ALL[:4]), renamed), listed(replace(P08, name="8")), TODAY, ledger(f"{DAY} rename P08 P08")
    )
    assert "“P08” has changed on 2025-02-01, which is later." in str(again.refused[0])


def test_the_same_import_again_changes_nothing() -> None:
    ended = StoredUnit(
        3, replace(P04, valid_to=EVE), used=True, since=START, went_to=frozenset({(ChangeKind.MERGE, "P01", DAY)})
    )
    child = StoredUnit(6, replace(KP1, parent="P01"), used=True, since=DAY)
    current = (*stored(GV, P01), ended, child)
    done = compare(current, listed(P01), TODAY, ledger("2025-01-01 merge P04 P01"))
    assert (done.refused, done.add, done.change, done.close, done.versions, done.links) == ((), (), (), (), (), ())
