"""One word for one thing, in all that people read: hình, đường dẫn mời, lời mời, nộp, duyệt; the bot is "tôi"."""

import ast
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
SAID = [
    (entry.msgid, text)
    for path in sorted((ROOT / "locales" / "vi").glob("*.po"))
    for entry in polib.pofile(str(path))
    for text in (entry.msgstr, *entry.msgstr_plural.values())
    if text
]
NOT_SO = {
    r"\bảnh\b(?<!máy ảnh)(?<!điểm ảnh)": "hình",
    r"liên kết": "đường dẫn",
    r"thư mời": "lời mời",
    r"giúp việc": "hỗ trợ",
    r"đồng nghiệp vẫn gọi|tên hiển thị": "họ tên",
    r"pa ?nô": "pa-nô",
    r"sỹ quan": "sĩ quan",
    r"còn nợ": "chưa nộp",
    r"hạn mức|BOT_[A-Z]": "what somebody outside IT can read",
    r"[Tt]hường trực ban\b": "Thường trực Ban",
    r"chủ tịch phường": "Chủ tịch UBND phường",
    r"\bMình (đang|làm|báo|sửa|ghi)\b": "tôi, or: Mời anh/chị …",
    r"← Lùi": "← Quay lại",
    r"Đang ghi:": "Đã ghi:",
    r"Đã đánh dấu kiểm tra": "Đã duyệt",
    r"liên hệ Thường trực": "liên hệ phường",
    r"chưa hợp ở đây": "chưa trả lời đúng câu này",
    r"\bem\b|\bad\b": "tôi",
}
"""What an editor has taken out, and what stands in its place."""


@pytest.mark.parametrize("pattern", NOT_SO)
def test_what_an_editor_took_out_does_not_come_back(pattern: str) -> None:
    assert [text for _, text in SAID if re.search(pattern, text)] == [], NOT_SO[pattern]


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        (r"handed? in\b|hand it in", r"nộp"),
        (r"\b[Aa]pproved?\b", r"[Dd]uyệt|đồng ý"),
        (r"\bphotos?\b", r"[Hh]ình|[Tt]ệp"),
        (r"\binvitation link\b", r"đường dẫn mời|lời mời"),
        (r"\b[Ii]nspected\b|\binspections\b", r"[Kk]iểm tra"),
        (r"\b[Dd]rafts?\b", r"[Nn]háp|[Dd]ự thảo|dở"),
        (r"\b[Hh]and(s|ed)? over\b|takes over", r"[Bb]àn giao"),
    ],
)
def test_one_thing_has_one_word(english: str, vietnamese: str) -> None:
    meant = [(msgid, text) for msgid, text in SAID if re.search(english, re.sub(r"{.*?}", "", msgid))]
    assert meant
    assert [pair for pair in meant if not re.search(vietnamese, pair[1])] == []


def test_capital_letters_come_from_the_texts() -> None:
    """ "thường trực Ban".capitalize() is "Thường trực ban"."""
    rooms = ("bot", "channels", "conversation", "handlers", "messages", "reports", "scheduler", "services")
    for path in (found for room in rooms for found in (ROOT / room).rglob("*.py")):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        named = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not named & {"capitalize", "title_case"}, path
