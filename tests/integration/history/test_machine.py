"""Whatever is done to reports, the figures are what a second implementation makes of the revisions (`history.second`).

After each step the figures of a random scope and period agree, and the rollup equals its recomputation.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import create_engine, select

from periods.days import local_day
from periods.period import Period, period_of
from reports.reckoning import figures_of
from rules.states import Deed, ReportState
from services import week_history
from services.projections import ACTIVITY_REPORT, project
from storage import tables as t
from storage.db import engines
from storage.directory.units import unit_tree
from storage.records import free_weeks, linking, submissions, unit_weeks
from storage.records.totals import strays
from tests.examples import examples
from tests.integration.history.second import (
    History,
    Told,
    Version,
    Word,
    by_group,
    in_days,
    of_report,
    week_state,
)
from tests.integration.reports.world import NOW, small_plan, small_world

UNITS = ("P10-KP1", "P10-KP2", "P10", "P14-KP1", "CQ-VHTT")
SCOPES = ("GV", "P10", "P10-KP1", "P14")
PERIODS = ("2020-W44", "2020-W45", "2020-W46", "2020-11", "2020-10-30..2020-11-10")
WEEKS = ("2020-W44", "2020-W45", "2020-W46")
NEIGHBOURHOODS = ("P10-KP1", "P10-KP2", "P10-KP10", "P14-KP1")
FIRST = date(2020, 10, 28)

counts = st.integers(0, 60)
days = st.builds(
    lambda start, more: (FIRST + timedelta(start), more), st.integers(0, 14), st.sampled_from((0, 0, 1, 3))
)


def people(names: tuple[str, str, str]) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, counts))


def further(lines: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    more = lines.map(lambda line: {f"more_{name}": value for name, value in line.items()})
    return st.lists(more, max_size=2)


def lines_of(kind: str, activity: str, line: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Answers with one line or several."""
    first = {"kind": kind, "activity": activity}
    return st.builds(lambda one, more: {**first, **one, "more_lines": more}, line, further(line))


groups = st.fixed_dictionaries({"group": st.sampled_from(("residents", "workers"))})
audience = st.builds(lambda *parts: parts[0] | parts[1], groups, people(("women", "men", "unsorted")))
newcomers = st.builds(
    lambda said, women, men: said | {"first_women": women, "first_men": men},
    lines_of("event", "A2", audience),
    st.none() | counts,
    st.none() | counts,
)
products = st.fixed_dictionaries(
    {"product": st.sampled_from(("leaflet", "poster")), "quantity": st.integers(1, 500)},
    optional={"mode": st.sampled_from(("made", "given"))},
)
helps = st.fixed_dictionaries({"service_kind": st.sampled_from(("legal", "health"))})
helped = st.builds(lambda *parts: parts[0] | parts[1], helps, people(("helped_women", "helped_men", "helped_unsorted")))
inspected = st.fixed_dictionaries({name: st.integers(1, 9) for name in ("inspected", "violations", "handled")})
single = st.one_of(
    inspected.map(lambda line: {"kind": "inspection", "activity": "A3.3", **line}),
    st.integers(1, 99).map(lambda number: {"kind": "survey", "activity": "A1.3", "number": number}),
    st.integers(1, 99).map(lambda number: {"kind": "document", "activity": "B2.1", "number": number}),
)
said = st.one_of(
    lines_of("event", "A1.4", audience),
    newcomers,
    lines_of("media", "A1.2", products),
    lines_of("service", "D3", helped),
    single,
)
answers = st.builds(
    lambda what, when: {
        **{name: value for name, value in what.items() if value not in (None, [])},
        "date": when[0].isoformat(),
        **({"last_date": (when[0] + timedelta(when[1])).isoformat()} if when[1] else {}),
    },
    said,
    days,
)

DEEDS = {
    ReportState.APPROVED: Deed.APPROVE,
    ReportState.RETURNED: Deed.RETURN,
    ReportState.WITHDRAWN: Deed.WITHDRAW,
}


@cache
def schema() -> bytes:
    """A SQLite database with every table and no row: one for each history would take longer than the history."""
    engine = create_engine("sqlite://")
    with engine.connect() as db:
        t.metadata.create_all(db)
        raw = db.connection.driver_connection
        assert raw is not None
        made: bytes = raw.serialize()
    engine.dispose()
    return made


class Reporting(RuleBasedStateMachine):
    """A fortnight in a small district."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = engines.sqlite_writer("sqlite://")
        self.db = self.engine.connect()
        raw = self.db.connection.driver_connection
        assert raw is not None
        raw.deserialize(schema())
        self.world = small_world(self.db)
        self.history = History()
        self.now: datetime = NOW

    def teardown(self) -> None:
        self.db.close()
        self.engine.dispose()

    @initialize(unit=st.sampled_from(UNITS), said=answers)
    def begins(self, unit: str, said: dict[str, Any]) -> None:
        self.sends(unit, said)

    @rule(unit=st.sampled_from(UNITS), said=answers)
    def sends(self, unit: str, said: dict[str, Any]) -> None:
        self.now += timedelta(hours=7)
        tree = unit_tree(self.db)
        row = submissions.store(
            self.db,
            form=(ACTIVITY_REPORT, "4"),
            person_id=self.world.person(),
            unit_id=self.world.units[unit],
            interview_id=None,
            answers=said,
            projected=project(
                ACTIVITY_REPORT,
                said,
                tree.as_of(self.world.units[unit], local_day(self.now)),
                tree,
                local_day(self.now),
            ),
            now=self.now,
        )
        self.history.reports[row] = Told(row, unit, [Version(said, "send", self.now)])

    @rule(pick=st.integers(0, 50), said=answers)
    def corrects(self, pick: int, said: dict[str, Any]) -> None:
        report = self._one(pick)
        if report.state == "withdrawn":
            return
        stored, tree = submissions.find(self.db, report.id), unit_tree(self.db)
        assert stored is not None
        projected = project(ACTIVITY_REPORT, said, tree.as_of(stored.unit_id, stored.day), tree, stored.day)
        submissions.correct(
            self.db, stored, person_id=self.world.person(), answers=said, projected=projected, now=self._later()
        )
        report.versions.append(Version(said, "correct", self.now))

    @rule(pick=st.integers(0, 50), state=st.sampled_from(sorted(DEEDS)))
    def judges(self, pick: int, state: ReportState) -> None:
        report = self._one(pick)
        stored = submissions.find(self.db, report.id)
        assert stored is not None
        if report.state == "withdrawn":
            return
        submissions.set_state(
            self.db, stored, state=state, person_id=self.world.person(), deed=DEEDS[state], now=self._later()
        )
        report.versions.append(Version(report.answers, DEEDS[state].value, self.now))

    @precondition(lambda self: len(self.history.reports) > 1)
    @rule(first=st.integers(0, 50), second=st.integers(0, 50))
    def links(self, first: int, second: int) -> None:
        pair = {self._one(first).id, self._one(second).id}
        if len(pair) < 2 or any(self.history.reports[one].state == "withdrawn" for one in pair):
            return
        one, other = sorted(pair)
        linking.join(self.db, one, other, self.world.person(), self._later())
        met = [members for members in self.history.sets if members & pair]
        if not any(pair <= members for members in met):
            joined = pair.union(*met)
            self.history.sets = [members for members in self.history.sets if members not in met] + [joined]
            chosen = joined & self.history.chosen
            self.history.chosen -= chosen if len(chosen) > 1 else set()

    @precondition(lambda self: bool(self.history.sets))
    @rule(pick=st.integers(0, 50), member=st.integers(0, 50))
    def unlinks(self, pick: int, member: int) -> None:
        members = self.history.sets[pick % len(self.history.sets)]
        gone = sorted(members)[member % len(members)]
        linking.leave(self.db, gone, self.world.person(), self._later())
        left = members - {gone}
        standing = {one for one in left if self.history.reports[one].state != "withdrawn"}
        self.history.sets.remove(members)
        self.history.sets += [left] if len(standing) > 1 else []
        self.history.chosen -= {gone} if len(standing) > 1 else members

    @precondition(lambda self: bool(self.history.sets))
    @rule(pick=st.integers(0, 50), member=st.integers(0, 50))
    def decides(self, pick: int, member: int) -> None:
        members = self.history.sets[pick % len(self.history.sets)]
        chosen = sorted(members)[member % len(members)]
        number = self.db.scalar(select(t.activity.c.event_set_id).where(t.activity.c.submission_id == chosen))
        assert number is not None
        linking.choose(self.db, number, chosen, self.world.person(), "", self._later())
        self.history.chosen = (self.history.chosen - members) | {chosen}

    @rule(unit=st.sampled_from(NEIGHBOURHOODS), day=st.integers(0, 14), ward=st.sampled_from(("P10", "P14")))
    def moves(self, unit: str, day: int, ward: str) -> None:
        since, before = FIRST + timedelta(day), self.history.moves.setdefault(unit, [])
        if before and since <= before[-1][0]:
            return
        self.world.moves(unit, ward, since)
        before.append((since, ward))

    @rule(unit=st.sampled_from(NEIGHBOURHOODS), week=st.sampled_from(WEEKS), days=st.integers(-6, 6))
    def says_that_nothing_took_place(self, unit: str, week: str, days: int) -> None:
        at = self._later() + timedelta(days=days)
        said = [word.at for word in self.history.words if (word.unit, word.week) == (unit, week)]
        held = unit_weeks.hold(self.db, self.world.units[unit], week)
        if held.history.stands or at <= max(said, default=at - timedelta(1)):
            return
        unit_weeks.say_nil(self.db, held, self.world.person(), at)
        self.history.words.append(Word(unit, week, given=True, at=at))

    @precondition(lambda self: bool(self.history.words))
    @rule(pick=st.integers(0, 50))
    def takes_back_that_nothing_took_place(self, pick: int) -> None:
        word = self.history.words[pick % len(self.history.words)]
        held = unit_weeks.hold(self.db, self.world.units[word.unit], word.week)
        if held.history.nil is None:
            return
        at = max(self._later(), held.history.nil.said_at)
        unit_weeks.take_back_nil(self.db, held, self.world.person(), at)
        self.history.words.append(Word(word.unit, word.week, given=False, at=at))

    @rule(week=st.sampled_from(WEEKS))
    def a_week_is_free_or_owed_again(self, week: str) -> None:
        if week in self.history.free:
            free_weeks.revoke(self.db, week)
        else:
            free_weeks.declare(self.db, week, "", self.world.person(), self._later())
        self.history.free ^= {week}

    @invariant()
    def the_rollup_is_what_the_reports_add_up_to(self) -> None:
        assert strays(self.db) == 0

    @invariant()
    def what_is_kept_of_weeks_is_what_the_history_says(self) -> None:
        assert week_history.strays(self.db) == 0

    @invariant()
    def who_owes_a_week_is_what_the_second_implementation_says(self) -> None:
        for week in WEEKS:
            shown = figures_of(self.db, small_plan(), "GV", period_of(week), self.now).to_dict()
            states = {unit: week_state(self.history, unit, week) for unit in NEIGHBOURHOODS}
            expected = {} if week in self.history.free else states
            by_state = {
                state: sorted(unit for unit, (its, _) in expected.items() if its == state)
                for state in ("missing", "mending", "nil")
            }
            assert {state: sorted(shown[f"{state}_units"]) for state in by_state} == by_state
            reported = sum(state in ("reported", "nil") for state, _ in expected.values())
            on_time = sum(is_on_time for _, is_on_time in expected.values())
            assert (shown["expected_units"], shown["reported_units"], shown["on_time_units"]) == (
                len(expected),
                reported,
                on_time,
            )

    @rule(scope=st.sampled_from(SCOPES), period=st.sampled_from(PERIODS))
    def figures_are_what_the_revisions_say(self, scope: str, period: str) -> None:
        self._compare(scope, period_of(period))

    @rule(day=st.integers(0, 20), period=st.sampled_from(PERIODS))
    def figures_of_another_days_units_hold_every_total(self, day: int, period: str) -> None:
        units_of, days_ = FIRST + timedelta(day), period_of(period)
        shown = figures_of(self.db, small_plan(), "GV", days_, self.now, units_of=units_of).to_dict()
        reports = in_days(self.history, days_.first, days_.last)
        wards: Counter[str] = Counter(self.history.ward(report.unit, units_of) for report in reports)
        assert {row["unit"]: row["reports"] for row in shown["by_unit"]} == wards
        total: Counter[str] = sum((of_report(report) for report in reports), Counter())
        assert (shown["reports"], shown["female"]) == (total["reports"], total["women"])

    @invariant()
    def the_weeks_of_the_district_are_what_the_revisions_say(self) -> None:
        self._compare("GV", period_of("2020-W45"))

    def _compare(self, scope: str, period: Period) -> None:
        shown = figures_of(self.db, small_plan(), scope, period, self.now).to_dict()
        reports = [
            report
            for report in in_days(self.history, period.first, period.last)
            if scope in ("GV", report.unit, self.history.ward(report.unit, report.last))
        ]
        if scope == "GV":
            wards: Counter[str] = Counter(self.history.ward(report.unit, report.last) for report in reports)
            assert {row["unit"]: row["reports"] for row in shown["by_unit"]} == wards
        total: Counter[str] = sum((of_report(report) for report in reports), Counter())
        assert shown["reports"] == total["reports"]
        assert (shown["female"], shown["male"], shown["unsorted"]) == (
            total["women"],
            total["men"],
            total["unsorted"],
        )
        assert (shown["first_female"], shown["first_male"]) == (total["first_women"], total["first_men"])
        assert shown["helped"] == {
            "female": total["helped women"],
            "male": total["helped men"],
            "unsorted": total["helped unsorted"],
        }
        products = {f"media {row['product']} {row['mode']}": row["quantity"] for row in shown["media"]}
        assert products == {name: value for name, value in total.items() if name.startswith("media ")}
        assert shown["inspections"] == {
            "checked": total["inspected"],
            "violations": total["violations"],
            "handled": total["handled"],
        }
        assert (shown["surveys"], shown["documents"]) == (total["survey"], total["document"])
        assert shown["not_approved"] == total["not_approved"]
        rows: dict[str, Counter[str]] = {}
        for report in reports:
            for group, numbers in by_group(report).items():
                rows.setdefault(group, Counter()).update(numbers)
        assert {
            row["group"]: (row["reports"], row["female"], row["male"], row["unsorted"]) for row in shown["by_group"]
        } == {group: (row["reports"], row["women"], row["men"], row["unsorted"]) for group, row in rows.items()}

    def _one(self, pick: int) -> Told:
        known = sorted(self.history.reports)
        return self.history.reports[known[pick % len(known)]]

    def _later(self) -> datetime:
        self.now += timedelta(hours=5)
        return self.now


TestReporting = Reporting.TestCase
TestReporting.settings = settings(
    max_examples=examples(25), stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
