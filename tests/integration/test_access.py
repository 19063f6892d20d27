"""Who may do what (reliability R8), generated over every action × roles × unit × consent; and what menus lead to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from handlers import access, tables
from handlers.context import Turn
from messages import MAX_CHOICE_ID_BYTES, Choice, Outgoing
from messages.actions import KINDS, Action, OfUnit, decode
from rules.roles import Role
from storage import tables as t
from storage.db.database import Database, open_database
from tests.conversation import Officer, Town, town
from tests.integration.seen import ELSEWHERE, HOMES, NOBODY, SEEN, UNITS

CONSENT, REFUSAL, NO_ROLE = "Lưu gì", "chưa mở cho anh/chị", "chưa có vai trò"
ON_THE_WAY_IN = {"come_to", "come_as"}
"""What those who came by a ward's code say of themselves: they hold no role yet. Before the consent it does nothing."""
NAVIGATION = {"agree", "menu", "help", "language", "me", "forget", *ON_THE_WAY_IN}
"""What works before anybody agreed to anything; a longer list is a decision to be made here, too."""
EVERYONES = {"menu", "help", "report", "mine", "summary", "i", "resume", "discard"}
STAFF = ("staff", "member")
REACHED: Mapping[str, set[str]] = {
    Role.PROPAGANDIST: {"again", "view", "correct", "withdraw"},
    Role.WARD_CHAIR: {
        "in_place",
        "due",
        "reports",
        "view",
        "approve",
        "return",
        "invite",
        "invite_unit",
        "invite_make",
        *STAFF,
    },
    Role.AGENCY: {"due"},
    Role.SECRETARIAT: {
        "due",
        "free_weeks",
        "coming_weeks",
        "free",
        "unfree",
        "reports",
        "view",
        "approve",
        "return",
        "invite",
        "invite_unit",
        "invite_make",
        *STAFF,
    },
}
"""What the menus must at least lead to."""
STALE = ("câu hỏi trước", "earlier question")
LONGEST = 1_900
"""UTF-16 units that a menu may take: Zalo allows 2,000 and numbers the choices."""


@pytest.fixture
def sqlite_town(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    """A town on SQLite: what is tested here does not know which database it is on."""
    (tmp_path / "bot.db").write_bytes(town_template.read_bytes())
    with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        yield town(database)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[type[Action]]:
    """From now on no action does anything but to be noted here, in order."""
    ran: list[type[Action]] = []

    def noted(kind: type[Action]) -> tables.Entry[Any]:
        def run(_: Turn, pressed: Action) -> list[Outgoing]:
            ran.append(kind)
            return [Outgoing(str(pressed))]

        return replace(tables.ACTIONS[kind], run=run)

    monkeypatch.setattr(access, "ACTIONS", {kind: noted(kind) for kind in tables.ACTIONS})
    return ran


def people_of(gv: Town) -> dict[tuple[str, bool], Officer]:
    """Somebody of each role and somebody without any, before and after the consent."""
    found = {}
    for role, has_agreed in product((*Role, NOBODY), (False, True)):
        officer = gv.stranger()
        officer.says(
            f"/start {gv.invitation(Role.PROPAGANDIST if role == NOBODY else role, HOMES.get(role, 'P10-KP05'))}"
        )
        if has_agreed:
            officer.presses("agree")
        if role == NOBODY:
            end_roles(officer)
        found[role, has_agreed] = officer
    return found


def end_roles(officer: Officer) -> None:
    gv = officer.town
    mine = select(t.account.c.person_id).where(t.account.c.external_id == officer.account)
    ended = t.assignment.update().where(t.assignment.c.person_id.in_(mine)).values(until=gv.now)
    gv.database.write(lambda db: db.execute(ended)).result()


def named_units(kind: type[Action]) -> list[str | None]:
    return [None, *UNITS] if issubclass(kind, OfUnit) else [None]


def pressed(kind: type[Action], unit: str | None) -> str:
    if unit is None:
        return kind.NAME
    before = [each.name for each in fields(kind)].index("unit")
    return ":".join([kind.NAME, *["x"] * before, unit])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what is tested does not know which one it is on
def test_every_action_is_allowed_and_refused_exactly_as_the_tables_say(
    gv: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = people_of(gv)
    performed = watched(monkeypatch)
    for (role, has_agreed), officer in everybody.items():
        for kind, action in tables.ACTIONS.items():
            for unit in named_units(kind):
                if not has_agreed and unit not in {None, HOMES.get(role)}:
                    continue  # before the consent not even what is one's own is open
                performed.clear()
                officer.presses(pressed(kind, unit))
                is_open = has_agreed and role in action.roles and (unit is None or unit in SEEN[role])
                expected = [kind] if action.open_to_all or is_open else []
                assert performed == expected, (role, has_agreed, kind, unit)
                if not expected:
                    officer.sees(CONSENT if not has_agreed else NO_ROLE if role == NOBODY else REFUSAL)


def one_of_each_rule() -> list[type[Action]]:
    """Actions that differ in who may do them, and in whether they name a unit: what else they are decides nothing."""
    rules = {(entry.open_to_all, entry.roles, issubclass(kind, OfUnit)): kind for kind, entry in tables.ACTIONS.items()}
    return [*rules.values()]


@pytest.mark.parametrize("second", ELSEWHERE)
@pytest.mark.parametrize("first", Role)
def test_each_of_two_roles_opens_its_own_units_only(
    sqlite_town: Town, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    officer = sqlite_town.joined(first, HOMES[first])
    officer.says(f"/start {sqlite_town.invitation(second, min(ELSEWHERE[second]))}")
    shown = ((first, SEEN[first]), (second, ELSEWHERE[second]))
    performed = watched(monkeypatch)
    for kind in one_of_each_rule():
        action = tables.ACTIONS[kind]
        for unit in named_units(kind):
            performed.clear()
            officer.presses(pressed(kind, unit))
            is_open = any(role in action.roles and (unit is None or unit in seen) for role, seen in shown)
            assert performed == ([kind] if action.open_to_all or is_open else []), (kind, unit)


def test_what_stands_in_no_table_runs_nothing(sqlite_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = sqlite_town.joined(Role.SECRETARIAT, "GV")
    performed = watched(monkeypatch)
    for press in ("", ":", "delete", "REPORT", " report", "repört", "__class__", "summary\x00"):
        officer.presses(press)
        officer.sees("chưa hiểu")
    assert performed == []


def test_navigation_alone_works_before_the_consent() -> None:
    assert {kind.NAME for kind, action in tables.ACTIONS.items() if action.open_to_all} == NAVIGATION


def test_every_typed_command_leads_to_an_action_of_the_table() -> None:
    typed = {*tables.BY_SLASH.values(), *tables.BY_WORD.values(), *tables.BY_EXACT_WORD.values()}
    assert {type(action) for action in typed} <= tables.ACTIONS.keys()


def test_every_choice_that_code_offers_is_in_the_table() -> None:
    assert set(KINDS) == tables.ACTIONS.keys()


OF_ONE_REPORT = (
    *("view:{0}", "view:{0}:P10", "correct:{0}", "correct:{0}:1", "withdraw:{0}:1", "withdraw:{0}:1:yes"),
    *("approve:{0}", "approve:{0}:1", "return:{0}", "return:{0}:1", "return:{0}:1:yes", "return:{0}:1:day"),
)
OF_ONE_DRAFT = ("resume:{0}", *(f"discard:{{0}}:{revision}" for revision in range(4)), "i:{0}:0:c0", "i:{0}:1:cancel")


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.PROPAGANDIST, "P10-KP06"),
        (Role.PROPAGANDIST, "P11-KP01"),
        (Role.WARD_CHAIR, "P11"),
        (Role.AGENCY, "CQ-VHTT"),
    ],
)
def test_what_belongs_to_others_is_neither_shown_nor_changed(sqlite_town: Town, role: str, unit: str) -> None:
    gv = sqlite_town
    author = gv.joined(Role.PROPAGANDIST, "P10-KP05")
    author.says("báo cáo hôm nay bí mật của khu phố nữ 30 nam 15")
    author.taps("Nói chuyện: gia đình")
    author.taps("Người dân")
    author.taps("Gửi")
    author.sees("Đã lưu")
    author.says("báo cáo")
    report, draft = gv.database.read(
        lambda db: (db.scalar(select(t.submission.c.id)), db.scalar(select(func.max(t.interview.c.id))))
    )
    other = gv.joined(role, unit)
    before = everything(gv.database)
    for press in [each.format(report) for each in OF_ONE_REPORT] + [each.format(draft) for each in OF_ONE_DRAFT]:
        other.presses(press)
        assert "bí mật" not in other.text, press
        assert everything(gv.database) == before, press


def test_a_chair_is_only_an_officer_in_another_ward(sqlite_town: Town) -> None:
    """What names a report or a person, rather than a unit, asks for the role in that very unit, too."""
    gv = sqlite_town
    colleague, mixed = gv.joined(Role.PROPAGANDIST, "P11-KP01"), gv.joined(Role.WARD_CHAIR, "P10")
    colleague.reports()
    mixed.says(f"/start {gv.invitation(Role.PROPAGANDIST, 'P11-KP01')}")
    before = everything(gv.database)
    for press in (
        "approve:1:1",
        "return:1:1",
        "return:1:1:yes",
        "end_role:1:yes",
        "invite_make:propagandist:P11-KP01:many",
    ):
        mixed.presses(press)
        assert everything(gv.database) == before, press
    assert "Các báo cáo" not in labels_after(mixed, "details:P11-KP01")
    assert labels_after(mixed, "view:1") == ["Menu"]
    mixed.presses("member:1")
    mixed.sees("Người đang tham gia, Phường 10")
    mixed.presses("invite_unit:propagandist:0:P11")
    assert not [each for each in mixed.choices if "P11" in each.id]


def labels_after(officer: Officer, press: str) -> list[str]:
    officer.presses(press)
    return officer.labels


def everything(database: Database) -> list[object]:
    """All that reports and drafts are made of, and who may do what."""
    reports = (t.submission, t.submission_revision, t.activity, t.activity_line, t.weekly_total, t.interview)
    weeks = (t.report_week, t.nil_word, t.unit_week, t.free_week)
    kept = (*reports, *weeks, t.assignment, t.invitation)
    return database.read(lambda db: [[tuple(row) for row in db.execute(table.select())] for table in kept])


def test_an_officer_checks_and_returns_nothing_of_their_own(sqlite_town: Town) -> None:
    chair = sqlite_town.joined(Role.WARD_CHAIR, "P10")
    chair.says(f"/start {sqlite_town.invitation(Role.PROPAGANDIST, 'P10-KP05')}")
    chair.says("báo cáo")
    chair.taps("Khu phố 5")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        chair.taps(label)
    chair.says("3 4")
    chair.taps("Gửi")
    before = everything(sqlite_town.database)
    for press in ("approve:1:1", "return:1:1", "return:1:1:yes"):
        chair.presses(press)
        chair.sees("không thấy báo cáo đó")
    assert everything(sqlite_town.database) == before


MADE_UP = ("", ":", "::", ":x", ":x:x", ":GV", ":GV:x", ":GV:2026-W99", ":P10:2026-W47:x", ":0", ":-1", f":{'9' * 20}")
NAMES = (*(kind.NAME for kind in KINDS), "check")
HUGE = f":{'9' * 5_000}"


@pytest.mark.parametrize("role", Role)
def test_no_made_up_button_of_any_action_breaks_a_turn(sqlite_town: Town, role: str) -> None:
    gv = sqlite_town
    officer = gv.joined(role, HOMES[role])
    tails = (*MADE_UP, HUGE, ":propagandist" + HUGE, f":{HOMES[role]}", ":x:²")
    ids = [name + tail for name, tail in product(NAMES, tails)]
    for each in one_of_each_reading(gv, ids):
        officer.presses(each)
        assert officer.heard, each
        assert "gặp lỗi" not in officer.text, each[:40]


def one_of_each_reading(gv: Town, ids: list[str]) -> list[str]:
    """Ids that differ in what is read from them: no more of an id reaches whatever is done."""
    return [*{decode(each, gv.world.plan.periods): each for each in ids}.values()]


@pytest.mark.parametrize(("role", "language"), [*((role, "vi") for role in Role), (Role.PROPAGANDIST, "en")])
def test_whatever_menus_lead_to_is_open_short_and_works(sqlite_town: Town, role: str, language: str) -> None:
    """Pressed is every choice of every message, one of each shape, for as long as new shapes come."""
    gv = sqlite_town
    gv.joined(Role.PROPAGANDIST, "P10-KP05").reports()
    gv.joined(Role.PROPAGANDIST, "P11-KP01").reports()
    officer = gv.joined(role, HOMES[role])
    if role == Role.PROPAGANDIST:
        officer.reports()
    officer.presses(f"language:{language}")
    pressed = press_all(officer)
    missed = (EVERYONES | REACHED[role]) - {each.split(":")[0] for each in pressed}
    assert not missed, sorted(pressed)


def press_all(officer: Officer) -> set[str]:
    """One choice of each shape, those of the newest message first; the shapes."""
    done: set[str] = set()
    waiting = [*reversed(officer.choices)]
    while waiting:
        choice = waiting.pop()
        if shape(choice) not in done:
            officer.presses(choice.id)
            check_answer(officer, choice)
            waiting += reversed(officer.choices)
            if not any(stale in officer.text for stale in STALE):
                done.add(shape(choice))
    return done


def shape(choice: Choice) -> str:
    """An interview's buttons by their words, all others by their ids without periods, filters and numbers."""
    if choice.id.startswith("i:"):
        return f"i:{choice.label}"
    return re.sub(r"\d+", "0", re.sub(r"[a-z]=[^:]*", "only", re.sub(r":\d{4}-?[^:]*", ":period", choice.id)))


def check_answer(officer: Officer, choice: Choice) -> None:
    assert officer.heard, choice
    for word in ("gặp lỗi", "went wrong", REFUSAL, "not open to you", "chưa hiểu", "did not understand"):
        assert word not in officer.text, (choice, officer.text)
    for message in officer.heard:
        lines = [message.text, *(f"{at}. {each.label}" for at, each in enumerate(message.choices, 1))]
        assert len("\n".join(lines).encode("utf-16-le")) // 2 <= LONGEST, message
        for each in message.choices:
            assert len(each.id.encode()) <= MAX_CHOICE_ID_BYTES
            assert type(decode(each.id)) in tables.ACTIONS
            assert each.label.strip()
