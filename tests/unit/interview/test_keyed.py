"""Messages typed with the keyboard's Vietnamese switched off."""

import pytest

from interview.reading.keyed import as_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("baos caos hoom qua toaj ddamf nuwx 30 nam 15", "báo cáo hôm qua tọa đàm nữ 30 nam 15"),
        ("Nguwowif daan khu phoos 5", "Người dân khu phố 5"),
        ("bao1 cao1 hom6 qua toa5 d9am2", "báo cáo hôm qua tọa đàm"),
        ("phuwowngf 10, quys 4", "phường 10, quý 4"),
        ("hoa2 giai3 gia d9inh2", "hòa giải gia đình"),
    ],
)
def test_all_words_become_vietnamese(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "hôm qua tọa đàm nữ 30 nam 15",
        "hom qua toa dam nu 30 nam 15",
        "kp5 p10 clb bc ttv",
        "nu3 nam2 ong1 ba2",
        "report yesterday talk women 30 men 15",
        "she has books and his friends read",
        "facebook zalo live",
        "aaaaaaaaaaaaaaaaaaaa ssssssssss",
        "",
    ],
)
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert as_meant(text) == text
