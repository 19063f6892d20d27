"""What is typed while the review is on display."""

import pytest

from interview.steps import Ask, Cancelled, ConfirmCancel, Reject, Review, Took
from tests.unit.interview.person import Person
from tests.unit.interview.report import report


def complete() -> Person:
    return Person(report()).says("tọa đàm", "hôm qua", "nữ 30 nam 15", "nhà văn hóa", "bỏ qua")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("nữ 35 nam 10", {"women": 35, "men": 10}),
        ("35 nữ ạ", {"women": 35}),
        ("sửa nữ 35", {"women": 35}),
        ("sửa lại số nữ là 35", {"women": 35}),
        ("40 người, 25 nữ", {"women": 25, "men": 15}),
        ("nam 10 thôi", {"men": 10}),
        ("ngày 20/11", {"date": "2026-11-20"}),
        ("hôm kia", {"date": "2026-11-20"}),
        ("sửa ngày thành 20/11", {"date": "2026-11-20"}),
        ("ngày 20/11, nữ 35 nam 10", {"date": "2026-11-20", "women": 35, "men": 10}),
    ],
)
def test_a_correction_in_so_many_words_is_taken_and_the_review_shown_again(
    text: str, changed: dict[str, int | str]
) -> None:
    before = complete()
    person = complete().says(text)
    took = [output for output in person.outputs if isinstance(output, Took)]
    assert person.at_review
    assert all(each.corrects for each in took)
    assert {each.path.rpartition("/")[2] for each in took} == changed.keys()
    totals = {"total": person.values["total"]}
    assert person.values == {**before.values, **changed, **totals}


@pytest.mark.parametrize(
    ("text", "path"),
    [("sửa nữ", "people/women"), ("sửa ngày", "date"), ("đổi chủ đề giúp em", "topic"), ("nam", "people/men")],
)
def test_a_question_is_opened_by_its_name(text: str, path: str) -> None:
    form = report()
    person = Person(form).says("tọa đàm", "hôm qua", "nữ 30 nam 15", "nhà văn hóa", "bỏ qua")
    person.says(text.replace("ngày", "khi nào"))
    assert (person.asked, person.sees(Ask).path) == (path, path)


@pytest.mark.parametrize("text", ["sửa nam", "sửa ngày"])
def test_a_question_that_is_opened_from_the_review_is_not_counted(text: str) -> None:
    asked = complete().says(text.replace("ngày", "khi nào")).sees(Ask)
    assert (asked.number, asked.total) == (1, 1)


@pytest.mark.parametrize("text", ["35", "35 10", "sai rồi em ơi", "nữ", "nam nữ 45 người", "mai", "sửa"])
def test_what_is_no_correction_changes_nothing_and_says_so(text: str) -> None:
    person = complete()
    before = person.interview.answers
    person.says(text)
    if text != "nữ":
        assert person.refused == "at_review"
        assert person.sees(Reject).params["question"] == "khi nào"
    assert person.interview.answers == before


def test_a_correction_that_cannot_be_is_refused_with_its_reason() -> None:
    assert complete().says("nữ 30 nam 15 tổng 50").refused == "total_mismatch"
    assert complete().says("24/11/2026").sees(Reject).message == "Ngày này chưa tới."
    assert complete().says("31/02").refused == "invalid_date"


def test_an_early_review_names_the_open_question() -> None:
    person = Person(report()).says("tọa đàm", "hôm qua", "xem lại")
    assert person.sees(Review).missing == "Bao nhiêu người dự?"
    assert person.says("gì cơ").sees(Reject).params["open"] == "Bao nhiêu người dự?"
    assert person.says("gửi").sees(Reject).params["open"] == "Bao nhiêu người dự?"
    assert person.says("ngày 20/11").at_review
    assert person.values["date"] == "2026-11-20"


@pytest.mark.parametrize(
    "text",
    [
        "gửi đi em",
        "gửi ạ",
        "gửi nhé",
        "được rồi gửi đi",
        "ok gửi",
        "gửi luôn",
        "gui di",
        "đúng rồi, gửi đi em",
        "Gửi báo cáo này đi ạ 👍",
    ],
)
def test_send_may_be_said_with_fillers(text: str) -> None:
    assert complete().says(text).done == complete().presses("send").done


@pytest.mark.parametrize(
    "text",
    [
        "chưa gửi",
        "khoan gửi",
        "đừng gửi",
        "dung gui",
        "gửi ảnh",
        "gui anh",
        "gửi sau nhé",
        "đã gửi",
        "da gui",
        "goi di",
        "gửi chưa",
    ],
)
def test_what_is_not_surely_send_sends_nothing(text: str) -> None:
    assert complete().says(text).refused == "at_review"


@pytest.mark.parametrize(
    "text",
    ["đúng", "dung", "dung lai", "đúng, dừng lại", "dừng lại đi ạ", "ừ", "dạ", "hủy", "có ạ", "Đúng, dừng lại.", "1"],
)
def test_to_stop_may_be_said_in_many_words(text: str) -> None:
    assert complete().says("hủy", text).sees(Cancelled)


@pytest.mark.parametrize("text", ["không", "đừng", "đừng dừng", "dung dung", "tiếp tục", "không dừng ạ"])
def test_not_to_stop_is_never_taken_for_to_stop(text: str) -> None:
    assert complete().says("hủy").sees(ConfirmCancel)
    assert complete().says("hủy", text).at_review
