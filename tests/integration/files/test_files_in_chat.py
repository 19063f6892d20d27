"""Files asked for in chat: who gets which, what they say, and the chairs' own files."""

from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from messages import Document
from reports.files.builders import builder_of
from reports.files.building import Material
from scheduler.filing import Filing, Tell, Tools
from storage.files.media import MediaStore
from tests.conversation import SHIPPED, Officer, Town
from tests.integration.files.reading import csvs_of, sheets_of


class Maker:
    """Makes files in this process."""

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
        )
        self.filing = Filing(town.database, tools)

    def make(self, document: Document, now: datetime, place: Path, tell: Tell) -> str:
        plan = self._town.world.plan
        return self._town.database.read(
            lambda db: builder_of(document.kind)(Material(db, plan, SHIPPED, now, tell), document.data, place)
        )

    def all(self) -> None:
        while self.filing.make_next():
            pass

    def path(self, document: Document) -> Path:
        return self.store.path(document.data["sha256"])


@pytest.fixture
def maker(gv: Town, tmp_path: Path) -> Maker:
    return Maker(gv, tmp_path)


@pytest.fixture
def chair(gv: Town) -> Officer:
    for unit in ("P10-KP05", "P14-KP01"):
        gv.joined("propagandist", unit).reports(women=30, men=15)
    return gv.joined("ward_chair", "P10")


def test_a_chair_takes_the_workbook_from_under_the_summary(gv: Town, chair: Officer, maker: Maker) -> None:
    chair.says("/tomtat")
    chair.taps("Tệp")
    assert chair.labels[:2] == ["Excel", "CSV (cho phần mềm dữ liệu)"]
    chair.taps("Excel")
    chair.sees("Tôi đang lập tệp tong-hop-P10-2026-W47.xlsx")
    maker.all()
    [message] = gv.files(chair)
    assert message.document
    assert "Tuần 47" in message.text
    assert "1 hoạt động, 45 lượt người (30 nữ, 15 nam)" in message.text
    sheets = sheets_of(maker.path(message.document))
    assert [row["Đơn vị"] for row in sheets["Báo cáo"]] == ["P10-KP05"]


def test_a_chair_gets_nothing_of_another_ward(chair: Officer) -> None:
    chair.presses("export:P14:2026-W47:xlsx")
    assert "lập tệp" not in chair.text


def test_an_officer_gets_no_file_of_all_reports(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.presses("export:P10-KP05:2026-W47:xlsx")
    assert "lập tệp" not in officer.text
    officer.says("/tomtat")
    assert not [label for label in officer.labels if label.startswith("Tệp")]


def test_an_unknown_form_or_unit_gets_nothing(chair: Officer) -> None:
    for odd in ("export:P10:2026-W47:exe", "export:P99:2026-W47:xlsx", "share:P10:2026-W47:yes"):
        chair.presses(odd)
        assert "lập tệp" not in chair.text


def test_excel_is_asked_for_in_words(chair: Officer) -> None:
    chair.says("xuất excel tuần này")
    chair.sees("Tôi đang lập tệp tong-hop-P10-2026-W47.xlsx")


def test_the_wards_get_their_own_files_after_one_yes(gv: Town, chair: Officer, maker: Maker) -> None:
    other, secretariat = gv.joined("ward_chair", "P14"), gv.joined("secretariat", "GV")
    secretariat.says("/tomtat")
    secretariat.taps("Tệp")
    secretariat.taps("Gửi cho các phường")
    secretariat.sees("cho 2 người", "Đơn vị: Phường 10, Phường 14", "Chưa có người nhận ở: Phường 1, Phường 3")
    assert gv.notices(chair) == []
    secretariat.taps("Gửi cho 2 người")
    secretariat.sees("Xong: 2 người sẽ nhận tệp")
    maker.all()
    secretariat.presses("share:GV:2026-W47:yes")
    secretariat.sees("vừa nhận tệp này rồi")
    maker.all()
    for officer, ward in ((chair, "P10"), (other, "P14")):
        [message] = gv.notices(officer)
        assert message.document
        assert message.document.name == f"tong-hop-{ward}-2026-W47.xlsx"
        assert {row["Đơn vị"][:3] for row in sheets_of(maker.path(message.document))["Báo cáo"]} == {ward}
        assert [each.label for each in message.choices] == ["Tóm tắt", "Menu"]


def test_without_chairs_there_is_nobody_to_send_to(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    secretariat.presses("share:GV:2026-W47")
    secretariat.sees("Chưa có Chủ tịch phường nào tham gia")


def test_what_people_wrote_leaves_the_chat_as_text(gv: Town, maker: Maker) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    officer.says("báo cáo")
    officer.taps("Tờ rơi, loa")
    officer.says("hôm nay")
    officer.taps("Tờ rơi")
    officer.says("200")
    officer.says('=HYPERLINK("http://x")')
    officer.taps("Gửi báo cáo")
    for form in ("xlsx", "csv"):
        chair.presses(f"export:P10:2026-W47:{form}")
    maker.all()
    book, archive = (message.document for message in gv.files(chair))
    assert book
    assert archive
    assert sheets_of(maker.path(book))["Báo cáo"][0]["Địa điểm"] == '=HYPERLINK("http://x")'
    assert csvs_of(maker.path(archive))["reports.csv"][0]["venue"] == '\'=HYPERLINK("http://x")'
