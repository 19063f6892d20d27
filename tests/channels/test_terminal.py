"""A terminal's lines: what a program and what a person reads of a message with several pictures."""

import io
import json
from pathlib import Path

import pytest

from channels.terminal import Screen, Shown, json_lines, read_json_line
from locales import texts
from messages import MAX_TEXT, Choice, File, Outgoing, Text

REPORT = Outgoing("Khu phố 5", (Choice("menu", "Menu"),))
MENU = [{"id": "menu", "label": "Menu"}]


@pytest.mark.parametrize("pictures", [(), ("1.jpg",), ("1.jpg", "2.jpg", "3.jpg")])
def test_a_line_holds_one_picture_and_the_others_follow_in_silence(pictures: tuple[str, ...]) -> None:
    shown = [Shown(REPORT, tuple(map(Path, pictures))), Shown(Outgoing("Xong"))]
    first, *others, last = [json.loads(line) for line in json_lines(shown)]
    assert first == {"text": "Khu phố 5", "choices": MENU} | ({"picture": pictures[0]} if pictures else {})
    assert others == [{"text": "", "choices": [], "picture": picture} for picture in pictures[1:]]
    assert last == {"text": "Xong", "choices": []}


def test_a_person_reads_where_all_pictures_are() -> None:
    out = io.StringIO()
    Screen(texts("vi"), out).show([Shown(REPORT, (Path("1.jpg"), Path("2.jpg")), Path("a.docx"))])
    assert out.getvalue().splitlines()[1:4] == ["Khu phố 5", "[hình: 1.jpg]", "[hình: 2.jpg]"]
    assert "a.docx" in out.getvalue()


def test_a_line_holds_no_more_than_a_message_of_any_channel() -> None:
    line, text = "ữ" * 9_000, Text("ữ" * MAX_TEXT)
    assert read_json_line(json.dumps({"text": line}), _loads_nothing) == text
    assert Screen(texts("vi"), io.StringIO()).read(line, _loads_nothing) == text


def _loads_nothing(path: Path, is_image: bool) -> File:
    raise AssertionError(path, is_image)
