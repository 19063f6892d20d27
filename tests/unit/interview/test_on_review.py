"""What the review offers beside questions: one more entry of a repeat, questions asked together, a total as it is."""

from functools import cache

import pytest

from interview import Form, FormError, known
from interview.steps import Ask, Json, Option, Reject, Review, Took, WalkCommand
from tests.unit.interview.person import NOW, Person, form_of

SURVEY = """
hidden|level||||||||
select_one kind|kind|Việc|yes||||||
select_one who|who|Ai dự?|yes|${kind} = 'event'|||||
begin group|people|Bao nhiêu người?||${kind} = 'event'||field-list sum|||
integer|women|Nữ|yes||. >= 0||||
integer|men|Nam|yes||. >= 0||||
integer|nobody_sorted|Chưa phân|||. >= 1|unsorted|||
end group|||||||||
integer|copies|Bao nhiêu tờ?|yes|${kind} = 'media'|||||
begin repeat|more|Thêm||||on-review max-2|||
select_one who|more_who|Nhóm khác|yes|${kind} = 'event'|not(${again} = 'no')||||
select_one again|again|Nhóm này đã có. Cộng lại?|yes|${more_who} != '' and (${more_who} = ${who} or count((/data/more/more_who)[position() < position(current()/..)][. = current()/../more_who]) > 0)|||||
begin group|more_people|Bao nhiêu người?||${kind} = 'event'||field-list sum|||
integer|more_women|Nữ|yes||. >= 0||||
integer|more_men|Nam|yes||. >= 0||||
end group|||||||||
integer|more_copies|Tờ khác|yes|${kind} = 'media'|. > 0||||
end repeat|||||||||
select_one where|where|Ở đâu?|${level} = 'agency'|||on-review|||
begin group|first|Bao nhiêu người mới?||${kind} = 'event'||field-list on-review|||
integer|first_women|Nữ mới|||. <= coalesce(${women}, 0)||||
integer|first_men|Nam mới|||. <= coalesce(${men}, 0)||||
end group|||||||||
"""  # noqa: E501 - a table
CHOICES = """
kind|event|Buổi họp||
kind|media|Tờ rơi||
who|people|Người dân||
who|pupils|Học sinh||
who|teachers|Giáo viên||
again|yes|Cộng lại||
again|no|Không||
where|hall|Nhà văn hóa||
where|school|Trường học||
"""


@cache
def form() -> Form:
    return form_of(SURVEY, CHOICES)


def at_review(level: str = "neighbourhood") -> Person:
    return Person(form(), {"level": level}).says("Buổi họp", "Người dân", "nữ 30 nam 15")


def extras(person: Person) -> list[str]:
    return [option.label or "" for option in person.sees(Review).extras]


def lines(person: Person) -> list[str]:
    return [f"{line.label}: {line.shown}" for line in person.sees(Review).lines]


def pressing(person: Person, label: str) -> Person:
    option = next(option for option in person.sees(Review).extras if option.label == label)
    return person.presses(option.token)


def opening(person: Person, line: str) -> Person:
    found = next(each for each in person.sees(Review).lines if f"{each.label}: {each.shown}" == line)
    return person.presses(found.token)


def commands(person: Person) -> list[WalkCommand | None]:
    return [option.command for option in person.sees(Ask).options if option.command]


def test_nobody_is_asked_for_entries_that_stand_on_the_review() -> None:
    person = at_review()
    assert person.at_review
    assert extras(person) == ["Nhóm khác", "Ở đâu?", "Bao nhiêu người mới?"]


def test_a_repeat_is_called_as_the_first_question_of_its_next_entry() -> None:
    person = Person(form(), {"level": "neighbourhood"}).says("Tờ rơi", "200")
    assert extras(person) == ["Tờ khác", "Ở đâu?"]


def test_its_button_begins_an_entry_and_leads_back_to_the_review() -> None:
    person = pressing(at_review(), "Nhóm khác")
    assert person.asked == "more[1]/more_who"
    person.says("Học sinh", "nữ 10 nam 5")
    assert lines(person)[-3:] == ["Nhóm khác: Học sinh", "Nữ: 10", "Nam: 5"]
    assert [line.entry for line in person.sees(Review).lines[-3:]] == ["more[1]"] * 3
    assert person.says("gửi").done["more"] == [{"more_who": "pupils", "more_women": 10, "more_men": 5}]


def test_without_an_entry_nothing_of_the_repeat_is_sent() -> None:
    assert "more" not in at_review().says("gửi").done


def test_going_back_from_the_first_question_leaves_the_entry() -> None:
    person = pressing(at_review(), "Nhóm khác").says("lùi")
    assert person.at_review
    assert "more" not in person.says("gửi").done


def test_going_back_inside_an_entry_leads_to_its_question_before() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "lùi")
    assert person.asked == "more[1]/more_who"
    assert person.says("lùi").at_review


def test_going_back_from_the_first_question_of_the_second_entry_keeps_the_first() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "nữ 10 nam 5")
    person = pressing(person, "Nhóm khác").says("lùi")
    assert person.values["more"] == [{"more_who": "pupils", "more_women": 10, "more_men": 5}]


def test_an_answer_of_an_entry_is_corrected_from_the_review() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "nữ 10 nam 5")
    assert opening(person, "Nữ: 10").says("12").at_review
    assert person.values["more"] == [{"more_who": "pupils", "more_women": 12, "more_men": 5}]


def test_an_entry_is_removed_and_the_next_moves_up() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "nữ 10 nam 5")
    person = pressing(person, "Nhóm khác").says("Giáo viên", "nữ 2 nam 1")
    opening(person, "Nhóm khác: Học sinh")
    assert WalkCommand.REMOVE in commands(person)
    assert person.presses("remove").at_review
    assert person.values["more"] == [{"more_who": "teachers", "more_women": 2, "more_men": 1}]


def test_an_entry_is_removed_by_a_word() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "nữ 10 nam 5")
    opening(person, "Nhóm khác: Học sinh").says("bỏ mục này")
    assert "more" not in person.values


def test_only_an_entry_can_be_removed() -> None:
    person = opening(at_review(), "Nữ: 30")
    assert WalkCommand.REMOVE not in commands(person)
    assert person.presses("remove").refused == "stale_option"


def test_more_entries_than_fit_are_refused() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "nữ 10 nam 5")
    person = pressing(person, "Nhóm khác").says("Giáo viên", "nữ 2 nam 1")
    pressing(person, "Nhóm khác")
    assert person.sees(Reject).params == {"limit": 2}
    assert person.at_review


def test_the_same_group_again_is_asked_about() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Người dân")
    assert person.asked == "more[1]/again"
    assert person.says("Không").asked == "more[1]/more_who"
    assert person.says("Người dân", "Cộng lại", "1 2").at_review


def test_an_entry_that_repeats_another_is_asked_about() -> None:
    person = pressing(at_review(), "Nhóm khác").says("Học sinh", "nữ 10 nam 5")
    assert pressing(person, "Nhóm khác").says("Học sinh").asked == "more[2]/again"


def test_entries_that_are_known_are_asked_only_for_what_they_lack() -> None:
    known_before: dict[str, Json] = {"level": "agency", "kind": "event", "who": "people", "women": 1, "men": 2}
    person = Person(form(), {**known_before, "more": [{"more_who": "pupils"}]})
    assert person.asked == "more[1]/more_people"
    assert person.says("3 4").asked == "where"


def test_an_extra_that_is_required_is_asked_in_turn() -> None:
    person = at_review("agency")
    assert person.asked == "where"
    person.says("Trường học")
    assert lines(person)[-1] == "Ở đâu?: Trường học"
    assert "Ở đâu?" not in extras(person)


def test_an_extra_that_is_not_required_is_offered_and_can_be_taken_back() -> None:
    person = pressing(at_review(), "Ở đâu?").says("Trường học")
    assert lines(person)[-1] == "Ở đâu?: Trường học"
    opening(person, "Ở đâu?: Trường học").says("bỏ qua")
    assert "Ở đâu?" in extras(person)


def test_an_on_review_group_is_asked_together_and_shown() -> None:
    person = pressing(at_review(), "Bao nhiêu người mới?")
    assert person.asked == "first"
    assert lines(person.says("5 3"))[-2:] == ["Nữ mới: 5", "Nam mới: 3"]
    assert "Bao nhiêu người mới?" not in extras(person)


def test_an_on_review_group_keeps_its_constraints() -> None:
    person = pressing(at_review(), "Bao nhiêu người mới?").says("31 3")
    assert person.refused == "constraint"
    assert person.asked == "first"


def test_an_on_review_group_is_skipped_without_an_answer() -> None:
    person = pressing(at_review(), "Bao nhiêu người mới?").says("bỏ qua")
    assert person.at_review
    assert "Bao nhiêu người mới?" in extras(person)


def test_a_word_opens_what_the_review_offers() -> None:
    assert at_review().says("nhóm khác").asked == "more[1]/more_who"


def asked_for_people() -> Person:
    return Person(form(), {"level": "neighbourhood"}).says("Buổi họp", "Người dân")


@pytest.mark.parametrize("total", ["75", "75 người", "tổng cộng 75"])
def test_a_total_alone_is_offered_to_be_taken_as_it_is(total: str) -> None:
    person = asked_for_people().says(total)
    assert person.refused == "total_alone"
    assert person.sees(Reject).params["total"] == 75
    assert Option("take_total", "75", WalkCommand.TAKE_TOTAL) in person.sees(Ask).options
    person.presses("take_total")
    assert person.values.get("nobody_sorted") == 75
    assert lines(person)[-1] == "Chưa phân: 75"


def test_a_total_is_taken_by_a_word() -> None:
    assert asked_for_people().says("75", "ghi").values["nobody_sorted"] == 75


def test_after_a_total_women_and_men_may_be_said_all_the_same() -> None:
    person = asked_for_people().says("75", "nữ 50 nam 25")
    assert (person.values["women"], person.values["men"]) == (50, 25)
    assert "nobody_sorted" not in person.values


def test_what_a_total_leaves_beside_women_and_men_is_offered() -> None:
    person = asked_for_people().says("35 người, 20 nữ, 10 nam")
    assert person.refused == "total_beyond"
    assert person.sees(Reject).params["rest"] == 5
    person.presses("take_total")
    assert (person.values["women"], person.values["men"], person.values["nobody_sorted"]) == (20, 10, 5)


def test_a_total_that_is_too_small_is_still_refused() -> None:
    assert asked_for_people().says("20 người, 20 nữ, 10 nam").refused == "total_mismatch"


def test_the_unsorted_are_sorted_from_the_review() -> None:
    person = opening(asked_for_people().says("75", "ghi"), "Chưa phân: 75")
    assert (person.asked, person.sees(Ask).current) == ("people", "75")
    person.says("nữ 50 nam 25")
    assert (person.values["women"], person.values["men"]) == (50, 25)
    assert "nobody_sorted" not in person.values


def test_the_button_of_a_total_is_stale_without_one() -> None:
    assert asked_for_people().presses("take_total").refused == "stale_option"


def test_going_back_from_a_total_asks_without_it() -> None:
    person = asked_for_people().says("75", "lùi")
    assert person.asked == "people"
    assert WalkCommand.TAKE_TOTAL not in commands(person)


def test_known_answers_are_said_as_on_the_review() -> None:
    person = asked_for_people().says("75", "ghi")
    assert [line.shown for line in known(form(), person.interview, NOW)] == ["Buổi họp", "Người dân", "75"]


def test_nothing_is_said_twice_of_what_was_taken() -> None:
    said = [output for output in asked_for_people().says("75", "ghi").outputs if isinstance(output, Took)]
    assert [(took.label, took.shown) for took in said] == [("Chưa phân", "75")]


def test_a_group_on_the_review_needs_to_be_asked_in_one_message() -> None:
    rows = (
        "begin group|first|Mới||||on-review|||\ninteger|a|A||||||||\ninteger|b|B||||||||\nend group|||||||||\ntext|c|C"
    )
    with pytest.raises(FormError, match="'first' is on-review"):
        form_of(rows)


def test_only_a_group_that_takes_a_total_has_unsorted_people() -> None:
    rows = "begin group|g|Nhóm||||field-list|||\ninteger|a|A||||||||\ninteger|b|B||||unsorted||||\nend group|||||||||"
    with pytest.raises(FormError, match="'g' a question is marked unsorted"):
        form_of(rows)
