"""Messages without buttons: numbers, words, and pages that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.zalo.limits import MESSAGE_UNITS
from channels.zalo.render import pages, split
from locales import texts
from messages import Choice, Outgoing
from messages.limits import units

VI = texts("vi")


def test_choices_are_numbered_and_words_named_in_one_message() -> None:
    message = Outgoing(
        "Hoạt động gì ạ?",
        (
            Choice("a", "Tọa đàm"),
            Choice("b", "Họp tổ"),
            Choice("x", "← Lùi lại", "lùi"),
            Choice("c", "Dừng", "hủy"),
        ),
    )
    assert pages(message, VI) == (
        "Hoạt động gì ạ?\n\n1. Tọa đàm\n2. Họp tổ\n\nAnh/chị trả lời bằng số, hoặc gõ: lùi · hủy (Dừng)",
    )


def test_words_between_numbered_choices_take_no_number() -> None:
    message = Outgoing("?", (Choice("send", "Gửi báo cáo", "gửi"), Choice("p", "Ảnh"), Choice("n", "Ghi chú")))
    assert pages(message, VI) == ("?\n\n1. Ảnh\n2. Ghi chú\n\nAnh/chị trả lời bằng số, hoặc gõ: gửi",)


def test_a_choice_that_cannot_be_undone_has_no_number() -> None:
    assert pages(Outgoing("Gửi nhé?", (Choice("send", "Gửi báo cáo", "gửi"),)), VI) == ("Gửi nhé?\n\nAnh/chị gõ: gửi",)


def test_a_label_stays_one_line() -> None:
    assert "1. Hội nghị chuyên đề" in pages(Outgoing("?", (Choice("a", "Hội nghị\nchuyên  đề"),)), VI)[0]


def test_plain_text_gets_no_hint() -> None:
    assert pages(Outgoing("Đã lưu."), VI) == ("Đã lưu.",)


def test_extra_lines_stand_before_the_choices() -> None:
    found = pages(Outgoing("Đây ạ.", (Choice("m", "Menu"),)), VI, ("Tệp: a.xlsx",))
    assert found == ("Đây ạ.\n\nTệp: a.xlsx\n\n1. Menu\n\nAnh/chị trả lời bằng số.",)


def test_a_long_list_is_paged_between_lines_and_its_numbers_go_on() -> None:
    message = Outgoing("Khu phố nào?", tuple(Choice(str(n), f"Khu phố {n}, Phường 10") for n in range(1, 187)))
    found = pages(message, VI)
    assert len(found) == 3
    assert all(units(page) <= MESSAGE_UNITS for page in found)
    lines = [line for page in found for line in page.splitlines() if line[:1].isdigit()]
    assert lines == [f"{n}. Khu phố {n}, Phường 10" for n in range(1, 187)]


def test_pages_end_between_paragraphs_when_they_can() -> None:
    first, second = "a " * 700, "b " * 700
    assert pages(Outgoing(f"{first.strip()}\n\n{second.strip()}"), VI) == (first.strip(), second.strip())


@pytest.mark.parametrize("character", ["😀", "ạ", "x"])
def test_a_text_without_any_break_is_cut_between_characters(character: str) -> None:
    found = split(character * 3_000)
    assert "".join(found) == character * 3_000
    assert all(units(part) <= MESSAGE_UNITS for part in found)


@given(st.text(alphabet=st.sampled_from("ab 😀\nỗ"), max_size=300), st.integers(2, 40))
def test_nothing_but_breaks_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    found = split(text, limit)
    assert all(part and units(part) <= limit for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())
