"""A new list of units against the ones in use: what it adds, changes, closes, removes, keeps and refuses."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plan.comparing import compare
from plan.importing import Changes, StoredUnit, UnitList, read_list
from plan.model import ListedUnit
from plan.problems import PlanError
from plan.telling import describe
from rules.levels import Level
from tests.levels import shipped_levels

START, TODAY = date(2019, 1, 1), date(2020, 11, 4)
GV = ListedUnit("GV", "Quận Gò Vấp", Level.DISTRICT, None, START)
P10 = ListedUnit("P10", "Phường 10", Level.WARD, "GV", START)
P11 = ListedUnit("P11", "Phường 11", Level.WARD, "GV", START)
KP1 = ListedUnit("P10-KP01", "Khu phố 1", Level.NEIGHBOURHOOD, "P10", START, sample=True)
KP2 = ListedUnit("P10-KP02", "Khu phố 2", Level.NEIGHBOURHOOD, "P10", START, sample=True)
HEADER = "code,name,level,parent,valid_from,valid_to,sample\n"


def stored(*units: ListedUnit, used: str = "GV P10 P11 P10-KP01") -> tuple[StoredUnit, ...]:
    return tuple(StoredUnit(number, unit, unit.code in used.split()) for number, unit in enumerate(units, start=1))


def listed(*units: ListedUnit) -> UnitList:
    return UnitList("units.csv", {each.code: each for each in units}, {u.code: n for n, u in enumerate(units, 2)})


NOW = stored(GV, P10, P11, KP1, KP2)


def told(changes: Changes) -> list[str]:
    return [str(line) for line in describe(changes)]


def refused(*units: ListedUnit, current: tuple[StoredUnit, ...] = NOW) -> list[str]:
    return [str(problem) for problem in compare(current, listed(*units), TODAY).refused]


def test_the_same_list_changes_nothing() -> None:
    changes = compare(NOW, listed(GV, P10, P11, KP1, KP2), TODAY)
    assert changes == Changes((), (), (), (), NOW)


def test_a_list_of_neighbourhoods_leaves_wards_and_the_district_alone() -> None:
    real = replace(KP1, name="Khu phố Một", sample=False)
    new = ListedUnit("P10-KP03", "Khu phố 3", Level.NEIGHBOURHOOD, "P10", START)
    assert told(compare(NOW, listed(real, new), TODAY)) == [
        "New: P10-KP03 Khu phố 3, from 2019-01-01",
        "Renamed: P10-KP01 Khu phố 1 → Khu phố Một",
        "No longer a sample: P10-KP01 Khu phố Một",
        "Sample removed, nobody used it: P10-KP02 Khu phố 2",
        "Unchanged: 0",
    ]


def test_what_was_used_is_closed_today_and_never_removed() -> None:
    changes = compare(NOW, listed(KP2), TODAY)
    assert not changes.remove
    assert [(each.unit.code, each.unit.valid_to) for each in changes.close] == [("P10-KP01", TODAY)]


def test_a_real_unit_is_closed_even_if_nothing_refers_to_it() -> None:
    real = replace(KP1, sample=False)
    changes = compare(stored(GV, P10, real, KP2, used=""), listed(KP2), TODAY)
    assert [each.unit.code for each in changes.close] == ["P10-KP01"]


def test_a_unit_that_has_not_begun_is_not_closed_before_its_start() -> None:
    later = replace(KP1, valid_from=date(2021, 1, 1))
    changes = compare(stored(GV, P10, later, KP2), listed(KP2), TODAY)
    assert changes.close[0].unit.valid_to == date(2021, 1, 1)


def test_a_list_may_give_the_last_day_itself() -> None:
    changes = compare(NOW, listed(replace(KP1, valid_to=date(2020, 6, 30)), KP2), TODAY)
    assert told(changes)[0] == "Closed: P10-KP01 Khu phố 1, last day 2020-06-30; its reports stay"


def test_a_closed_unit_goes_on_if_the_list_says_it_never_ended() -> None:
    closed = replace(KP1, valid_to=date(2020, 6, 30))
    changes = compare(stored(GV, P10, closed, KP2), listed(KP1, KP2), TODAY)
    assert told(changes) == ["Goes on after all: P10-KP01 Khu phố 1", "Unchanged: 1"]


def test_a_closed_code_that_begins_again_later_is_a_second_unit() -> None:
    closed, again = replace(KP1, valid_to=date(2020, 6, 30)), replace(KP1, valid_from=date(2020, 7, 1))
    changes = compare(stored(GV, P10, closed, KP2), listed(again, KP2), TODAY)
    assert (changes.add, changes.change, changes.close) == ((again,), (), ())


def test_only_the_newest_unit_of_a_code_is_compared() -> None:
    first, second = replace(KP1, valid_to=date(2020, 6, 30)), replace(KP1, valid_from=date(2020, 7, 1))
    changes = compare(stored(GV, P10, second, first, KP2), listed(second, KP2), TODAY)
    assert [each.unit for each in changes.keep] == [second, KP2]


def test_a_closed_unit_that_the_list_leaves_out_stays_closed() -> None:
    closed = replace(KP1, valid_to=date(2020, 6, 30))
    assert compare(stored(GV, P10, closed, KP2), listed(KP2), TODAY).close == ()


def test_new_dates_are_told() -> None:
    changes = compare(NOW, listed(replace(KP1, valid_from=date(2018, 1, 1)), KP2), TODAY)
    assert told(changes)[0] == "New dates: P10-KP01 Khu phố 1, from 2018-01-01 to …"


def test_an_unused_unit_may_begin_later_and_a_used_one_may_not() -> None:
    late = date(2020, 1, 1)
    assert refused(replace(KP2, valid_from=late), KP1) == []
    assert refused(replace(KP1, valid_from=late), KP2) == [
        "[units.csv row 2] “P10-KP01” began on 2019-01-01 and is in use. "
        "Keep that date, or give the new unit a new code."
    ]


def test_a_unit_does_not_change_its_level() -> None:
    assert refused(P10, replace(P11, level=Level.AGENCY))[0].startswith(
        "[units.csv row 3] “P11” has the level ward now and cannot get the level agency."
    )


def test_a_ward_cannot_end_while_neighbourhoods_go_on_in_it() -> None:
    assert refused(P11)[0].startswith("[units.csv] “P10” would end, but 2 units that lie in it would not. List those")
    assert refused(replace(P10, valid_to=TODAY), P11)[0].startswith("[units.csv row 2] “P10” would end, but 2 units")


def test_a_ward_ends_together_with_its_neighbourhoods() -> None:
    changes = compare(NOW, listed(P11, ListedUnit("P11-KP01", "Khu phố 1", Level.NEIGHBOURHOOD, "P11", START)), TODAY)
    assert changes.refused == ()
    assert [each.unit.code for each in changes.close] == ["P10", "P10-KP01"]
    assert [each.unit.code for each in changes.remove] == ["P10-KP02"]


def test_a_neighbourhood_finds_a_ward_that_only_the_database_knows(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "\nP10-KP07,Khu phố 7,neighbourhood,P10,2019-01-01,,\n", "utf-8")
    new = read_list(path, NOW, shipped_levels())
    assert (new.units["P10-KP07"].parent, new.rows) == ("P10", {"P10-KP07": 3})


def test_a_list_with_errors_is_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "P02-KP01,Khu phố 1,neighbourhood,P02,2019-01-01,,\nX,,ward,GV,soon,,\n", "utf-8")
    with pytest.raises(PlanError) as caught:
        read_list(path, NOW, shipped_levels())
    assert [str(problem) for problem in caught.value.problems] == [
        "[mine.csv row 3] “name” is empty. Fill it in.",
        "[mine.csv row 3] “soon” in “valid_from” is no date. Write it like 2019-05-08 or 08/05/2019.",
        "[mine.csv row 2] “P02” is no unit. Correct the code or add the unit first.",
    ]


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"\[none\.csv\] There is no such file\."):
        read_list(tmp_path / "none.csv", NOW, shipped_levels())
