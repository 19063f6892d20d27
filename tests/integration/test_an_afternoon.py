"""The first afternoon of a real installation: from the district's list to people who take part.

It prints how many taps the secretariat needed for everybody, the way of each code to its person included.
"""

from itertools import cycle, islice
from pathlib import Path

import docx
import pytest

from messages import File, Outgoing
from rules.levels import Level
from storage.directory.units import unit_tree
from tests.conversation import CODE, Officer, Town
from tests.integration.test_lists_in_chat import Desk, workbook

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
GIVEN = ("Mẫu", "Thử", "Ví Dụ", "Minh Họa", "Làm Quen", "Tập Dượt", "Đầu Tiên")
MOST_TAPS = 30


class Secretariat:
    """An officer whose taps are counted: a file that is sent is one, too."""

    def __init__(self, town: Town, desk: Desk) -> None:
        self.officer, self._desk, self.taps = town.joined("secretariat", "GV"), desk, 0

    def sends_list(self, rows: list[list[object]]) -> None:
        self.taps += 1
        content = workbook(rows)
        sha256 = self._desk.store.put(content)
        self.officer.sends(File(is_image=False, name="Danh sách.xlsx", size=len(content), sha256=sha256))
        self._desk.works(self.officer)

    def tap(self, label: str) -> list[Outgoing]:
        self.taps += 1
        return self.officer.taps(label)

    def file(self, label: str) -> Path:
        self.tap(label)
        self._desk.works(self.officer)
        paper = self.officer.heard[-1].document
        assert paper is not None
        return self._desk.store.path(paper.data["sha256"])


@pytest.fixture
def desk(gv: Town, tmp_path: Path) -> Desk:
    return Desk(gv, tmp_path)


def listed(town: Town) -> list[list[object]]:
    """A list as a district's office keeps it: merged wards, courtesies, columns of no use here."""
    units = town.database.read(unit_tree).on(town.now.date())
    rows: list[list[object]] = [["DANH SÁCH CÁN BỘ TUYÊN TRUYỀN"], ["STT", "Họ và tên", "Phường", "Khu phố", "SĐT"]]
    surnames, given, ward = cycle(SURNAMES), cycle(GIVEN), ""
    for number, unit in enumerate(units.of_level(Level.NEIGHBOURHOOD), 1):
        above = units.above(unit)
        assert above is not None
        name = f"{'Bà' if number % 2 else 'Ông'} {next(surnames)} {next(given)}"
        rows.append([number, name, "" if above.name == ward else above.name, unit.name, f"09{number:08}"])
        ward = above.name
    return rows


def cards_of(path: Path) -> list[str]:
    document = docx.Document(str(path))
    return ["\n".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]


def comes(town: Town, code: str, channel: str) -> Officer:
    officer = town.stranger(channel=channel)
    officer.says(f"/start {code}")
    officer.taps("Tôi đồng ý")
    return officer


def test_everybody_on_the_list_gets_a_code_in_a_few_taps(
    gv: Town, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    secretariat, rows = Secretariat(gv, desk), listed(gv)
    secretariat.sends_list(rows)
    secretariat.officer.sees("mời 186 người", "Phường 10: ", "SĐT")
    secretariat.tap("Đúng, mời 186 người")
    cards = cards_of(secretariat.file("Phiếu in"))
    assert len(cards) == 186
    codes = [CODE.findall(card)[0] for card in cards]
    assert len(set(codes)) == 186
    assert all(str(row[1]).split(" ", 1)[1] in "\n".join(cards) for row in rows[2:])
    for code, channel in zip(islice(codes, 0, 190, 19), cycle(("web", "telegram", "zalo")), strict=False):
        comes(gv, code, channel).sees("Mọi việc bắt đầu từ menu")
    chair = gv.joined("ward_chair", "P10")
    chair.presses("ward_code:P10")
    (shared,) = chair.codes
    for name, unit in (("Người Thay Một", "Khu phố 2"), ("Người Thay Hai", "Khu phố 3")):
        officer = comes(gv, shared, "telegram")
        officer.says(unit)
        officer.says(name)
        chair.presses("newcomers")
        chair.taps(f"Nhận: {name}")
        officer.says("menu")
        officer.sees("Anh/chị muốn làm gì")
    secretariat.officer.says("/thamgia")
    secretariat.officer.sees("Đã tham gia: 14/")
    with capsys.disabled():
        print(f"\n{secretariat.taps} taps of the secretariat brought {len(cards)} people their codes on paper")  # noqa: T201 (what it measures)
    assert secretariat.taps < MOST_TAPS
