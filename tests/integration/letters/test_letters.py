"""Letters say what the figures say, to the last digit, and keep the form: read back from the files."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from periods.period import period_of
from reports.letters.checking import problems_of
from reports.letters.composing import NoLetterError
from reports.letters.model import ChangedFigure, Issue
from storage.records.letters import open_letter, write
from tests.integration.history.test_fortnight import BOTH, fortnight
from tests.integration.letters.reading import CUTS, LETTERS, NOW, letter_of, paragraphs, rows, written
from tests.integration.reports.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What stands in a file does not hang on the database; its figures are tested on both elsewhere."""
PERIODS = {"weekly": "2020-W46", "action": "2020-AM", "results": "2020-KQ", "programme": BOTH, "reply": "2020-Q4"}
ISSUE = Issue("09", date(2020, 2, 3), "Lê Thị Thu Hà", "Báo cáo này thay thế Báo cáo số 08/BC-LĐTBXH ngày 09/01/2020.")
EARLIER = datetime(2019, 11, 16, 1, tzinfo=UTC)


@pytest.mark.parametrize("kind", PERIODS)
@pytest.mark.parametrize("unit", ["GV", "P10", "CQ-VHTT"])
@pytest.mark.parametrize("form", ["nd30", "tt01"])
def test_every_letter_keeps_every_rule(world: World, tmp_path: Path, kind: str, unit: str, form: str) -> None:
    fortnight(world)
    now = NOW if form == "nd30" else EARLIER
    letter = letter_of(world, kind, unit, PERIODS[kind], now=now)
    assert letter.form.id == form
    assert [str(problem) for problem in problems_of(written(letter, tmp_path), form)] == []


def test_an_issued_letter_keeps_every_rule(world: World, tmp_path: Path) -> None:
    fortnight(world)
    changed = (ChangedFigure("Phường 10: lượt người dự", "180 lượt", "189 lượt"),)
    letter = letter_of(world, "weekly", "GV", "2020-W46", issue=ISSUE, changed=changed)
    path = written(letter, tmp_path)
    assert problems_of(path, letter.form.id) == []
    said = paragraphs(path)
    assert ISSUE.replaces in said
    assert "(Kèm theo Báo cáo số 09/BC-LĐTBXH ngày 03 tháng 02 năm 2020 của" in said[said.index("Phụ lục III") + 2]
    assert rows(path, "Số liệu") == [["1", "Phường 10: lượt người dự", "180 lượt", "189 lượt"]]


def test_the_fortnight_comes_out_to_the_last_digit(world: World, tmp_path: Path) -> None:
    fortnight(world)
    path = written(letter_of(world, "weekly", "GV", BOTH), tmp_path)
    said = paragraphs(path)
    # Four events: 3/11, 5/11, 8–9/11 and 11/11, which was reported twice; the returned one does not count.
    assert (
        "Đã tổ chức 04 buổi với 231 lượt người dự, trong đó nữ 100 lượt, nam 52 lượt, chưa phân theo giới tính 79 lượt."
    ) in said
    assert ("Nữ chiếm từ 43,3 % đến 77,5 % số lượt người dự, do còn 79 lượt chưa phân theo giới tính.") in said
    assert "- Đã in, làm ra: 2.000 leaflet." in said
    assert "- Đã phát, đăng, treo: 200 leaflet." in said
    assert "- Đã kiểm tra 12 tin, bài, ấn phẩm; phát hiện 02 vi phạm, đã xử lý 01 vi phạm." in said
    assert not any("tư vấn" in line for line in said)  # two weeks: nothing is said of services
    assert rows(path, "Đơn vị") == [
        ["1", "Phường 10", "05", "80", "30", "79", "189"],
        ["2", "Phường 14", "02", "20", "22", "0", "42"],
        ["3", "Phòng Văn hóa và Thông tin", "01", "0", "0", "0", "0"],
        ["", "Tổng cộng", "08", "100", "52", "79", "231"],
    ]


def test_a_week_is_compared_with_the_one_before(world: World, tmp_path: Path) -> None:
    fortnight(world)
    for unit in ("P10-KP1", "P10-KP2", "P10-KP10", "P14-KP1"):
        for week in ("2020-W45", "2020-W46"):
            world.nil(unit, week)  # where no report stands: nothing is missing
    said = paragraphs(written(letter_of(world, "weekly", "GV", "2020-W46"), tmp_path))
    assert "So với tuần trước, số buổi không đổi (02 buổi)." in said
    assert "So với tuần trước, số lượt người dự giảm 47 lượt (từ 139 lượt xuống còn 92 lượt)." in said


def test_a_quarter_reckoned_by_hand(world: World, tmp_path: Path) -> None:
    """July: 30 women, 20 men. August: 25 women, 15 men, 5 unsorted; September: 1,000 women and 64 men, twice reported.

    Help for 6 women and 5 men in August: of the district and of a quarter it is said. A year earlier: 9 women, 1 man.
    """
    world.report("P10-KP1", date(2020, 7, 1), 30, 20)
    world.report("P14-KP1", date(2020, 8, 31), 25, 15, unsorted=5)
    world.links(world.report("P10", date(2020, 9, 30), 1000, 64), world.report("P10-KP2", date(2020, 9, 30), 980, 60))
    world.report("P10", date(2020, 10, 1), 7, 7)  # the next quarter's
    help_ = {"activity": "D3", "kind": "service", "target_group": "in_need", "item": "legal"}
    world.report("P14-KP1", date(2020, 8, 4), 6, 5, **help_)
    world.report("P10-KP1", date(2019, 7, 31), 9, 1)
    path = written(letter_of(world, "reply", "GV", "2020-Q3"), tmp_path)
    said = paragraphs(path)
    assert (
        "Đã tổ chức 03 buổi với 1.159 lượt người dự, trong đó nữ 1.055 lượt, nam 99 lượt, "
        "chưa phân theo giới tính 05 lượt."
    ) in said
    assert "Nữ chiếm 91,4 % trong 1.154 lượt đã phân theo giới tính; còn 05 lượt chưa phân." in said
    missing = "do cùng kỳ năm trước mới nhận 01 trong 52 lượt báo cáo tuần."
    assert f"Chưa so sánh với cùng kỳ năm trước, {missing}" in said
    assert "- Đã tư vấn, hỗ trợ 11 lượt người có nhu cầu: nữ 06 lượt, nam 05 lượt." in said
    assert rows(path, "Đơn vị")[-1] == ["", "Tổng cộng", "04", "1.055", "99", "05", "1.159"]


def test_the_action_month_by_level_and_product(world: World, tmp_path: Path) -> None:
    world.report("P10-KP1", date(2020, 11, 20), 30, 15, activity="A1.4")
    world.report("P10", date(2020, 11, 25), 40, 10, unsorted=3, activity="A1.4")
    world.report("CQ-VHTT", date(2020, 12, 15), 8, 1, activity="A1.4")
    media = {"activity": "A1.2", "kind": "media", "target_group": "", "item": "leaflet"}
    world.report("P10", date(2020, 11, 16), 0, 0, **media, mode="made", quantity=2000)
    world.report("P10-KP1", date(2020, 11, 16), 0, 0, **media, mode="given", quantity=9)
    world.report("P10-KP1", date(2020, 12, 16), 99, 99)  # the day after
    path = written(letter_of(world, "action", "GV", "2020-AM", now=datetime(2020, 12, 20, tzinfo=UTC)), tmp_path)
    assert [row[1:] for row in rows(path, "Nội dung")] == [
        ["Buổi nói chuyện, sinh hoạt, sự kiện (buổi)", "01", "01", "01", "03"],
        ["Lượt nữ dự (lượt)", "08", "40", "30", "78"],
        ["Lượt nam dự (lượt)", "01", "10", "15", "26"],
        ["Lượt chưa phân theo giới tính (lượt)", "0", "03", "0", "03"],
        ["leaflet: đã in, làm ra", "0", "2.000", "0", "2.000"],
        ["leaflet: đã phát, đăng, treo", "0", "0", "09", "09"],
    ]


def write_part(world: World, unit: str, part: str, text: str, period: str = "2020-KQ") -> None:
    letter = open_letter(world.db, "results", world.units[unit], period_of(period, CUTS), NOW)
    assert write(world.db, letter.id, part, text, seen=0, person_id=world.person(), now=NOW)


def test_parts_that_nobody_wrote_are_missing_and_print_dots(world: World, tmp_path: Path) -> None:
    letter = letter_of(world, "results", "P10", "2020-KQ")
    assert [part.id for part in letter.missing] == [part.id for part in LETTERS.kinds["results"].parts]
    assert "…" in paragraphs(written(letter, tmp_path))
    write_part(world, "P10", "strengths", "Phối hợp tốt.\n\nNhiều nam giới dự.")
    letter = letter_of(world, "results", "P10", "2020-KQ")
    assert "strengths" not in {part.id for part in letter.missing}
    said = paragraphs(written(letter, tmp_path))
    assert said[said.index("1. Ưu điểm") + 1 :][:3] == ["Phối hợp tốt.", "Nhiều nam giới dự.", "2. Hạn chế"]


def test_what_wards_wrote_is_gathered_until_the_district_writes(world: World, tmp_path: Path) -> None:
    write_part(world, "P14", "limits", "Ít kinh phí.")
    write_part(world, "P10", "limits", "Báo cáo chậm.")
    letter = letter_of(world, "results", "GV", "2020-KQ")
    assert "limits" not in {part.id for part in letter.missing}
    said = paragraphs(written(letter, tmp_path))
    assert said[said.index("2. Hạn chế") + 1 :][:2] == ["Phường 10: Báo cáo chậm.", "Phường 14: Ít kinh phí."]
    write_part(world, "GV", "limits", "Kinh phí và nhân lực còn ít.")
    said = paragraphs(written(letter_of(world, "results", "GV", "2020-KQ"), tmp_path))
    assert said[said.index("2. Hạn chế") + 1 :][:2] == ["Kinh phí và nhân lực còn ít.", "3. Nguyên nhân"]


def test_documents_and_indicators_are_rows_of_appendices(world: World, tmp_path: Path) -> None:
    write_part(world, "GV", "documents", "15/KH-UBND; 10/01/2020; Kế hoạch; năm 2020\nBiên bản họp")
    write_part(world, "GV", "estimates", "Tỷ lệ nữ cấp ủy; 25 %; 27,4 %; 28 %; theo Ban Tổ chức")
    path = written(letter_of(world, "results", "GV", "2020-KQ"), tmp_path)
    assert rows(path, "Số, ký hiệu") == [
        ["1", "15/KH-UBND", "10/01/2020", "Kế hoạch; năm 2020"],
        ["2", "Biên bản họp", "", ""],
    ]
    assert rows(path, "Chỉ tiêu")[-1] == ["1", "Tỷ lệ nữ cấp ủy", "25 %", "27,4 %", "28 %", "", "theo Ban Tổ chức"]
    assert "Đã ban hành 02 văn bản chỉ đạo, triển khai (danh mục kèm theo)." in paragraphs(path)


HOSTILE = (
    "{{ 7*7 }} & <w:p> {% for x in y %} {_{ \x00\x0b\ud800 'x' \"y\" ]]> &amp;",
    "{{ issuer.parent }}{% endif %}{# no #}}}",
    "x" * 6000,
    "\u202egnol",
)


def test_what_people_write_stays_text(world: World, tmp_path: Path) -> None:
    kept = [text.replace("\x00", "").replace("\ud800", "") for text in HOSTILE]  # what no store would have kept
    world.unit("P15", kept[0], "ward", "GV")
    write_part(world, "P10", "strengths", "\n".join(kept))
    write_part(world, "P15", "limits", kept[1])
    path = written(letter_of(world, "results", "P10", "2020-KQ"), tmp_path)
    assert problems_of(path, "nd30") == []
    said = paragraphs(path)
    shown = [line.replace("\u2060", "") for line in said[said.index("1. Ưu điểm") + 1 :][: len(kept)]]
    assert shown == [" ".join(text.replace("\x0b", "").split()) for text in kept]
    for unit in ("GV", "P15"):
        path = written(letter_of(world, "results", unit, "2020-KQ"), tmp_path)
        assert not any(problem.rule == "placeholders" for problem in problems_of(path, "nd30"))


def test_a_unit_writes_only_the_letters_of_its_level(world: World) -> None:
    with pytest.raises(NoLetterError):
        letter_of(world, "weekly", "P10-KP1", "2020-W46")
    with pytest.raises(NoLetterError):
        letter_of(world, "action", "P10", "2020-W46")
    assert [kind.id for kind in LETTERS.fitting("week", "ward")] == ["weekly", "reply"]


def test_sample_reports_are_marked(world: World, tmp_path: Path) -> None:
    world.report("P10-KP1", date(2020, 11, 10), 3, 3, sample=True)
    said = paragraphs(written(letter_of(world, "weekly", "P10", "2020-W46"), tmp_path))
    assert said[0].startswith("SỐ LIỆU MẪU")


def test_a_period_that_ends_within_a_quarter_says_who_was_helped_in_the_quarters_before(
    world: World, tmp_path: Path
) -> None:
    help_ = {"activity": "D3", "kind": "service", "target_group": "in_need", "item": "legal"}
    world.report("P10-KP1", date(2020, 2, 4), 6, 5, **help_)
    world.report("P10-KP1", date(2020, 8, 4), 7, 9, **help_)
    world.report("P10-KP1", date(2020, 10, 4), 50, 50, **help_)  # its quarter is not over
    path = written(letter_of(world, "results", "GV", "2020-KQ"), tmp_path)
    said = "- Trong 9 tháng đầu năm 2020, đã tư vấn, hỗ trợ 27 lượt người có nhu cầu: nữ 13 lượt, nam 14 lượt."
    assert said in paragraphs(path)
