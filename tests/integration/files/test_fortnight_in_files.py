"""The fortnight that was reckoned by hand comes out of the files to the last digit, cell by cell."""

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.integration.files.reading import Rows, csvs_of, make, sheets_of, wanted_of
from tests.integration.history.test_fortnight import BOTH, fortnight
from tests.integration.reports.world import World

OF_THE_FORTNIGHT = {"Số hoạt động": 8, "Lượt nữ": 100, "Lượt nam": 52, "Lượt chưa phân nam nữ": 79, "Tổng số lượt": 231}


def test_the_workbook_of_the_district(world: World, tmp_path: Path) -> None:
    fortnight(world)
    text = make(world, "workbook", tmp_path / "so.xlsx", wanted_of("GV", BOTH))
    sheets = sheets_of(tmp_path / "so.xlsx")
    summary = {row["Nội dung"]: row["Giá trị"] for row in sheets["Tổng hợp"]}
    assert {name: summary[name] for name in OF_THE_FORTNIGHT} == OF_THE_FORTNIGHT
    assert summary["Tình trạng"] == "DỰ THẢO"
    assert summary["Số liệu lúc"] == "07:30 ngày 9/11/2020"
    assert summary["Tỷ lệ nữ (%)"] == "65,8 %"  # 100 of 152
    assert (summary["Lượt nữ lần đầu dự"], summary["Lượt nam lần đầu dự"]) == (12, 6)
    assert (summary["Lượt được tư vấn, hỗ trợ"], summary["Được tư vấn, hỗ trợ: lượt nữ"]) == (4, 3)
    assert (summary["Đã kiểm tra"], summary["Vi phạm"], summary["Đã xử lý"]) == (12, 2, 1)
    assert summary["Chưa duyệt"] == 7
    units = {row["Mã"]: (row["Số hoạt động"], row["Lượt nữ"], row["Lượt nam"]) for row in sheets["Theo đơn vị"]}
    assert units == {"P10": (5, 80, 30), "P14": (2, 20, 22), "CQ-VHTT": (1, 0, 0)}
    groups = {row["Mã"]: (row["Số hoạt động"], row["Tổng số lượt"]) for row in sheets["Theo nhóm đối tượng"]}
    assert groups["workers"] == (1, 19)
    products = {(row["Mã"], row["In hay phát"]): row["Số lượng"] for row in sheets["Sản phẩm truyền thông"]}
    assert products == {("leaflet", "phát, đăng, treo"): 200, ("leaflet", "in, làm ra"): 2000}
    weeks = {row["Tuần"]: (row["Số hoạt động"], row["Tổng số lượt"]) for row in sheets["Theo tuần"]}
    assert weeks == {"2020-W45": (2, 139), "2020-W46": (6, 92)}
    assert "8 hoạt động, 231 lượt người (100 nữ, 52 nam, 79 chưa phân nam nữ)" in text
    assert "Dự thảo, số liệu lúc 07:30 ngày 9/11/2020." in text


def test_the_reports_that_count_add_up_to_the_figures(world: World, tmp_path: Path) -> None:
    fortnight(world)
    make(world, "workbook", tmp_path / "so.xlsx", wanted_of("GV", BOTH))
    sheets = sheets_of(tmp_path / "so.xlsx")
    listed = [row for row in sheets["Báo cáo"] if row["Được tính"] == "có"]
    assert len(sheets["Báo cáo"]) == 10
    assert len(listed) == 8
    assert [row["Trạng thái"] for row in sheets["Báo cáo"] if row["Được tính"] == "không"].count("đang bổ sung") == 1
    lines = [row for row in sheets["Các mục"] if row["Được tính"] == "có" and row["Hoạt động"] in {"A2", "A1.4"}]
    assert sum(row["Lượt nữ"] for row in lines) == 100
    assert sum(row["Lượt nam"] for row in lines) == 52
    assert sum(row["Lượt chưa phân nam nữ"] for row in lines) == 79
    assert next(row["Ngày đầu"] for row in listed if row["Hoạt động"] == "A1.4") == date(2020, 11, 8)


def test_the_csv_files_say_the_same(world: World, tmp_path: Path) -> None:
    fortnight(world)
    make(world, "csv", tmp_path / "so.zip", wanted_of("GV", BOTH))
    with ZipFile(tmp_path / "so.zip") as archive:
        assert all(archive.read(name).startswith(b"\xef\xbb\xbf") for name in archive.namelist())
    files = csvs_of(tmp_path / "so.zip")
    units = {row["code"]: (row["reports"], row["women"], row["men"], row["unsorted"]) for row in files["by_unit.csv"]}
    assert units == {"P10": ("5", "80", "30", "79"), "P14": ("2", "20", "22", "0"), "CQ-VHTT": ("1", "0", "0", "0")}
    assert sum(int(row["quantity"]) for row in files["lines.csv"] if row["mode"] == "in, làm ra") == 2000
    assert {row["week"]: row["total"] for row in files["weeks.csv"]} == {"2020-W45": "139", "2020-W46": "92"}
    written = {(row["table"], row["code"]) for row in files["codebook.csv"]}
    for name, rows in files.items():
        if rows and name not in {"codebook.csv", "definitions.csv", "codes.csv", "units.csv"}:
            assert {(name.removesuffix(".csv"), code) for code in rows[0]} <= written


def test_issued_csv_files_name_the_number_under_which_they_were_issued(world: World, tmp_path: Path) -> None:
    place, issue = tmp_path / "so.zip", ["12/BC-UBND", "2020-11-16", "Nguyễn Văn An", ""]
    make(world, "csv", place, wanted_of("GV", BOTH), issue=issue)
    said = {row["what"]: row["value"] for row in csvs_of(place)["summary.csv"]}
    assert (said["Tình trạng"], said["Số"]) == ("ĐÃ BAN HÀNH", "12/BC-UBND")
    with ZipFile(place) as archive:
        assert archive.comment.decode().startswith("Số 12/BC-UBND ngày 16/11/2020")
    make(world, "csv", place, wanted_of("GV", BOTH))
    with ZipFile(place) as archive:
        assert archive.comment.decode().startswith("Dự thảo")


def test_a_ward_s_workbook_has_its_own_reports_only(world: World, tmp_path: Path) -> None:
    fortnight(world)
    make(world, "workbook", tmp_path / "so.xlsx", wanted_of("P10", BOTH, shared=True))
    sheets = sheets_of(tmp_path / "so.xlsx")
    assert {row["Đơn vị"][:3] for row in sheets["Báo cáo"]} == {"P10"}
    assert [row["Mã"] for row in sheets["Theo đơn vị"]] == ["P10-KP1", "P10-KP2", "P10"]
    summary = {row["Nội dung"]: row["Giá trị"] for row in sheets["Tổng hợp"]}
    assert (summary["Lượt nữ"], summary["Lượt nam"], summary["Lượt chưa phân nam nữ"]) == (80, 30, 79)


def test_a_shared_file_says_nothing_of_few_people_who_were_helped(world: World, tmp_path: Path) -> None:
    """3 women and 1 man were helped in P14: the operator's file says so, the shared one in no cell."""
    fortnight(world)
    make(world, "csv", tmp_path / "all.zip", wanted_of("GV", BOTH))
    assert [row["women"] for row in csvs_of(tmp_path / "all.zip")["lines.csv"] if row["activity"] == "D3"] == ["3"]
    make(world, "csv", tmp_path / "shared.zip", wanted_of("GV", BOTH, shared=True))
    files = csvs_of(tmp_path / "shared.zip")
    assert "D3" not in {row["activity"] for row in (*files["reports.csv"], *files["lines.csv"])}
    assert "by_help.csv" not in files
    helped = next(row for row in files["summary.csv"] if row["what"] == "Lượt được tư vấn, hỗ trợ")
    assert helped["value"] == "không hiển thị"


@pytest.mark.parametrize("kind", ["workbook", "csv"])
def test_a_period_without_reports_is_a_file_nevertheless(world: World, tmp_path: Path, kind: str) -> None:
    text = make(world, kind, tmp_path / "so", wanted_of("GV", "2020-03"))
    assert "Chưa có hoạt động nào" in text
    rows = sheets_of(tmp_path / "so")["Báo cáo"] if kind == "workbook" else csvs_of(tmp_path / "so")["reports.csv"]
    assert rows == []


def test_days_and_moments_are_days_and_moments(world: World, tmp_path: Path) -> None:
    fortnight(world)
    make(world, "workbook", tmp_path / "so.xlsx", wanted_of("GV", BOTH))
    first = sheets_of(tmp_path / "so.xlsx")["Báo cáo"][0]
    assert first["Ngày cuối"] == date(2020, 11, 3)
    assert first["Gửi lúc"] == datetime(2020, 11, 9, 7, 30)  # noqa: DTZ001 (a workbook knows no zones)


def test_an_english_reader_gets_english(world: World, tmp_path: Path) -> None:
    fortnight(world)
    text = make(world, "csv", tmp_path / "so.zip", wanted_of("GV", BOTH, language="en"))
    assert "8 activities, 231 visits" in text
    summary = {row["what"]: row["value"] for row in csvs_of(tmp_path / "so.zip")["summary.csv"]}
    assert (summary["Standing"], summary["All visits"]) == ("DRAFT", "231")


def test_an_issued_workbook_says_with_what_and_what_it_changes(world: World, tmp_path: Path) -> None:
    fortnight(world)
    old = "Bảng số liệu này thay thế Bảng số liệu số 10/BC-UBND ngày 02/11/2020."
    issue = ["12/BC-UBND", "2020-11-05", "An", old]
    text = make(
        world, "workbook", tmp_path / "so.xlsx", wanted_of("GV", BOTH), issue=issue, changed=[["Lượt nữ", "90", "100"]]
    )
    sheets = sheets_of(tmp_path / "so.xlsx")
    summary = {row["Nội dung"]: row["Giá trị"] for row in sheets["Tổng hợp"]}
    assert (summary["Tình trạng"], summary["Số"], summary["Người ký"]) == ("ĐÃ BAN HÀNH", "12/BC-UBND", "An")
    assert summary["Thay thế"] == old
    (changed,) = sheets["Số liệu thay đổi"]
    assert (changed["Số liệu"], changed["Trước đây"], changed["Nay"]) == ("Lượt nữ", "90", "100")
    assert "Số 12/BC-UBND ngày 5/11/2020, số liệu lúc 07:30 ngày 9/11/2020." in text


def test_a_week_stands_beside_the_week_before(world: World, tmp_path: Path) -> None:
    fortnight(world)
    make(world, "csv", tmp_path / "so.zip", wanted_of("GV", "2020-W46"))
    rows = {row["what"]: (row["now"], row["before"], row["before_by"]) for row in _comparison(tmp_path)}
    assert rows["Số hoạt động"] == ("6", "2", "4")
    assert rows["Tổng số lượt"] == ("92", "139", "-47")
    assert rows["Lượt nữ"] == ("60", "40", "20")
    assert rows["Lượt được tư vấn, hỗ trợ"] == ("4", "0", "4")
    make(world, "csv", tmp_path / "so.zip", wanted_of("GV", "2020-W46", shared=True))
    assert "Lượt được tư vấn, hỗ trợ" not in {row["what"] for row in _comparison(tmp_path)}


def _comparison(folder: Path) -> Rows:
    return csvs_of(folder / "so.zip")["comparison.csv"]
