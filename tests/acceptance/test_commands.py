"""The command line's contract: what each command prints for programs, and one line with a remedy for what is wrong."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import Connection

from bot.cli import main
from handlers.people.joining import code_in
from periods.days import ZONE
from periods.period import period_of
from rules.handing import Takes
from storage.db.database import open_database
from storage.directory import persons
from storage.directory.units import unit_tree
from storage.records import closed_periods, obligations
from tests.commandline import SETTINGS, known_plan, logs_as_before
from tests.conversation import Town, shipped_plan, town
from tests.process import ROOT, environment
from tests.workbooks import xlsx

pytestmark = pytest.mark.usefixtures("day_with_room")

UNITS = "code,name,level,parent,valid_from,valid_to,sample\n"
SUMMARY_KEYS = [
    *("period", "week", "from", "to", "unit", "reports", "female", "male", "unsorted", "first_female", "first_male"),
    *(
        "by_kind",
        "helped",
        "by_help",
        "media",
        "inspections",
        "surveys",
        "documents",
        "by_unit",
        "by_activity",
        "by_group",
    ),
    *("by_level", "by_place"),
    *("expected_units", "reported_units", "on_time_units", "missing_units", "mending_units", "nil_units"),
    *("not_approved", "disputed"),
]
DEADLINE = "deadlines"
LONGEST = 1_900
"""UTF-16 units of a message that every channel can send in one piece."""
REMINDER_KEYS = ["due_at", "rule", "unit", "role", "person", "channel", "why", "text"]


class CommandLine:
    """`main` in a folder of its own, with what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = patch

    def runs(self, *arguments: str, said: str = "") -> str:
        """What a command prints that must not fail."""
        code, out, err = self.ends(*arguments, said=said)
        assert (code, err) == (0, ""), err
        return out

    def tells(self, *arguments: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.runs(*arguments, "--json"))
        return told

    def refuses(self, *arguments: str) -> str:
        """The one line of a command that must fail."""
        code, out, err = self.ends(*arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert "Traceback" not in err
        return err

    def ends(self, *arguments: str, said: str = "") -> tuple[int, str, str]:
        self._patch.setattr(sys, "stdin", io.StringIO(said))
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *self._capsys.readouterr()


@pytest.fixture
def bot(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[CommandLine]:
    """The schema is in place and the plan is compiled once for all tests; the log is put back."""
    shutil.copy(sqlite_template, tmp_path / "bot.db")
    for name, value in environment(**SETTINGS).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.prepare.load_plan", known_plan)
    shipped_plan()
    monkeypatch.chdir(tmp_path)
    with logs_as_before():
        yield CommandLine(capsys, monkeypatch)


@pytest.fixture
def gv(bot: CommandLine) -> Iterator[Town]:
    """The town in the database that the commands use."""
    bot.runs("summary")
    with open_database("sqlite:///bot.db") as database:
        yield town(database)


def test_an_invitation_for_programs_has_code_link_and_end(bot: CommandLine, gv: Town) -> None:
    made = bot.tells("invite", "ward_chair", "P10")
    assert list(made) == ["code", "link", "expires"]
    expires = datetime.fromisoformat(made["expires"])
    assert expires.utcoffset() == timedelta(hours=7)
    assert timedelta(days=13, hours=23) < expires - datetime.now(ZONE) <= timedelta(days=14)
    assert made["link"] == f"http://127.0.0.1:8080/j/{made['code']}"
    assert code_in(made["code"])
    gv.now = datetime.now(ZONE)
    first, second = gv.stranger(), gv.stranger()
    first.says(made["code"])
    first.sees("Chủ tịch UBND, Phường 10")
    second.says(made["code"])
    second.sees("đã được dùng rồi")


def test_an_invitation_for_people_names_the_same(bot: CommandLine) -> None:
    shown = bot.runs("invite", "secretariat", "GV")
    assert "http://127.0.0.1:8080/j/" in shown
    assert "One use, until" in shown


def test_the_weeks_figures_are_those_of_the_reports_made_by_chat(bot: CommandLine, gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05").reports(30, 15)
    gv.joined("propagandist", "P10-KP06").reports(20, 0)
    gv.joined("propagandist", "P11-KP01").reports(1, 2)
    idle = gv.joined("propagandist", "P11-KP02")
    idle.says("không có hoạt động")
    gv.joined("propagandist", "P12-KP01").reports(day="hôm qua")
    week = bot.tells("summary", "--week", "2026-W47")
    assert sorted(week) == sorted(SUMMARY_KEYS)
    assert (week["week"], week["from"], week["to"], week["unit"]) == ("2026-W47", "2026-11-16", "2026-11-22", "GV")
    assert (week["reports"], week["female"], week["male"]) == (4, 81, 32)
    assert week["by_unit"][0] == {
        "unit": "P10",
        "name": "Phường 10",
        "reports": 2,
        "female": 50,
        "male": 15,
        "unsorted": 0,
    }
    assert [(row["unit"], row["reports"]) for row in week["by_unit"]] == [("P10", 2), ("P11", 1), ("P12", 1)]
    assert [(row["activity"], row["reports"], row["female"]) for row in week["by_activity"]] == [("A2", 4, 81)]
    assert [(row["group"], row["male"]) for row in week["by_group"]] == [("residents", 32)]
    assert (week["expected_units"], week["reported_units"], len(week["missing_units"])) == (186, 5, 181)
    assert not {"P10-KP05", "P11-KP02"} & set(week["missing_units"])
    assert bot.tells("summary", "--week", "2026-W47", "--unit", "P10-KP06")["female"] == 20
    assert bot.tells("summary", "--week", "2020-W45")["reports"] == 0


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_week_in_which_hardly_anybody_reported_fits_into_one_message(bot: CommandLine, gv: Town) -> None:
    for unit in ("P10-KP05", "P11-KP01", "P12-KP01"):
        gv.joined("propagandist", unit).reports()
    assert utf16_units(bot.runs("summary", "--week", "2026-W47")) < LONGEST


def test_without_a_week_it_is_this_one(bot: CommandLine) -> None:
    assert bot.tells("summary")["week"] == "{}-W{:02}".format(*datetime.now(ZONE).isocalendar())


@pytest.mark.parametrize(("since", "until"), [("2020-10-01", "2020-11-22"), ("2026-10-01", "2026-11-08")])
def test_reminders_say_when_what_to_whom_and_why(bot: CommandLine, gv: Town, since: str, until: str) -> None:
    gv.joined("ward_chair", "P10")
    found = bot.tells("reminders", "--from", since, "--to", until)["reminders"]
    assert all(list(row) == REMINDER_KEYS for row in found)
    moments = [datetime.fromisoformat(row["due_at"]) for row in found]
    assert moments == sorted(moments)
    assert all(moment.utcoffset() == timedelta(hours=7) and since <= str(moment.date()) <= until for moment in moments)
    days = {str(moment.date())[5:] for moment, row in zip(moments, found, strict=True) if row["rule"] == DEADLINE}
    reviewed = {"10-01", "10-16", "10-23", "11-02", "11-09", "11-16"}  # the final review of 2020, before it and after
    late = {"11-05", "11-11", "11-18"}
    before = {"10-05", "10-21", "10-28", "10-30", "11-03", "11-04"}
    assert days == (before | late | reviewed if since.startswith("2020") else before | {"11-05"})
    assert {(row["unit"], row["role"]) for row in found} >= {("P10", "ward_chair"), ("P11", "ward_chair")}
    reached = {row["unit"] for row in found if row["person"]}
    assert reached == {"P10"}
    assert all((row["channel"] is None) == (row["person"] is None) for row in found)
    assert all(row["why"] and row["text"] for row in found)
    digests: Counter[tuple[str, str, str]] = Counter()
    for row in found:
        digests[row["unit"], row["role"], row["due_at"][:10]] += utf16_units(row["text"])
    assert max(digests.values()) < LONGEST


def test_obligations_say_who_owes_what_and_how_it_stands(bot: CommandLine, gv: Town) -> None:
    gv.joined("ward_chair", "P10")
    today = datetime.now(ZONE).date()

    def job(db: Connection) -> None:
        tree = unit_tree(db).on(today)
        ward, neighbourhood = tree["P10"].id, tree["P10-KP05"].id
        for days in (-3, 3):
            obligations.write_down(db, [ward], ("plan_draft", "periodic_report"), today + timedelta(days=days))
        row = obligations.ask(db, "Danh sách mô hình", Takes.FILE, today, 1, datetime.now(ZONE))
        obligations.write_down_ad_hoc(db, row, [neighbourhood], today)
        for owed in obligations.of_units(db, [ward], today - timedelta(days=9)):
            if owed.kind == "periodic_report":
                obligations.mark_done(db, owed.id, owed.revision, 1, datetime.now(ZONE))

    gv.database.write(job).result()
    found = bot.tells("obligations", "--unit", "P10")["obligations"]
    assert list(found[0]) == ["id", "unit", "kind", "title", "due_on", "state", "done_at"]
    assert [(row["unit"], row["kind"], row["state"], row["done_at"] is None) for row in found] == [
        ("P10", "periodic_report", "late", False),
        ("P10", "plan_draft", "overdue", True),
        ("P10-KP05", "ad_hoc-1", "open", True),
        ("P10", "periodic_report", "done", False),
        ("P10", "plan_draft", "open", True),
    ]
    assert found[2]["title"] == "Danh sách mô hình"
    assert "dự thảo nội dung" in found[1]["title"]
    assert len(bot.tells("obligations")["obligations"]) == 5
    assert bot.tells("obligations", "--unit", "P11") == {"obligations": []}
    month = f"{today - timedelta(days=3):%Y-%m}"
    rates = bot.tells("obligations", "--rates", "--period", f"{today - timedelta(days=9)}..{today + timedelta(days=9)}")
    assert rates["rates"][0] == {
        "unit": "P10",
        "expected": 3,
        "on_time": 1,
        "late": 1,
        "missing": 1,
        "complete_%": 66,
        "timely_%": 33,
    }
    assert rates["rates"][0] | {"unit": "all"} == rates["rates"][1]
    assert bot.tells("obligations", "--rates", "--period", month)["period"] == month


def test_denominators_are_told_asked_about_and_held_against_the_targets(bot: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("unit,target_group,sex,value,source,as_of\nGV,residents,all,663313,TK,2019-04-01\n", "utf-8")
    assert "Nothing was changed." in bot.runs("denominators", "import", str(own), said="no\n")
    told = bot.runs("denominators", "import", str(own), "--yes")
    assert told.startswith("New: GV residents, all: 663313 (TK, 2019-04-01)\nKnown already: 0\nDone.")
    assert "Nothing is new." in bot.runs("denominators", "import", str(own), "--yes")
    found = bot.tells("targets")
    assert list(found) == ["period", "unit", "targets"]
    assert (found["period"], found["unit"]) == ("2019-05-08..2020-12-31", "GV")
    second = found["targets"][1]
    assert (second["code"], second["denominator"], second["as_of"], second["missing"]) == (
        "T2",
        663313,
        "2019-04-01",
        [],
    )
    assert bot.tells("targets", "--period", "2020", "--unit", "P10")["period"] == "2020"
    assert "Tiến độ chỉ tiêu – Phường 10, năm 2020" in bot.runs("targets", "--period", "2020", "--unit", "P10")


def test_a_list_of_units_is_told_asked_about_and_applied(bot: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"{UNITS}P10-KP05,Khu phố Năm,neighbourhood,P10,2019-01-01,,\n", "utf-8")
    told = bot.runs("units", "import", str(own), said="no\n")
    assert "Renamed: P10-KP05 Khu phố 5 → Khu phố Năm" in told
    assert "Sample removed, nobody used it: P03-KP01" in told
    assert "Nothing was changed." in told
    assert bot.tells("summary")["expected_units"] == 186
    assert "Done." in bot.runs("units", "import", str(own), said="có\n")
    assert bot.tells("summary")["expected_units"] == 1
    assert "Unchanged: 1" in bot.runs("units", "import", str(own), "--yes")


def test_a_warning_wants_a_yes_of_its_own(bot: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    rows = (f"P10-KP0{number},Khu phố 5,neighbourhood,P10,2019-01-01,,\n" for number in (5, 6))
    own.write_text(UNITS + "".join(rows), "utf-8")
    for said, arguments in (("", ["--yes"]), ("no\n", ["--yes"]), ("no\nyes\n", [])):
        code, out, err = bot.ends("units", "import", str(own), *arguments, said=said)
        assert (code, err) == (2, "Nothing was changed: the warnings want a yes of their own.\n")
        assert "Warning: [own.csv row 3] “Khu phố 5” in “P10” stands in row 2 already, as “P10-KP05”." in out
    assert "Nothing was changed." in bot.runs("units", "import", str(own), said="yes\nno\n")
    assert bot.tells("summary")["expected_units"] == 186
    assert "Done." in bot.runs("units", "import", str(own), "--yes", said="yes\n")
    assert bot.tells("summary")["expected_units"] == 2


def test_a_list_of_units_may_be_a_workbook(bot: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "khu phố.xlsx"
    own.write_bytes(
        xlsx(
            {
                "Danh sách": [
                    UNITS.strip().split(","),
                    ["P10-KP05", "Khu phố Năm", "neighbourhood", "P10", date(2019, 1, 1)],
                ]
            }
        )
    )
    assert "Renamed: P10-KP05 Khu phố 5 → Khu phố Năm" in bot.runs("units", "import", str(own), "--yes")
    assert bot.tells("summary")["expected_units"] == 1


def test_what_a_list_leaves_open_is_asked_about(bot: CommandLine, gv: Town, tmp_path: Path) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    own = tmp_path / "own.csv"
    own.write_text(f"{UNITS}P10-KP05,Khu phố 5,neighbourhood,P11,2019-01-01,,\n", "utf-8")
    question = "P10-KP05 lay in P10 and lies in P11 in the list. Did it move? From which day, like 2025-01-01: "
    told = bot.runs("units", "import", str(own), said="2026-07-01\nno\n")
    assert question in told
    assert "Moved on 2026-07-01: P10-KP05 from P10 to P11" in told
    assert "people: 1, open invitations: 0, unfinished reports: 0, reports: 1" in told
    code, _, err = bot.ends("units", "import", str(own), said="perhaps\n")
    assert (code, "row 2] “P10-KP05” lies in “P10” now and in “P11” here." in err) == (2, True)


def test_an_import_that_another_one_overtook_does_nothing(
    bot: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"{UNITS}P10-KP05,Khu phố 5,neighbourhood,P10,2019-01-01,,\n", "utf-8")

    def hesitate(_question: str = "") -> bool:
        return main(("units", "import", str(own), "--yes")) == 0

    monkeypatch.setattr("bot.units_import.agreed", hesitate)
    code, _, err = bot.ends("units", "import", str(own))
    assert (code, err) == (2, "Nothing was changed: somebody else has imported units meanwhile. Start again.\n")


def test_an_import_dated_into_a_closed_period_says_that_what_was_issued_stands(bot: CommandLine, gv: Town) -> None:
    def close_periods(db: Connection) -> None:
        person = persons.add_person(db, "Hoa", "vi", gv.now)
        for code in ("2024-12", "2025-01"):
            closed_periods.close(db, period_of(code), person, "Đã ban hành", gv.now)

    gv.database.write(close_periods).result()
    files = [str(ROOT / "plan" / "changes" / f"2025-01-01.{name}.csv") for name in ("units", "changes")]
    told = bot.runs("units", "import", files[0], "--changes", files[1], said="no\n")
    assert "2025-01 is closed: figures that were issued stand as they are." in told
    assert "2024-12 is closed" not in told


def test_a_reorganisation_is_imported_by_its_ledger_and_taken_back(bot: CommandLine) -> None:
    files = [str(ROOT / "plan" / "changes" / f"2025-01-01.{name}.csv") for name in ("units", "changes")]
    told = bot.runs("units", "import", files[0], "--changes", files[1], "--yes")
    assert "Merged on 2025-01-01: P04 Phường 4 → P01 Phường 1" in told
    assert "units (P04 Phường 4, P07 Phường 7, P09 Phường 9, P13 Phường 13, P04-KP01 Khu phố 1, P04-KP02 Khu" in told
    assert told.endswith("To take it back, until somebody reports under it: python -m bot units undo 1\n")
    assert bot.tells("summary")["expected_units"] == 186
    restated = bot.tells("summary", "--units-of", "2025-01-01", "--period", "2024")
    assert (restated["units_of"], "units_of" in bot.tells("summary", "--period", "2024")) == ("2025-01-01", False)
    refused = bot.refuses("summary", "--units-of", "2025-01-01", "--unit", "P04")
    assert refused == "'P04' was no unit on 2025-01-01. Name one of that day.\n"
    assert "Import 1 is taken back." in bot.runs("units", "undo", "1", "--yes")
    assert bot.refuses("units", "undo", "--yes") == "There is no import to take back.\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("KP99,Khu phố 99,neighbourhood,P99,2019-01-01,,\n", "row 2] “P99” is no unit. Correct the code or add"),
        ("P10-KP05,Khu phố 5,neighbourhood,P11,2019-01-01,,\n", "row 2] “P10-KP05” lies in “P10” now"),
        ("P10-KP05,,neighbourhood,P10,2019-01-01,,\n", "row 2] “name” is empty. Fill it in."),
        ("", "The file has no rows. Add at least one"),
    ],
)
def test_a_faulty_list_is_refused_with_row_and_remedy(
    bot: CommandLine, gv: Town, tmp_path: Path, rows: str, told: str
) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    own = tmp_path / "own.csv"
    own.write_text(UNITS + rows, "utf-8")
    assert told in bot.refuses("units", "import", str(own), "--yes")
    assert bot.tells("summary")["expected_units"] == 186


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("summary", "--week", "2020-W54"), "'2020-W54' is not a week like 2020-W45"),
        (("summary", "--week", "9999-W52"), "is not a week like"),
        (("summary", "--unit", "P99"), "'P99' is no unit. Codes look like"),
        (("reminders", "--from", "1.10.2020", "--to", "2020-12-20"), "is not a day like 2020-11-04"),
        (("reminders", "--from", "9999-12-01", "--to", "9999-12-31"), "is not a day like"),
        (("reminders", "--from", "2020-12-20", "--to", "2020-10-01"), "--to must not lie before --from"),
        (("reminders", "--from", "2000-01-01", "--to", "2020-10-01"), "nor more than 800 days after"),
        (("reminders", "--from", "2020-10-01"), "--to"),
        (("invite", "boss", "GV"), "'boss' is no role. Choose propagandist"),
        (("invite", "ward_chair", "P02"), "'P02' is no unit"),
        (
            ("invite", "ward_chair", "P10-KP05"),
            "P10-KP05, a neighbourhood, has no ward_chair; the role there is propagandist.",
        ),
        (("units", "import", "missing.csv"), "There is no such file"),
        (("chat", "--json"), "--as"),
        (("dance",), "invalid choice: 'dance'"),
        ((), "COMMAND"),
    ],
)
def test_a_wrong_argument_costs_one_line_that_says_what_is_right(
    bot: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    assert told in bot.refuses(*arguments)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BOT_PORT", "many", "BOT_PORT: "),
        ("BOT_DATABASE_URL", "mysql://root:s3cret@h/bot", "BOT_DATABASE_URL: write sqlite:///PATH or postgresql://"),
        ("BOT_DATABASE_URL", "sqlite:////dev/null/bot.db", "/dev/null: "),
        ("BOT_DATABASE_URL", "sqlite:////tmp", "Check BOT_DATABASE_URL and the disk."),
        ("BOT_DATABASE_URL", "postgresql://u:s3cret@127.0.0.1:1/bot", "Check BOT_DATABASE_URL and the disk."),
        ("BOT_PLAN", "/nowhere", "BOT_PLAN: /nowhere is no folder. Name the one that holds levels.csv and units.csv"),
    ],
)
def test_a_wrong_setting_costs_one_line_that_names_it(
    bot: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    line = bot.refuses("summary")
    assert told in line
    assert "s3cret" not in line


def test_a_faulty_plan_names_file_row_and_remedy(
    bot: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    for path in (ROOT / "plan").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    units = (folder / "units.csv").read_text("utf-8").splitlines()
    units.append("P10-KP99,Khu phố 99,neighbourhood,P10,hôm qua,,")
    (folder / "units.csv").write_text("\n".join(units), "utf-8")
    monkeypatch.setenv("BOT_PLAN", str(folder))
    assert f"[plan/units.csv row {len(units)}] “hôm qua” in “valid_from” is no date. Write it like" in bot.refuses(
        "summary"
    )


def test_a_plan_that_changed_under_a_published_form_asks_for_a_new_version(
    bot: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bot.runs("summary")
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    forms, groups = tmp_path / "plan" / "forms", tmp_path / "plan" / "groups.csv"
    groups.write_text(groups.read_text("utf-8").replace("Người dân", "Bà con"), "utf-8")
    monkeypatch.setenv("BOT_PLAN", str(tmp_path / "plan"))
    refused = bot.ends("summary")[2]
    for name in ("activity_report", "plan_draft"):
        assert f"[plan/forms/{name}.md] The form has changed, or the lists" in refused
        form = forms / f"{name}.md"
        form.write_text(
            re.sub(r"(?m)^(\| \| .* \| \d+)( \| Tiếng Việt \(vi\) \|)$", r"\1.1\2", form.read_text("utf-8")), "utf-8"
        )
    bot.runs("summary")


def test_a_database_of_a_newer_version_is_left_alone(bot: CommandLine, gv: Town) -> None:
    def newer(db: Connection) -> None:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    gv.database.write(newer).result()
    assert "newer version" in bot.refuses("summary")


def test_a_database_that_another_process_holds_is_not_waited_for_for_ever(
    bot: CommandLine, gv: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.db.engines.BUSY_MS", 100)

    def hold(_: Connection) -> str:
        return bot.refuses("summary")

    assert "The database cannot be used" in gv.database.write(hold).result()


def test_the_process_itself_ends_with_two_and_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "summary", "--week", "2020-W99"],
        cwd=tmp_path,
        env=environment(**SETTINGS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_a_list_of_people_becomes_personal_invitations(bot: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "phuong-10.csv"
    own.write_text(
        "STT,Họ và tên,Số điện thoại,Khu phố\n1,Bà Đặng Thị Mẫu,0900,Khu phố 1\n2,Trần Văn Thử,,KP 05\n", "utf-8"
    )
    assert "“Khu phố 1” is the name of 16 units" in bot.ends("people", "import", str(own))[2]
    assert "Nothing was changed." in bot.runs("people", "import", str(own), "--ward", "P10", said="no\n")
    told = bot.runs("people", "import", str(own), "--ward", "P10", "--yes")
    assert "To invite: 2 (propagandist: 2)" in told
    assert "nothing is kept: STT, Số điện thoại" in told
    cards = tmp_path / "the.docx"
    sheet = ("--sheet", str(cards), "--json")
    again = json.loads(bot.runs("people", "import", str(own), "--ward", "P10", "--yes", *sheet))["invitations"]
    [printed] = docx.Document(str(cards)).tables
    assert [row.cells[1].text.splitlines()[3] for row in printed.rows] == [it["code"] for it in again]
    assert [(it["unit"], it["name"]) for it in again] == [("P10-KP01", "Đặng Thị Mẫu"), ("P10-KP05", "Trần Văn Thử")]
    assert all(it["code"] in told for it in again), "cards that are printed go on to be good"


def test_a_list_with_a_row_that_is_not_understood_invites_the_others_after_a_typed_yes(
    bot: CommandLine, tmp_path: Path
) -> None:
    own = tmp_path / "phuong-10.csv"
    own.write_text("Họ và tên,Khu phố\nĐặng Thị Mẫu,1\nTrần Văn Thử,99\nLý Thị Ví Dụ,5\n", "utf-8")
    wish = ("people", "import", str(own), "--ward", "P10")
    why = "[phuong-10.csv row 3] “khu phố 99” is no unit."
    for silent in ("--yes", "--json"):
        code, out, err = bot.ends(*wish, silent)
        assert (code, out) == (2, "")
        assert why in err
        assert "Without --yes and --json you are asked about the other rows" in err
    told = bot.runs(*wish, said="no\n")
    assert "To invite: 2" in told
    assert f"Rows that are not understood, and invite nobody: 1\n{why}" in told
    assert told.endswith("Nothing was changed.\n")
    made = bot.runs(*wish, said="yes\n")
    assert ("Đặng Thị Mẫu\t" in made, "Lý Thị Ví Dụ\t" in made, "Trần Văn Thử\t" in made) == (True, True, False)
    own.write_text("Họ và tên,Khu phố\nĐặng Thị Mẫu,1\nTrần Văn Thử,9\nLý Thị Ví Dụ,5\n", "utf-8")
    mended = bot.runs(*wish, "--yes")
    assert "Invited already, with a code that still waits and stays: 2" in mended
    own.write_text("Họ và tên,Khu phố\nTrần Văn Thử,99\n", "utf-8")
    assert why.replace("row 3", "row 2") in bot.ends(*wish, said="yes\n")[2], "nobody is left to ask about"


def test_a_picture_is_written_as_a_file_and_told_in_words(bot: CommandLine, tmp_path: Path) -> None:
    told = bot.runs("picture", "calendar", "lich.png", "--unit", "P10", "--period", "2020-Q3", "--today", "2020-10-27")
    assert told.startswith("Lịch báo cáo tuần, Phường 10, 13 tuần, 29/6 – 27/9/2020: ")
    assert (tmp_path / "lich.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("--unit", "P99"), "'P99' is no unit"),
        (("--period", "2020-W99"), "is no period like"),
        (("--unit", "CQ-VHTT"), "There is nothing to draw"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(bot: CommandLine, asked: tuple[str, ...], why: str) -> None:
    assert why in bot.refuses("picture", "calendar", "lich.png", *asked)
