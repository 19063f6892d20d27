"""Texts that were read wrongly once, and their relatives: each says what is taken, and what is never taken."""

from datetime import date
from typing import Any

import pytest

from bot.reading import read_text
from interview.lines.telling import Told
from tests.conversation import shipped_plan

FRIDAY = date(2026, 11, 27)
BOTH = {"women": 30, "men": 15}
YESTERDAY = {"date": "2026-11-26"}


def read(text: str, state: str = "idle", unit: str = "P10-KP05") -> Told:
    return read_text(shipped_plan(), text, unit, FRIDAY, state)


def asked(told: Told) -> set[str]:
    return {name for name, _ in told.asked}


def options(told: Told, name: str) -> tuple[Any, ...]:
    return next((said for asked_name, said in told.asked if asked_name == name), ())


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("báo cáo tọa đàm ở hẻm 12/5 Phạm Văn Chiêu nữ 30 nam 15", BOTH | {"place": "hẻm 12/5 Phạm Văn Chiêu"}),
        ("báo cáo tọa đàm tại số nhà 15/11 đường Lê Đức Thọ nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm ở 10/11 Quang Trung nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm lần thứ ba nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm kỳ 2 khóa 12 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm chào mừng 20/11 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm kỷ niệm 20/10 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm mừng ngày 8/3 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm hưởng ứng ngày 25/11 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm nhân ngày 20/11 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm theo kế hoạch số 10/11 nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm theo công văn 15/11 nữ 30 nam 15", BOTH),
        ("báo cáo thứ 4 26/11 tọa đàm nữ 30 nam 15", BOTH),
        ("báo cáo mùng 8/3 tọa đàm nữ 30 nam 15", BOTH),
        ("báo cáo 20/11 năm ngoái mít tinh tháng hành động nữ 100 nam 80", {"women": 100, "men": 80}),
        ("báo cáo 20/11 năm trước mít tinh tháng hành động nữ 100 nam 80", {"women": 100, "men": 80}),
        ("báo cáo cuối tuần rồi tọa đàm nữ 30 nam 15", BOTH),
        ("báo cáo tọa đàm ở nhà có diện tích 50m ² nữ 30 nam 15", BOTH),
    ],
)
def test_what_only_looks_like_a_day_is_asked(text: str, taken: dict[str, Any]) -> None:
    told = read(text)
    assert taken.items() <= told.taken.items()
    assert "date" not in told.taken
    assert "date" in asked(told)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("báo cáo hôm nay 27/11 tọa đàm nữ 30 nam 15", BOTH | {"date": "2026-11-27"}),
        ("báo cáo thứ 5 26/11 tọa đàm nữ 30 nam 15", BOTH | YESTERDAY),
        ("báo cáo hôm kìa tọa đàm nữ 30 nam 15", BOTH | {"date": "2026-11-24"}),
        ("báo cáo cách đây 3 ngày tọa đàm nữ 30 nam 15", BOTH | {"date": "2026-11-24"}),
        ("báo cáo từ 25/11 đến 26/11 tập huấn nữ 20 nam 10", {"date": "2026-11-25", "last_date": "2026-11-26"}),
        ("báo cáo tọa đàm sáng nay, 50 bà con trong đó 35 chị em", {"women": 35, "men": 15, "date": "2026-11-27"}),
        ("báo cáo tọa đàm hôm qua 40 gái 35 trai", {"women": 40, "men": 35} | YESTERDAY),
        ("báo cáo hôm qua tọa đàm 30 nữ công nhân 12 nam công nhân", {"women": 30, "men": 12, "group": "workers"}),
        ("phat 200 to roi o cho Hanh Thong Tay sang nay", {"quantity": 200, "shown_where": "cho Hanh Thong Tay"}),
        ("báo cáo hôm qua phát 1 trăm tờ rơi", {"product": "leaflet", "quantity": 100} | YESTERDAY),
        ("báo cáo toạ đàm hôm qua nữ 30 nam 15", BOTH | YESTERDAY),
        ("báo cáo tọa đàm hôm qua nữ 20, à nhầm 30, nam 15", BOTH | YESTERDAY),
        ("báo cáo hôm qua tọa đàm nữ không phải 13 mà 30, nam 15", BOTH | YESTERDAY),
        ("tọa đàm hôm qua nữ 25, xin lỗi 30, nam 15", BOTH | YESTERDAY),
        ("ngày 20 và 21 tọa đàm nữ 30 nam 15", BOTH | {"date": "2026-11-20", "last_date": "2026-11-21"}),
        ("tọa đàm ngày 20 và 30 nữ 15 nam", BOTH | {"date": "2026-11-20"}),
        ("two days ago talk 30 women 15 men", BOTH | {"date": "2026-11-25"}),
        ("hôm qua phát 200 tờ rơi, à nhầm 250", {"product": "leaflet", "quantity": 250}),
        ("hôm qa toạ đàm 30nữ/15nam", BOTH | YESTERDAY),
        ("báo cáo tọa đàm hom wa 45ng trong đó 30 nữ", BOTH | YESTERDAY),
        ("báo cáo hôm qua tọa đàm nữ 30 người nam 15 người tổng 45 người", BOTH | YESTERDAY),
        ("báo cáo hôm qua tọa đàm được 30 nữ, nam không có ai", {"women": 30, "men": 0}),
        ("tọa đàm hôm qua 30 cô 15 chú", BOTH | YESTERDAY),
        ("t3 tuan trc toa dam 30 nu 15 nam", BOTH | {"date": "2026-11-17"}),
        ("báo cáo mùng ba tọa đàm nữ 30 nam 15", BOTH | {"date": "2026-11-03"}),
        ("ngày hăm lăm tọa đàm nữ 30 nam 15", BOTH | {"date": "2026-11-25"}),
        ("hồi hôm họp khu phố nữ 30 nam 15", BOTH | YESTERDAY),
        ("handed out 200 leaflets this morning", {"quantity": 200, "mode": "given", "date": "2026-11-27"}),
        ("hôm qua kp tuyên truyền loa phát thanh 3 lượt", {"product": "broadcast", "quantity": 3} | YESTERDAY),
        ("baos caos hoom qua toaj ddamf nuwx 30 nam 15", BOTH | YESTERDAY),
        ("bao1 cao1 hom6 qua toa5 d9am2 nu74 30 nam 15", BOTH | YESTERDAY),
        ("hom qua toa dam nu3 nam2", {"women": 3, "men": 2} | YESTERDAY),
        ("báo cáo tập huấn cán bộ nữ 30 nam 15 hôm qua", BOTH | YESTERDAY),
        ("báo cáo hôm qua họp khu phố 5 nữ 30 nam 15", BOTH | YESTERDAY),
        ("báo cáo hôm qua họp khu phố 45 nữ 30 nam", {"women": 45, "men": 30} | YESTERDAY),
        ("báo cáo tọa đàm hôm qua nữ (30) nam (15)", BOTH | YESTERDAY),
        ("báo cáo tọa đàm hôm qua nữ/nam: 30/15", BOTH | YESTERDAY),
        ("báo cáo tọa đàm hôm qua tổng 45, nữ 30", BOTH | YESTERDAY),
        ("báo cáo tọa đàm hôm qua nữ 30 nam 15, hình mai em gửi", BOTH | YESTERDAY),
        ("báo cáo tọa đàm ngày hai mươi lăm tháng mười một nữ 30 nam 15", BOTH | {"date": "2026-11-25"}),
        ("báo cáo ra quân tháng hành động ngày 21/11 nữ 30 nam 15", BOTH | {"date": "2026-11-21"}),
        ("ba\u0301o ca\u0301o to\u0323a \u0111a\u0300m ho\u0302m qua nu\u031b\u0303 30 nam 15", BOTH | YESTERDAY),
    ],
)  # fmt: skip
def test_what_is_surely_said_is_taken(text: str, taken: dict[str, Any]) -> None:
    told = read(text)
    assert taken.items() <= told.taken.items()
    assert "27/11" not in told.topic


@pytest.mark.parametrize(
    "text", ["kiểm tra 3 cơ sở kinh doanh hôm qua 1 vi phạm", "hqua kiem tra 5 nha tro, 2 vi pham"]
)
def test_a_kind_that_is_not_open_to_the_unit_is_not_taken_for_another(text: str) -> None:
    told = read(f"báo cáo {text}")
    assert told.taken.keys() <= {"date"}
    assert "kind" in asked(told)


def test_two_audiences_of_which_one_is_named_by_sex_are_asked_about() -> None:
    told = read("báo cáo tọa đàm hôm qua, 30 phụ nữ và 10 đoàn viên thanh niên")
    assert not {"women", "men", "unsorted"} & told.taken.keys()
    assert {"women", "men"} <= asked(told)


def test_a_share_in_words_counts_nobody() -> None:
    told = read("tọa đàm hôm qua 50 người nữ chiếm đa số")
    assert not {"women", "men"} & told.taken.keys()


def test_a_weekday_that_was_just_now_is_asked_about_on_its_own_day() -> None:
    assert options(read("tối t6 vừa rồi tọa đàm nữ 30 nam 15"), "date") == ("2026-11-20", "2026-11-27")


def test_places_where_something_hangs_are_no_copies() -> None:
    assert "quantity" not in read("báo cáo hôm qua treo áp phích ở 3 điểm").taken


def test_several_products_are_several_lines() -> None:
    told = read("báo cáo hôm qua phát 200 tờ rơi và 10 áp phích")
    assert {"product": "leaflet", "quantity": 200}.items() <= told.taken.items()
    assert told.taken["more_lines"] == [{"product": "poster", "quantity": 10}]


def test_several_groups_are_several_lines() -> None:
    told = read("báo cáo hôm qua tọa đàm 20 giáo viên và 200 học sinh", unit="P10")
    assert {"group": "teachers", "unsorted": 20}.items() <= told.taken.items()
    assert told.taken["more_lines"] == [{"group": "students", "unsorted": 200}]


def test_a_share_is_no_day_and_a_total_is_asked_about() -> None:
    told = read("báo cáo tọa đàm 45 người, 2/3 là nữ")
    assert not {"date", "women", "men", "unsorted"} & told.taken.keys()
    assert options(told, "unsorted") == (45,)
    assert read("báo cáo tọa đàm hôm qua 45 người, nữ 2/3").taken["date"] == "2026-11-26"


def test_minutes_with_labels_are_read_and_the_labels_are_in_no_answer() -> None:
    told = read(
        "- Thời gian: 26/11/2026\n- Địa điểm: nhà văn hóa khu phố 5\n"
        "- Nội dung: phòng, chống bạo lực gia đình\n- Số người dự: 45 (nữ 30, nam 15)"
    )
    assert (BOTH | YESTERDAY | {"place": "nhà văn hóa khu phố 5"}).items() <= told.taken.items()
    assert told.topic == "phòng, chống bạo lực gia đình"


@pytest.mark.parametrize(
    "text",
    [
        "báo cáo hôm qua hoãn tọa đàm nữ 30 nam 15",
        "hôm qua chưa tổ chức tọa đàm được",
        "báo cáo hôm qua không họp được",
        "báo cáo mai khu phố tọa đàm nữ 30 nam 15",
        "báo cáo sẽ tọa đàm nữ 30 nam 15",
        "báo cáo dời tọa đàm hôm qua nữ 30 nam 15",
        "báo cáo hôm qua tọa đàm nữ 30 nam 15, bị hoãn",
        "báo cáo hôm qua họp, mai tọa đàm nữ 30 nam 15",
    ],
)
def test_what_did_not_take_place_fills_nothing(text: str) -> None:
    told = read(text)
    assert not told.taken
    assert asked(told) == {"took_place"}


@pytest.mark.parametrize(
    ("state", "text", "taken"),
    [
        ("question date", "hôm kìa", {"date": "2026-11-24"}),
        ("question date", "hôm kia", {"date": "2026-11-25"}),
        ("question date", "thứ 5 26/11", YESTERDAY),
        ("question date", "hôm nay 27/11", {"date": "2026-11-27"}),
        ("question date", "2 ngày trước", {"date": "2026-11-25"}),
        ("question date", "cách đây 3 ngày", {"date": "2026-11-24"}),
        ("question women", "nữ hai lăm nam mười lăm", {"women": 25, "men": 15}),
        ("question women", "nữ 1 trăm nam 2 chục", {"women": 100, "men": 20}),
        ("question women", "nam, nữ: 15, 30", BOTH),
        ("question women", "nữ 30 nam 15 = 45", BOTH),
        ("question women", "không có nam, 30 nữ", {"women": 30, "men": 0}),
        ("question women", "40 gái 35 trai", {"women": 40, "men": 35}),
        ("question women", "không rõ nam nữ, khoảng 75", {"unsorted": 75}),
        ("review", "so luong 250", {"quantity": 250}),
        ("review", "nơi phát chợ Hạnh Thông Tây", {"shown_where": "chợ Hạnh Thông Tây"}),
        ("review", "sửa địa điểm nhà văn hóa khu phố 5", {"place": "nhà văn hóa khu phố 5"}),
        ("review", "địa điểm: nhà văn hóa khu phố 5", {"place": "nhà văn hóa khu phố 5"}),
        ("review", "sửa số lượng nam 16", {"men": 16}),
        ("review", "học sinh", {"group": "students"}),
        ("review", "đối tượng trẻ em", {"group": "children"}),
        ("review", "nữ 31 chứ không phải 30", {"women": 31}),
        ("review", "không phải nữ 30 mà là nữ 32", {"women": 32}),
        ("review", "sửa nữ từ 30 thành 32", {"women": 32}),
        ("review", "ok nhưng nam 16", {"men": 16}),
        ("review", "ghi chú: ok, nhưng thiếu hình", {"note": "ok, nhưng thiếu hình"}),
        ("question date", "22", {"date": "2026-11-22"}),
        ("question date", "ngày 15 tháng trước", {"date": "2026-10-15"}),
        ("question quantity", "1k5", {"quantity": 1500}),
        ("question group", "chủ yếu là bà con trong khu phố", {"group": "residents"}),
        ("question women", "nữ (30) nam (15)", BOTH),
        ("question women", "nữ 20 à không 30 nam 15", BOTH),
        ("question women", "45ng trong đó nữ 30", BOTH),
        ("question women", "nữ 15 nam cũng 15", {"women": 15, "men": 15}),
        ("question date", "h.qua", YESTERDAY),
        ("question date", "hôm qua á", YESTERDAY),
        ("question date", "à nhầm hôm qua", YESTERDAY),
        ("question date", "yesterday evening", YESTERDAY),
        ("question date", "hai mươi lăm tháng mười một", {"date": "2026-11-25"}),
        ("question date", "mùng ba", {"date": "2026-11-03"}),
        ("review", "hôm kia mới đúng", {"date": "2026-11-25"}),
        ("review", "sai ngày, hôm kia mới đúng", {"date": "2026-11-25"}),
        ("review", "à nhầm nữ 32", {"women": 32}),
        ("review", "thêm chủ đề bình đẳng giới", {"topic": "bình đẳng giới"}),
    ],
)
def test_an_answer_or_a_correction_is_taken(state: str, text: str, taken: dict[str, Any]) -> None:
    assert read(text, state).taken == taken


@pytest.mark.parametrize(
    ("state", "text", "question"),
    [
        ("question date", "20/11 năm ngoái", "date"),
        ("question date", "thứ 4 26/11", "date"),
        ("question date", "cuối tuần rồi", "date"),
        ("question date", "đầu tháng", "date"),
        ("question women", "45 30", "women"),
        ("question women", "75 người", "unsorted"),
        ("question women", "30-35 nữ", "women"),
        ("question women", "①", "women"),
        ("question women", "²", "women"),
        ("question women", "một nửa nữ một nửa nam, 40 người", "women"),
        ("question quantity", "2 thùng", "quantity"),
        ("review", "sửa số người", "women"),
        ("review", "sửa hoạt động", "activity"),
        ("review", "sai số nữ", "women"),
        ("review", "ngày sai rồi", "date"),
        ("review", "thêm hình", "photos"),
        ("review", "thêm 5 nam", "men"),
        ("review", "bớt 2 nữ", "women"),
        ("review", "thêm 50 tờ", "quantity"),
        ("question date", "mới nãy", "date"),
        ("question date", "20/11 năm 2025", "date"),
    ],
)
def test_what_is_doubtful_is_asked(state: str, text: str, question: str) -> None:
    told = read(text, state)
    assert not told.taken
    assert question in asked(told)


def test_both_days_that_may_be_meant_are_offered() -> None:
    assert options(read("cuối tuần rồi", "question date"), "date") == ("2026-11-21", "2026-11-22")
    assert options(read("thứ 4 26/11", "question date"), "date") == ("2026-11-26", "2026-11-25")


@pytest.mark.parametrize(
    "text", ["ok", "đúng rồi", "đồng ý", "👍", "gửi", "oki", "gửi giùm em nghen", "chuẩn luôn gửi nha"]
)
def test_a_yes_at_the_review_sends(text: str) -> None:
    assert [reading.what for reading in read(text, "review").readings] == ["send"]


def test_a_span_is_of_the_text_itself() -> None:
    text = "báo cáo  tọa đàm hôm  qua nữ 30 nam 15"
    spans = {reading.what: text[slice(*reading.span)] for reading in read(text).readings}
    assert (spans["date"], spans["women"]) == ("hôm  qua", "nữ 30 nam 15")
