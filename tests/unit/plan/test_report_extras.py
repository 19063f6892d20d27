"""What the activity report asks beyond the one audience, product and day that everybody is asked for."""

import pytest

from interview.steps import Json
from plan.model import Plan
from tests.unit.plan.reporter import Reporter

Known = dict[str, Json]
EVENT = ("1", "nói chuyện", "hôm qua", "người dân", "nữ 30 nam 15")


@pytest.fixture
def officer(plan: Plan) -> Reporter:
    return Reporter(plan, "P10-KP05")


def event(officer: Reporter) -> Reporter:
    return officer.says(*EVENT)


def media(officer: Reporter) -> Reporter:
    return officer.says("2", "hôm qua", "tờ rơi", "200", "chợ Hạnh Thông Tây")


def service(officer: Reporter) -> Reporter:
    return officer.says("tư vấn", "hôm qua", "hòa giải", "nữ 3 nam 1")


def test_a_review_offers_what_its_kind_may_have_more_of(plan: Plan) -> None:
    more = ["Địa điểm cụ thể", "Chủ đề", "Hình ảnh", "Ghi chú"]
    assert event(Reporter(plan, "P10-KP05")).offered == [
        *("Nhóm khác cùng dự", "Nhiều ngày (ngày cuối)", "Lần đầu dự năm nay", "Nơi tổ chức"),
        *more,
    ]
    assert media(Reporter(plan, "P10-KP05")).offered == [
        *("In hay phát", "Sản phẩm khác", "Nhiều ngày (ngày cuối)", "Nơi tổ chức"),
        *more[1:],
    ]
    assert service(Reporter(plan, "P10-KP05")).offered == [
        *("Hình thức hỗ trợ khác", "Nhiều ngày (ngày cuối)", "Lần đầu được hỗ trợ năm nay", "Nơi tổ chức"),
        *more,
    ]


def test_another_audience_takes_two_answers(officer: Reporter) -> None:
    event(officer).presses("Nhóm khác cùng dự").says("học sinh", "nữ 10 nam 5", "gửi")
    assert officer.values["more_lines"] == [{"more_group": "students", "more_women": 10, "more_men": 5}]


def test_the_same_audience_again_is_asked_about_and_kept_apart_from_the_first(officer: Reporter) -> None:
    event(officer).presses("Nhóm khác cùng dự").says("người dân")
    assert officer.asked == "more_again"
    officer.says("không").says("trẻ em", "nữ 10 nam 5")
    assert officer.reviews
    officer.presses("Nhóm khác cùng dự").says("trẻ em")
    assert officer.asked == "more_again"
    officer.says("cộng lại", "1 1", "gửi")
    assert officer.values["more_lines"] == [
        {"more_group": "children", "more_women": 10, "more_men": 5},
        {"more_group": "children", "more_again": "yes", "more_women": 1, "more_men": 1},
    ]


LEAFLETS: Known = {
    "kind": "media",
    "activity": "A1.2",
    "date": "2020-11-17",
    "product": "leaflet",
    "mode": "given",
    "quantity": 200,
    "shown_where": "chợ Xóm Mới",
}


def test_a_neighbourhoods_other_product_is_given_out_as_its_first_one(officer: Reporter) -> None:
    media(officer).presses("Sản phẩm khác").says("áp phích", "10", "gửi")
    assert officer.values["more_lines"] == [{"more_product": "poster", "more_mode": "given", "more_quantity": 10}]


def test_another_product_says_whether_it_was_made_or_given_out(plan: Plan) -> None:
    officer = Reporter(plan, "P10", known=LEAFLETS).presses("Sản phẩm khác").says("áp phích")
    assert officer.offered == ["In, làm ra", "Phát, đăng, treo"]
    officer.presses("In, làm ra").says("10", "gửi")
    assert officer.values["more_lines"] == [{"more_product": "poster", "more_mode": "made", "more_quantity": 10}]


def test_the_same_product_is_another_line_if_it_was_made_and_not_given_out(plan: Plan) -> None:
    officer = Reporter(plan, "P10", known=LEAFLETS).presses("Sản phẩm khác").says("tờ rơi").presses("In, làm ra")
    assert officer.asked == "more_quantity"
    officer.says("2000").presses("Sản phẩm khác").says("tờ rơi").presses("Phát, đăng, treo")
    assert officer.asked == "more_again"
    officer.says("cộng lại", "5").presses("Sản phẩm khác").says("tờ rơi").presses("In, làm ra")
    assert officer.asked == "more_again"


def test_another_kind_of_help_takes_two_answers(officer: Reporter) -> None:
    service(officer).presses("Hình thức hỗ trợ khác").says("pháp lý", "2 0", "gửi")
    assert officer.values["more_lines"] == [
        {"more_service_kind": "legal", "more_helped_women": 2, "more_helped_men": 0}
    ]


def test_forty_lines_do_not_fit_and_that_is_said(plan: Plan) -> None:
    lines: list[Json] = [{"more_group": "students", "more_again": "yes", "more_women": 1, "more_men": 1}] * 40
    first: Known = {
        "kind": "event",
        "activity": "A2",
        "date": "2020-11-17",
        "group": "residents",
        "women": 30,
        "men": 15,
    }
    officer = Reporter(plan, "P10-KP05", known={**first, "more_lines": lines})
    assert len([line for line in officer.lines if line.startswith("Nhóm khác")]) == 15
    officer.presses("Nhóm khác cùng dự")
    assert officer.reviews
    assert [output.params for output in officer.step.outputs if hasattr(output, "params")] == [{"limit": 15}]


@pytest.mark.parametrize(("unit", "asks"), [("P10-KP05", False), ("P10", True), ("CQ-LDTBXH", True), ("GV", True)])
def test_all_but_neighbourhoods_are_asked_whether_a_product_was_made_or_given_out(
    plan: Plan, unit: str, *, asks: bool
) -> None:
    known = {"kind": "media", "activity": "A1.2", "date": "2020-11-17", "product": "leaflet"}
    assert (Reporter(plan, unit, known=known).asked == "mode") is asks


def test_what_was_only_made_was_shown_nowhere(plan: Plan) -> None:
    known = {"kind": "media", "activity": "A1.2", "date": "2020-11-17", "product": "leaflet"}
    assert Reporter(plan, "P10", known=known).presses("In, làm ra").says("2000").reviews


@pytest.mark.parametrize(("unit", "asks"), [("P10-KP05", False), ("P10", False), ("CQ-LDTBXH", True), ("GV", True)])
@pytest.mark.parametrize("kind", ["event", "service"])
def test_those_who_work_all_over_the_district_are_asked_where(plan: Plan, unit: str, kind: str, *, asks: bool) -> None:
    event: Known = {"activity": "A1.4", "group": "residents", "women": 3, "men": 4}
    service: Known = {"activity": "D3", "service_kind": "legal", "helped_women": 1, "helped_men": 0}
    known = {"kind": kind, "date": "2020-11-17", **(event if kind == "event" else service)}
    officer = Reporter(plan, unit, known=known)
    assert officer.reviews is not asks
    if asks:
        assert officer.offered[:3] == ["Toàn quận", "Ngoài quận", "Phường 1"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(("toàn quận", "GV"), ("ngoài quận", "outside"), ("phường 10", "P10"), ("kp5 p10", "P10-KP05")),
        *(("khu phố 5 phường 10", "P10-KP05"), ("Khu phố 5, Phường 10", "P10-KP05"), ("p1", "P01")),
    ],
)
def test_a_place_is_typed_as_people_call_it(plan: Plan, text: str, place: str) -> None:
    known: Known = {"kind": "event", "activity": "A1.1", "date": "2020-11-17", "group": "officials", "women": 3}
    known["men"] = 4
    assert Reporter(plan, "CQ-LDTBXH", known=known).says(text, "gửi").values["place_unit"] == place


def test_an_agencys_typical_event_takes_at_most_eight_messages_with_the_menus(plan: Plan) -> None:
    agency = Reporter(plan, "CQ-VHTT").says("1", "nói chuyện", "hôm qua", "người dân", "nữ 30 nam 15", "p10", "gửi")
    assert agency.values["place_unit"] == "P10"
    assert agency.messages + 1 <= 8


@pytest.mark.parametrize(
    ("last", "taken"),
    [
        *(("18/11", True), ("17/11", True), ("hôm nay", True)),
        *(("16/11", False), ("19/11/2020", False), ("17/11/2019", False)),
    ],
)
def test_the_last_day_follows_the_first_and_lies_not_ahead(officer: Reporter, last: str, *, taken: bool) -> None:
    event(officer).presses("Nhiều ngày (ngày cuối)").says(last)
    assert officer.reviews is taken
    if not taken:
        assert "không trước ngày đầu" in officer.rejected


@pytest.mark.parametrize(("first", "taken"), [("18/10", True), ("17/10", False)])
def test_an_activity_takes_at_most_a_month(officer: Reporter, first: str, *, taken: bool) -> None:
    officer.says("1", "nói chuyện", first, "người dân", "15 30").presses("Nhiều ngày (ngày cuối)").says("hôm nay")
    assert officer.reviews is taken


def test_a_first_day_that_moves_behind_the_last_takes_it_along(officer: Reporter) -> None:
    event(officer).presses("Nhiều ngày (ngày cuối)").says("hôm qua", "sửa ngày", "18/11")
    assert "last_date" not in officer.says("gửi").values


def test_who_came_for_the_first_time_is_asked_as_the_figures_need_it(officer: Reporter) -> None:
    event(officer).presses("Lần đầu dự năm nay").says("nữ 5 nam 16")
    assert "không thể nhiều hơn số nam" in officer.rejected
    officer.says("nữ 5 nam 3", "gửi")
    assert (officer.values["first_women"], officer.values["first_men"]) == (5, 3)


def test_who_was_helped_for_the_first_time_may_be_said(officer: Reporter) -> None:
    service(officer).presses("Lần đầu được hỗ trợ năm nay").says("2 0", "gửi")
    assert (officer.values["first_helped_women"], officer.values["first_helped_men"]) == (2, 0)


def test_a_total_is_noted_and_women_and_men_may_follow(officer: Reporter) -> None:
    officer.says("1", "nói chuyện", "hôm qua", "người dân", "75 người")
    assert officer.asked == "attendance"
    officer.says("ghi")
    assert officer.lines[-1] == "… người (chưa phân nam nữ): 75"
    assert officer.says("gửi").values["unsorted"] == 75
    assert "women" not in officer.values


def test_of_the_unsorted_some_may_have_come_for_the_first_time(officer: Reporter) -> None:
    officer.says("1", "nói chuyện", "hôm qua", "người dân", "75", "ghi").presses("Lần đầu dự năm nay").says("5 3")
    assert officer.reviews


def test_a_neighbourhood_says_on_the_review_that_its_event_was_elsewhere(officer: Reporter) -> None:
    assert event(officer).presses("Nơi tổ chức").says("p10", "gửi").values["place_unit"] == "P10"


def test_a_neighbourhood_says_on_the_review_that_it_made_what_it_reports(officer: Reporter) -> None:
    media(officer).presses("In hay phát", "In, làm ra").says("gửi")
    assert officer.values["mode"] == "made"
