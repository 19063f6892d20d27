"""Denominators, lists and surveys from files of any kind: what is wrong is named, what stood keeps its row."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from plan.problems import PlanError
from plan.supplying import describe, held_against, read_numbers
from plan.sync import ensure_units
from rules.kinds import Measure, Sex
from storage import tables as t
from storage.directory.units import unit_tree
from storage.records import supplies
from storage.records.supplies import Number
from storage.tables.states import SupplyState
from tests.conversation import shipped_plan
from tests.workbooks import Cell, ods, xlsx

NOW = datetime(2020, 11, 4, 1, 0, tzinfo=UTC)
TODAY = date(2020, 11, 4)
HEADER = "unit,target_group,sex,value,source,as_of\n"


@pytest.fixture
def units(db: Connection) -> Connection:
    ensure_units(db, shipped_plan())
    return db


def read(db: Connection, path: Path) -> list[Number]:
    return read_numbers(path, shipped_plan(), unit_tree(db).on(TODAY), TODAY)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def import_text(db: Connection, path: Path, text: str) -> list[str]:
    """Import a file, and return what was told about it."""
    supplied = held_against(path.name, read(db, written(path, HEADER + text)), supplies.standing(db))
    supplies.confirm(db, supplies.supply(db, supplied.to_write, NOW, file=supplied.file), None, NOW)
    return [str(line) for line in describe(supplied, unit_tree(db).on(TODAY))]


def short(db: Connection, numbers: Sequence[Number]) -> list[tuple[str, str, str, int]]:
    units = unit_tree(db).on(TODAY)
    return [(units.unit(n.unit_id).code, n.about, n.sex, n.value) for n in numbers]


def test_numbers_are_taken_with_source_and_day(units: Connection, tmp_path: Path) -> None:
    told = import_text(units, tmp_path / "a.csv", "P10,residents,female,12000,Chi cục Thống kê,2019-12-31\n")
    assert told == ["New: P10 residents, female: 12000 (Chi cục Thống kê, 2019-12-31)", "Known already: 0"]
    [number] = supplies.standing(units)
    assert (number.measure, number.sex, number.value) == (Measure.PEOPLE, Sex.FEMALE, 12000)
    assert (number.source, number.as_of) == ("Chi cục Thống kê", date(2019, 12, 31))


def test_a_number_that_is_replaced_keeps_its_row_and_says_by_what(units: Connection, tmp_path: Path) -> None:
    import_text(
        units, tmp_path / "a.csv", "P10,residents,all,24000,A,2019-12-31\nP12,residents,all,9000,A,2019-12-31\n"
    )
    told = import_text(
        units, tmp_path / "b.csv", "P10,residents,all,25000,B,2019-12-31\nP12,residents,all,9000,A,2019-12-31\n"
    )
    assert told == ["Changed: P10 residents, all: 24000 → 25000 (B, 2019-12-31)", "Known already: 1"]
    row = t.denominator.c
    rows = units.execute(select(row.value, row.stands, row.replaced_by).order_by(row.id)).all()
    assert [tuple(each) for each in rows] == [(24000, False, 2), (9000, True, None), (25000, True, None)]
    assert [tuple(each) for each in units.execute(select(t.supply.c.file, t.supply.c.at).order_by(t.supply.c.id))] == [
        ("a.csv", NOW),
        ("b.csv", NOW),
    ]


def test_a_later_day_stands_beside_an_earlier_one(units: Connection, tmp_path: Path) -> None:
    import_text(units, tmp_path / "a.csv", "P10,residents,all,24000,A,2018-12-31\n")
    import_text(units, tmp_path / "b.csv", "P10,residents,all,25000,A,2019-12-31\n")
    assert [number.value for number in supplies.standing(units)] == [24000, 25000]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_vietnamese_heads_and_numbers_side_by_side_are_read_from_any_file(
    units: Connection, tmp_path: Path, kind: str
) -> None:
    lines: list[list[Cell]] = [
        ["ỦY BAN NHÂN DÂN PHƯỜNG 10"],
        ["Mã đơn vị", "Nhóm đối tượng", "Nữ", "Nam", "Tổng số", "Nguồn", "Tính đến ngày"],
        ["p10", "Người dân", "12.000", "11.500", "23.500", "Chi cục Thống kê", "31/12/2019"],
        ["CQ-VHTT", "cán bộ", "20", "", "", "Danh sách công chức", "01/06/2020"],
    ]
    path = tmp_path / f"so-lieu.{kind}"
    text = "\n".join(",".join(map(str, line)) for line in lines).encode()
    path.write_bytes({"csv": text, "xlsx": xlsx({"A": lines}), "ods": ods({"A": lines})}[kind])
    assert short(units, read(units, path)) == [
        ("P10", "residents", "female", 12000),
        ("P10", "residents", "male", 11500),
        ("P10", "residents", "all", 23500),
        ("CQ-VHTT", "officials", "female", 20),
    ]


def test_lists_and_surveys_are_numbers_of_their_own(units: Connection, tmp_path: Path) -> None:
    text = (
        "Đơn vị,Nhóm,Loại số liệu,Giới tính,Số người,Nguồn,Ngày,Cỡ mẫu,Phương pháp\n"
        "P10,gender_officers,đã tập huấn,nữ,9,Danh sách,1/6/2020,,\n"
        "P10,women_leaders,Kiến thức,nữ,30,Danh sách,1/6/2020,,\n"
        "P10,women_leaders,kỹ năng,nữ,28,Danh sách,1/6/2020,,\n"
        'GV,T2,khảo sát,,"52,3",Khảo sát A1.3,1/6/2020,400,phiếu hỏi tại nhà\n'
    )
    numbers = read(units, written(tmp_path / "a.csv", text))
    supplies.confirm(units, supplies.supply(units, numbers, NOW), None, NOW)
    standing = {number.measure: number for number in supplies.standing(units)}
    assert {measure: number.value for measure, number in standing.items()} == {
        Measure.TRAINED: 9,
        Measure.KNOWLEDGE: 30,
        Measure.SKILLS: 28,
        Measure.SURVEY: 523,
    }
    survey = standing[Measure.SURVEY]
    assert (survey.about, survey.sample_size, survey.method) == ("T2", 400, "phiếu hỏi tại nhà")


WRONG = [
    ("P99,residents,all,5,A,2019-12-31", "[a.csv row 2] “P99” is no unit. Correct the code"),
    ("P10,people from Mars,all,5,A,2019-12-31", "“people from Mars” is no target group."),
    ("P10,residents,all,many,A,2019-12-31", "“many” in “value” is no whole number from 0"),
    ("P10,residents,all,1_000,A,2019-12-31", "“1_000” in “value” is no whole number"),
    ("P10,residents,all,-5,A,2019-12-31", "“-5” in “value” is no whole number"),
    ("P10,residents,other,5,A,2019-12-31", "“other” in “sex” is not known."),
    ("P10,residents,all,5,,2019-12-31", "“source” is empty."),
    ("P10,residents,all,5,A,", "“as_of” is empty."),
    ("P10,residents,all,5,A,2020-11-05", "The day “2020-11-05” is still to come."),
    ("P10,residents,all,,A,2019-12-31", "“value” is empty."),
    (
        "P10,residents,all,5,A,2019-12-31\nP10,residents,all,6,A,2019-12-31",
        "[a.csv row 3] The same number of “P10” (group, sex and day) stands in row 2 already.",
    ),
]


@pytest.mark.parametrize(("line", "said"), WRONG)
def test_what_is_wrong_is_named_with_row_problem_and_remedy(
    units: Connection, tmp_path: Path, line: str, said: str
) -> None:
    with pytest.raises(PlanError) as caught:
        read(units, written(tmp_path / "a.csv", HEADER + line + "\n"))
    assert said in str(caught.value)


def test_all_problems_of_a_file_are_told_at_once(units: Connection, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        read(units, written(tmp_path / "a.csv", f"{HEADER}P99,nobody,other,x,,\n"))
    assert len(caught.value.problems) == 6


def test_a_file_without_any_column_of_numbers_says_which_it_needs(units: Connection, tmp_path: Path) -> None:
    text = "unit,target_group,source,as_of\nP10,residents,A,2019-12-31\n"
    with pytest.raises(PlanError, match=r"The column “value” is missing."):
        read(units, written(tmp_path / "a.csv", text))


def test_a_total_is_no_smaller_than_women_and_men(units: Connection, tmp_path: Path) -> None:
    text = "unit,target_group,women,men,total,source,as_of\nP10,residents,6,5,10,A,2019-12-31\n"
    with pytest.raises(PlanError, match="The total 10 is smaller"):
        read(units, written(tmp_path / "a.csv", text))


def test_what_waits_does_not_count_and_is_decided_once(units: Connection, tmp_path: Path) -> None:
    numbers = read(units, written(tmp_path / "a.csv", f"{HEADER}P10,residents,all,5,A,2019-12-31\n"))
    waits, other = supplies.supply(units, numbers, NOW), supplies.supply(units, numbers, NOW)
    assert not supplies.standing(units)
    assert supplies.count_waiting(units) == 2
    assert supplies.confirm(units, waits, None, NOW)
    assert not supplies.confirm(units, waits, None, NOW)
    assert not supplies.decline(units, waits, None, NOW)
    assert supplies.decline(units, other, None, NOW)
    assert supplies.standing(units) == numbers
    declined = supplies.find(units, other)
    assert declined is not None
    assert (declined.state, declined.numbers) == (SupplyState.DECLINED, tuple(numbers))
    assert supplies.waiting(units, offset=0, limit=5) == []
