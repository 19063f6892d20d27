"""Every way in which a file of the plan can be wrong is said with its file, row, problem and remedy."""

import codecs
import shutil
from pathlib import Path

import pytest

from plan.loader import load_plan
from plan.problems import PlanError

WARD = "P99,Phường 99,ward,GV,2019-01-01,,"
UNITS = [
    (",Phường 99,ward,GV,2019-01-01,,", "[plan/units.csv row 220] “code” is empty. Fill it in."),
    ("P 99,Phường 99,ward,GV,2019-01-01,,", "[plan/units.csv row 220] “P 99” cannot be a code."),
    ("Đ99,Phường 99,ward,GV,2019-01-01,,", "[plan/units.csv row 220] “Đ99” cannot be a code."),
    ("P10,Phường 10,ward,GV,2019-01-01,,", "[plan/units.csv row 220] “P10” in “code” stands in row 26 already."),
    ("P99,,ward,GV,2019-01-01,,", "[plan/units.csv row 220] “name” is empty."),
    (f"P99,{'x' * 301},ward,GV,2019-01-01,,", "has 301 characters. Shorten it to at most 300."),
    ("P99,Phường 99,town,GV,2019-01-01,,", "“town” in “level” is not known. Use one of: district, ward, agency,"),
    ("P99,Phường 99,ward,,2019-01-01,,", "A unit of level ward needs a parent. Write the code of a unit of level dist"),
    ("X-KP1,Khu phố 1,neighbourhood,P99,2019-01-01,,", "“P99” is no unit. Correct the code or add the unit first."),
    ("X-KP1,Khu phố 1,neighbourhood,GV,2019-01-01,,", "“GV” is a unit of level district. The parent of a neighbourh"),
    ("Q12,Quận 12,district,GV,2019-01-01,,", "A unit of level district has no parent. Leave “parent” empty."),
    ("Q12,Quận 12,district,,2019-01-01,,", "[plan/units.csv row 220] “Q12” and “GV” are both of the highest level."),
    ("TP,Thành phố,city,,2019-01-01,,", "“city” in “level” is not known. Use one of: district, ward, agency,"),
    ("P99,Phường 99,ward,GV,,,", "“valid_from” is empty."),
    ("P99,Phường 99,ward,GV,31/02/2019,,", "“31/02/2019” in “valid_from” is no date. Write it like 2019-05-08"),
    ("P99,Phường 99,ward,GV,2019-01-01,2019-5,", "“2019-5” in “valid_to” is no date."),
    ("P99,Phường 99,ward,GV,2019-01-01,2018-12-31,", "The unit ends on 2018-12-31, before it begins on 2019-01-01."),
    ("P99,Phường 99,ward,GV,2019-01-01,,maybe", "“maybe” in “sample” is neither yes nor no."),
    (
        "P99,Phường 99, mới,ward,GV,2019-01-01,,1",
        "There are 8 cells for 7 columns. Put texts that hold a comma between",
    ),
    ('P99,"Phường 99,ward,GV,2019-01-01,,', "[plan/units.csv row 220] The quotation marks do not match."),
    (
        "P99,Phường 99,ward,GV,2019-01-01,2024-12-31,\nP99-KP1,Khu phố 1,neighbourhood,P99,2019-01-01,,1",
        "[plan/units.csv row 221] The unit is valid after its parent “P99” ends on 2024-12-31.",
    ),
]
CATALOGUE = [
    (
        "levels.csv",
        "ward,phường",
        "wart,phường",
        "[plan/levels.csv row 3] “wart” in “code” is not known. Use one of: city,",
    ),
    (
        "levels.csv",
        ",wards,district",
        ",wards,neighbourhood",
        "A ward cannot lie in “neighbourhood”. Name higher levels",
    ),
    (
        "levels.csv",
        ",wards,district",
        ",wards,",
        "[plan/levels.csv row 3] “ward” lies in no other level, and neither does",
    ),
    (
        "levels.csv",
        ",ward,1",
        ",ward,",
        "[plan/levels.csv row 5] No level owes a report each week. Write 1 in “owes_week”",
    ),
    ("levels.csv", "cơ quan,", ",", "[plan/levels.csv row 4] “name_vi” is empty."),
    (
        "levels.csv",
        "agency,cơ quan,agency,agencies,district,\n",
        "",
        "“agency” in “level” is not known. Use one of: district,",
    ),
    (
        "levels.csv",
        "agency,cơ quan,agency,agencies,district,\n",
        "",
        "[plan/groups.csv row 2] “agency” in “levels” is not",
    ),
    ("kinds.csv", "survey,", "poll,", "[plan/kinds.csv row 5] “poll” in “code” is not known. Use one of: event,"),
    ("kinds.csv", "survey,", "poll,", "[plan/activities.csv row 4] The kind “survey” has no row in kinds.csv."),
    ("activities.csv", ",media,", ",medium,", "[plan/activities.csv row 3] “medium” in “kind” is not known."),
    ("activities.csv", "A5,", "A4,", "[plan/activities.csv row 11] “A4” in “code” stands in row 10 already."),
    ("activities.csv", ",CQ-BTG,", ",CQ-XX,", "[plan/activities.csv row 12] “CQ-XX” is no unit."),
    ("activities.csv", ",CQ-BTG,", ",,", "[plan/activities.csv row 12] “lead” is empty."),
    ("activities.csv", ",P10 P14,\n", ",P10 P02,\n", "[plan/activities.csv row 18] “P02” is no unit."),
    ("activities.csv", "ward agency,,\nB1.1", "ward all,,\nB1.1", "“all” in “levels” is not known."),
    ("activities.csv", "CLB nữ công nhân", "CLB nữ công nhân ở nhiều nơi khác nhau", "Shorten it to at most 40."),
    ("activities.csv", "A2,", "GV,", "[plan/activities.csv row 6] “GV” is a code in units.csv already."),
    (
        "groups.csv",
        "Giáo viên,Teachers,Giáo viên",
        "Giáo viên,Teachers,NGƯỜI DÂN",
        "“NGƯỜI DÂN” in “short_vi” stands in",
    ),
    (
        "groups.csv",
        "teachers,Giáo viên,Teachers",
        "teachers,Giáo viên,",
        "[plan/groups.csv row 11] “name_en” is empty.",
    ),
    ("targets.csv", ",70,", ",700,", "[plan/targets.csv row 2] “700” in “percent” is no whole number from 1 to 100."),
    ("targets.csv", ",70,", ",²,", "[plan/targets.csv row 2] “²” in “percent” is no whole number from 1 to 100."),
    ("targets.csv", ",residents,", ",people,", "[plan/targets.csv row 3] “people” is no target group."),
    ("targets.csv", ",training,2019-05-08,", ",course,2019-05-08,", "[plan/targets.csv row 4] “course” in “reach” is"),
    ("targets.csv", ",training,2019-05-08,", ",training,,", "[plan/targets.csv row 4] “first_day” is empty."),
    ("groups.csv", ",T1? T4", ",T1? T9", "[plan/groups.csv row 16] “T9” is no target."),
    ("groups.csv", ",1,T2 T5", ",yes,T2 T5", "[plan/groups.csv row 8] “yes” in “local” is neither yes nor no."),
    ("activities.csv", ",1\nB2.1", ",x\nB2.1", "“x” in “training” is neither yes nor no."),
    ("targets.csv", ",residents,", ",,", "[plan/targets.csv row 3] “groups” is empty."),
]


def complaints(folder: Path) -> str:
    with pytest.raises(PlanError) as caught:
        load_plan(folder)
    return str(caught.value)


@pytest.mark.parametrize(("line", "said"), UNITS)
def test_a_wrong_unit_is_named_with_its_row(folder: Path, line: str, said: str) -> None:
    with (folder / "units.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    assert said in complaints(folder)


@pytest.mark.parametrize(("file", "old", "new", "said"), CATALOGUE)
def test_a_wrong_row_of_the_catalogue_is_named(folder: Path, file: str, old: str, new: str, said: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert said in complaints(folder)


def test_all_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    for file in ("units.csv", "targets.csv"):
        (folder / file).write_text((folder / file).read_text("utf-8").replace("T1,", "T 1,").replace("ward", "town"))
    said = complaints(folder)
    assert said.count("“town”") == 16
    assert "[plan/targets.csv row 2] “T 1”" in said


def test_a_bad_parent_is_told_once_and_not_again_for_each_child(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text(path.read_text("utf-8").replace("P10,Phường 10,", "P10,,"), "utf-8")
    assert complaints(folder) == "[plan/units.csv row 26] “name” is empty. Fill it in."


def test_a_missing_file_and_a_missing_column_are_named(folder: Path) -> None:
    (folder / "groups.csv").unlink()
    path = folder / "targets.csv"
    path.write_text(path.read_text("utf-8").replace("percent", "share", 1), "utf-8")
    said = complaints(folder)
    assert "[plan/groups.csv] There is no such file." in said
    assert "[plan/targets.csv row 1] The column “percent” is missing." in said


@pytest.mark.parametrize("text", ["", "\n", "code,name,level,parent,valid_from,valid_to,sample\n\n"])
def test_an_empty_table_is_named(folder: Path, text: str) -> None:
    (folder / "units.csv").write_text(text)
    assert complaints(folder).startswith("[plan/units.csv")


def test_text_that_is_not_utf8_is_named_with_its_row(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_bytes() + b"P99,Ph\xfd\xf2ng 99,ward,GV,2019-01-01,,\n")
    assert complaints(folder).startswith("[plan/units.csv row 220] This is not text in UTF-8.")


def test_blank_rows_keep_the_count_of_a_spreadsheet(folder: Path) -> None:
    path = folder / "targets.csv"
    path.write_text(path.read_text("utf-8").replace("T2,", "\n,,,,,\nT 2,"), "utf-8")
    assert "[plan/targets.csv row 5] “T 2”" in complaints(folder)


def test_a_wrong_form_is_named_with_its_sheet_and_row(folder: Path) -> None:
    path = folder / "forms" / "activity_report.md"
    path.write_text(path.read_text("utf-8").replace(". <= today() and", ". <= today() and and"), "utf-8")
    said = complaints(folder)
    assert said.startswith("[plan/forms/activity_report.md row 8] On the sheet “survey”: ")
    assert "'date'" in said


def test_a_form_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "forms" / "other.md").write_bytes(codecs.BOM_UTF16_LE)
    assert complaints(folder).startswith("[plan/forms/other.md] This is not text in UTF-8.")


def as_excel_saves_it(text: str) -> bytes:
    return codecs.BOM_UTF8 + text.replace(",", ";").replace("2019-01-01", "01/01/2019").replace("\n", "\r\n").encode()


def as_unicode_text(text: str) -> bytes:
    return text.replace(",", "\t").encode("utf-16")


@pytest.mark.parametrize("saved", [as_excel_saves_it, as_unicode_text])
def test_units_saved_by_excel_are_the_same_units(folder: Path, saved: object) -> None:
    path = folder / "units.csv"
    before = load_plan(folder).shipped_units
    assert callable(saved)
    path.write_bytes(saved(path.read_text("utf-8")))
    assert load_plan(folder).shipped_units == before


def test_decomposed_accents_are_composed(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text(path.read_text("utf-8").replace("Phường 10", "Phu\u031bo\u031b\u0300ng 10"), "utf-8")
    assert load_plan(folder).shipped_units["P10"].name == "Phường 10"


def test_another_folder_is_named_as_such(folder: Path) -> None:
    other = folder.parent / "q12"
    shutil.move(folder, other)
    (other / "targets.csv").unlink()
    assert complaints(other).startswith("[q12/targets.csv] There is no such file.")


def test_invisible_characters_are_dropped(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text(path.read_text("utf-8").replace("Phường 10", "Phường\x00 10\u200e\xa0"), "utf-8")
    assert load_plan(folder).shipped_units["P10"].name == "Phường 10"
