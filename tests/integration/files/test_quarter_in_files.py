"""The quarter that was reckoned by hand comes out of both kinds of files to the last digit."""

from pathlib import Path

from tests.integration.files.reading import csvs_of, make, sheets_of, wanted_of
from tests.integration.reports.test_quarter import LATER, quarter
from tests.integration.reports.world import World

__all__ = ["quarter"]


def test_the_quarter_in_the_workbook(quarter: World, tmp_path: Path) -> None:
    make(quarter, "workbook", tmp_path / "so.xlsx", wanted_of("GV", "2020-Q4"), now=LATER)
    sheets = sheets_of(tmp_path / "so.xlsx")
    summary = {row["Nội dung"]: row["Giá trị"] for row in sheets["Tổng hợp"]}
    assert (summary["Số hoạt động"], summary["Lượt nữ"], summary["Lượt nam"]) == (12, 425, 85)
    assert (summary["Lượt chưa phân nam nữ"], summary["Lượt được tư vấn, hỗ trợ"], summary["Chưa duyệt"]) == (3, 4, 11)
    for name in ("Theo đơn vị", "Theo nơi diễn ra"):
        women = {row["Mã"]: (row["Số hoạt động"], row["Lượt nữ"], row["Lượt nam"]) for row in sheets[name]}
        units = {"Theo đơn vị": (8, 269, 35), "Theo nơi diễn ra": (8, 269, 35)}
        assert women == {"P10": units[name], "P14": (4, 156, 50)}
    weeks = sheets["Theo tuần"]
    assert (sum(row["Số hoạt động"] for row in weeks), sum(row["Lượt nữ"] for row in weeks)) == (12, 425)
    above = {(row["Đơn vị"], row["Trực thuộc"]) for row in sheets["Báo cáo"] if row["Đơn vị"] == "P10-KP2"}
    assert above == {("P10-KP2", "Phường 10"), ("P10-KP2", "Phường 14")}


def test_the_quarter_in_csv_files(quarter: World, tmp_path: Path) -> None:
    make(quarter, "csv", tmp_path / "so.zip", wanted_of("GV", "2020-Q4"), now=LATER)
    files = csvs_of(tmp_path / "so.zip")
    activities = {row["code"]: (row["reports"], row["total"]) for row in files["by_activity.csv"]}
    assert activities == {"A2": ("7", "267"), "A1.4": ("3", "246"), "A1.2": ("1", "0"), "D3": ("1", "0")}
    counted = [row for row in files["lines.csv"] if row["counts"] == "có"]
    assert sum(int(row["quantity"]) for row in counted) == 500
    assert len(counted) == 12
