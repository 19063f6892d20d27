"""The people of the units below: who is listed where, whose codes end, and what is theirs who look after them."""

from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from sqlalchemy import Connection, update

from messages import Outgoing
from rules.roles import Role
from services import reminders
from services.directory import accounts, giving_out, lists, participation, staff
from services.directory.accounts import ChatsEnded
from services.directory.inviting import Made
from services.directory.joining import Joined, NoEntry, NotIn
from services.limits import INVITATION_VALID
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage import tables as t
from storage.directory import handovers, roles
from tests.conversation import CALENDAR, numbered_code
from tests.conversation import WEDNESDAY as NOW
from tests.integration.services.house import SEAL, House
from tests.levels import shipped_levels


@pytest.fixture
def house(db: Connection) -> House:
    return House(db)


def test_a_ward_lists_all_its_people_and_the_root_those_without_a_chair(house: House) -> None:
    office, agency = house.member(Role.SECRETARIAT, "GV"), house.member(Role.AGENCY, "CQ-VHTT")
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")

    def listed(unit: str) -> set[int]:
        return {each.person_id for each in staff.members(house.db, office, unit, offset=0, limit=99)}

    assert listed("P10") == {chair.person_id, officer.person_id}
    assert listed("GV") == {office.person_id, agency.person_id}


def test_reminders_of_people_are_shown_to_those_above_alone(house: House) -> None:
    office, officer = house.member(Role.SECRETARIAT, "GV"), house.member(Role.PROPAGANDIST, "P10-KP05")
    assert reminders.lately(house.db, officer, CALENDAR, NOW) == Refused(Refusal.UNKNOWN)
    assert reminders.lately(house.db, house.member(Role.WARD_CHAIR, "P10"), CALENDAR, NOW) == []
    assert reminders.lately(house.db, office, CALENDAR, NOW) == []


def test_only_the_secretariat_has_the_chairs_pass_invitations_on(house: House) -> None:
    office, chair = house.member(Role.SECRETARIAT, "GV"), house.member(Role.WARD_CHAIR, "P10")

    def give_out(viewer: Viewer) -> object:
        return giving_out.give_out(house.db, viewer, SEAL, lambda *_: Outgoing("words"))

    assert give_out(chair) == Refused(Refusal.UNKNOWN)
    assert not isinstance(give_out(office), Refused)


def test_a_code_for_a_lost_phone_ends_the_one_before_it(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    (role,) = handovers.of_person(house.db, officer.person_id, NOW)
    first, second = numbered_code(5), numbered_code(6)
    for code in (first, second):
        assert isinstance(accounts.end_chats(house.db, chair, role, code, NOW), ChatsEnded)
    assert house.join(first, "thief") == NotIn(NoEntry.SPENT)
    back = house.join(second, "new phone")
    assert isinstance(back, Joined)
    assert back.person_id == officer.person_id


def test_a_list_leaves_out_units_that_are_none_and_roles_that_a_unit_has_not(house: House) -> None:
    office = house.member(Role.SECRETARIAT, "GV")
    rows = [
        [2, "Lan", Role.PROPAGANDIST, "P10-KP05"],
        [3, "Bình", Role.PROPAGANDIST, "P99"],
        [4, "Nam", Role.WARD_CHAIR, "P10-KP05"],
    ]
    assert [person.row for person in lists.look_at(house.db, office, rows, SEAL).new] == [2]


def test_a_code_is_made_again_for_the_one_who_was_meant(house: House) -> None:
    chair, codes = house.member(Role.WARD_CHAIR, "P10"), count(50)
    new_code = partial(next, map(numbered_code, codes))
    made = participation.invite_missing(house.db, chair, "P10", new_code, SEAL)
    assert not isinstance(made, Refused)
    wanted = made[-1]
    late = Viewer(house.db, chair.person_id, "Hoa", NOW + INVITATION_VALID + timedelta(days=1), shipped_levels().owing)
    listed = participation.inside(house.db, late, "P10")
    assert not isinstance(listed, Refused)
    (code,) = next(each.invitations for each in listed if each.unit == wanted.person.unit)
    again = participation.invite_again(house.db, late, "P10", code.id, new_code, SEAL)
    assert isinstance(again, Made)
    assert again.person.unit == wanted.person.unit
    assert again.code != wanted.code


def test_a_role_in_a_unit_that_ended_long_ago_keeps_nobody_from_a_new_phone(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    gone = house.unit_id("P10-KP06")
    roles.assign(house.db, officer.person_id, Role.PROPAGANDIST, gone, NOW)
    house.db.execute(update(t.unit).where(t.unit.c.id == gone).values(valid_to=NOW.date() - timedelta(days=400)))
    role, _ = handovers.of_person(house.db, officer.person_id, NOW)
    assert isinstance(accounts.end_chats(house.db, chair, role, numbered_code(5), NOW), ChatsEnded)
