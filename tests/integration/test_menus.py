"""Menus by number and by word: what was chosen is repeated, what was nearly said is asked about."""

import io

import pytest

from channels.terminal import Screen, Shown
from conversation.offered import numbers
from locales import texts
from messages import Choice, Outgoing, Press, Text, Unsupported
from tests.conversation import Town


def test_what_was_chosen_by_its_number_is_repeated(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    number = officer.labels.index("Tóm tắt tuần này") + 1
    officer.says(f"{number}.")
    assert officer.text.startswith("→ Tóm tắt tuần này\n\nTuần 47")


@pytest.mark.parametrize("written", ["Tóm tắt tuần này", "tom tat tuan nay", "tóm tắt"])
def test_what_was_chosen_by_its_name_is_not(gv: Town, written: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.says(written)
    assert officer.text.startswith("Tuần 47")


def test_an_interview_says_by_itself_what_it_took(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.says("báo cáo")
    officer.says("1")
    assert "→" not in officer.text


def test_at_a_terminal_the_label_is_repeated_under_the_number() -> None:
    out = io.StringIO()
    person = Screen(texts("vi"), out)
    person.show([Shown(Outgoing("Chọn giúp ạ", (Choice("a", "Báo cáo"), Choice("b", "Tóm tắt tuần này"))))])
    assert person.read("2", lambda _path, _is_image: pytest.fail("no file")) == Press("b")
    assert out.getvalue().endswith("2. Tóm tắt tuần này\n→ Tóm tắt tuần này\n")


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("tom tac tuan nay", "Tóm tắt tuần này"),
        ("báo cáu", "Báo cáo hoạt động"),
        ("tro giuo", "Trợ giúp"),
        ("ngon ngu nao", "Ngôn ngữ"),
    ],
)
def test_a_near_miss_is_asked_about_and_never_carried_out(gv: Town, written: str, label: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.says(written)
    assert officer.text == f"Có phải anh/chị muốn “{label}” không ạ?"
    assert officer.labels == [label, "Không, xem menu"]
    officer.says("1")
    assert officer.text.startswith(f"→ {label}\n\n")


def test_what_may_mean_several_things_names_them(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.says("tuần này")
    assert officer.text == "Có phải anh/chị muốn một trong những việc này không ạ?"
    assert officer.labels == ["Tuần này không có hoạt động", "Tóm tắt tuần này", "Menu"]


def test_what_others_may_do_is_not_suggested(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP06"), gv.joined("ward_chair", "P10")
    officer.says("moii nguoi")
    assert "Mời người tham gia" not in officer.labels
    chair.says("moii nguoi")
    assert chair.labels == ["Mời người tham gia", "Không, xem menu"]


@pytest.mark.parametrize("written", ["Chúc cả nhà ngủ ngon", "12345", "!"])
def test_what_is_near_nothing_gets_the_menu(gv: Town, written: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.says(written)
    officer.sees("chưa hiểu ý anh/chị")
    assert "Báo cáo hoạt động" in officer.labels


@pytest.mark.parametrize(("channel", "heard"), [("zalo", "chỉ có chữ và hình"), ("telegram", "chữ, hình và vị trí")])
def test_what_cannot_be_read_is_answered_by_what_the_channel_carries(gv: Town, channel: str, heard: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel=channel)
    officer.sends(Unsupported("file"))
    officer.sees(heard, "muốn làm gì")


def test_a_choice_with_a_word_takes_no_number_at_a_terminal() -> None:
    out = io.StringIO()
    person = Screen(texts("vi"), out)
    person.show([Shown(Outgoing("Bao nhiêu người?", (Choice("i:1:0:back", "← Lùi", "lùi"),)))])
    assert person.read("1", lambda _path, _is_image: pytest.fail("no file")) == Text("1")
    assert "“lùi”: ← Lùi" in out.getvalue()


def test_a_list_is_numbered_by_the_numbers_in_its_labels() -> None:
    labels = ("Phường 9", "Phường 10", "Phường 11", "Menu")
    shown = numbers([Choice(label, label) for label in labels])
    assert {number: choice.label for number, choice in shown.items()} == dict(zip((9, 10, 11, 12), labels, strict=True))


def test_a_count_or_an_answer_in_a_label_is_no_number_of_its_own() -> None:
    labels = ("Báo cáo hoạt động", "Chờ duyệt: 6", "Xem lại “Nữ 30”")
    shown = numbers([Choice(label, label) for label in labels])
    assert {number: choice.label for number, choice in shown.items()} == dict(enumerate(labels, 1))
