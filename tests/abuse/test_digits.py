"""What only looks like a digit never breaks a turn: it is read as one, or asked about."""

import pytest
from sqlalchemy import func, select

from storage import tables as t
from tests.conversation import Town

LIKE_DIGITS = ("①", "²", "৩", "1_000", "9" * 4_000, "๓", "1\u20e3")
SAID = (
    *(
        "{}",
        "báo cáo phát {} tờ rơi",
        "báo cáo tọa đàm nữ {} nam 15",
        "/baocao {}/11 tọa đàm",
        "tóm tắt tuần {}",
        "số {}",
    ),
    *("báo cáo tọa đàm ở nhà có diện tích 50m {} nữ 30 nam 15", "mã {}", "{} giờ sáng", "nữ {}", "/toi {}"),
)
PRESSED = (
    *("view:{}", "correct:{}:{}", "return:{}", "withdraw:{}", "check:{}", "resume:{}", "discard:{}", "i:{}:{}:c{}"),
    *("nil:P10-KP05:{}", "summary:P10-KP05:{}", "reports:P10:{}:{}", "missing:P10:{}", "due:{}", "owing:{}", "done:{}"),
    *("member:{}", "end_role:{}", "staff:P10:{}", "release:{}", "bot:{}", "bot_ward:{}:{}", "mine:{}", "wards:{}"),
    "invite_make:propagandist:P10-KP05:{}",
)


@pytest.mark.parametrize("before", [(), ("báo cáo", "1", "1"), ("báo cáo", "1", "1", "hôm nay", "1")])
def test_no_text_of_such_digits_breaks_a_turn(gv: Town, before: tuple[str, ...]) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    for text in (*before, *(said.replace("{}", like) for said in SAID for like in LIKE_DIGITS)):
        officer.says(text)
    assert parked(gv) == []


@pytest.mark.parametrize(("role", "unit"), [("propagandist", "P10-KP05"), ("ward_chair", "P10"), ("secretariat", "GV")])
def test_no_made_up_button_breaks_a_turn(gv: Town, role: str, unit: str) -> None:
    officer = gv.joined(role, unit)
    for like in ("①", "³", "৩", "9" * 4_000, "-1", "", "9999-W52", "0001-W01"):
        for pressed in PRESSED:
            officer.presses(pressed.replace("{}", like))
    officer.says("báo cáo")
    opened = officer.choices[0].id.rpartition(":")[0]
    for like in LIKE_DIGITS:
        for token in ("c{}", "e{}", "e1.{}", "{}", "page{}"):
            officer.presses(f"{opened}:{token.replace('{}', like)}")
    assert parked(gv) == []


def parked(gv: Town) -> list[int]:
    query = select(func.count()).select_from(t.inbox).where(t.inbox.c.state == "parked").having(func.count() > 0)
    return gv.database.read(lambda db: list(db.scalars(query)))
