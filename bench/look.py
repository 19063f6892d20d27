"""Makes letters, workbooks and invitation cards of sample data as files, PDF and pictures: `make look`.

Nothing here passes or fails: a document is right when somebody who knows them has looked at each page. The sample data
are the demo's, with some parts written by people and hostile names among them.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from bot.demo import handing_in
from bot.demo.sample import fill, tell_earlier
from bot.library import Library
from handlers.people.places import ways_in
from locales import texts
from periods.days import ZONE
from periods.period import period_of
from plan.letters.loader import load_letters
from plan.loader import load_plan
from plan.model import Plan
from plan.sync import ensure_units
from reports.files import scope as files
from reports.files.building import Material
from reports.files.workbook import build_workbook
from reports.invitation_sheet import Card, sheet
from reports.letters.checking import problems_of
from reports.letters.composing import Wanted, compose
from reports.letters.drafting import compose_draft
from reports.letters.model import ChangedFigure, Issue
from reports.letters.rendering import write_letter
from storage import migrations
from storage.db.engines import sqlite_writer
from storage.directory.bots import Bot
from storage.directory.units import unit_tree
from storage.records.drafts import standing
from storage.records.letters import open_letter, write

BUILD = Path("build/look")
NOW = datetime(2020, 12, 16, 7, 30, tzinfo=ZONE)
LETTERS = (
    ("weekly", "GV", "2020-W50"),
    ("weekly", "P10", "2020-12"),
    ("action", "GV", "2020-AM"),
    ("results", "GV", "2020"),
    ("results", "P14", "2020-KQ"),
    ("programme", "GV", "2019-05-08..2020-12-31"),
    ("reply", "GV", "2020-Q4"),
)
"""Kind, unit and period."""
WORKBOOKS = (("GV", "2020-11"), ("P10", "2020-Q4"))
"""Unit and period."""
NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bình", "", "Công Tằng Tôn Nữ Nguyễn Thị Thùy Dương", "", "Lê A", "Võ Thị Sáu")
BOTS = (
    Bot("telegram", "1", "govap_baocao_bot"),
    Bot("zalo", "1234567890", "Báo cáo Gò Vấp"),
)
WRITTEN = {
    "documents": "15/KH-UBND; 10/01/2020; Kế hoạch công tác bình đẳng giới và vì sự tiến bộ phụ nữ năm 2020\n"
    "102/QĐ-UBND; 05/3/2020; Quyết định kiện toàn Ban Vì sự tiến bộ phụ nữ quận\n"
    "233/LĐTBXH; 20/10/2020; Hướng dẫn tổ chức Tháng hành động năm 2020",
    "strengths": "Các đơn vị chủ động triển khai, có sự phối hợp giữa Hội Liên hiệp Phụ nữ và các đoàn thể.\n"
    "Nội dung tuyên truyền phù hợp với từng nhóm đối tượng, địa bàn dân cư.",
    "limits": "Một số khu phố báo cáo còn chậm; nam giới tham dự chưa nhiều.",
    "estimates": "T1; ; ; 72 %; dự kiến đạt\n"
    "Tỷ lệ nữ cấp ủy cấp phường; từ 25 %; 27,4 %; 27,4 %; theo Ban Tổ chức Quận ủy",
    "request": "Thực hiện Công văn số 4567/SLĐTBXH-BĐG ngày 02/11/2020 của Sở Lao động - Thương binh và Xã hội "
    "về việc cung cấp số liệu công tác bình đẳng giới;",
}


def main() -> None:
    """Write all documents, their PDF files and pictures into `build/look`."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    plan = load_plan(Path("plan"))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/look.sqlite"
        migrations.migrate(url)
        engine = sqlite_writer(url)
        with engine.begin() as db:
            ensure_units(db, plan)
            forms = Library(plan)
            fill(db, forms, NOW, map(str, count()).__next__)
            handing_in.tell(db, plan, forms, NOW)
            while tell_earlier(db, forms):
                pass
            _write_letters(db, plan)
            _write_drafts(db, plan)
            _write_workbooks(db, plan)
            _write_cards(db)
        engine.dispose()
    for path in sorted((*BUILD.glob("*.docx"), *BUILD.glob("*.xlsx"))):
        _pictures(path)


def _write_letters(db: Connection, plan: Plan) -> None:
    for kind, unit, code in LETTERS:
        period = period_of(code, plan.periods)
        there = unit_tree(db).on(period.last).find(unit)
        if there is None:
            raise LookupError(unit)
        letter = open_letter(db, kind, there.id, period, NOW)
        for part, text in WRITTEN.items():
            write(db, letter.id, part, text, seen=0, person_id=None, now=NOW)
        _make(db, plan, Wanted(kind, unit, period, NOW), f"{kind}-{unit}")
    issue = Issue(
        "131", date(2020, 12, 17), "Lê Thị Thu Hà", "Báo cáo này thay thế Báo cáo số 118/BC-LĐTBXH ngày 14/12/2020."
    )
    changed = (ChangedFigure("Phường 14: lượt người dự", "1.150 lượt", "1.169 lượt"),)
    week = period_of("2020-W50")
    _make(db, plan, Wanted("weekly", "GV", week, NOW, issue, changed), "weekly-GV-issued")
    _make(
        db, plan, Wanted("weekly", "GV", period_of("2020-W06"), datetime(2020, 2, 10, 8, tzinfo=ZONE)), "weekly-GV-2011"
    )


def _write_drafts(db: Connection, plan: Plan) -> None:
    """The letters of one draft plan and of all of the year."""
    first = next(row.submission_id for row in standing(db, NOW.year + 1))
    for draft in (first, 0):
        path = BUILD / f"draft-{draft or 'all'}.docx"
        letter = compose_draft(db, plan, NOW.year + 1, draft, NOW)
        write_letter(plan.letters, letter, path)
        print(path.stem, *(str(problem) for problem in problems_of(path, letter.form.id)), sep="\n  ")


def _write_workbooks(db: Connection, plan: Plan) -> None:
    material = Material(db, plan, Path("plan"), NOW, lambda _done, _whole: None)
    for unit, code in WORKBOOKS:
        wanted = files.Wanted(unit, period_of(code, plan.periods), "vi")
        print(build_workbook(material, wanted.written(), BUILD / f"workbook-{unit}-{code}.xlsx"))


def _write_cards(db: Connection) -> None:
    """Cards of two wards; a neighbourhood's person has no name yet."""
    say, units = texts("vi"), unit_tree(db).on(NOW.date())
    codes = (f"K7MP4X{number:02}" for number in count(10))
    drawn = [
        Card(
            section=units[ward].name,
            unit=units.title(unit),
            role="Cán bộ tuyên truyền",
            name=name,
            code=f"{code[:4]}-{code[4:]}",
            link=f"https://bc.govap.example/j/{code}",
            expires=NOW.date() + timedelta(days=14),
            ways=ways_in(say, BOTS, f"{code[:4]}-{code[4:]}"),
        )
        for ward in ("P10", "P14")
        for unit, name, code in zip((f"{ward}-KP{at:02}" for at in range(1, 8)), NAMES, codes, strict=False)
    ]
    (BUILD / "cards.docx").write_bytes(sheet(drawn, "vi"))


def _make(db: Connection, plan: Plan, wanted: Wanted, name: str) -> None:
    letters = load_letters(Path("plan"))
    letter = compose(db, plan, letters, wanted)
    path = BUILD / f"{name}.docx"
    write_letter(letters, letter, path)
    print(name, *(str(problem) for problem in problems_of(path, letter.form.id)), sep="\n  ")


def _pictures(path: Path) -> None:
    office = shutil.which("soffice") or sys.exit("LibreOffice is missing: `make look` installs it.")
    _run([office, "--headless", "--convert-to", "pdf", "--outdir", str(BUILD), str(path)])
    pdf = path.with_suffix(".pdf")
    _run(["pdftoppm", "-r", "70", "-png", str(pdf), str(pdf.with_suffix(""))])


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
