"""Who may do what (reliability R8), by the use cases alone: every one of them × role × consent × unit × state.

What is expected is written down here by hand; nobody acts on a unit that they do not see, whatever the handlers check.
"""

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from importlib import import_module
from itertools import count, product
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeVar

import pytest
from sqlalchemy import func, insert, select

import services
from messages import Document, Outgoing
from periods.period import period_of, week_around
from periods.weeks import week_of
from reports.pictures.asked import PictureKind
from rules.audiences import Audience
from rules.changes import ChangeKind
from rules.handing import How
from rules.kinds import Measure, Sex
from rules.levels import Level
from rules.quality import Matter
from rules.roles import ABOVE, Role, role_in
from rules.states import ReportState
from rules.warnings import Remarks
from services import (
    ad_hoc,
    admitting,
    amending,
    announcing,
    closing,
    consent,
    draft_plans,
    drafts,
    exporting,
    figures,
    files,
    free_weeks,
    handing,
    hotline,
    issuing,
    late_weeks,
    letters,
    nil,
    obligations,
    ordering,
    outstanding,
    pictures,
    quality,
    reminders,
    reminding,
    reports,
    requests,
    review,
    review_queue,
    second_look,
    supplies,
    targets,
    unsorted,
)
from services.admitting import Decided
from services.announcing import Wanted
from services.directory import (
    accounts,
    giving_out,
    handing_over,
    invitations,
    joining,
    lists,
    newcomers,
    own_data,
    participation,
    places,
    staff,
    succession,
    ward_codes,
)
from services.events import sets, viewing
from services.events.alike import Seen, look_alike
from services.results import Refused
from services.viewer import Viewer
from storage import tables as t
from storage.db.database import open_database
from storage.directory import accounts as account_rows
from storage.directory import accounts as accounts_of
from storage.directory import bots, handovers
from storage.directory import staff as holders
from storage.records import amendments, change_requests, closed_periods, linking
from storage.records import free_weeks as free_rows
from storage.records import obligations as owed_rows
from storage.records import supplies as number_rows
from storage.records.change_requests import ChangeRequest
from storage.records.submissions import Report
from storage.records.supplies import Number
from storage.tables.states import RequestKind
from tests.conversation import CALENDAR, Town, numbered_code, shipped_plan, town
from tests.integration.changing import begin, end
from tests.integration.seen import NOBODY, SEEN, UNITS
from tests.integration.services.house import SEAL
from tests.integration.services.walk import DEADLINE, EVENT, NOW, TODAY, Someone, Walk

Result = TypeVar("Result")
THIS_WEEK, LAST_WEEK = week_of(TODAY), week_of(TODAY - timedelta(weeks=1))
FRESH = numbered_code(7)
WALKED = {
    reports.find,
    reports.submit,
    drafts.take_up,
    drafts.discard,
    reports.withdraw,
    unsorted.leave,
    review.approve,
    review.send_back,
    amending.ask,
    amending.decide,
    amending.take,
    amending.asked_on,
    review_queue.waiting,
    review_queue.page,
    review_queue.approve_shown,
    review_queue.approve_clear,
    nil.say_nil,
    nil.take_back,
    free_weeks.declared,
    free_weeks.free_among,
    free_weeks.declare,
    free_weeks.revoke,
    obligations.mark_done,
    handing.begin,
    handing.see,
    handing.on_paper,
    handing.write_note,
    handing.undo,
    ad_hoc.ask,
    outstanding.listed,
    outstanding.own,
    outstanding.remind,
    outstanding.rates,
    figures.overview,
    figures.missing,
    figures.reports_in,
    exporting.chairs_in,
    pictures.picture,
    invitations.invite,
    participation.places,
    participation.inside,
    participation.invite_missing,
    participation.waiting,
    giving_out.give_out,
    ward_codes.make,
    ward_codes.find,
    ward_codes.revoke,
    participation.revoke,
    participation.invite_again,
    staff.members,
    staff.find,
    staff.end_role,
    succession.place,
    accounts.connect,
    accounts.release,
    accounts.end_others,
    accounts.end_chats,
    handing_over.successors,
    handing_over.hand_over,
    handing_over.leave_code,
    late_weeks.late,
    late_weeks.ask,
    places.serve,
    closing.close,
    closing.reopen,
    closing.closed_ones,
    closing.find_closed,
    closing.find_by_code,
    requests.find,
    requests.waiting,
    requests.count_waiting,
    admitting.admit,
    admitting.decline,
    admitting.take_back,
    admitting.reports_of,
    look_alike,
    second_look.look,
    hotline.set_hotline,
    quality.quality,
    quality.reports_of,
    second_look.remarks,
    viewing.together,
    sets.link,
    sets.submit_as_same,
    sets.unlink,
    sets.decide,
    sets.organise,
    viewing.disputes,
    viewing.linkable,
    supplies.supply,
    supplies.decide,
    supplies.find,
    supplies.waiting,
    supplies.count_waiting,
    targets.targets,
    figures.rows_of,
    letters.open_letter,
    letters.find_letter,
    issuing.begin,
    reminding.set_theme,
    announcing.preview,
    announcing.announce,
    announcing.stop,
    announcing.listed,
    announcing.see,
    announcing.people,
    reminders.lately,
    reminders.people,
    reminders.upcoming,
}
"""The use cases that a role, a unit or a record decides; each has its test below."""
OWN = {
    drafts.latest,
    drafts.listed,
    handing_over.own_roles,
    handing_over.open_things,
    files.has_sent_enough,
    issuing.is_begun,
    issuing.fill,
    issuing.to_be_made,
    figures.of_colleagues,
    figures.own_reports,
    joining.join_further,
    nil.standing,
    obligations.duties,
    obligations.weeks,
    obligations.owes_week,
    requests.own,
    reminding.know,
    reminding.put_off,
    own_data.forget,
    own_data.rename,
    own_data.speak,
}
"""They concern nobody but the asker, who is all that they are told of."""
ELSEWHERE = {
    *(issuing.listed, issuing.see, issuing.correct_form),
    *(draft_plans.see_overlap, draft_plans.answer_overlap, draft_plans.open_overlaps, draft_plans.overlaps_of),
    *(draft_plans.budgets, draft_plans.may_have_file),
    *(lists.invite_listed, lists.drop),
    *(newcomers.own_way, newcomers.choose, newcomers.ask, newcomers.waiting, newcomers.take_in, newcomers.turn_away),
}
"""Their documents have to be made, lists read, and somebody has to come first: `tests/integration/test_issuing.py`,
`test_draft_plans.py`, `test_lists_in_chat.py` and `test_ward_codes.py` ask them as those who may not."""
ANSWERABLE = (Role.WARD_CHAIR, Role.AGENCY, Role.SECRETARIAT)
LEVELS = {
    "GV": Level.DISTRICT,
    **dict.fromkeys(("P10", "P11"), Level.WARD),
    **dict.fromkeys(("CQ-VHTT", "CQ-GDDT"), Level.AGENCY),
    **dict.fromkeys(("P10-KP05", "P10-KP06", "P11-KP01"), Level.NEIGHBOURHOOD),
}
STEPS = {
    reports.hold,
    reports.hold_to_change,
    reports.hold_to_complete,
    reports.is_overtaken,
    reports.may_send,
    review.hold_to_return,
    staff.hold_to_end,
    accounts.hold_to_end_chats,
    handing_over.hold,
    handing_over.successor,
    ordering.order,
    lists.look_at,
    letters.write_part,
    issuing.since_sent,
    requests.ask,
}
"""What those above begin with, what is asked before them, and what becomes of what a closed period refuses."""


@pytest.fixture
def gv(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    """A town on SQLite: what is tested here does not know which database it is on."""
    (tmp_path / "bot.db").write_bytes(town_template.read_bytes())
    with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        yield town(database)


def walked(gv: Town, job: Callable[[Walk], Result]) -> Result:
    return gv.database.write(lambda db: job(Walk(db))).result()


def check(
    walk: Walk, who: Someone, is_open: bool, use_case: Callable[..., object], *asked: object, **more: object
) -> None:
    """A deed changes something and says so; what is refused changes nothing."""
    attempt = walk.attempt(who, use_case, *asked, **more)
    assert (attempt.succeeded, attempt.changes > 0) == (is_open, is_open), (who, use_case, asked, more, attempt)


def look(
    walk: Walk, who: Someone, is_open: bool, use_case: Callable[..., object], *asked: object, **more: object
) -> None:
    """What is open is shown, what is not is not; nothing changes."""
    attempt = walk.attempt(who, use_case, *asked, **more)
    assert (attempt.succeeded, attempt.changes) == (is_open, 0), (who, use_case, asked, more, attempt)


def test_every_use_case_is_walked() -> None:
    """A new one belongs into one of the tables above, and into a test."""
    found = {function for module in modules() for function in use_cases(module)}
    assert found - STEPS == WALKED | OWN | ELSEWHERE


def modules() -> Iterator[ModuleType]:
    for found in walk_packages(services.__path__, "services."):
        yield import_module(found.name)


def use_cases(module: ModuleType) -> Iterator[Callable[..., object]]:
    """The public functions of a module that somebody asks for."""
    for name, function in vars(module).items():
        is_own = inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        if is_own and list(inspect.signature(function).parameters)[:2] == ["db", "viewer"]:
            yield function


def test_reports_are_seen_changed_and_reviewed_as_their_unit_author_and_state_allow(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who, report, is_own in walk.with_reports():
            look(walk, who, who.sees(report.unit) or (is_own and who.agreed), reports.find, report.id)
            for seen in (report.revision, report.revision + 1, 0):
                is_seen = seen == report.revision
                reviews = is_seen and may_review(who, report, is_own)
                changes = is_seen and may_change(who, report, is_own)
                check(walk, who, changes, reports.withdraw, report.id, seen, NOW)
                check(walk, who, is_seen and may_complete(who, report, is_own), unsorted.leave, report.id, seen)
                approves = reviews and may_approve(who, report)
                check(walk, who, approves, review.approve, report.id, seen, NOW)
                check(walk, who, reviews, review.send_back, report.id, seen, "numbers", NOW)

    walked(gv, job)


def may_change(who: Someone, report: Report, is_own: bool) -> bool:
    return may_complete(who, report, is_own) and report.state != ReportState.APPROVED


def may_complete(who: Someone, report: Report, is_own: bool) -> bool:
    is_theirs = is_own or report.state == ReportState.RETURNED
    return who.holds(report.unit) and is_theirs and report.state != ReportState.WITHDRAWN


def may_approve(who: Someone, report: Report) -> bool:
    """The chair of Phường 10 approves what its neighbourhoods send; none in Phường 11 has agreed yet."""
    is_first = who.role == Role.WARD_CHAIR
    return is_first == report.unit.startswith("P10-")


def may_review(who: Someone, report: Report, is_own: bool) -> bool:
    return who.is_above(report.unit) and not is_own and report.state != ReportState.WITHDRAWN


def test_leave_to_change_a_report_is_asked_for_granted_and_taken(gv: Town) -> None:
    """The author asks once it is approved, those who review it decide, the secretariat takes it with a reason."""

    def job(walk: Walk) -> None:
        for who, report, is_own in walk.with_reports():
            for seen in (report.revision, report.revision + 1):
                is_seen = seen == report.revision
                asks = is_seen and is_own and who.holds(report.unit) and report.state == ReportState.APPROVED
                check(walk, who, asks, amending.ask, report.id, seen, NOW)
                takes = is_seen and who.agreed and who.role == Role.SECRETARIAT
                stands = report.state != ReportState.WITHDRAWN
                check(walk, who, takes and stands, amending.take, report.id, seen, "checked", NOW)
                check(walk, who, False, amending.take, report.id, seen, "", NOW)
            with walk.db.begin_nested() as undone:
                wish = amendments.add(walk.db, report.id, report.person_id, report.revision, NOW)
                decides = may_review(who, report, is_own)
                for granted in (True, False):
                    check(walk, who, decides, amending.decide, wish.id, granted=granted, now=NOW)
                look(walk, who, decides or is_own, amending.asked_on, report)
                undone.rollback()

    walked(gv, job)


def test_what_waits_is_listed_and_approved_at_once_by_whoever_may_approve_each(gv: Town) -> None:
    def job(walk: Walk) -> None:
        reports_ = [report for _, report, _ in walk.with_reports()]
        for who in walk.everybody:
            theirs = {
                report.id
                for report in reports_
                if may_review(who, report, report.person_id == who.id)
                and may_approve(who, report)
                and report.state == ReportState.SENT
            }
            viewer = who.viewer(walk.db)
            found = review_queue.page(walk.db, viewer, offset=0, limit=1000)
            assert {one.id for one in review_queue.waiting(walk.db, viewer)} == theirs, who
            assert {report.id for report in found.reports} == theirs, who
            every = tuple((report.id, report.revision) for report in reports_ if report.state == ReportState.SENT)
            done = walk.attempt(who, review_queue.approve_shown, every[:90], NOW).result
            assert isinstance(done, review_queue.Approved)
            assert {report.id for report in done.done} == theirs & {row for row, _ in every[:90]}, who
            clear = (found.clear.until, found.clear.print)
            check(walk, who, bool(theirs), review_queue.approve_clear, *clear, NOW)
            check(walk, who, False, review_queue.approve_clear, clear[0], clear[1] + 1, NOW)

    walked(gv, job)


def reports_for(who: Someone, unit: str) -> bool:
    """A chair reports in the place of the ward's neighbourhoods, too."""
    in_place = who.role == Role.WARD_CHAIR and unit in ("P10-KP05", "P10-KP06") and who.agreed
    return who.holds(unit) or in_place


def test_a_report_is_sent_and_corrected_by_whoever_reports_for_its_unit(gv: Town) -> None:
    """Who does not keeps a draft: that is all that changes."""

    def job(walk: Walk) -> None:
        for who, unit in product(walk.everybody, SEEN[Role.SECRETARIAT]):
            attempt = walk.attempt(who, reports.submit, walk.interview(who, unit), EVENT, NOW)
            assert attempt.succeeded == reports_for(who, unit), (who, unit)
        for who, report, is_own in walk.with_reports():
            opened = walk.interview(who, report.unit, report)
            attempt = walk.attempt(who, reports.submit, opened, EVENT, NOW)
            assert attempt.succeeded == may_complete(who, report, is_own), (who, report)

    walked(gv, job)


def test_an_event_is_linked_and_decided_about_by_authors_and_those_above(gv: Town) -> None:
    """The other report is of neighbourhood 6: it looks the same to nobody but its ward and the district."""

    def job(walk: Walk) -> None:
        other = walk.report(walk.colleagues["P10-KP06"], "P10-KP06", ReportState.SENT)
        page = {"offset": 0, "limit": 9}
        for who, report, is_own in walk.with_reports():
            if report.id == other.id or report.unit == "P10-KP06":
                continue
            stands = report.state != ReportState.WITHDRAWN
            is_theirs = (is_own and who.holds(report.unit)) or who.is_above(report.unit)
            looks_same = report.unit in ("P10", "GV")
            may_link = stands and is_theirs and (looks_same or who.is_above("P10-KP06"))
            for seen in (report.revision, report.revision + 1):
                check(walk, who, may_link and seen == report.revision, sets.link, report.id, seen, other.id, NOW)
            above = who.is_above(report.unit)
            look(walk, who, above and who.is_above("P10-KP06"), viewing.linkable, report.id, **page)
            with walk.db.begin_nested() as undone:
                linking.join(walk.db, report.id, other.id, other.person_id, NOW)
                in_a_set(walk, who, report, is_theirs=is_theirs and stands)
                undone.rollback()

    walked(gv, job)


def in_a_set(walk: Walk, who: Someone, report: Report, *, is_theirs: bool) -> None:
    """What a person may do to a report that is linked with one of neighbourhood 6."""
    page, stands = {"offset": 0, "limit": 9}, report.state != ReportState.WITHDRAWN
    now = walk.db.scalar(select(func.max(t.event_set.c.revision))) or 0
    may_see = (who.sees(report.unit) or (report.person_id == who.id and who.agreed)) and stands
    look(walk, who, may_see, viewing.together, report.id)
    ward = "P10" if report.unit.startswith("P10") else "GV"
    decides = who.is_above(ward)
    for seen in (now, now + 1):
        is_seen = seen == now and stands
        counts = report.state in (ReportState.SENT, ReportState.APPROVED)
        check(walk, who, decides and counts and is_seen, sets.decide, report.id, seen, "checked", NOW)
        organises = (is_theirs or decides) and is_seen
        check(walk, who, organises, sets.organise, report.id, seen, "P10-KP06", NOW)
        check(walk, who, False, sets.organise, report.id, seen, "P12", NOW)
    check(walk, who, is_theirs, sets.unlink, report.id, report.revision, NOW)
    check(walk, who, False, sets.unlink, report.id, report.revision + 1, NOW)
    for unit in UNITS:
        disputed = viewing.disputes(walk.db, who.viewer(walk.db), unit, **page)
        assert isinstance(disputed, list) == who.is_above(unit)


def test_a_report_of_the_same_event_is_sent_by_whoever_reports_for_the_unit(gv: Town) -> None:
    def job(walk: Walk) -> None:
        other = walk.report(walk.colleagues["P10-KP05"], "P10-KP05", ReportState.SENT)
        for who, unit in product(walk.everybody, SEEN[Role.SECRETARIAT]):
            opened, about = walk.interview(who, unit), (other.id, other.revision)
            sent = walk.attempt(who, sets.submit_as_same, opened, EVENT, about, NOW)
            assert sent.succeeded == reports_for(who, unit), (who, unit)
            doubtful = {**EVENT, "first_women": 999, "first_men": 0}
            for look in (second_look.look, second_look.remarks):
                looked = walk.attempt(who, look, shipped_plan(), opened, doubtful)
                found = looked.result.warnings if isinstance(looked.result, Remarks) else looked.result
                assert (looked.changes, bool(found)) == (0, reports_for(who, unit)), (who, unit)
            look_at_it = walk.attempt(who, look_alike, opened, EVENT)
            assert look_at_it.changes == 0
            seen = look_at_it.result
            if isinstance(seen, Seen):
                near = {Role.PROPAGANDIST, Role.WARD_CHAIR, Role.SECRETARIAT}
                assert seen.is_open == (who.agreed and who.role in near), (who, unit)

    walked(gv, job)


def test_a_draft_is_its_authors_alone_and_a_correction_where_they_may_still_change_the_report(gv: Town) -> None:
    def job(walk: Walk) -> None:
        plain = {who: walk.draft(who, who.home or "P10-KP05") for who in walk.everybody}
        for who, (author, draft) in product(walk.everybody, plain.items()):
            is_theirs = who.agreed and who == author
            check(walk, who, is_theirs, drafts.take_up, draft.id, NOW)
            for seen in (0, 1):
                check(walk, who, is_theirs and seen == 0, drafts.discard, draft.id, seen, NOW)
        for who, report, is_own in walk.with_reports():
            draft = walk.draft(who, report.unit, report)
            check(walk, who, may_complete(who, report, is_own), drafts.take_up, draft.id, NOW)

    walked(gv, job)


def test_numbers_of_people_are_said_by_those_who_answer_for_a_unit_and_confirmed_by_the_secretariat(gv: Town) -> None:
    def job(walk: Walk) -> None:
        page = {"offset": 0, "limit": 9}
        number = Number(Measure.PEOPLE, walk.unit_id("P10"), "residents", Sex.ALL, 5, "TK", TODAY)
        for who, unit in product(walk.everybody, UNITS):
            check(walk, who, who.role in ANSWERABLE and who.sees(unit), supplies.supply, unit, [number], NOW)
            asked = {"unit": unit, "period": period_of("2020"), "language": "vi"}
            look(walk, who, who.sees(unit), targets.targets, shipped_plan(), **asked)
        for who, author in product(walk.everybody, walk.everybody):
            waits = number_rows.supply(walk.db, [number], NOW, unit_id=number.unit_id, person_id=author.id)
            decides = who.agreed and who.role == Role.SECRETARIAT
            for confirm in (True, False):
                check(walk, who, decides, supplies.decide, waits, NOW, confirm=confirm)
            look(walk, who, decides or (who.agreed and who == author), supplies.find, waits)
            look(walk, who, decides, supplies.waiting, **page)
            look(walk, who, decides, supplies.count_waiting)

    walked(gv, job)


def test_what_concerns_a_unit_is_open_to_those_whose_it_is(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who, unit in product(walk.everybody, UNITS):
            is_theirs = who.role == Role.PROPAGANDIST and who.holds(unit)
            check(walk, who, is_theirs, nil.say_nil, unit, LAST_WEEK, NOW)
            word = walk.nil(unit, THIS_WEEK) if unit in walk.colleagues else 0
            check(walk, who, is_theirs, nil.take_back, unit, THIS_WEEK, word, NOW)
            for role in (*Role, accounts.OWN_ACCOUNT, ""):
                fits = unit in LEVELS and role == role_in(LEVELS[unit], is_root=unit == "GV")
                asked = {"role": role, "unit": unit, "uses": 1, "now": NOW, "seal": SEAL}
                check(walk, who, fits and who.is_above(unit), invitations.invite, FRESH, **asked)

    walked(gv, job)


def test_who_takes_part_is_seen_and_missing_ones_invited_by_those_above(gv: Town) -> None:
    def job(walk: Walk) -> None:
        unit = walk.unit_id("P10-KP07")
        invitations.issue(walk.db, FRESH, role=Role.PROPAGANDIST, unit_id=unit, by=None, now=NOW)
        waiting = walk.db.scalar(select(func.max(t.invitation.c.id)))
        numbers = count(100)
        for who, place in product(walk.everybody, ("GV", "P10", "P11")):
            is_open = who.is_above(place)
            look(walk, who, is_open, participation.inside, place)
            look(walk, who, who.is_above(who.home), participation.places)
            code = partial(next, map(numbered_code, numbers))
            check(walk, who, is_open, participation.invite_missing, place, code, SEAL)
            look(walk, who, is_open, participation.waiting, place, SEAL)
            look(walk, who, who.is_above("GV"), giving_out.give_out, SEAL, lambda *_: Outgoing("words"))
            is_ward = is_open and place != "GV"
            check(walk, who, is_ward, ward_codes.make, place, next(map(numbered_code, numbers)), SEAL)
            look(walk, who, False, ward_codes.find, place, SEAL)
            check(walk, who, False, ward_codes.revoke, place)
            check(walk, who, is_open and place == "P10", participation.revoke, place, waiting)
            check(walk, who, False, participation.invite_again, place, waiting, code, SEAL)

    walked(gv, job)


def test_a_role_is_handed_over_by_its_holder_and_those_above(gv: Town) -> None:
    def job(walk: Walk) -> None:
        role = handovers.of_person(walk.db, walk.colleagues["P10-KP05"], NOW)[0]
        there = walk.colleagues["P10-KP06"]
        for who in walk.everybody:
            above = who.is_above("P10-KP05")
            look(walk, who, above, handing_over.successors, role, offset=0, limit=9)
            check(walk, who, above, handing_over.hand_over, role, there, NOW)
            check(walk, who, above, handing_over.leave_code, role, FRESH, "Lan", NOW)
            check(walk, who, False, handing_over.hand_over, role, walk.colleagues["P11-KP01"], NOW)
            for own in handovers.of_person(walk.db, who.id, NOW):
                check(walk, who, who.agreed, handing_over.leave_code, own, FRESH, "Lan", NOW)

    walked(gv, job)


def test_chats_are_ended_by_their_person_and_those_above_all_their_roles(gv: Town) -> None:
    def job(walk: Walk) -> None:
        role = handovers.of_person(walk.db, walk.colleagues["P10-KP05"], NOW)[0]
        for who in walk.everybody:
            account_rows.add_account(walk.db, who.id, "zalo", "bot", f"lost-{who.id}", NOW)
            check(walk, who, who.agreed, accounts.end_others, in_use=who.account)
            check(walk, who, who.is_above("P10-KP05"), accounts.end_chats, role, FRESH, NOW)

    walked(gv, job)


def test_who_is_late_is_seen_and_asked_by_those_above(gv: Town) -> None:
    def word(_say: object, _request: object) -> Outgoing:
        return Outgoing("")

    def job(walk: Walk) -> None:
        officer, asked = walk.colleagues["P10-KP05"], {"week": week_around(TODAY), "language": "vi"}
        consent.give(walk.db, officer, consent.VERSION, NOW)
        account_rows.add_account(walk.db, officer, "zalo", "bot", "officer", NOW)
        for who, unit in product(walk.everybody, ("P10-KP05", "P10", "GV")):
            look(walk, who, who.is_above(unit), late_weeks.late, shipped_plan(), unit=unit, **asked)
            check(walk, who, who.is_above(unit), late_weeks.ask, shipped_plan(), word, unit=unit, **asked)

    walked(gv, job)


def test_letters_are_written_by_those_who_answer_for_the_very_unit(gv: Town) -> None:
    def job(walk: Walk) -> None:
        plan, month = shipped_plan(), period_of("2026-10")
        for who, unit in product(walk.everybody, ("GV", "P10", "P11")):
            kind, is_open = plan.letters.fitting(month.length, LEVELS[unit])[0].id, who.holds(unit)
            asked = {"unit": unit, "period": month, "kind": kind, "now": NOW}
            check(walk, who, is_open, letters.open_letter, plan, **asked)
        secretariat = next(who for who in walk.everybody if who.holds("GV") and who.role in ANSWERABLE)
        kind = plan.letters.fitting(month.length, Level.DISTRICT)[0].id
        there = secretariat.viewer(walk.db)
        begun = letters.open_letter(walk.db, there, plan, unit="GV", period=month, kind=kind, now=NOW)
        assert begun is not None
        for who in walk.everybody:
            look(walk, who, who == secretariat, letters.find_letter, plan, begun.id)

    walked(gv, job)


def test_files_are_issued_by_the_secretariat_and_rows_seen_as_figures_are(gv: Town) -> None:
    def job(walk: Walk) -> None:
        week, written = week_around(TODAY), Document("workbook", {"name": "so.xlsx"}, "so.xlsx")
        for who, unit in product(walk.everybody, ("GV", "P10", "P10-KP05")):
            is_open = who.agreed and who.role == Role.SECRETARIAT
            check(walk, who, is_open, issuing.begin, unit=unit, period=week, document=written)
            rows = walk.attempt(who, figures.rows_of, shipped_plan(), unit=unit, period=week, language="vi")
            assert isinstance(rows.result, Refused) == (not who.sees(unit))

    walked(gv, job)


def test_files_are_shared_out_by_the_secretariat_alone(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who in walk.everybody:
            is_open = who.agreed and who.role == Role.SECRETARIAT
            look(walk, who, is_open, exporting.chairs_in, "GV", week_around(TODAY), "xlsx")

    walked(gv, job)


def test_pictures_are_seen_as_their_figures_are_and_the_missing_by_those_above(gv: Town) -> None:
    def job(walk: Walk) -> None:
        plan, about = shipped_plan(), {"period": week_around(TODAY), "language": "vi"}
        for who, unit in product(walk.everybody, UNITS):
            kinds = {PictureKind.CALENDAR: who.is_above(unit), PictureKind.MONTHS: who.sees(unit)}
            for kind, is_open in kinds.items():
                drawn = walk.attempt(who, pictures.picture, plan, kind, unit=unit, **about)
                assert (isinstance(drawn.result, Refused), drawn.changes) == (not is_open, 0)

    walked(gv, job)


def test_advice_is_seen_by_those_above_alone(gv: Town) -> None:
    def job(walk: Walk) -> None:
        month = period_of("2026-11")
        for who, unit in product(walk.everybody, UNITS):
            is_open = who.agreed and who.role in {Role.WARD_CHAIR, Role.SECRETARIAT} and unit in SEEN[who.role]
            look(walk, who, is_open, quality.quality, unit, month)
            look(walk, who, is_open, quality.reports_of, unit, month, Matter.LATE, offset=0, limit=9)

    walked(gv, job)


def test_the_hotline_is_set_by_the_secretariat_alone(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who in walk.everybody:
            check(walk, who, who.agreed and who.role == Role.SECRETARIAT, hotline.set_hotline, f"111 ({who.id})")

    walked(gv, job)


def test_weeks_are_declared_free_by_the_secretariat_alone(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who in walk.everybody:
            is_open = who.agreed and who.role == Role.SECRETARIAT
            look(walk, who, is_open, free_weeks.free_among, [THIS_WEEK])
            check(walk, who, is_open, free_weeks.declare, THIS_WEEK, "Tết", NOW)
        free_rows.declare(walk.db, THIS_WEEK, "Tết", walk.everybody[0].id, NOW)
        for who in walk.everybody:
            is_open = who.agreed and who.role == Role.SECRETARIAT
            look(walk, who, is_open, free_weeks.declared, offset=0, limit=9)
            check(walk, who, is_open, free_weeks.revoke, THIS_WEEK)

    walked(gv, job)


def test_the_theme_is_the_secretariats_and_reminders_are_looked_at_by_those_above(gv: Town) -> None:
    def job(walk: Walk) -> None:
        about = {"rule": "weekly_nudge", "about": TODAY, "person_id": walk.colleagues["P10-KP05"]}
        times = {"occurrence": NOW, "useful_until": NOW, "created_at": NOW}
        walk.db.execute(insert(t.due).values(**about, **times, rule_version="1", state="waiting", reason=""))
        for who in walk.everybody:
            check(walk, who, who.agreed and who.role == Role.SECRETARIAT, reminding.set_theme, 2026, str(who.id), NOW)
            is_above = who.is_above("P10-KP05")
            look(walk, who, is_above, reminders.lately, CALENDAR, NOW)
            look(walk, who, is_above, reminders.people, "weekly_nudge", TODAY, offset=0, limit=9)
            look(walk, who, who.agreed and who.role in ABOVE, reminders.upcoming, CALENDAR, TODAY, 7, NOW)

    walked(gv, job)


def test_figures_and_lists_are_shown_to_those_who_see_the_unit(gv: Town) -> None:
    plan, week, page = shipped_plan(), week_around(TODAY), {"offset": 0, "limit": 9}

    def job(walk: Walk) -> None:
        for unit, author in walk.colleagues.items():
            walk.report(author, unit, ReportState.SENT)
        for who, unit in product(walk.everybody, UNITS):
            above = who.is_above(unit)
            look(walk, who, who.sees(unit), figures.overview, plan, unit=unit, period=week, language="vi")
            look(walk, who, above, figures.missing, plan, unit=unit, week=week, language="vi")
            look(walk, who, above, figures.reports_in, unit, week, **page)
            look(walk, who, above, staff.members, unit, **page)

    walked(gv, job)


def test_a_role_is_ended_by_those_who_look_after_it(gv: Town) -> None:
    """A chair ends those of officers only, and nobody their own."""

    def job(walk: Walk) -> None:
        units = [walk.unit_id(unit) for unit in SEEN[Role.SECRETARIAT]]
        for who, member in product(walk.everybody, holders.in_units(walk.db, units, NOW, offset=0, limit=99)):
            above = who.is_above(member.unit)
            look(walk, who, above, staff.find, member.assignment_id)
            is_theirs = who.role == Role.SECRETARIAT or member.role == Role.PROPAGANDIST
            may_end = above and is_theirs and member.person_id != who.id
            check(walk, who, may_end, staff.end_role, member.assignment_id, NOW)

    walked(gv, job)


def test_what_is_owed_is_handed_in_by_those_who_answer_for_the_unit(gv: Town) -> None:
    def job(walk: Walk) -> None:
        units = [walk.unit_id(unit) for unit in SEEN[Role.SECRETARIAT]]
        for who, owed in product(walk.everybody, owed_rows.of_units(walk.db, units, TODAY)):
            answers = who.holds(owed.unit)
            for seen in (owed.revision, owed.revision + 1, 0):
                check(walk, who, answers and seen == owed.revision, obligations.mark_done, owed.id, seen, NOW)

    walked(gv, job)


def test_what_is_owed_is_seen_and_chased_by_those_above_and_taken_on_paper_by_the_secretariat(gv: Town) -> None:
    def job(walk: Walk) -> None:
        units = [walk.unit_id(unit) for unit in SEEN[Role.SECRETARIAT]]
        for who, owed in product(walk.everybody, owed_rows.of_units(walk.db, units, TODAY)):
            above, holds = who.is_above(owed.unit), who.holds(owed.unit)
            look(walk, who, holds, handing.begin, shipped_plan(), owed.id)
            look(walk, who, holds or above, handing.see, owed.id)
            chased = walk.attempt(who, outstanding.remind, [owed.id], lambda *_: Outgoing("x"), NOW)
            is_chased = chased.result != [outstanding.NotReminded.UNKNOWN]
            assert is_chased == (above and not holds), (who, owed)
            assert is_chased or not chased.changes
            takes = who.agreed and who.role == Role.SECRETARIAT
            for seen in (owed.revision, owed.revision + 1):
                is_seen = takes and seen == owed.revision
                check(walk, who, is_seen, handing.on_paper, owed.id, seen, NOW)
            with walk.db.begin_nested() as undone:
                owed_rows.mark_done(walk.db, owed.id, owed.revision, who.id, NOW)
                check(walk, who, takes, handing.write_note, owed.id, owed.revision + 1, "số 5", NOW)
                check(walk, who, takes or holds, handing.undo, owed.id, owed.revision + 1, NOW)
                undone.rollback()
            with walk.db.begin_nested() as undone:
                owed_rows.mark_done(walk.db, owed.id, owed.revision, who.id, NOW, how=How.PAPER)
                check(walk, who, takes, handing.undo, owed.id, owed.revision + 1, NOW)
                undone.rollback()

    walked(gv, job)


def test_units_are_asked_by_the_secretariat_and_what_is_outstanding_is_listed_to_those_above(gv: Town) -> None:
    answers = {"title": "Báo cáo nhanh", "takes": "form", "audience": "wards", "due_on": "2026-11-30"}

    def job(walk: Walk) -> None:
        for who in walk.everybody:
            check(walk, who, who.agreed and who.role == Role.SECRETARIAT, ad_hoc.ask, answers, NOW)
            above = who.agreed and who.role in (Role.WARD_CHAIR, Role.SECRETARIAT)
            look(walk, who, above, outstanding.listed, offset=0, limit=9)
            look(walk, who, who.agreed and who.role == Role.WARD_CHAIR, outstanding.own)
            seen = {each.unit for each in outstanding.rates(walk.db, who.viewer(walk.db), week_around(DEADLINE))}
            assert all(who.is_above(unit) for unit in seen)
            assert bool(seen) == above

    walked(gv, job)


def test_something_is_announced_by_those_who_look_after_the_people_and_seen_by_those_who_may_announce_there(
    gv: Town,
) -> None:
    wanted = [Wanted("GV", Audience.ALL, (), "Họp")]
    wanted += [Wanted(unit, Audience.WITHIN, (unit,), "Họp") for unit in ("GV", "P10", "P11", "P10-KP05", "CQ-VHTT")]
    wanted += [Wanted("P10", Audience.WITHIN, ("P11",), "Họp"), Wanted("P10", Audience.ALL, (), "Họp")]
    wanted += [Wanted("P10", Audience.CHOSEN, ("P10-KP05",), "Họp"), Wanted("GV", Audience.CHAIRS, (), "Họp")]

    def may(who: Someone, one: Wanted) -> bool:
        is_inside = all(unit in SEEN[Role.WARD_CHAIR] for unit in one.units) and bool(one.units)
        is_chair = who.role == Role.WARD_CHAIR and one.unit == "P10" and is_inside
        return who.agreed and ((who.role == Role.SECRETARIAT and one.unit == "GV") or is_chair)

    def job(walk: Walk) -> None:
        for colleague in walk.colleagues.values():
            consent.give(walk.db, colleague, consent.VERSION, NOW)
            accounts_of.add_account(walk.db, colleague, "web", "bot", f"colleague-{colleague}", NOW)
        for who, one in product(walk.everybody, wanted):
            look(walk, who, may(who, one), announcing.preview, one, NOW)
            check(walk, who, may(who, one), announcing.announce, one, NOW)
        for unit in ("GV", "P10", "P11"):
            for who in walk.everybody:
                number = walk.announcement(unit)
                is_open = who.is_above(unit)
                look(walk, who, is_open, announcing.see, number)
                look(walk, who, is_open, announcing.people, number, offset=0, limit=9)
                shown = announcing.listed(walk.db, who.viewer(walk.db), offset=0, limit=1_000)
                assert (number in {each.id for each in shown}) == is_open
                check(walk, who, is_open, announcing.stop, number, NOW)

    walked(gv, job)


def test_duties_are_those_of_the_units_that_one_answers_for(gv: Town) -> None:
    """The secretariat reads those of all."""

    def job(walk: Walk) -> None:
        for who in walk.everybody:
            duties = obligations.duties(walk.db, who.viewer(walk.db))
            shown = {owed.unit for duty in duties for owed in duty.owed}
            own = {who.home} if who.role in tuple(Role) else set()
            expected = SEEN[Role.SECRETARIAT] if who.role == Role.SECRETARIAT else own
            assert shown == (expected if who.agreed else set()), who

    walked(gv, job)


def test_of_a_split_those_above_say_where_somebody_goes_on(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for part in ("P10-KP61", "P10-KP62"):
            begin(walk.db, part, part, "P10", TODAY)
        end(walk.db, ChangeKind.SPLIT, "P10-KP06", TODAY, "P10-KP61", "P10-KP62")
        (member,) = holders.in_units(walk.db, [walk.unit_id("P10-KP06")], NOW, offset=0, limit=1)
        for who, part in product(walk.everybody, ("P10-KP61", "P10-KP62", "P10-KP05", "P11-KP01", "")):
            is_above = who.agreed and who.role in (Role.WARD_CHAIR, Role.SECRETARIAT)
            check(
                walk, who, is_above and part[4:] in ("KP61", "KP62"), succession.place, member.assignment_id, part, NOW
            )

    walked(gv, job)


def test_accounts_are_the_askers_own_and_bots_the_secretariats(gv: Town) -> None:
    def job(walk: Walk) -> None:
        bots.introduce(walk.db, "zalo", "100", "Bot")
        for who in walk.everybody:
            check(walk, who, who.agreed and who.role != NOBODY, accounts.connect, FRESH, NOW)
            check(walk, who, False, accounts.release, who.account, in_use=who.account)
            for other in walk.everybody:
                check(walk, who, who.agreed and other == who, accounts.release, other.account, in_use=0)
            for bot, ward in (("100", "P10"), ("100", "P10-KP05"), ("100", ""), ("200", "P10")):
                is_right = who.agreed and who.role == Role.SECRETARIAT and (bot, ward) == ("100", "P10")
                check(walk, who, is_right, places.serve, bot, ward, wanted=True)

    walked(gv, job)


OCTOBER = period_of("2026-10")


def test_a_period_is_closed_and_opened_by_the_secretariat(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who in walk.everybody:
            check(walk, who, who.agreed and who.role == Role.SECRETARIAT, closing.close, OCTOBER, "", NOW)
        closed = closed_october(walk)
        for who in walk.everybody:
            is_theirs = who.agreed and who.role == Role.SECRETARIAT
            look(walk, who, is_theirs, closing.closed_ones, offset=0, limit=9)
            look(walk, who, is_theirs, closing.find_closed, closed)
            look(walk, who, is_theirs, closing.find_by_code, OCTOBER.code)
            check(walk, who, is_theirs, closing.reopen, closed, "late", NOW)
            check(walk, who, False, closing.reopen, closed, "", NOW)

    walked(gv, job)


def closed_october(walk: Walk) -> int:
    closed_periods.close(walk.db, OCTOBER, walk.colleagues["GV"], "", NOW)
    closed = closed_periods.find_standing(walk.db, OCTOBER.code)
    assert closed is not None
    return closed.id


def test_a_request_is_seen_by_whoever_asked_and_decided_by_the_secretariat(gv: Town) -> None:
    def job(walk: Walk) -> None:
        closed = closed_october(walk)
        for asker in walk.everybody:
            request = request_of(walk, asker, closed)
            for who in walk.everybody:
                decides, is_own = who.agreed and who.role == Role.SECRETARIAT, who.agreed and who == asker
                look(walk, who, decides or is_own, requests.find, request.id)
                look(walk, who, decides or is_own, admitting.reports_of, request)
                look(walk, who, decides, requests.waiting, offset=0, limit=9)
                look(walk, who, decides, requests.count_waiting)
                for decide, more in ((admitting.admit, ()), (admitting.decline, ("issued",))):
                    outcome = walk.attempt(who, decide, request.id, *more, NOW)
                    assert (isinstance(outcome.result, Decided), outcome.changes > 0) == (decides, decides), who
                outcome = walk.attempt(who, admitting.take_back, request.id, NOW)
                assert (isinstance(outcome.result, Decided), outcome.changes > 0) == (is_own, is_own), who

    walked(gv, job)


def request_of(walk: Walk, asker: Someone, closed: int) -> ChangeRequest:
    """Somebody asks to withdraw a report."""
    report = walk.report(walk.colleagues["P10-KP05"], "P10-KP05", ReportState.SENT)
    values = {
        "kind": RequestKind.WITHDRAW,
        "unit_id": report.unit_id,
        "person_id": asker.id,
        "asked_at": NOW,
        "period_id": closed,
        "deed": {"report": report.id},
        "open_key": f"withdraw:{report.id}",
    }
    row = change_requests.add(walk.db, values, ((report.id, report.revision),))
    request = change_requests.find(walk.db, row or 0)
    assert request is not None
    return request


def test_ones_own_name_language_and_data_are_open_to_all_and_touch_nobody_else(gv: Town) -> None:
    def job(walk: Walk) -> None:
        for who in walk.everybody:
            check(walk, who, True, own_data.rename, "Nguyễn Thị Lan")
            check(walk, who, False, own_data.rename, "12")
            check(walk, who, True, own_data.speak, "en")
            check(walk, who, False, own_data.speak, "xx")
            own_data.forget(walk.db, who.viewer(walk.db), NOW)
            assert not who.viewer(walk.db).roles
        roles = {unit: person for unit, person in walk.colleagues.items() if Viewer(walk.db, person, "", NOW, ()).roles}
        assert roles == walk.colleagues

    walked(gv, job)
