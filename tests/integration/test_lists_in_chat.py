"""A list of people that is sent in the chat: it is told whom it invites, and one yes invites them."""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, update

from handlers.obligations import sheets
from handlers.people.lists import readers
from messages import Document, File, Outgoing
from reports.files.builders import builder_of
from reports.files.building import Material
from scheduler.filing import Filing, Tell, Tools
from storage import tables as t
from storage.files.media import MediaStore
from tests.conversation import CODE, SHIPPED, Officer, Town


class Desk:
    """Reads lists and makes files in this process; somebody sends workbooks to it."""

    def __init__(self, town: Town, folder: Path) -> None:
        self._town, self._numbers = town, count()
        self.store = MediaStore(folder / "media")
        tools = Tools(
            self.make,
            self.store,
            folder / "making",
            lambda: town.now,
            lambda: town.now,
            lambda: 0.0,
            lambda: f"t{next(self._numbers)}",
            {**readers(town.world), **sheets.readers(town.world)},
        )
        self._filing = Filing(town.database, tools)

    def make(self, document: Document, now: datetime, place: Path, tell: Tell) -> str:
        plan = self._town.world.plan
        return self._town.database.read(
            lambda db: builder_of(document.kind)(
                Material(db, plan, SHIPPED, now, tell, self.store.path), document.data, place
            )
        )

    def sends(self, officer: Officer, rows: Sequence[Sequence[object]], name: str = "Cán bộ.xlsx") -> None:
        """A workbook is sent, and what was read of it is answered."""
        content = workbook(rows)
        officer.sends(File(is_image=False, name=name, size=len(content), sha256=self.store.put(content)))
        self.works(officer)

    def works(self, officer: Officer) -> None:
        """Everything that waits is made; `officer` looks at what came last."""
        while self._filing.make_next():
            pass
        officer.heard = [last_of(officer)]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def last_of(officer: Officer) -> Outgoing:
    return officer.town.said_to(officer)[-1]


@pytest.fixture
def desk(gv: Town, tmp_path: Path) -> Desk:
    return Desk(gv, tmp_path)


HEAD: list[object] = ["STT", "Họ và tên", "Khu phố", "Phường", "SĐT"]
LISTED: list[list[object]] = [
    ["DANH SÁCH CÁN BỘ TUYÊN TRUYỀN"],
    HEAD,
    [1, "Bà Đặng Thị Mẫu", "KP5", "P10", "0900000001"],
    [2, "Trần Văn Thử", "Khu phố 6", None, "0900000002"],
    [3, "Lý Thị Ví Dụ", "1", "Phường 11", "0900000003"],
    [4, "Ngô Văn Sai", "Khu phố 99", "Phường 11", "0900000004"],
]


def test_a_list_is_told_and_one_yes_invites_and_offers_cards_and_texts(gv: Town, desk: Desk) -> None:
    secretariat = gv.joined("secretariat", "GV")
    desk.sends(secretariat, LISTED)
    secretariat.sees("“Cán bộ.xlsx” mời 3 người", "Phường 10: 2", "Phường 11: 1", "SĐT")
    secretariat.sees("1 dòng chưa hiểu", "[dòng 6]", "Khu phố 99")
    secretariat.taps("Đúng, mời 3 người")
    secretariat.sees("3 lời mời")
    assert secretariat.labels[:3] == ["Gửi cho các phường", "Phiếu in", "Tin nhắn để chuyển"]
    secretariat.taps("Phiếu in")
    desk.works(secretariat)
    (paper,) = (message.document for message in secretariat.heard)
    assert paper is not None
    assert paper.name.endswith(".docx")
    written = docx.Document(str(desk.store.path(paper.data["sha256"])))
    cards = ["\n".join(cell.text for cell in row.cells) for table in written.tables for row in table.rows]
    assert ["Đặng Thị Mẫu" in cards[0], "Trần Văn Thử" in cards[1], "Lý Thị Ví Dụ" in cards[2]] == [True] * 3
    secretariat.presses("pass_on:P10")
    assert [CODE.findall(card)[0] for card in cards[:2]] == secretariat.codes
    gv.stranger().says(secretariat.codes[0])
    secretariat.presses("joined:0:P10")
    secretariat.sees("✓ Khu phố 5: Đặng Thị Mẫu")


def test_nothing_is_kept_of_a_list_but_who_is_invited(gv: Town, desk: Desk) -> None:
    secretariat = gv.joined("secretariat", "GV")
    desk.sends(secretariat, LISTED)
    assert gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.attachment))) == 0
    secretariat.taps("Không, để sau")
    secretariat.sees("tôi không giữ lại gì")
    assert gv.database.read(lambda db: db.scalars(select(t.file_order.c.data)).all()) == [{}]
    assert gv.database.read(lambda db: db.scalar(select(func.count()).where(t.invitation.c.name != ""))) == 0


def test_a_list_is_answered_once_and_only_by_whoever_sent_it(gv: Town, desk: Desk) -> None:
    secretariat, other = gv.joined("secretariat", "GV"), gv.joined("secretariat", "GV")
    desk.sends(secretariat, LISTED)
    yes = secretariat.choice("Đúng, mời").id
    other.presses(yes)
    other.sees("đã được trả lời")
    secretariat.presses(yes)
    secretariat.sees("3 lời mời")
    secretariat.presses(yes)
    secretariat.sees("đã được trả lời")


def test_the_same_list_sent_again_changes_nothing_and_offers_the_cards(gv: Town, desk: Desk) -> None:
    secretariat = gv.joined("secretariat", "GV")
    desk.sends(secretariat, LISTED)
    secretariat.taps("Đúng, mời")
    desk.sends(secretariat, LISTED)
    secretariat.sees("mời 0 người", "vẫn giữ nguyên: 3")
    assert secretariat.labels[0] == "Phiếu in"


def test_a_chair_invites_by_a_list_of_the_own_ward_alone(gv: Town, desk: Desk) -> None:
    chair = gv.joined("ward_chair", "P10")
    desk.sends(chair, [["Họ tên", "Khu phố"], ["Đặng Thị Mẫu", "5"], ["Lý Thị Ví Dụ", "P11-KP01"]])
    chair.sees("mời 1 người", "[dòng 3]")
    chair.taps("Đúng, mời 1 người")
    chair.taps("Tin nhắn để chuyển")
    chair.sees("Đặng Thị Mẫu, Khu phố 5, Phường 10")


def test_what_is_no_list_says_what_is_missing(gv: Town, desk: Desk) -> None:
    chair = gv.joined("ward_chair", "P10")
    desk.sends(chair, [["Ngày", "Việc"], ["1/1", "Họp"]])
    chair.sees("Thiếu cột “Họ và tên”", "gửi lại")
    officer = gv.joined("propagandist", "P10-KP05")
    officer.sends(File(is_image=False, name="ds.xlsx", size=9, sha256="ab" * 32))
    officer.sees("không giữ tệp này")
    chair.sends(File(is_image=False, name="ds.xlsx", size=9 * 2**20, sha256="ab" * 32))
    chair.sees("quá lớn")


def test_a_list_that_a_platform_only_names_waits_until_it_is_here(gv: Town, desk: Desk) -> None:
    chair = gv.joined("ward_chair", "P10", channel="telegram")
    content = workbook([["Họ tên", "Khu phố"], ["Đặng Thị Mẫu", "5"]])
    chair.sends(File(is_image=False, name="ds.xlsx", size=len(content), remote="file-1"))
    chair.sees("Tôi đang đọc ds.xlsx")
    desk.works(chair)
    chair.sees("Tôi đang đọc ds.xlsx")
    sha256 = desk.store.put(content)
    gv.database.write(lambda db: db.execute(update(t.attachment).values(state="stored", sha256=sha256))).result()
    desk.works(chair)
    chair.sees("mời 1 người")
