"""Joining, inviting and leaving as use cases: what they answer and whom they name, without any words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from rules.roles import Role
from services.directory import accounts, invitations, joining, own_data, places, staff
from services.directory.accounts import OWN_ACCOUNT
from services.directory.codes import hash_code
from services.directory.invitations import Issued
from services.directory.joining import Joined, NoEntry, NotIn
from services.directory.places import ChatAddress
from services.directory.staff import RoleEnded
from services.limits import INVITATION_VALID, MANY_USES, MOST_ACCOUNTS, MOST_OF_A_CHANNEL
from services.results import Refusal, Refused
from storage import tables as t
from storage.delivery.usage import FREE_USERS
from storage.directory import bots
from storage.directory import staff as holders
from storage.directory.accounts import add_account
from storage.directory.bots import Bot
from storage.directory.strangers import FREE_TRIES, LONGEST_BAR
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import numbered_code
from tests.integration.services.house import CODE, HOA, PHONE, SEAL, WRONG, House

BOT = Bot("zalo", "100", "Bot Phường 10", ("P10",))


@pytest.fixture
def house(db: Connection) -> House:
    return House(db)


def test_a_code_makes_a_stranger_a_person_once(house: House) -> None:
    house.issue(Role.PROPAGANDIST, "P10-KP05")
    joined = house.join()
    assert isinstance(joined, Joined)
    assert (joined.invited.role, joined.invited.unit, joined.is_own_account) == (Role.PROPAGANDIST, "P10-KP05", False)
    assert [held.unit for held in house.viewer(joined.person_id).roles] == ["P10-KP05"]
    assert tuple(house.db.execute(select(t.person.c.name, t.person.c.language)).one()) == (HOA.name, "vi")
    assert house.join(account="another") == NotIn(NoEntry.SPENT)


def test_who_gives_no_name_is_called_by_what_they_were_invited_to(house: House) -> None:
    house.issue(Role.PROPAGANDIST, "P10-KP05")
    joining.join(house.db, PHONE, CODE, replace(HOA, name=""), NOW)
    assert house.db.scalar(select(t.person.c.name)) == "somebody of P10-KP05"


def test_a_code_that_gives_nothing_says_why(house: House) -> None:
    house.issue(Role.PROPAGANDIST, "P10-KP05")
    assert house.join(WRONG) == NotIn(NoEntry.WRONG)
    assert joining.join(house.db, PHONE, CODE, HOA, NOW + INVITATION_VALID) == NotIn(NoEntry.EXPIRED)


def test_where_the_ward_has_another_bot_or_the_bot_no_place_the_code_stays_unused(house: House) -> None:
    house.issue(Role.PROPAGANDIST, "P10-KP05")
    bots.introduce(house.db, BOT.channel, BOT.id, BOT.name)
    bots.set_wards(house.db, BOT, BOT.wards)
    there = ChatAddress(BOT.channel, BOT.id, "there")
    assert joining.join(house.db, replace(there, bot="200"), CODE, HOA, NOW) == NotIn(NoEntry.OTHER_BOT, bot=BOT)
    for number in range(FREE_USERS):
        assert places.WaysIn(house.db).into(house.unit_id("P10-KP05"), NOW.date()) == [BOT]
        add_account(house.db, None, BOT.channel, BOT.id, f"c{number}", NOW)
    assert joining.join(house.db, there, CODE, HOA, NOW) == NotIn(NoEntry.NO_PLACE)
    assert places.WaysIn(house.db).into(house.unit_id("P10-KP05"), NOW.date()) == []
    assert isinstance(house.join(), Joined)


def stranger_guesses(house: House) -> Callable[[str], object]:
    return house.join


def member_guesses(house: House) -> Callable[[str], object]:
    viewer = house.member(Role.PROPAGANDIST, "P10-KP05")
    return lambda code: joining.join_further(house.db, viewer, code, viewer.now)


@pytest.mark.parametrize("guesser", [stranger_guesses, member_guesses])
def test_whoever_guesses_is_slowed_down_then_not_looked_at(
    house: House, guesser: Callable[[House], Callable[[str], object]]
) -> None:
    tries = guesser(house)
    house.issue(Role.PROPAGANDIST, "P10-KP06")
    assert [tries(WRONG) for _ in range(FREE_TRIES)] == [NotIn(NoEntry.WRONG)] * FREE_TRIES
    slowed = tries(WRONG)
    assert isinstance(slowed, NotIn)
    assert slowed.why is NoEntry.SLOWED
    assert slowed.until is not None
    assert tries(CODE) == NotIn(NoEntry.RESTING, slowed.until)


def test_a_moment_of_wrong_clock_bars_no_member(house: House) -> None:
    viewer = house.member(Role.PROPAGANDIST, "P10-KP05")
    ahead = NOW + LONGEST_BAR + timedelta(days=1)
    for _ in range(FREE_TRIES + 1):
        joining.join_further(house.db, viewer, WRONG, ahead)
    house.issue(Role.PROPAGANDIST, "P10-KP06")
    assert not isinstance(joining.join_further(house.db, viewer, CODE, NOW), NotIn)


def test_a_code_gives_a_member_one_more_role_but_none_that_they_hold(house: House) -> None:
    viewer = house.member(Role.PROPAGANDIST, "P10-KP05")
    house.issue(Role.WARD_CHAIR, "P10", uses=2)
    added = joining.join_further(house.db, viewer, CODE, NOW)
    assert not isinstance(added, NotIn)
    assert [held.unit for held in house.viewer(viewer.person_id).roles] == ["P10-KP05", "P10"]
    again = house.viewer(viewer.person_id)
    assert joining.join_further(house.db, again, CODE, NOW) == NotIn(NoEntry.HELD)


def test_an_invitation_is_kept_as_a_hash_for_its_uses_and_its_time(house: House) -> None:
    chair = house.member(Role.WARD_CHAIR, "P10")
    invite = partial(invitations.invite, house.db, chair, role=Role.PROPAGANDIST, unit="P10-KP05", now=NOW, seal=SEAL)
    issued = invite(CODE, uses=2)
    assert isinstance(issued, Issued)
    assert (issued.unit.code, issued.uses, issued.expires) == ("P10-KP05", 2, NOW + INVITATION_VALID)
    row = t.invitation.c
    kept = select(row.uses_left, row.created_by).where(row.code_hash == hash_code(CODE))
    assert tuple(house.db.execute(kept).one()) == (2, chair.person_id)
    for uses in (0, -1, MANY_USES + 1):
        assert invite(WRONG, uses=uses) == Refused(Refusal.UNKNOWN)
    assert house.join(WRONG) == NotIn(NoEntry.WRONG)


def test_roles_and_units_to_invite_into_are_those_that_one_looks_after(house: House) -> None:
    chair, secretariat = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.SECRETARIAT, "GV")
    assert invitations.roles(chair) == [Role.PROPAGANDIST, Role.WARD_CHAIR]
    assert invitations.roles(secretariat) == list(Role)
    assert [unit.code for unit in invitations.units(chair, Role.WARD_CHAIR)] == ["P10"]
    assert {unit.code[:4] for unit in invitations.units(chair, Role.PROPAGANDIST)} == {"P10-"}
    assert invitations.units(chair, "no role") == []


def test_one_more_account_replaces_the_code_before_it_and_finds_room_for_so_many(house: House) -> None:
    viewer = house.member(Role.PROPAGANDIST, "P10-KP05")
    accounts.connect(house.db, viewer, numbered_code(50), NOW)
    accounts.connect(house.db, viewer, CODE, NOW)
    assert house.join(numbered_code(50), "tablet") == NotIn(NoEntry.SPENT)
    for number in range(1, MOST_OF_A_CHANNEL):
        accounts.connect(house.db, viewer, numbered_code(number + 60), NOW)
        joined = house.join(numbered_code(number + 60), f"browser-{number}")
        assert isinstance(joined, Joined)
        assert (joined.person_id, joined.is_own_account, joined.invited.role) == (viewer.person_id, True, OWN_ACCOUNT)
    accounts.connect(house.db, viewer, CODE[::-1], NOW)
    full = house.join(CODE[::-1], "one-too-many")
    assert isinstance(full, NotIn)
    assert (full.why, full.oldest is not None) == (NoEntry.ACCOUNTS_FULL, True)
    for number in range(MOST_ACCOUNTS - MOST_OF_A_CHANNEL):
        add_account(house.db, viewer.person_id, "telegram", "bot", f"t{number}", NOW)
    assert accounts.connect(house.db, viewer, numbered_code(99), NOW) == Refused(Refusal.FULL)


def test_a_role_that_ends_takes_the_invitations_of_its_holder_with_it(house: House) -> None:
    chair, secretariat = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.SECRETARIAT, "GV")
    invitations.invite(house.db, chair, CODE, role=Role.WARD_CHAIR, unit="P10", uses=1, now=NOW, seal=SEAL)
    (member,) = holders.in_units(house.db, [chair.roles[0].unit_id], NOW, offset=0, limit=9)
    ended = staff.end_role(house.db, secretariat, member.assignment_id, NOW)
    assert isinstance(ended, RoleEnded)
    assert (ended.member.person_id, ended.member.unit) == (chair.person_id, "P10")
    assert house.viewer(chair.person_id).roles == ()
    assert house.join(CODE, "back again") == NotIn(NoEntry.SPENT)
    assert staff.end_role(house.db, secretariat, member.assignment_id, NOW) == Refused(Refusal.UNKNOWN)


def test_a_chair_sees_a_deputys_role_but_does_not_end_it(house: House) -> None:
    chair, deputy = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.WARD_CHAIR, "P10")
    row = house.db.scalar(select(t.assignment.c.id).where(t.assignment.c.person_id == deputy.person_id))
    assert row is not None
    assert staff.end_role(house.db, chair, row, NOW) == Refused(Refusal.NOT_THEIRS)


def test_who_is_forgotten_leaves_a_neighbourhood_to_its_chairs(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    house.member(Role.WARD_CHAIR, "P11")
    notices = own_data.forget(house.db, officer, NOW)
    assert [(notice.person_id, notice.role.unit) for notice in notices] == [(chair.person_id, "P10-KP05")]
    assert own_data.forget(house.db, chair, NOW) == ()


def test_a_person_is_called_by_what_is_a_name(house: House) -> None:
    viewer = house.member(Role.PROPAGANDIST, "P10-KP05")
    assert own_data.rename(house.db, viewer, "  Trần   Văn Bình ") == "Trần Văn Bình"
    for name in ("", "12", "Lan 2", "x" * 500):
        assert own_data.rename(house.db, viewer, name) is None
    kept = house.db.scalar(select(t.person.c.name).where(t.person.c.id == viewer.person_id))
    assert kept == "Trần Văn Bình"
