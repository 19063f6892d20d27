"""The walk: what comes next, back, skip, edit, cancel, review, send."""

from datetime import timedelta

from interview import from_json, present, to_json
from interview.steps import Ask, Cancelled, ConfirmCancel, Dropped, Media, Point, Reject, Review, Told, Took
from tests.unit.interview.person import Person, form_of
from tests.unit.interview.report import report


def talk() -> Person:
    return Person(report()).says("tọa đàm", "hôm qua", "nữ 30 nam 15", "nhà văn hóa")


def complete() -> Person:
    return talk().says("bỏ qua")


def test_questions_come_in_order_and_only_relevant_ones() -> None:
    person = Person(report())
    asked = [person.asked]
    for text in ("phát tờ rơi", "hôm qua", "100"):
        asked.append(person.says(text).asked) if text != "100" else person.says(text)
    assert asked == ["activity", "date", "copies"]
    assert person.at_review


def test_progress_is_true_as_branches_open() -> None:
    person = Person(report())
    assert (person.sees(Ask).number, person.sees(Ask).total) == (1, 2)
    person.says("tọa đàm")
    assert (person.sees(Ask).number, person.sees(Ask).total) == (2, 5)


def test_a_choice_that_is_left_alone_is_taken_without_asking() -> None:
    person = Person(report()).says("phát tờ rơi", "hôm qua", "100")
    assert person.values["place"] == "street"
    assert "place" not in person.interview.answers


def test_a_note_is_told_once_on_the_way() -> None:
    person = Person(report()).says("tọa đàm", "hôm qua", "nữ 30 nam 15")
    assert not [output for output in person.outputs if isinstance(output, Told)]
    assert person.says("nhà văn hóa").sees(Told).text == "Cảm ơn: 45 người."
    person.says("bỏ qua")
    assert not [output for output in person.outputs if isinstance(output, Told)]


def test_back_reopens_the_question_before_with_its_answer() -> None:
    person = Person(report()).says("tọa đàm", "hôm qua", "lùi")
    ask = person.sees(Ask)
    assert (ask.path, ask.current) == ("date", "21/11/2026")
    assert person.says("lùi").asked == "activity"
    assert person.says("lùi").refused == "nothing_before"


def test_back_and_the_same_answer_change_nothing() -> None:
    person = talk()
    before = person.interview.answers
    person.says("lùi", "nhà văn hóa")
    assert (person.interview.answers, person.asked) == (before, "remark")


def test_back_to_a_group_asks_for_all_of_it_again() -> None:
    person = Person(report()).says("tọa đàm", "hôm qua", "nữ 30 nam 15", "lùi")
    assert (person.sees(Ask).parts, person.sees(Ask).current) == (("Nữ", "Nam"), "30, 15")


def test_back_from_the_review_opens_the_last_question() -> None:
    assert complete().says("lùi").asked == "remark"


def test_only_optional_questions_can_be_skipped_and_stay_so() -> None:
    person = Person(report()).says("bỏ qua")
    assert (person.refused, person.asked) == ("cannot_skip", "activity")
    done = complete()
    assert done.interview.answers["remark"] is None
    assert [line.shown for line in done.sees(Review).lines if line.path == "remark"] == ["–"]
    assert "remark" not in done.values


def test_an_edit_from_the_review_returns_to_it() -> None:
    person = complete()
    line = next(line for line in person.sees(Review).lines if line.path == "people/women")
    ask = person.presses(line.token).sees(Ask)
    assert (ask.path, ask.label, ask.current) == ("people/women", "Nữ", "30")
    person.says("31")
    assert person.at_review
    assert person.values["women"] == 31


def test_an_edit_can_be_left_without_an_answer() -> None:
    person = complete()
    before = person.interview.answers
    person.presses(person.sees(Review).lines[0].token).says("lùi")
    assert person.at_review
    assert person.interview.answers == before


def test_an_edit_that_opens_new_questions_asks_them_and_drops_old_answers() -> None:
    person = complete().says("đã làm gì?", "phát tờ rơi")
    assert set(person.sees(Dropped).labels) == {"Nữ", "Nam", "Ở đâu?"}
    assert person.asked == "copies"
    assert set(person.interview.answers) == {"activity", "date"}


def test_an_answer_that_a_change_makes_false_is_asked_again() -> None:
    form = form_of("integer|all|Tổng|yes||||||\ninteger|some|Trong đó|yes||. <= ${all}||||\ntext|t|T|no||||||")
    person = Person(form).says("10", "8", "lùi", "lùi", "5")
    assert person.sees(Dropped).labels == ("Trong đó",)
    assert person.asked == "some"


def test_cancel_is_asked_once() -> None:
    person = talk()
    answers = person.interview.answers
    assert person.says("hủy").sees(ConfirmCancel)
    assert person.says("không").asked == "remark"
    assert person.says("hủy").presses("drop").sees(Cancelled)
    assert person.interview.answers == answers


def test_cancel_said_twice_is_meant() -> None:
    assert talk().says("huỷ", "huỷ").sees(Cancelled)


def test_an_answer_instead_of_a_decision_goes_on() -> None:
    person = talk().says("hủy", "Trời mưa")
    assert person.at_review
    assert person.says("lùi").asked == "remark"


def test_the_review_can_be_seen_before_the_end_but_not_sent() -> None:
    person = talk().says("xem lại")
    review = person.sees(Review)
    assert [line.path for line in review.lines] == ["activity", "date", "people/women", "people/men", "place"]
    assert [option.token for option in review.options] == ["continue", "back", "cancel"]
    assert person.says("gửi").refused == "not_complete"
    assert person.says("tiếp tục").asked == "remark"


def test_an_edit_from_an_early_review_returns_to_it() -> None:
    person = talk().says("xem lại", "khi nào?", "hôm nay")
    assert person.at_review
    assert person.presses("continue").asked == "remark"


def test_sending_takes_the_button_or_the_word_never_a_digit() -> None:
    for text in ("1", "2", "15"):
        assert complete().says(text).refused == "at_review"
    for text in ("gửi", "ok", "đúng rồi", "đồng ý", "👍"):
        assert complete().says(text).done == complete().presses("send").done


def test_what_is_sent_is_complete_and_typed() -> None:
    assert complete().says("gửi").done == {
        "today": "2026-11-22",
        "level": "neighbourhood",
        "activity": "talk",
        "date": "2026-11-21",
        "women": 30,
        "men": 15,
        "total": 45,
        "place": "hall",
    }


def test_extras_are_offered_on_the_review_and_asked_when_pressed_or_named() -> None:
    person = complete()
    extras = {option.label: option.token for option in person.sees(Review).extras}
    assert list(extras) == ["Chủ đề", "Hình ảnh", "Vị trí"]
    person.presses(extras["Chủ đề"]).says("Bạo lực gia đình")
    assert person.values["topic"] == "Bạo lực gia đình"
    assert [option.label for option in person.sees(Review).extras] == ["Hình ảnh", "Vị trí"]
    assert person.says("hinh anh").asked == "photos"


def test_an_extra_is_removed_by_skipping_it() -> None:
    person = complete().says("chủ đề", "A", "chủ đề", "bỏ qua")
    assert "topic" not in person.interview.answers
    assert person.at_review


def test_a_photo_that_comes_first_is_taken_where_it_belongs() -> None:
    person = Person(report()).sends(Media("p1", is_image=True))
    assert (person.sees(Took).path, person.asked) == ("photos", "activity")
    person.sends(Media("p2", is_image=True))
    assert person.sends(Media("p3", is_image=True)).refused == "too_many_photos"
    assert person.values["photos"] == ["p1", "p2"]


def test_a_place_and_a_photo_at_the_review_are_added() -> None:
    person = complete().sends(Point(10.5, 106.5), Media("p1", is_image=True))
    assert person.at_review
    assert (person.values["spot"], person.values["photos"]) == ([10.5, 106.5], ["p1"])


def test_a_rejection_leaves_the_revision_a_change_moves_it() -> None:
    person = Person(report())
    assert person.interview.revision == 0
    assert person.says("bóng đá").interview.revision == 0
    assert person.says("tọa đàm").interview.revision == 1
    assert person.presses("c0").refused == "stale_option"
    assert person.interview.revision == 1


def test_what_is_open_can_be_said_again() -> None:
    for person in (Person(report()), talk(), complete(), talk().says("hủy"), talk().says("xem lại")):
        assert present(person.form, person.interview, person.now) == person.outputs[-1:]


def test_english_is_spoken_to_those_who_chose_it() -> None:
    person = Person(report(), language="en")
    assert person.sees(Ask).label == "What was done?"
    assert [option.label for option in person.sees(Ask).options[:2]] == ["Talk", "Leaflets"]
    assert person.says("talk", "yesterday").sees(Ask).parts == ("Women", "Men")
    assert person.says("women 1,200 men 15").at_review is False
    assert person.values["women"] == 1200


def test_the_state_is_small_and_survives_unchanged() -> None:
    person = complete()
    assert from_json(to_json(person.interview)) == person.interview
    assert len(to_json(person.interview)) < 400


def test_a_filter_that_leaves_nothing_leaves_nothing_to_ask() -> None:
    form = form_of("hidden|here||||||||\nselect_one c|a|A|yes||||||place = ${here}\ntext|t|T|yes||||||", "c|x|X|p1|")
    assert Person(form, {"here": "elsewhere"}).asked == "t"


def test_required_may_depend_on_answers() -> None:
    form = form_of("integer|n|N|yes||||||\ntext|why|Vì sao?|${n} > 10||||||")
    assert Person(form).says("11", "bỏ qua").refused == "cannot_skip"
    assert Person(form).says("9", "bỏ qua").at_review
    person = Person(form).says("9", "bỏ qua", "N", "12")
    assert person.asked == "why"
    assert not [output for output in person.outputs if isinstance(output, Reject)]


def test_a_photo_goes_to_the_photos_a_paper_to_the_files() -> None:
    form = form_of("text|t|T|yes||||||\nfile|paper|Giấy|no|||on-review|||\nimage|photo|Ảnh|no|||on-review|||")
    person = Person(form).sends(Media("p", is_image=True), Media("f", is_image=False, name="a.pdf"))
    assert person.says("x", "gửi").done == {"t": "x", "paper": "f", "photo": ["p"]}


def test_an_open_question_that_time_has_closed_gives_way_to_the_next() -> None:
    form = form_of("text|a|A|yes||||||\ntext|b|B|yes|today() < '2026-11-23'|||||\ntext|c|C|yes||||||")
    person = Person(form).says("x", "y", "lùi")
    assert person.asked == "b"
    person.now += timedelta(days=3)
    (ask,) = present(form, person.interview, person.now)
    assert isinstance(ask, Ask)
    assert ask.path == "c"
    assert person.says("z").at_review
    assert person.says("gửi").sees(Dropped).labels == ("B",)
    assert person.at_review
    assert person.says("gửi").done == {"a": "x", "c": "z"}
