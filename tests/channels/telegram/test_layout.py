"""Texts cut as Telegram counts, buttons laid out for a phone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.layout import parts, rows, split
from messages import Choice, Outgoing
from messages.limits import units
from scheduler.outcomes import AttachedFile
from tests.fakes.telegram.markup import parse_html, utf16


def choices(*labels: str, word: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(f"c{at}", label, word) for at, label in enumerate(labels))


def photos(count: int) -> list[AttachedFile]:
    return [AttachedFile(Path(f"{n}.jpg"), f"hash-{n}", f"{n}.jpg", "", is_picture=True) for n in range(count)]


def shape(*labels: str) -> list[int]:
    return [len(row) for row in rows(choices(*labels))]


@given(st.text(max_size=400), st.integers(2, 60))
def test_no_piece_is_too_long_and_no_word_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text(max_size=50))
def test_lengths_are_counted_in_utf16_units(text: str) -> None:
    assert units(text) == utf16(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_people_wrote_survives_the_markup(text: str) -> None:
    for part in parts(Outgoing(text)):
        shown, entities = parse_html(part.html)
        assert (shown, entities) == (text.strip(), [])


def test_a_cut_falls_between_paragraphs_rather_than_lines_rather_than_words() -> None:
    assert split("một hai ba\n\nbốn\nnăm sáu", 18) == ["một hai ba", "bốn\nnăm sáu"]
    assert split("một hai ba\nbốn năm sáu", 18) == ["một hai ba", "bốn năm sáu"]
    assert split("một hai ba bốn", 12) == ["một hai ba", "bốn"]
    assert split("mộthaibabốn", 6) == ["mộthai", "babốn"]


def test_short_labels_share_a_row_and_long_ones_get_their_own() -> None:
    assert shape("1", "2", "3", "4", "5", "6") == [5, 1]
    assert shape("Có", "Không") == [2]
    assert shape("Tọa đàm, nói chuyện chuyên đề", "Phát thanh") == [1, 1]


def test_words_of_navigation_stand_in_rows_of_their_own() -> None:
    laid = rows((*choices("Có", "Không"), Choice("back", "Lùi", "lùi"), Choice("x", "Hủy", "hủy")))
    assert [[choice.label for choice in row] for row in laid] == [["Có", "Không"], ["Lùi", "Hủy"]]


def test_more_buttons_than_fit_go_on_under_another_message() -> None:
    laid = parts(Outgoing("Chọn khu phố", choices(*(f"Khu phố {n}" for n in range(186)))))
    assert [sum(len(row) for row in part.buttons) for part in laid] == [90, 90, 6]


def test_a_short_text_is_the_pictures_caption_and_carries_the_buttons() -> None:
    (part,) = parts(Outgoing("Tuần 45", choices("Menu")), photos(1))
    assert (part.html, part.files, len(part.buttons)) == ("Tuần 45", tuple(photos(1)), 1)


def test_a_long_text_goes_under_its_file_and_has_the_buttons() -> None:
    laid = parts(Outgoing("x " * 3_000, choices("Menu")), (), photos(1))
    assert [len(part.files) for part in laid] == [1, 0, 0]
    assert [bool(part.buttons) for part in laid] == [False, False, True]


@pytest.mark.parametrize(
    ("shown", "papers", "sizes"),
    [
        (2, 0, [2, 0]),
        (10, 0, [10, 0]),
        (11, 0, [10, 1, 0]),
        (25, 0, [10, 10, 5, 0]),
        (3, 2, [3, 1, 1, 0]),
        (1, 1, [1, 1, 0]),
    ],
)
def test_several_photos_are_albums_and_what_is_said_comes_under_them(shown: int, papers: int, sizes: list[int]) -> None:
    laid = parts(Outgoing("Khu phố 5", choices("Menu")), photos(shown), photos(papers))
    assert [len(part.files) for part in laid] == sizes
    assert [part.html for part in laid] == [""] * (len(sizes) - 1) + ["Khu phố 5"]
    assert [bool(part.buttons) for part in laid] == [False] * (len(sizes) - 1) + [True]
    assert sum(part.messages for part in laid) == shown + papers + 1


def test_buttons_without_words_do_not_hang_on_an_album() -> None:
    laid = parts(Outgoing("", choices("Menu")), photos(2))
    assert [(len(part.files), bool(part.buttons)) for part in laid] == [(2, False), (0, True)]


def test_a_text_longer_than_one_message_has_its_buttons_under_the_last() -> None:
    laid = parts(Outgoing("đoạn văn dài\n\n" * 700, choices("Menu")))
    assert len(laid) > 2
    assert [bool(part.buttons) for part in laid[-2:]] == [False, True]
