"""The activity report as people walk through it: what each kind asks, of whom, and what it refuses."""

import pytest

from interview import prefill_from
from interview.steps import Json
from plan.model import Plan
from tests.unit.plan.reporter import NOW, Reporter, hidden, report_form

EXAMPLE = "nữ 30 nam 15"


@pytest.fixture
def officer(plan: Plan) -> Reporter:
    return Reporter(plan, "P03-KP01")


def test_a_typical_event_takes_at_most_eight_messages_with_the_menus(officer: Reporter) -> None:
    officer.says("1", "nói chuyện", "hôm qua", "người dân", EXAMPLE, "gửi")
    assert {"kind": "event", "activity": "A2", "date": "2020-11-17", "group": "residents"}.items() <= (
        officer.values.items()
    )
    assert {"women": 30, "men": 15, "unit": "P03-KP01"}.items() <= officer.values.items()
    assert officer.messages + 1 <= 8


def test_a_propagandist_is_offered_three_kinds_and_few_activities(officer: Reporter) -> None:
    assert officer.offered == [
        "Buổi sinh hoạt có người dự",
        "Tờ rơi, loa, bài đăng, tiểu phẩm",
        "Tư vấn, hỗ trợ người cần giúp",
    ]
    assert officer.says("1").offered == [
        "Sự kiện Tháng hành động 15/11–15/12",
        "Nói chuyện: gia đình, chống bạo lực",
        "Nói chuyện: xóa bỏ định kiến giới",
    ]


@pytest.mark.parametrize(("unit", "offered"), [("P10-KP05", True), ("P14", True), ("P11-KP05", False), ("P13", False)])
def test_the_tenant_workers_club_is_offered_where_it_is(plan: Plan, unit: str, offered: bool) -> None:
    assert ("CLB nữ công nhân nhà trọ" in Reporter(plan, unit).says("1").offered) is offered


def test_a_neighbourhood_has_one_media_activity_which_is_not_asked(officer: Reporter) -> None:
    officer.says("2", "hôm nay", "áp phích", "200", "bảng tin chợ", "gửi")
    assert officer.values["activity"] == "A1.2"
    assert (officer.values["product"], officer.values["quantity"], officer.values["shown_where"]) == (
        "poster",
        200,
        "bảng tin chợ",
    )


def test_help_is_counted_and_nobody_is_named(officer: Reporter) -> None:
    officer.says("tư vấn", "hôm qua", "hòa giải", "nữ 3 nam 1", "gửi")
    assert (officer.values["activity"], officer.values["service_kind"]) == ("D3", "mediation")
    assert (officer.values["helped_women"], officer.values["helped_men"]) == (3, 1)


def test_an_inspection_cannot_handle_more_than_it_found(plan: Plan) -> None:
    chair = Reporter(plan, "P10").says("kiểm tra", "hôm qua", "12 3 5")
    assert "Số đã xử lý không thể nhiều hơn số vi phạm" in chair.rejected
    chair.says("kiểm tra 12, vi phạm 3, xử lý 2", "gửi")
    assert (chair.values["inspected"], chair.values["violations"], chair.values["handled"]) == (12, 3, 2)


@pytest.mark.parametrize(
    ("unit", "kind", "activity", "subject"),
    [("CQ-TP", "rà soát", "rà soát", "dự thảo nghị quyết"), ("P10", "khảo sát", "", "bạo lực gia đình")],
)
def test_surveys_and_documents_ask_how_many_and_what_about(
    plan: Plan, unit: str, kind: str, activity: str, subject: str
) -> None:
    agency = Reporter(plan, unit).says(kind, *([activity] if activity else []), "hôm qua", "4", subject, "gửi")
    assert (agency.values["number"], agency.values["subject"]) == (4, subject)


def test_an_event_that_nobody_attended_is_refused_with_a_way_on(officer: Reporter) -> None:
    officer.says("1", "2", "hôm qua", "1", "0 0")
    assert "phải có ít nhất một người" in officer.rejected
    assert officer.asked == "attendance"
    assert officer.says("nữ 0 nam 15").reviews


def test_only_women_or_only_men_may_come(officer: Reporter) -> None:
    officer.says("1", "2", "hôm qua", "1", "30 0")
    assert officer.reviews


def test_tomorrow_is_refused_with_an_example(officer: Reporter) -> None:
    officer.says("1", "2", "19/11/2020")
    assert officer.rejected.endswith("ví dụ: hôm qua hoặc 15/11.")
    assert officer.asked == "date"


def test_a_day_more_than_forty_five_days_back_is_asked_again(officer: Reporter) -> None:
    assert officer.says("1", "2", "3/10").asked == "day_check"
    assert officer.presses("Đúng ngày đó").asked == "group"


def test_an_old_day_can_be_taken_back_more_than_once(officer: Reporter) -> None:
    officer.says("1", "2", "15/10/2019").presses("Không, để tôi chọn lại")
    assert officer.asked == "date"
    assert officer.says("15/10/2018").asked == "day_check"
    assert officer.presses("Không, để tôi chọn lại").asked == "date"
    assert officer.says("15/11/2020").asked == "group"


def test_a_day_of_the_last_forty_five_is_not_asked_again(officer: Reporter) -> None:
    assert officer.says("1", "2", "4/10/2020").asked == "group"


def test_place_topic_photos_and_note_are_offered_on_the_review(officer: Reporter) -> None:
    officer.says("1", "2", "hôm qua", "1", EXAMPLE)
    assert officer.offered[-4:] == ["Địa điểm cụ thể", "Chủ đề", "Hình ảnh", "Ghi chú"]
    officer.presses("Địa điểm cụ thể").says("nhà văn hóa")
    assert officer.offered[-3:] == ["Chủ đề", "Hình ảnh", "Ghi chú"]


def test_five_photos_are_taken(officer: Reporter) -> None:
    officer.says("1", "2", "hôm qua", "1", EXAMPLE).presses("Hình ảnh")
    for number in range(5):
        officer.sends(f"photo{number}")
    assert officer.reviews
    assert officer.says("gửi").values["photos"] == [f"photo{number}" for number in range(5)]


def test_what_was_asked_in_turn_is_not_offered_again_on_the_review(officer: Reporter) -> None:
    officer.says("2", "hôm qua", "1", "200", "chợ")
    assert "Số lượng" not in officer.offered
    assert officer.offered[-3:] == ["Chủ đề", "Hình ảnh", "Ghi chú"]


def test_the_report_speaks_english_too(plan: Plan) -> None:
    officer = Reporter(plan, "P03-KP01", "en")
    assert officer.offered[0] == "An event that people attended"
    assert plan.forms["activity_report"].title("en") == "Activity report"
    assert officer.says("1", "2", "yesterday", "residents", "women 30 men 15").reviews


@pytest.mark.parametrize(
    ("unit", "line", "answers", "rest"),
    [
        (
            "P10-KP05",
            "15/11 tọa đàm nữ 3 nam 1",
            {"kind": "event", "activity": "A2", "date": "2020-11-15", "women": 3, "men": 1},
            "",
        ),
        ("P10-KP05", "nữ 3 nam 1", {"kind": "event", "women": 3, "men": 1}, ""),
        (
            "P10-KP05",
            "phát 200 tờ rơi hôm qua",
            {
                "kind": "media",
                "activity": "A1.2",
                "date": "2020-11-17",
                "product": "leaflet",
                "mode": "given",
                "quantity": 200,
            },
            "",
        ),
        ("P10-KP05", "sinh hoạt câu lạc bộ phụ nữ", {"kind": "event"}, "câu lạc bộ phụ nữ"),
        (
            "P10-KP05",
            "áp phích 10 bản, zalo",
            {"kind": "media", "activity": "A1.2", "product": "poster", "quantity": 10},
            "zalo",
        ),
        (
            "P10-KP05",
            "tư vấn pháp lý 3 nữ",
            {"kind": "service", "activity": "D3", "service_kind": "legal", "helped_women": 3},
            "",
        ),
        ("P10-KP05", "gia đình", {}, "gia đình"),  # a talk or help: both know the word
        ("P10", "tọa đàm nữ 3 nam 1", {"kind": "event", "women": 3, "men": 1}, ""),  # two activities are called so
        ("P10", "khảo sát 120 phiếu", {"kind": "survey", "activity": "A1.3", "number": 120}, ""),
        (
            "P10",
            "kiểm tra 12, vi phạm 2",
            {"kind": "inspection", "activity": "A3.3", "inspected": 12, "violations": 2},
            "",
        ),
    ],
)
def test_one_line_says_what_it_is_about(unit: str, line: str, answers: dict[str, Json], rest: str) -> None:
    said = prefill_from(report_form(), line, hidden(unit), NOW)
    assert (said.answers, said.topic) == (answers, rest)
