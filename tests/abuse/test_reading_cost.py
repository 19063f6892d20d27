"""Reading costs in proportion to length, on every path that reads a text, and never more than a few ordinary turns.

Counted, not timed, but for one coarse guard: only a clock sees what an expression does within one call.
"""

import ast
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection

from conversation import turn
from interview import advance
from interview.steps import Typed
from messages import Content, Edit, File, Incoming, Text
from storage.db import engines
from storage.db.database import open_database
from tests.abuse.cost import USES, Cost, Meter, metered, patterns
from tests.abuse.hostile import texts
from tests.conversation import Officer, Town, town
from tests.unit.interview.person import Person, form_of

SHORT, TIMES = 400, 10
AT_MOST = 12
"""Times the work for ten times the text."""
SHARES = 8
"""A path reads every eighth text; each text is read on three paths."""
ORDINARY_REPORT = (
    "Chiều hôm qua khu phố em tổ chức tọa đàm phòng chống bạo lực gia đình tại nhà văn hóa, có 45 người dự, trong đó "
    "nữ 30 nam 15"
)
PATTERNS = patterns()
Making = Callable[[str], Content]


@dataclass(frozen=True, slots=True)
class PathOfText:
    """Where a text is read: what was said before by whom, and how the text comes in."""

    said: tuple[str, ...] = ()
    role: str = "propagandist"
    unit: str = "P10-KP05"
    channel: str = "web"
    making: Making = Text


def after(words: str) -> Making:
    return lambda text: Text(f"{words} {text}")


def captioned(text: str) -> Content:
    return File(is_image=True, name="hinh.jpg", mime="image/jpeg", size=9, sha256="ab" * 32, caption=text)


TO_THE_DAY = ("báo cáo", "1", "1")
TO_THE_REVIEW = (*TO_THE_DAY, "hôm nay", "1", "nữ 30 nam 15")
PATHS = {
    "idle": PathOfText(),
    "idle, a chair": PathOfText(role="ward_chair", unit="P10"),
    "idle, the secretariat, in Zalo": PathOfText(role="secretariat", unit="GV", channel="zalo"),
    "a report in one line": PathOfText(making=after("báo cáo")),
    "a report after a slash": PathOfText(making=after("/baocao")),
    "a summary asked for": PathOfText(making=after("tóm tắt")),
    "a name": PathOfText(making=after("/toi")),
    "a code": PathOfText(making=after("/start")),
    "a choice of few": PathOfText(("báo cáo",)),
    "a choice of many": PathOfText(("báo cáo", "1")),
    "a day": PathOfText(TO_THE_DAY),
    "another day, in Zalo": PathOfText((*TO_THE_DAY, "3"), channel="zalo"),
    "a group of counts": PathOfText((*TO_THE_DAY, "hôm nay", "1")),
    "one count of a group": PathOfText((*TO_THE_DAY, "hôm nay", "1", "nữ 30")),
    "an amount": PathOfText(("báo cáo", "2", "1", "hôm nay", "1")),
    "a text": PathOfText((*TO_THE_REVIEW, "chủ đề")),
    "a near miss asked about": PathOfText(("báo cáo", "buoi sinh hoat co nguoi")),
    "the review": PathOfText(TO_THE_REVIEW),
    "an early review": PathOfText((*TO_THE_DAY, "xem lại")),
    "a correction at the review": PathOfText(TO_THE_REVIEW, making=after("sửa ngày thành")),
    "whether to stop": PathOfText((*TO_THE_DAY, "hủy")),
    "a caption": PathOfText(making=captioned),
    "an edited answer": PathOfText((*TO_THE_DAY, "hôm nay"), channel="telegram", making=lambda text: Edit("3", text)),
    "an edit of what was no answer": PathOfText(TO_THE_DAY, channel="telegram", making=lambda text: Edit("9", text)),
}


@dataclass
class Desk:
    """Somebody on each path, and turns that are counted and then taken back."""

    town: Town
    db: Connection
    meter: Meter
    people: dict[str, Officer]

    def cost(self, path: str, content: Content) -> Cost:
        officer = self.people[path]
        incoming = Incoming(officer.channel, officer.bot, officer.account, "x", content, language="vi")
        with self.db.begin_nested() as undone:
            with self.meter.running() as cost:
                turn.take(self.db, self.town.world, incoming, self.town.now, 1)
            undone.rollback()
        return cost


@pytest.fixture(scope="module")
def desk(town_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("reading") / "bot.db"
    path.write_bytes(town_template.read_bytes())
    with open_database(f"sqlite:///{path}") as database:
        gv = town(database)
        people = {name: _somebody(gv, where) for name, where in PATHS.items()}
        with engines.sqlite_writer(f"sqlite:///{path}").connect() as db, metered() as meter:
            yield Desk(gv, db, meter, people)


def _somebody(gv: Town, where: PathOfText) -> Officer:
    officer = gv.joined(where.role, where.unit, channel=where.channel)
    for number, text in enumerate(where.said):
        officer.says(text, message_id=str(number))
    return officer


def _costs_in_proportion(short: Cost, long: Cost, length: int) -> bool:
    handed = all(each <= AT_MOST * max(short.handed[pattern], length) for pattern, each in long.handed.items())
    return handed and long.calls <= AT_MOST * short.calls


@pytest.mark.parametrize(("path", "first"), list(zip(PATHS, count(), strict=False)))
def test_ten_times_the_text_is_at_most_twelve_times_the_work(desk: Desk, path: str, first: int) -> None:
    ordinary = desk.cost("idle", Text(ORDINARY_REPORT)).calls
    for small, big in list(texts(SHORT, TIMES))[first % SHARES :: SHARES]:
        short, long = (desk.cost(path, PATHS[path].making(text)) for text in (small, big))
        assert _costs_in_proportion(short, long, SHORT), f"{small[:40]!r}: {short} {long}"
        assert max(short.calls, long.calls) < 3 * ordinary, f"{small[:40]!r}: {short.calls} {long.calls}"


@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "time", "geopoint", "text", "select_multiple unit"])
def test_a_form_of_any_kind_costs_in_proportion_up_to_its_longest_answer(kind: str) -> None:
    units = "\n".join(f"unit|P{number:02}|Phường {number}||P {number}\\|F{number}" for number in range(1, 187))
    person = Person(form_of(f"{kind}|a|A|yes||||||", units))
    with metered() as meter:
        for small, big in list(texts(200, TIMES))[::3]:
            costs: list[Cost] = []
            for text in (small, big):
                with meter.running() as cost:
                    advance(person.form, person.interview, Typed(text), person.now)
                costs.append(cost)
            assert _costs_in_proportion(costs[0], costs[1], SHORT), f"{small[:40]!r}: {costs}"


def test_a_text_of_four_thousand_characters_takes_no_forty_times_the_processor_of_four_hundred(desk: Desk) -> None:
    pairs = list(texts(SHORT, TIMES))[::10]

    def seconds(of: int) -> float:
        began = time.process_time()
        for pair in pairs:
            for path in ("idle", "the review"):
                desk.cost(path, Text(pair[of]))
        return time.process_time() - began

    assert any(seconds(1) < 40 * seconds(0) for _ in range(5))


@pytest.mark.parametrize("name", PATTERNS)
def test_every_expression_reads_in_proportion_to_the_text(name: str) -> None:
    pattern, uses = PATTERNS[name]
    pairs = list(texts(SHORT, TIMES))[::2]

    def seconds(of: int) -> float:
        began = time.process_time()
        for pair in pairs:
            for use in uses:
                given = ("", pair[of]) if use in ("sub", "subn") else (pair[of],)
                getattr(pattern, use)(*given)
        return time.process_time() - began

    assert any(seconds(1) < 40 * seconds(0) for _ in range(5))


def test_no_expression_is_hidden_from_the_meter() -> None:
    hidden = [
        f"{path}:{node.lineno}"
        for room in ("conversation", "handlers", "interview", "messages")
        for path in Path(room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in USES and ast.unparse(node.value) == "re"
    ]
    assert hidden == []


def test_no_expression_of_a_forms_author_hangs() -> None:
    person = Person(form_of("text|a|A|yes||regex(., '^(a+)+$')|||"))
    assert person.says("a" * 1_999 + "!").refused == "constraint"
    assert person.says("a" * 2_000).at_review
