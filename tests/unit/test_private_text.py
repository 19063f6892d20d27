"""What must not stand in a report is found: a corpus with what is hit, what is missed, and what is taken by mistake.

The texts are made up, the way officers write. The corpus is also what the rules were made with, so that its rate is
what the rules can do at best: the net has holes, and these are two of them.
"""

import csv
from itertools import chain
from pathlib import Path

import pytest

from rules.private_text import Private, looked_through
from tests.abuse.hostile import texts

CORPUS = Path(__file__).parents[1] / "reading" / "private.csv"
with CORPUS.open(encoding="utf-8") as _file:
    ROWS = [(row["text"], {Private(word) for word in (row["what"] or "").split()}) for row in csv.DictReader(_file)]
MISSED = {"em gái bị anh rể cưỡng hiếp", "cô gái trẻ tên Vy kể chuyện bị ép quan hệ"}
WITH, WITHOUT = 75, 86


def test_the_rate_of_hits_and_misses() -> None:
    """73 of 75 are found, and none of 86 that are fine is taken for one."""
    private, fine = [row for row in ROWS if row[1]], [row for row in ROWS if not row[1]]
    assert (len(private), len(fine)) == (WITH, WITHOUT)
    assert {text for text, _ in private if not looked_through(text).found} == MISSED
    assert [text for text, _ in fine if looked_through(text).found] == []


@pytest.mark.parametrize(("text", "what"), [row for row in ROWS if row[0] not in MISSED])
def test_what_is_found_is_named_and_what_is_left_needs_no_second_look(text: str, what: set[Private]) -> None:
    looked = looked_through(text)
    assert looked.found == what
    assert looked_through(looked.text).found == set()
    assert looked.text == text if not what else len(looked.text) < len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Gặp chị Nguyễn Thị Lan sđt 0903 123 456 để lấy tài liệu", "Gặp để lấy tài liệu"),
        ("Chị Lan bị chồng đánh. Đã hướng dẫn lên công an phường", "Đã hướng dẫn lên công an phường"),
        ("CCCD 079185001234 đến nhận quà", "đến nhận quà"),
        ("Tư vấn tại nhà chị Thủy hẻm 68", "Tư vấn"),
        ("Tọa đàm bình đẳng giới; liên hệ chị Lan 0903123456", "Tọa đàm bình đẳng giới; liên hệ"),
        ("chị Lan 0903123456", ""),
        ("Nguyễn Thị A 0903123456", ""),
        ("Nguyễn Thị Lan (0903123456), Trần Thị Hoa (0912345678)", ""),
        ("  hai   dòng\ncòn nguyên ", "  hai   dòng\ncòn nguyên "),
    ],
)
def test_what_is_left_of_a_text(text: str, left: str) -> None:
    assert looked_through(text).text == left


def test_letters_that_are_written_apart_are_read_as_one() -> None:
    """An iPhone's keyboard may send a letter and its mark as two characters."""
    assert looked_through("chi\u0323 Lan 0903123456").found == {Private.PHONE}


def test_whatever_is_written_is_taken() -> None:
    """Any text is read, and what is left of it may be kept."""
    for text in chain.from_iterable(texts(400, 10)):
        left = looked_through(text).text
        assert len(left) <= len(text)
