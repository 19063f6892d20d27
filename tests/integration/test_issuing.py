"""Issuing in chat: number, day and signer, a last look, then figures and file stay as they are."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from messages import Document, Outgoing
from periods.period import period_of
from reports.files.building import Data, Material
from reports.files.issued import ISSUED, issuing
from rules.documents import DocumentKind, DocumentState
from scheduler.filing import Tell
from storage import tables as t
from storage.db.snapshot import snapshot
from storage.directory.units import unit_tree
from storage.files.media import MediaStore
from storage.records import issued, letters
from storage.records.issued import Issued
from tests.conversation import Officer, Town, shipped_plan
from tests.integration.scheduler.test_filing import Workshop, said_last
from tests.integration.test_draft_plans import owes, plans

LINE = "số 12/BC-UBND ngày 18/11/2026 ký Nguyễn Văn An"
CODE = "2026-W47"


class Press(Workshop):
    """Makes files as the real maker does: from a snapshot; what is inside them is their recipe in JSON."""

    url = ""
    afterwards: Callable[[], object] = staticmethod(lambda: None)

    def make(self, document: Document, now: datetime, place: Path, tell: Tell) -> str:
        self.made.append(document)
        with snapshot(self.url) as db:
            material = Material(db, shipped_plan(), Path("plan"), now, tell)
            build = issuing(lambda _: _build) if document.kind == ISSUED else _build
            text = build(material, document.data, place)
        self.afterwards()
        return text


def _build(_: Material, data: Data, place: Path) -> str:
    place.write_text(json.dumps(dict(data), sort_keys=True), "utf-8")
    return "Tệp đây ạ"


@pytest.fixture
def press(gv: Town, database_url: str, tmp_path: Path) -> Press:
    press = Press(gv, tmp_path)
    press.url = database_url
    return press


@pytest.fixture
def secretary(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


def issue(secretary: Officer, press: Press, line: str = LINE) -> Outgoing:
    """From the export to the issued file."""
    secretary.presses(f"export:GV:{CODE}")
    assert press.filing().make_next()
    return _issued(secretary, press, f"issue:GV:{CODE}:xlsx", line)


def _issued(secretary: Officer, press: Press, choice: str, line: str) -> Outgoing:
    secretary.presses(choice)
    secretary.sees("Anh/chị nhắn số, ngày và người ký trong một dòng", "số 12/BC-UBND ngày")
    secretary.says(line)
    secretary.sees("người ký Nguyễn Văn An? Từ đó số liệu và tệp của bản này được giữ nguyên.")
    secretary.taps("Ban hành")
    assert press.filing().make_next()
    return said_last(secretary)


def stored(gv: Town, document: int = 1) -> Issued:
    found = gv.database.read(lambda db: issued.find(db, document))
    assert found is not None
    return found


def content(press: Press, message: Outgoing) -> str:
    assert message.document is not None
    return MediaStore(press.folder / "media").path(message.document.data["sha256"]).read_text("utf-8")


def test_a_draft_becomes_issued_with_number_day_and_signer(gv: Town, secretary: Officer, press: Press) -> None:
    gv.joined("propagandist", "P10-KP05").reports(women=30, men=15)
    message = issue(secretary, press)
    assert message.text == "Tệp đây ạ"
    document = stored(gv)
    assert (document.state, document.number, document.signer) == (
        DocumentState.ISSUED, "12/BC-UBND", "Nguyễn Văn An"
    )  # fmt: skip
    assert document.figures["vi"]["people"] == {"female": 30, "male": 15, "unsorted": 0}
    assert json.loads(content(press, message))["issue"] == ["12/BC-UBND", "2026-11-18", "Nguyễn Văn An", ""]


def test_the_frozen_file_opens_again_byte_for_byte_whatever_has_changed(
    gv: Town, secretary: Officer, press: Press
) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports(women=30, men=15)
    first = content(press, issue(secretary, press))
    gv.joined("propagandist", "P14-KP01").reports(women=10, men=9)
    secretary.says("bản đã ban hành")
    secretary.taps("Bảng số liệu 12/BC-UBND – Quận Gò Vấp")
    secretary.sees("Ngày 18/11/2026, người ký: Nguyễn Văn An", "• Số hoạt động: 1 → 2", "• Lượt nữ: 30 → 40")
    secretary.sees("• Phường 14 – lượt nam: 0 → 9")
    secretary.taps("Mở lại tệp")
    assert content(press, secretary.heard[-1]) == first


def test_a_replacement_names_what_it_replaces_and_lists_the_changed_figures(
    gv: Town, secretary: Officer, press: Press
) -> None:
    issue(secretary, press)
    gv.joined("propagandist", "P14-KP01").reports(women=10, men=9)
    secretary.presses("issued_one:1")
    replaced = _issued(secretary, press, secretary.choice("Ban hành bản thay thế").id, LINE.replace("12", "15", 1))
    data = json.loads(content(press, replaced))
    assert data["issue"][3] == "Bảng số liệu này thay thế Bảng số liệu số 12/BC-UBND ngày 18/11/2026."
    assert ["Lượt nữ", "0", "10"] in data["changed"]
    assert ["Phường 14 – lượt nam", "0", "9"] in data["changed"]
    secretary.presses("issued_one:1")
    secretary.sees("Đã được thay thế bằng: Bảng số liệu 15/BC-UBND")
    assert "Ban hành bản thay thế" not in secretary.labels
    secretary.presses(f"issue:GV:{CODE}:xlsx:1")
    secretary.sees("hiện chưa ban hành được")


def test_nothing_is_frozen_twice(gv: Town, secretary: Officer, press: Press) -> None:
    issue(secretary, press)
    before = stored(gv)
    gv.joined("propagandist", "P14-KP01").reports()
    secretary.presses("issue_now:1")
    while press.filing().make_next():
        pass
    assert stored(gv) == before


def test_every_changed_figure_is_listed_in_pages(gv: Town, secretary: Officer, press: Press) -> None:
    issue(secretary, press)
    for ward in ("P01", "P03", "P04", "P05", "P06"):
        gv.joined("propagandist", f"{ward}-KP01").reports(women=10, men=9)
    secretary.presses("issued_one:1")
    count = int(secretary.text.partition("(1–15/")[2].partition(")")[0])
    listed: list[str] = []
    for _ in range(-(-count // 15)):
        listed += [line for line in secretary.text.splitlines() if line.startswith("• ")]
        if more := [label for label in secretary.labels if label.startswith("Xem thêm")]:
            secretary.taps(more[0])
    assert len(listed) == len(set(listed)) == count > 15
    secretary.taps("Xem bản đã ban hành")
    secretary.sees("Ngày 18/11/2026")


def test_what_is_issued_is_shown_where_it_is_confirmed_once_more(secretary: Officer, press: Press) -> None:
    issue(secretary, press)
    secretary.presses("issue_now:1")
    secretary.sees("Ngày 18/11/2026, người ký: Nguyễn Văn An", "Từ đó đến nay số liệu không thay đổi")
    assert not press.filing().make_next()


def test_a_file_made_once_more_brings_the_frozen_one(gv: Town, secretary: Officer, press: Press) -> None:
    first = content(press, issue(secretary, press))
    gv.joined("propagandist", "P14-KP01").reports()
    gv.database.write(lambda db: ordered_again(db, gv.now)).result()
    assert press.filing().make_next()
    assert "đã được ban hành trước đó" in said_last(secretary).text
    assert content(press, said_last(secretary)) == first


def ordered_again(db: Connection, now: datetime) -> None:
    """The order of two taps at once: the second one is put down while the first one's file is frozen."""
    row = dict(db.execute(select(t.file_order).order_by(t.file_order.c.id.desc())).mappings().first() or {})
    del row["id"]
    db.execute(t.file_order.insert().values({**row, "state": "asked", "asked_at": now}))


def test_a_line_written_anew_while_the_file_is_made_is_not_issued_with_the_old_one(
    gv: Town, secretary: Officer, press: Press
) -> None:
    secretary.presses(f"issue:GV:{CODE}:xlsx")
    secretary.says(LINE)
    secretary.taps("Ban hành")
    press.afterwards = lambda: secretary.says(LINE.replace("12", "13", 1))
    assert press.filing().make_next()
    message = said_last(secretary)
    assert "chưa được ban hành" in message.text
    assert message.document is None
    assert stored(gv).state is DocumentState.DRAFT
    press.afterwards = lambda: None
    secretary.presses(message.choices[0].id)
    assert press.filing().make_next()
    assert json.loads(content(press, said_last(secretary)))["issue"][0] == stored(gv).number == "13/BC-UBND"


def test_of_two_replacements_of_one_document_one_is_issued(gv: Town, secretary: Officer, press: Press) -> None:
    issue(secretary, press)
    for number in ("15", "16"):
        secretary.presses(f"issue:GV:{CODE}:xlsx:1")
        secretary.says(LINE.replace("12", number, 1))
        secretary.taps("Ban hành")
    while press.filing().make_next():
        pass
    assert "chưa được ban hành" in said_last(secretary).text
    assert [stored(gv, number).state for number in (2, 3)] == [DocumentState.ISSUED, DocumentState.DRAFT]
    secretary.presses("issue_now:3")
    secretary.sees("hiện chưa ban hành được")


def test_the_line_is_asked_for_again_and_a_day_to_come_is_refused(secretary: Officer) -> None:
    secretary.says(LINE)
    secretary.sees("cần có bản dự thảo")
    secretary.presses(f"issue:GV:{CODE}:xlsx")
    secretary.says(LINE.replace("18/11/2026", "19/11/2026"))
    secretary.sees("không thể là ngày chưa đến")


def test_the_line_is_taken_while_a_report_is_open(secretary: Officer) -> None:
    secretary.says("báo cáo")
    secretary.presses(f"issue:GV:{CODE}:xlsx")
    secretary.says(LINE)
    secretary.sees("số 12/BC-UBND, ngày 18/11/2026, người ký Nguyễn Văn An?")


def test_a_chair_issues_no_workbook_and_sees_own_documents_only(gv: Town, secretary: Officer, press: Press) -> None:
    issue(secretary, press)
    chair = gv.joined("ward_chair", "P10")
    chair.presses(f"issue:P10:{CODE}:xlsx")
    chair.sees("hiện chưa ban hành được", "Chưa có bản nào được ban hành.")
    chair.presses("issued_one:1")
    chair.sees("Không có bản này")
    chair.presses("issue_now:1")
    chair.sees("hiện chưa ban hành được")


def test_a_letter_is_issued_by_its_chair_once_every_part_is_written(gv: Town, press: Press) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.presses(f"issue:P10:{CODE}:weekly")
    chair.sees("Còn trống")

    def write(db: Connection) -> None:
        unit = unit_tree(db).on(gv.now.date())["P10"].id
        letter = letters.open_letter(db, "weekly", unit, period_of(CODE), gv.now)
        for part in gv.world.plan.letters.kinds["weekly"].parts:
            letters.write(db, letter.id, part.id, "Đã triển khai.", seen=0, person_id=None, now=gv.now)

    gv.database.write(write).result()
    message = _issued(chair, press, f"issue:P10:{CODE}:weekly", LINE)
    assert stored(gv).kind is DocumentKind.LETTER
    assert message.document is not None
    assert message.document.name == f"bao-cao-tinh-hinh-trong-ky-P10-{CODE}.docx"
    assert json.loads(content(press, message))["issue"][0] == "12/BC-UBND"
    other = gv.joined("secretariat", "GV")
    other.presses(f"issue:P10:{CODE}:weekly")
    other.sees("hiện chưa ban hành được")


def test_the_letter_of_a_draft_plan_is_issued_by_its_chair_and_replaced(gv: Town, press: Press) -> None:
    owes(gv)
    chair, other = gv.joined("ward_chair", "P10"), gv.joined("ward_chair", "P11")
    plans(chair)
    chair.taps("Văn bản Word")
    assert press.filing().make_next()
    (begin,) = (offer.id for offer in said_last(chair).choices if offer.id.startswith("issue_draft:"))
    other.presses(begin)
    other.sees("hiện chưa ban hành được")
    message = _issued(chair, press, begin, "số 12/KH-UBND ngày 18/11/2026 ký Nguyễn Văn An")
    document = stored(gv)
    assert (document.kind, document.state, document.period) == (DocumentKind.PLAN, DocumentState.ISSUED, "2027")
    assert json.loads(content(press, message))["issue"] == ["12/KH-UBND", "2026-11-18", "Nguyễn Văn An", ""]
    chair.says("bản đã ban hành")
    chair.taps("Kế hoạch 12/KH-UBND – Phường 10, năm 2027")
    assert "Số liệu" not in chair.text
    assert [label for label in chair.labels if label != "Menu"] == [
        *("Mở lại tệp", "Ban hành bản thay thế", "Bản đã ban hành"),
    ]
    again = chair.choice("Ban hành bản thay thế").id
    replaced = _issued(chair, press, again, "số 15/KH-UBND ngày 18/11/2026 ký Nguyễn Văn An")
    assert json.loads(content(press, replaced))["issue"][3] == (
        "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 18/11/2026."
    )


def test_the_letter_of_all_drafts_of_a_year_is_issued_by_the_secretariat_alone(
    gv: Town, secretary: Officer, press: Press
) -> None:
    owes(gv)
    chair = gv.joined("ward_chair", "P10")
    plans(chair)
    chair.presses("issue_draft:2027")
    chair.sees("hiện chưa ban hành được")
    _issued(secretary, press, "issue_draft:2027", "số 12/KH-BCĐ ngày 18/11/2026 ký Nguyễn Văn An")
    assert stored(gv).recipe["name"] == "ke-hoach-2027-GV.docx"


def test_an_error_of_form_is_corrected_by_a_letter_that_is_named(secretary: Officer, press: Press) -> None:
    issue(secretary, press)
    secretary.says("/dinhchinh 1 số 15/LĐTBXH ngày 20/11/2026")
    secretary.sees("Đã đính chính về thể thức bằng: số 15/LĐTBXH ngày 20/11/2026")


def test_the_list_has_pages(gv: Town, secretary: Officer) -> None:
    def many(db: Connection) -> None:
        for number in range(8):
            entered = {"number": f"{number}/BC", "dated": gv.now.date(), "signer": "An", "recipe": {}}
            kind, unit = DocumentKind.LETTER, unit_tree(db).on(gv.now.date())["GV"].id
            new = issued.enter(db, kind=kind, unit_id=unit, period="2026-10", now=gv.now, **entered)
            issued.freeze(db, new, (f"{number}/BC", gv.now.date(), "An"), {}, "ab" * 32, gv.now)

    gv.database.write(many).result()
    secretary.says("/banhanh")
    assert sum("/BC" in label for label in secretary.labels) == 6
    secretary.taps("Xem thêm")
    assert sum("/BC" in label for label in secretary.labels) == 2
