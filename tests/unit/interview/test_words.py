"""Folding, command words, and choices by their words."""

import pytest

from interview import fold, navigation
from interview.reading.choosing import Chosen, Wording, choose
from interview.reading.text import clean
from interview.steps import WalkCommand

LIST = (
    Wording("talk", ("Tọa đàm, hội thảo", "Talk", "hop mat")),
    Wording("media", ("Truyền thông", "Media")),
    Wording("house", ("Truyền thông tại nhà",)),
    Wording("10", ("Phường 10",)),
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Tọa  ĐÀM", "toa dam"),
        ("Huỷ", "huy"),
        ("To\u0323a", "toa"),
        ("\u200bABC\x00 ", "abc"),
        ("Đ\ufeffường", "duong"),
    ],
)
def test_case_marks_and_invisible_characters_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_cleaning_keeps_the_words_and_drops_what_cannot_be_stored() -> None:
    assert clean(" Bình\u0000 đẳng\ud800  giới \n\u202e") == "Bình đẳng giới"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("lùi", WalkCommand.BACK),
        ("LUI", WalkCommand.BACK),
        ("bỏ qua", WalkCommand.SKIP),
        ("huỷ", WalkCommand.CANCEL),
        ("hủy", WalkCommand.CANCEL),
        ("không gửi", WalkCommand.CANCEL),
        ("để sau nha em", WalkCommand.CANCEL),
        ("xem lai", WalkCommand.REVIEW),
        ("gửi", WalkCommand.SEND),
        ("Send.", WalkCommand.SEND),
        ("dừng ạ", WalkCommand.CANCEL),
        ("dừng lại", WalkCommand.CANCEL),
        ("đúng", None),
        ("dạ đúng", None),
        ("đừng", None),
        ("hủy hoại", None),
        ("1", None),
        ("lùi " * 1000, None),
    ],
)
def test_navigation_is_the_whole_message(text: str, command: WalkCommand | None) -> None:
    assert navigation(text) is command


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", Chosen(exact="talk")),
        ("2.", Chosen(exact="media")),
        ("talk", Chosen(exact="talk")),
        ("toa dam, hoi thao", Chosen(exact="talk")),
        ("họp mặt", Chosen(exact="talk")),
        ("truyen thong", Chosen(exact="media")),
        ("10", Chosen(exact="10")),
        ("hội thảo", Chosen(near="talk")),
        ("tai nha", Chosen(near="house")),
        ("truyen thog", Chosen(near="media")),
        ("99", Chosen()),
        ("bóng đá", Chosen()),
    ],
)
def test_a_choice_is_read_and_a_near_miss_stays_one(text: str, chosen: Chosen) -> None:
    assert choose(text, LIST) == chosen


def test_words_that_fit_several_choices_are_not_decided() -> None:
    two = (Wording("a", ("Lớp học nghề",)), Wording("b", ("Lớp học võ",)))
    assert choose("lớp học", two) == Chosen(several=("a", "b"))


def test_a_label_that_is_another_ones_number_is_asked_back() -> None:
    numbers = (Wording("a", ("3",)), Wording("b", ("2",)), Wording("c", ("1",)))
    assert choose("1", numbers) == Chosen(near="c")
    assert choose("2", numbers) == Chosen(exact="b")
